"""Answers are never held as a whole: whatever falls between two batches of rows is checked and written all the same."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.errors import Conflict, Refusals
from isoaudit.services import importing, log
from isoaudit.services.importing import Report, answers, answerwriting
from isoaudit.services.rollup import sheets as gradesheets
from tests import audit_factories
from tests.conftest import NOW
from tests.workbooks import Sheets, content, folder, table

Bring = Callable[..., Report]
CODES = ("A-01", "B-7.2-01", "B-8.5-01")
ODD = ("a\tb", "hai\ndòng", "\\N", "C:\\mục\\tệp", 'nói "không"', "\\.", "₫ 🙂", "x" * 900)


@pytest.fixture
def bring(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Imports sheets as a folder, three rows at a time."""
    audit_factories.checklist(session)
    for module, name in ((answers, "AT_ONCE"), (answers, "ANSWERS_ASKED"), (answerwriting, "_AT_ONCE")):
        monkeypatch.setattr(module, name, 3)

    def _bring(sheets: Sheets, **options: object) -> Report:
        place = folder(tmp_path / f"so-{len(list(tmp_path.iterdir()))}", sheets)
        return importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, **options)  # type: ignore[arg-type]

    return _bring


def many() -> Sheets:
    """Eight audits with three answers each, in an order of no audit's."""
    rows = [
        {"audit": f"KT-{number}", "criterion": code, "grade": "minor", "note": f"{ODD[number]} {code}"}
        for number in range(8)
        for code in CODES
    ]
    random.Random(7).shuffle(rows)
    audits = [f"KT-{number} | 1 | on_site | full | thu | 1.0.0 | 2020-09-03" for number in range(8)]
    return {
        "units": table("code | name | kind | valid_from", "1 | Xã A | commune | 1900-01-01"),
        "audits": table("audit | unit | mode | purpose | checklist | version | minuted_on", *audits),
        "answers": rows,
    }


def test_notes_come_back_as_they_were_written_and_nothing_changes_the_second_time(
    bring: Bring, session: Session
) -> None:
    report = bring(many())
    assert report.sheets["answers"].added == 24
    notes = set(session.scalars(select(db.Answer.note)))
    assert notes == {row["note"].strip() for row in many()["answers"]}
    revisions = session.scalars(select(db.AnswerRevision)).all()
    assert {each.value["note"] for each in revisions} == notes
    assert {(each.number, each.revision, each.outcome, each.at) for each in revisions} == {(1, 1, "accepted", NOW)}
    before = content(session)
    again = bring(many())
    assert (again.changed, again.sheets["answers"].unchanged) == (False, 24)
    assert content(session) == before
    assert list(gradesheets.wrong(session)) == []


def test_corrections_gain_revisions_and_keep_what_stood(bring: Bring, session: Session) -> None:
    bring(many())
    sheets = many()
    for row in sheets["answers"][:7]:
        row |= {"grade": "not_applicable", "note": "không có"} if row["criterion"] != "A-01" else {"note": "sửa"}
    with pytest.raises(Refusals) as caught:
        bring(sheets)
    assert [each.code for each in caught.value.refusals] == ["importing.differs"] * 7
    report = bring(sheets, update=True)
    assert (report.sheets["answers"].updated, report.sheets["answers"].unchanged) == (7, 17)
    kept = session.scalars(select(db.AnswerRevision).where(db.AnswerRevision.number == 2)).all()
    assert len(kept) == 7
    assert set(session.scalars(select(db.Answer.revision))) == {1, 2}
    assert not bring(sheets).changed
    assert list(gradesheets.wrong(session)) == []


def test_a_criterion_stands_once_however_far_apart_its_rows_are(bring: Bring, session: Session) -> None:
    sheets = many()
    sheets["answers"].append(dict(sheets["answers"][0]))
    with pytest.raises(Refusals) as caught:
        bring(sheets)
    assert [(each.code, each.details["row"], each.details["first"]) for each in caught.value.refusals] == [
        ("importing.key_twice", 26, 2)
    ]
    assert session.scalars(select(db.Answer)).first() is None


def test_audits_of_the_register_are_found_when_their_turn_comes(bring: Bring, session: Session) -> None:
    sheets = many()
    later = [sheets["answers"].pop() for _ in range(11)]
    bring(sheets)
    later.append({"audit": "KT-99", "criterion": "A-01", "grade": "minor", "note": ""})
    with pytest.raises(Refusals) as caught:
        bring({"answers": later})
    assert [each.code for each in caught.value.refusals] == ["importing.audit_unknown"]
    report = bring({"answers": later[:-1] + sheets["answers"]})
    assert (report.sheets["answers"].added, report.sheets["answers"].unchanged) == (11, 13)


def test_a_file_that_changes_meanwhile_is_not_imported(bring: Bring, session: Session, tmp_path: Path) -> None:
    place = folder(tmp_path / "so", many())

    def meddle(step: str, _done: int, _total: int) -> None:
        if step == "writing":
            (place / "units.csv").write_text("code,name,kind,valid_from\n2,Xã B,commune,1900-01-01\n", "utf-8")

    with session.begin_nested() as once:
        with pytest.raises(Conflict):
            importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, tell=meddle)
        once.rollback()
    assert session.scalars(select(db.Unit)).first() is None


def test_how_far_it_has_come_is_told(bring: Bring) -> None:
    told: list[tuple[str, int, int]] = []
    bring(many(), tell=lambda *step: told.append(step))
    assert [step for step, done, _total in told if done == 0] == ["reading", "checking", "writing", "finishing"]
    assert all(0 <= done <= total or total == 0 for _step, done, total in told)
