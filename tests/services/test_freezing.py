"""Freezing stores one state of the data for good: the database refuses to change it, a backup brings it back, figures
on screens are those that were printed, and a writer beside it moves nothing."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from isoaudit.config import Config, account_key
from isoaudit.db import FrozenReport, Report, ReportText
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain import rollup_json
from isoaudit.domain.digest import canonical
from isoaudit.domain.errors import Conflict
from isoaudit.domain.period import Period
from isoaudit.domain.report_life import WRITTEN, ReportState
from isoaudit.export import frozen
from isoaudit.export.files import FileKind
from isoaudit.export.rows import CorrectionRow
from isoaudit.services import (
    backup,
    freezing,
    frozen_reports,
    importing,
    integrity,
    measuring,
    report_stamp,
    report_texts,
    reports,
    restoring,
    tasks,
)
from isoaudit.services.exampleyear import removal
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.services.vault import Placed, place
from tests import audit_factories
from tests.services.test_tasks import values
from tests.workbooks import example, folder, table

OUTLINE = reports.Outline(Period.of_year(2020), date(2020, 11, 18))
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def filled(session: Session, now: datetime, tmp_path: Path) -> Session:
    """The example of the workbooks."""
    audit_factories.checklist(session)
    importing.import_workbook(session, folder(tmp_path / "so", example()), by=BY, now=now)
    session.commit()
    return session


@pytest.fixture
def files(config: Config) -> dict[object, Placed]:
    """What stands for the three files: writing them is not looked at here."""
    return {kind: place(config.evidence, name=f"x.{kind}", content=PDF, max_mb=1) for kind in WRITTEN}


def issued(
    session: Session,
    sessions: Sessions,
    files: dict[object, Placed],
    now: datetime,
    number: str = "1/BC",
    **outline: object,
) -> FrozenReport:
    """Drafted, approved and issued."""
    report = reports.create(session, replace(OUTLINE, **outline), by=BY, now=now)  # type: ignore[arg-type]
    session.commit()
    with sessions.reading() as reading:
        draft = reports.draft_of(reading, report)
    reports.approve(session, report, draft, seen=draft.digest, by=BY, now=now)
    session.commit()
    with sessions.reading() as reading:
        given = report_stamp.stamp(number, date(2020, 11, 19), "A")
        prepared = freezing.prepare(reading, reports.find(reading, report.id), given)
    row = freezing.issue(session, prepared, files, by=BY, now=now)  # type: ignore[arg-type]
    session.commit()
    return row


def test_the_database_keeps_what_was_issued(
    filled: Session, sessions: Sessions, files: dict[object, Placed], now: datetime
) -> None:
    row = issued(filled, sessions, files, now)
    report = filled.query(Report).one()
    assert report.state is ReportState.ISSUED
    for statement in (
        update(Report).values(as_of=date(2020, 1, 2)),
        update(Report).values(state=ReportState.DRAFT, frozen_id=None),
        delete(Report),
        update(FrozenReport).values(number="2/BC"),
        delete(FrozenReport),
    ):
        with pytest.raises(DBAPIError), filled.begin_nested():
            filled.execute(statement)
    with pytest.raises(Conflict, match=r"report\.issued"):
        reports.withdraw(filled, report, by=BY, now=now)
    assert row.number == "1/BC"


def test_figures_on_screen_are_those_that_were_printed(
    filled: Session, sessions: Sessions, files: dict[object, Placed], now: datetime, tmp_path: Path
) -> None:
    row = issued(filled, sessions, files, now)
    late = {"activities": table("unit | year | kind | date", "19333 | 2020 | training | 2020-05-05")}
    importing.import_workbook(filled, folder(tmp_path / "them", late), by=BY, now=now)
    filled.commit()
    with sessions.reading() as reading:
        (line,) = frozen_reports.listed(reading)
        figures = frozen_reports.figures(reading, line)
        printed = frozen_reports.content(frozen_reports.find(reading, row.id))
        assert rollup_json.to_json(figures) == printed.rollup
        assert frozen_reports.standing(reading, Period.of_year(2020), None, "2008-2015") == line
        assert frozen_reports.standing(reading, Period.of_year(2020), date(2020, 11, 17), "2008-2015") is None


def test_a_correction_takes_the_words_along_and_comes_back_from_a_backup(
    filled: Session,
    sessions: Sessions,
    files: dict[object, Placed],
    now: datetime,
    engine: Engine,
    config: Config,
    tmp_path: Path,
) -> None:
    first = reports.create(filled, OUTLINE, by=BY, now=now)
    draft = reports.draft_of(filled, first)
    about = report_texts.paragraph(draft.content, {}, "opening")
    report_texts.write(filled, first, about, "Câu của cơ quan.", seen=0, by=BY, now=now)
    reports.drop(filled, first, by=BY, now=now)
    issued(filled, sessions, files, now)
    (line,) = frozen_reports.listed(filled)
    issued(filled, sessions, files, now, "2/BC", replaces=line.report)
    old, new = frozen_reports.listed(filled)
    assert (old.state, old.replaced_by, new.replaces) == (ReportState.REPLACED, new.id, old.id)
    with pytest.raises(Conflict, match=r"report\.replaced"):
        reports.create(filled, replace(OUTLINE, replaces=old.report), by=BY, now=now)
    filled.rollback()

    made = tmp_path / "sao-luu.zip"
    backup.make(engine, config.evidence, account_key(config), made, now=now)
    place_of = tmp_path / "khac"
    place_of.mkdir()
    other = Config(instance=place_of, database_url=f"sqlite:///{place_of / 'isoaudit.sqlite3'}")
    target = make_engine(other.database_url)
    restoring.restore(target, place_of, other.evidence, made)
    with Sessions(target).reading() as reading:
        assert [each.number for each in frozen_reports.listed(reading)] == ["1/BC", "2/BC"]
        assert list(integrity.findings(reading, other.evidence)) == []
        assert reading.query(ReportText).count() == 1
    target.dispose()


def _as_stored_before(stored: bytes) -> bytes:
    """The content as a version stored it that kept less."""
    plain = json.loads(stored)
    del plain["elsewhere"]
    for unit in plain["units"]:
        del unit["converted_on"]
    for line in (plain["compared"] or {"lines": ()})["lines"]:
        del line["rebased"]
    return canonical(plain).encode()


def test_a_correction_of_what_an_older_version_froze_lists_what_changed_only(
    filled: Session,
    sessions: Sessions,
    files: dict[object, Placed],
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now_stored = frozen.to_bytes
    with monkeypatch.context() as older:
        older.setattr(frozen, "to_bytes", lambda content: _as_stored_before(now_stored(content)))
        row = issued(filled, sessions, files, now)
    assert b"converted_on" not in row.content
    (line,) = frozen_reports.listed(filled)
    outline = replace(OUTLINE, replaces=line.report)
    assert reports.draft(filled, outline).content.corrections == ()
    late = {"activities": table("unit | year | kind | date", "19333 | 2020 | training | 2020-05-05")}
    importing.import_workbook(filled, folder(tmp_path / "them", late), by=BY, now=now)
    told = ("UBND cấp xã", "Hoạt động trong năm", "đào tạo, tập huấn: 0", "đào tạo, tập huấn: 1")
    assert reports.draft(filled, outline).content.corrections == (CorrectionRow(*told),)


def commanded(
    session: Session, sessions: Sessions, files: dict[object, Placed], now: datetime, number: str, issuer: str | None
) -> FrozenReport:
    """Issued as `isoaudit report --freeze` does it."""
    with sessions.reading() as reading:
        asked = freezing.asked_for(reading, 2020, OUTLINE.as_of, issuer=issuer, conversion=OUTLINE.conversion)
        prepared = freezing.prepare(reading, asked, report_stamp.stamp(number, date(2020, 12, 1), "A"))
    row = freezing.issue(session, prepared, files, by=BY, now=now)  # type: ignore[arg-type]
    session.commit()
    return row


def test_a_correction_by_command_keeps_the_words_and_undoes_no_issuing(
    filled: Session, sessions: Sessions, files: dict[object, Placed], now: datetime
) -> None:
    report = reports.create(filled, OUTLINE, by=BY, now=now)
    about = report_texts.paragraph(reports.draft_of(filled, report).content, {}, "opening")
    report_texts.write(filled, report, about, "Câu của cơ quan.", seen=0, by=BY, now=now)
    draft = reports.draft_of(filled, report)
    reports.approve(filled, report, draft, seen=draft.digest, by=BY, now=now)
    filled.commit()
    with sessions.reading() as reading:
        first = report_stamp.stamp("1/BC", date(2020, 11, 19), "A")
        prepared = freezing.prepare(reading, reports.find(reading, report.id), first)
    freezing.issue(filled, prepared, files, by=BY, now=now)  # type: ignore[arg-type]
    filled.commit()
    row = commanded(filled, sessions, files, now, "2/BC", None)
    content = frozen_reports.content(row)
    assert row.replaces == 1
    assert content.edited == {"opening": "Câu của cơ quan."}
    assert not [each for each in content.corrections if "opening" in each.what]
    assert frozen_reports.first_issued(filled, 2020, OUTLINE.conversion) == date(2020, 11, 19)
    wanted = values(measure="report_issued", measure_block=None, measure_share=None, due_on=date(2020, 11, 30))
    task = tasks.enter(filled, wanted, by=BY, now=now)
    assert measuring.measure(filled, [task], date(2020, 11, 25))[task.id].reached_on == date(2020, 11, 19)


def test_a_report_of_another_issuer_is_no_correction(
    filled: Session, sessions: Sessions, files: dict[object, Placed], now: datetime
) -> None:
    commanded(filled, sessions, files, now, "1/BC", None)
    assert commanded(filled, sessions, files, now, "2/BC", "ubnd").replaces is None
    assert commanded(filled, sessions, files, now, "3/BC", "so").replaces == 1
    assert [each.state for each in frozen_reports.listed(filled)] == [
        ReportState.REPLACED,
        ReportState.ISSUED,
        ReportState.ISSUED,
    ]


def test_what_is_counted_while_others_write_is_one_state(
    filled: Session, sessions: Sessions, now: datetime, tmp_path: Path
) -> None:
    with sessions.reading() as reading:
        before = reports.draft(reading, OUTLINE)
        late = {"activities": table("unit | year | kind | date", "19333 | 2020 | training | 2020-05-05")}
        importing.import_workbook(filled, folder(tmp_path / "them", late), by=BY, now=now)
        filled.commit()
        assert reports.draft(reading, OUTLINE).digest == before.digest
    with sessions.reading() as reading:
        assert reports.draft(reading, OUTLINE).digest != before.digest


def test_what_was_made_up_goes_with_the_example(
    filled: Session, sessions: Sessions, files: dict[object, Placed], now: datetime
) -> None:
    for unit in filled.query(audit_factories.Audit):
        unit.example = True
    filled.commit()
    issued(filled, sessions, files, now)
    removed = removal.remove(filled, by=BY, now=now).rows
    assert (removed["report"], removed["frozen_report"], removed["report_file"]) == (1, 1, 3)


@pytest.mark.parametrize(("version", "broken"), [("a later one", False), (None, True)])
def test_a_file_written_otherwise_is_told_by_its_parts(
    filled: Session,
    sessions: Sessions,
    now: datetime,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    version: str | None,
    broken: bool,
) -> None:
    row = issued(filled, sessions, {WRITTEN[2]: place(config.evidence, name="x.pdf", content=PDF, max_mb=1)}, now)
    changed = PDF.replace(b"<<>>", b"<</A 1>>")
    monkeypatch.setitem(frozen_reports.KINDS, "pdf", FileKind("application/pdf", lambda _content: changed))
    if version is not None:
        monkeypatch.setattr(frozen_reports, "writer_version", lambda _kind: version)
    with sessions.reading() as reading:
        (again,) = frozen_reports.rewritten(reading, frozen_reports.find(reading, row.id), config.evidence)
    assert again.content == changed
    assert again.parts == ("obj 1 (byte 25)",)
    assert again.broken is broken
