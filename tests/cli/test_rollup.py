"""`isoaudit rollup` prints the contract's JSON with a digest that anybody can check, and a table for people."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.rolled import Instance

FIGURES = {
    "units", "exempt", "obliged", "status", "declared", "declared_rate", "declared_obliged", "declared_rate_obliged",
    "baseline", "baseline_converted", "conversion_rate", "left_by_merger", "maintained", "audited", "visits", "bands",
    "tthc",
}  # fmt: skip
Print = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def instance(loaded: Instance, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return loaded.copied(tmp_path_factory.mktemp("rollup") / "noi")


def test_json_is_that_of_the_contract_and_its_digest_can_be_checked(instance: Instance, capsys: Print) -> None:
    capsys.readouterr()
    assert instance.run("rollup", "--year", "2020", "--as-of", "2020-11-18", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {
        "province", "year", "from", "as_of", "conversion", "digest", "blocks", "total", "ended", "part_a", "clauses",
        "nonconformities", "tasks", "units",
    }  # fmt: skip
    assert found["blocks"].keys() == {"district", "commune"}
    assert all(figures.keys() == FIGURES for figures in [*found["blocks"].values(), found["total"]])
    assert found["units"][1].keys() == {
        "code", "name", "kind", "block", "obligation", "edition", "status", "progress", "missing_steps", "maintained",
        "missing", "redeclaration_due", "audit", "tthc",
    }  # fmt: skip
    bare = {key: value for key, value in found.items() if key != "digest"}
    canonical = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert found["digest"] == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
    assert found["nonconformities"]["overdue"] == 1
    assert found["total"]["declared_rate"] is None


def test_the_table_shows_parts_of_a_total_and_ends_with_the_digest(instance: Instance, capsys: Print) -> None:
    capsys.readouterr()
    assert instance.run("rollup", "--year", "2020", "--province", "Tỉnh Quảng Trị") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Quảng Trị, năm 2020, tính đến ngày 31/12/2020; chuyển đổi 2008-2015"
    (commune,) = (line for line in lines if line.startswith("Cấp xã"))
    assert "1/2 (50,0%)" in commune
    (total,) = (line for line in lines if line.startswith("Tổng số"))
    assert "2/3" in total
    assert "%" not in total
    assert lines[-1].startswith("sha256:")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--as-of", "2021-01-01"), "2021-01-01"),
        (("--conversion", "2001-2008"), "2001-2008"),
        (("--province", "Hà Nam"), "Hà Nam"),
    ],
)
def test_what_cannot_be_looked_at_is_one_line_on_standard_error(
    instance: Instance, capsys: Print, arguments: tuple[str, ...], told: str
) -> None:
    assert instance.run("rollup", "--year", "2020", *arguments) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


@pytest.mark.parametrize("arguments", [("--year", "nay"), ("--year", "2020", "--as-of", "18/11/2020"), ()])
def test_wrong_usage_has_a_status_of_its_own(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert Instance(tmp_path).run("rollup", *arguments) == 2


@pytest.mark.parametrize(("year", "told"), [("2020", ""), ("2998", "năm 2998 chưa bắt đầu")])
def test_a_year_that_is_not_over_is_said_to_be_so_beside_the_figures(
    instance: Instance, capsys: Print, year: str, told: str
) -> None:
    capsys.readouterr()
    assert instance.run("rollup", "--year", year, "--format", "json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["as_of"] == f"{year}-12-31"
    assert told in said.err
    assert bool(said.err) is bool(told)
