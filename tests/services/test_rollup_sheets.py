"""Grade sheets: who writes them, what throws them away, and that a wrong one is found."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from isoaudit.config import Config
from isoaudit.db import Answer, Audit, ChecklistVersion, CriterionRow, GradeSheet
from isoaudit.domain.vocabulary import Grade
from isoaudit.services import integrity
from isoaudit.services.audits import life
from isoaudit.services.rollup import sheets
from tests import audit_factories
from tests.services.test_audits import Case


@pytest.fixture
def case(session: Session, now: datetime) -> Case:
    return Case(session, now)


@pytest.fixture
def minuted(case: Case) -> Case:
    """An audit with its minutes: conformity, minor, major."""
    case.answer()
    case.minute()
    return case


def kept(session: Session) -> list[str]:
    return list(session.scalars(select(GradeSheet.letters)))


def test_minutes_and_notice_write_the_sheet(case: Case, session: Session) -> None:
    case.answer()
    assert kept(session) == []
    case.minute()
    assert kept(session) == ["cmM"]
    case.notice(grade_changes=[life.GradeChange("B-8.5-01", Grade.OPPORTUNITY, "Đã bổ sung phiếu")])
    assert kept(session) == ["cmo"]


def other_grade(session: Session) -> None:
    session.execute(update(Answer).where(Answer.grade == Grade.MINOR).values(grade=Grade.MAJOR))


def no_answer(session: Session) -> None:
    session.execute(delete(Answer).where(Answer.grade == Grade.CONFORMITY))


def late_answer(session: Session) -> None:
    of_audit = session.execute(select(Audit.province_id, Audit.id)).one()
    other = dict(audit_factories.CHECKLIST, version="1.1.0")
    audit_factories.checklist(session, data=other)
    criterion = session.scalars(select(CriterionRow.id).order_by(CriterionRow.id.desc()).limit(1)).one()
    key = {"province_id": of_audit.province_id, "audit_id": of_audit.id, "criterion_id": criterion}
    session.execute(insert(Answer).values(**key, revision=1, grade=Grade.MINOR, conflict=False))


def other_version(session: Session) -> None:
    audit_factories.checklist(session, data=dict(audit_factories.CHECKLIST, version="1.1.0"))
    version = session.scalars(select(ChecklistVersion.id).order_by(ChecklistVersion.id.desc()).limit(1)).one()
    session.execute(update(Audit).values(checklist_version_id=version))


@pytest.mark.parametrize("change", [other_grade, no_answer, late_answer, other_version])
def test_the_database_throws_a_sheet_away_with_any_change(
    minuted: Case, session: Session, change: Callable[[Session], None]
) -> None:
    change(session)
    assert kept(session) == []


def test_a_sheet_outlives_what_it_does_not_tell(minuted: Case, session: Session) -> None:
    session.execute(update(Answer).values(note="Đã xem hồ sơ"))
    assert kept(session) == ["cmM"]


def test_whoever_asks_writes_what_is_missing(minuted: Case, session: Session) -> None:
    other_grade(session)
    assert sheets.complete(session) == 1
    assert kept(session) == ["cMM"]
    assert sheets.complete(session) == 0


def test_verify_finds_a_wrong_sheet_and_an_upgrade_mends_it(minuted: Case, session: Session, config: Config) -> None:
    assert list(integrity.findings(session, config.evidence)) == []
    session.execute(update(GradeSheet).values(letters="ccc"))
    found = list(integrity.findings(session, config.evidence))
    assert [(each.code, each.details["record"]) for each in found] == [("verify.grade_sheet", minuted.reference)]
    sheets.renew(session)
    assert kept(session) == ["cmM"]
