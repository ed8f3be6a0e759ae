"""`isoaudit report --freeze`, `--list`, `--frozen`: what was issued comes back as it was, from another process too."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from isoaudit.db import Report
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.period import Period
from isoaudit.services import frozen_reports, log, reports
from tests.cli.rolled import Instance
from tests.conftest import NOW
from tests.workbooks import folder, table

KINDS = ("xlsx", "docx", "pdf")
YEAR = ("report", "--year", "2020", "--as-of", "2020-11-18")
STAMP = ("--date", "2020-11-19", "--signer", "Trần Ngọc Lân")
APART = 3.1
"""Seconds between the two processes: a zip holds times in steps of two."""


def freeze(instance: Instance, out: Path, number: str, *more: str) -> int:
    return instance.run(*YEAR, "--out", str(out), "--freeze", "--number", number, *STAMP, *more)


def sessions(instance: Instance) -> Sessions:
    return Sessions(make_engine(f"sqlite:///{instance.place / 'isoaudit.sqlite3'}"))


def files(place: Path) -> dict[str, bytes]:
    return {kind: (place / f"bao-cao-iso-2020.{kind}").read_bytes() for kind in KINDS}


def apart(instance: Instance, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    program = [str(Path(sys.executable).parent / "isoaudit"), *arguments]
    place = {"ISOAUDIT_INSTANCE": str(instance.place), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(program, env=place, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_a_frozen_report_is_the_same_bytes_from_another_process_later(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert freeze(instance, tmp_path / "mot", "137/BC-SKHCN") == 0
    printed = capsys.readouterr().out
    assert printed == "1\n"
    first, began = files(tmp_path / "mot"), time.monotonic()
    more = {"activities": table("unit | year | kind | date", "461 | 2020 | internal_audit | 2020-05-05")}
    assert instance.run("import", str(folder(tmp_path / "them", more))) == 0
    time.sleep(max(0.0, APART - (time.monotonic() - began)))
    again = apart(instance, "report", "--frozen", "1", "--out", str(tmp_path / "hai"), "--rewrite")
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("the same bytes") == len(KINDS)
    assert files(tmp_path / "hai") == first
    assert instance.run("report", "--frozen", "1", "--out", str(tmp_path / "ba"), "--kind", "pdf") == 0
    assert [each.name for each in (tmp_path / "ba").iterdir()] == ["bao-cao-iso-2020.pdf"]
    assert (tmp_path / "ba" / "bao-cao-iso-2020.pdf").read_bytes() == first["pdf"]


def test_a_second_one_of_the_same_day_is_a_correction(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert freeze(instance, tmp_path / "mot", "137/BC-SKHCN") == 0
    assert freeze(instance, tmp_path / "hai", "137/BC-SKHCN") == 1
    assert not (tmp_path / "hai").exists()
    more = {"declarations": table("unit | edition | kind | date", "102 | iso9001-2015 | declare | 2020-10-10")}
    assert instance.run("import", str(folder(tmp_path / "them", more))) == 0
    assert freeze(instance, tmp_path / "hai", "140/BC-SKHCN", "--kind", "xlsx") == 0
    assert [each.name for each in (tmp_path / "hai").iterdir()] == ["bao-cao-iso-2020.xlsx"]
    capsys.readouterr()
    assert instance.run("report", "--list", "--format", "json") == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["state"], first["replaced_by"], second["replaces"]) == ("replaced", 2, 1)
    assert (first["from"], first["to"], first["as_of"]) == ("2020-01-01", "2021-01-01", "2020-11-18")
    assert set(second["files"]) == set(KINDS)
    assert instance.run("report", "--list") == 0
    assert "140/BC-SKHCN" in capsys.readouterr().out
    opened = sessions(instance)
    with opened.reading() as session:
        content = frozen_reports.content(frozen_reports.find(session, 2))
    opened.engine.dispose()
    assert ("Toàn tỉnh", "Đã công bố", "2/3", "3/3") in {
        (each.where, each.what, each.before, each.after) for each in content.corrections
    }


def test_a_draft_of_the_office_has_to_be_approved_first(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = sessions(instance)
    outline = reports.Outline(Period.of_year(2020), NOW.date())
    with opened.writing.begin() as session:
        report = reports.create(session, outline, by=log.COMMAND_LINE, now=NOW)
    capsys.readouterr()
    assert freeze(instance, tmp_path / "ra", "137/BC-SKHCN") == 1
    assert "còn là dự thảo" in capsys.readouterr().err
    with opened.writing.begin() as session:
        row = session.scalars(select(Report)).one()
        draft = reports.draft_of(session, row)
        reports.approve(session, row, draft, seen=draft.digest, by=log.COMMAND_LINE, now=NOW)
    assert freeze(instance, tmp_path / "ra", "137/BC-SKHCN") == 0
    with opened.reading() as session:
        assert session.scalars(select(Report.frozen_id)).all() == [1]
    opened.engine.dispose()
    assert report.id == 1


def test_what_was_stored_is_checked_before_it_is_handed_out(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert freeze(instance, tmp_path / "mot", "137/BC-SKHCN") == 0
    assert instance.run("report", "--frozen", "2", "--out", str(tmp_path / "x")) == 1
    assert instance.run("verify") == 0
    spoilt = next(each for each in (instance.place / "evidence").glob("??/*") if each.read_bytes()[:4] == b"%PDF")
    spoilt.write_bytes(spoilt.read_bytes() + b" ")
    capsys.readouterr()
    assert instance.run("report", "--frozen", "1", "--out", str(tmp_path / "hai")) == 1
    assert "bao-cao-iso-2020.pdf" in capsys.readouterr().err
    assert not (tmp_path / "hai").exists()
    assert instance.run("verify") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("--out", "x"),
        ("--year", "2020"),
        ("--year", "2020", "--out", "x", "--freeze", "--number", "1/BC"),
        ("--year", "2020", "--out", "x", "--number", "1/BC"),
        ("--year", "2020", "--out", "x", "--rewrite"),
        ("--frozen", "1", "--out", "x", "--year", "2020"),
        ("--list", "--out", "x"),
        ("--list", "--number", "5"),
        ("--list", "--date", "2020-11-19"),
        ("--list", "--issuer", "so"),
        ("--frozen", "1", "--out", "x", "--issuer", "so"),
        ("--year", "2020", "--out", "x", "--freeze", "--number", "1", "--date", "19/11/2020", "--signer", "A"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    assert Instance(tmp_path).run("report", *wrong) == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Instance(tmp_path).run("report", "--year", "2020", "--out", "x", "--kind", "doc") == 2
    assert "không có loại tệp “doc”" in capsys.readouterr().err
    assert Instance(tmp_path).run("report", "--rewrite") == 2
    assert "--rewrite chỉ dùng cùng --frozen" in capsys.readouterr().err


def test_blank_number_or_signer_is_refused(instance: Instance, tmp_path: Path) -> None:
    assert freeze(instance, tmp_path / "ra", " ") == 1
    assert not (tmp_path / "ra").exists()


def test_what_was_issued_is_told_to_programs(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert freeze(instance, tmp_path / "ra", "137/BC-SKHCN", "--kind", "pdf", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["number"], told["issued_on"]) == (1, "137/BC-SKHCN", "2020-11-19")
    assert told["digest"].startswith("sha256:")


def test_a_number_without_its_sign_is_kept_and_told_and_an_impossible_day_is_refused(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ("--out", str(tmp_path / "ra"), "--kind", "xlsx", "--format", "json", "--signer", "A")
    assert instance.run("report", "--year", "2020", "--freeze", "--number", "1", "--date", "1950-01-01", *out) == 1
    assert "ở trước kỳ báo cáo" in capsys.readouterr().err
    assert not (tmp_path / "ra").exists()
    assert instance.run("report", "--year", "2020", "--freeze", "--number", "137", "--date", "2020-11-19", *out) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["number"] == "137"
    assert "137" in told.err
    assert "ở trước ngày chốt số liệu 31/12/2020" in told.err
