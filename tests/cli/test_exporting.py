"""`isoaudit export xlsform` and `oscal`: files that are written once, from published checklists and from audits."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from isoaudit import cli
from isoaudit.config import Config
from tests.workbooks import Sheets, folder, table

Run = Callable[..., tuple[int, str, str]]
COMMUNE = "tcvn-iso-9001-2015-commune"


@pytest.fixture
def run(config: Config, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the console script; gives its status, output and error output."""
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(config.instance))
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", config.database_url)

    def _run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["isoaudit", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    assert _run("checklist", "publish", "--all")[0] == 0
    return _run


def test_a_checklist_for_other_programs(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "phieu.xlsx"
    assert run("export", "xlsform", str(form), "--checklist", COMMUNE)[0] == 0
    assert form.read_bytes().startswith(b"PK")
    assert run("export", "xlsform", str(form), "--checklist", COMMUNE)[0] == 1
    for extra, root in (((), "catalog"), (("--plan",), "assessment-plan")):
        path = tmp_path / f"{root}.json"
        assert run("export", "oscal", str(path), "--checklist", COMMUNE, "--version", "1.0.0", *extra)[0] == 0
        assert list(json.loads(path.read_text("utf-8"))) == [root]
    status, _, err = run("export", "oscal", str(tmp_path / "x.json"), "--checklist", COMMUNE, "--version", "9.9.9")
    assert (status, (tmp_path / "x.json").exists()) == (1, False)
    assert "9.9.9" in err
    assert run("export", "oscal", str(tmp_path / "x.json"))[0] == 2


def test_what_an_audit_found(run: Run, tmp_path: Path) -> None:
    sheets: Sheets = {
        "units": table("code | name | kind | valid_from", "19333 | Xã A | commune | 1900-01-01"),
        "audits": table(
            "audit | unit | mode | purpose | checklist | version | minuted_on",
            f"KT-01 | 19333 | on_site | full | {COMMUNE} | 1.0.0 | 2020-09-03",
            f"KT-02 | 19333 | on_site | full | {COMMUNE} | 1.0.0 | 2020-10-03",
        ),
        "answers": table(
            "audit | criterion | grade | note", "KT-01 | A-01 | conformity |", "KT-01 | A-02 | minor | Thiếu"
        ),
        "nonconformities": table("audit | criterion | grade | due_on", "KT-01 | A-02 | minor | 2020-10-03"),
    }
    assert run("import", str(folder(tmp_path / "so", sheets)))[0] == 0
    path = tmp_path / "ket-qua.json"
    assert run("export", "oscal", str(path), "--audit", "KT-01")[0] == 0
    (result,) = json.loads(path.read_text("utf-8"))["assessment-results"]["results"]
    assert (result["start"], len(result["findings"])) == ("2020-09-03T00:00:00+07:00", 2)
    (risk,) = result["risks"]
    assert (risk["status"], risk["deadline"], risk["description"]) == ("open", "2020-10-03T00:00:00+07:00", "Thiếu")
    status, _, err = run("export", "oscal", str(tmp_path / "x.json"), "--audit", "KT-02")
    assert status == 1
    assert "chưa có câu trả lời" in err


@pytest.mark.parametrize("name", ["so.xlsx", "so"])
def test_what_cannot_be_written_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = Path.chmod

    def full(path: Path, mode: int) -> None:
        """The disk is full once the last of the files was begun."""
        if name == "so.xlsx" or path.name.startswith(".units"):
            raise OSError(28, "No space left on device")
        made(path, mode)

    monkeypatch.setattr(Path, "chmod", full)
    status, _, err = run("export", "workbook", str(tmp_path / "ra" / name), "--empty")
    assert status == 1
    assert "No space left" in err
    assert not (tmp_path / "ra").exists()
    monkeypatch.undo()


@pytest.mark.parametrize(
    "wrong",
    [
        ("workbook", "so.csv"),
        ("workbook", "so", "--empty", "--example"),
        ("xlsform", "phieu.txt", "--checklist", COMMUNE),
    ],
    ids=" ".join,
)
def test_names_and_options_that_say_two_things_are_wrong_usage(
    run: Run, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    what, name, *options = wrong
    assert run("export", what, str(tmp_path / "ra" / name), *options)[0] == 2
    assert not (tmp_path / "ra").exists()
