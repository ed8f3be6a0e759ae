"""Which year the report that one works on is of."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import Declaration, FrozenReport, Programme, Report
from isoaudit.domain.report_life import ReportState
from isoaudit.domain.vocabulary import DeclarationKind
from isoaudit.services import log, revisions, settings
from isoaudit.services.overview import years
from tests import factories
from tests.conftest import NOW
from tests.services.test_rollup import bring, sheets

WINTER, SPRING, AUTUMN = date(2020, 12, 31), date(2021, 3, 1), date(2021, 11, 20)


@pytest.fixture
def worked(session: Session, tmp_path: Path) -> Session:
    """The small province of the roll-up's tests: minutes, tasks and a programme of 2020."""
    bring(session, tmp_path / "so", sheets())
    return session


def programme(session: Session, year: int) -> None:
    row = Programme(province_id=settings.home_id(session), year=year, name=f"Kế hoạch {year}")
    revisions.enter(session, row, by=log.COMMAND_LINE, now=NOW)


def report(session: Session, year: int, state: ReportState, last: int = 12) -> None:
    first, end = date(year, 1, 1), date(year, last, 31 if last == 12 else 30)
    row = Report(
        province_id=settings.home_id(session), year=year, period_first=first, period_last=end, as_of=end, state=state
    )
    row.conversion, row.issuer, row.created_at = "2008-2015", "so", NOW
    if state is ReportState.ISSUED:
        row.frozen_id = last
        frozen = FrozenReport(province_id=row.province_id, id=last, year=year, as_of=end, number="1", issued_on=end)
        frozen.signer, frozen.digest, frozen.content, frozen.about, frozen.frozen_at = "", "", b"", {}, NOW
        session.add(frozen)
        session.flush()
    session.add(row)
    session.flush()


def test_a_single_later_fact_makes_no_year_of_a_report(worked: Session) -> None:
    unit = factories.unit(worked)
    row = Declaration(unit_id=unit.id, edition="iso9001-2015", kind=DeclarationKind.DECLARE, made_on=date(2021, 5, 1))
    revisions.enter(worked, row, by=log.COMMAND_LINE, now=NOW)
    assert years.years(worked, AUTUMN).opening == 2021
    assert years.reported(worked, AUTUMN) == 2020


def test_the_year_that_is_due_comes_before_the_one_that_began(worked: Session) -> None:
    programme(worked, 2021)
    programme(worked, 2030)
    assert years.reported(worked, WINTER) == 2020
    assert years.reported(worked, SPRING) == 2020
    assert years.reported(worked, AUTUMN) == 2021
    report(worked, 2020, ReportState.ISSUED, last=6)
    assert years.reported(worked, SPRING) == 2020
    report(worked, 2020, ReportState.ISSUED)
    assert years.reported(worked, SPRING) == 2021


def test_a_draft_goes_before_everything(worked: Session) -> None:
    report(worked, 2019, ReportState.DROPPED)
    assert years.reported(worked, AUTUMN) == 2020
    report(worked, 2019, ReportState.DRAFT)
    assert years.reported(worked, AUTUMN) == 2019


def test_nothing_is_known(session: Session) -> None:
    assert years.reported(session, AUTUMN) is None
