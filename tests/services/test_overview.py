"""The lists behind the roll-up's figures: each as long as its figure says, on every day, across provinces."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Grade
from isoaudit.services.overview import answered, findings, register, years
from isoaudit.services.rollup import roll_up
from tests import factories
from tests.services.test_rollup import bring, sheets

DAYS = [date(2020, 3, 1), date(2020, 9, 4), date(2020, 10, 3), date(2020, 11, 18), date(2020, 12, 31)]


@pytest.fixture
def loaded(session: Session, sessions: Sessions, tmp_path: Path) -> Session:
    bring(session, tmp_path / "so", sheets())
    session.commit()
    with sessions.reading() as reading:
        yield reading


def test_the_year_to_open_on_is_the_latest_with_facts(session: Session, tmp_path: Path) -> None:
    assert years.years(session, date(2020, 5, 1)) == years.Years()
    assert list(years.Years().offered(date(2020, 5, 1))) == [2020]
    bring(session, tmp_path / "so", sheets())
    assert years.years(session, date(2026, 5, 1)) == years.Years(2016, 2020, 2020)
    assert years.years(session, date(2018, 5, 1)).opening == 2017
    assert years.years(session, date(2010, 5, 1)).opening == 2016
    assert list(years.years(session, date(2021, 5, 1)).offered(date(2021, 5, 1))) == [
        2021,
        2020,
        2019,
        2018,
        2017,
        2016,
    ]
    assert years.opening_day(2020, date(2020, 11, 18)) == date(2020, 11, 18)
    assert years.opening_day(2019, date(2020, 11, 18)) == date(2019, 12, 31)


@pytest.mark.parametrize("day", DAYS)
def test_lists_are_as_long_as_the_figures_say(loaded: Session, day: date) -> None:
    rollup = roll_up(loaded, None, 2020, day)
    counts, lines = rollup.nonconformities, findings.nonconformities(loaded, rollup)
    assert sum(each.closed_on is None for each in lines) == counts.closing
    assert sum(each.overdue(day) for each in lines) == counts.overdue
    assert sum(each.closed_on is None and each.due_on is None for each in lines) == counts.without_deadline
    assert sum(each.closed_on is not None for each in lines) == counts.closed
    assert sum(each.raised_on >= rollup.period.first for each in lines) == counts.raised
    majors = [each for each in lines if each.closed_on is None and each.grade is Grade.MAJOR]
    assert counts.major == len(majors)
    assert len(findings.visits(loaded, rollup)) == rollup.total.visits
    for clause in [(answered.PART_A, rollup.part_a), *((each.clause, each) for each in rollup.clauses)]:
        found = answered.behind(loaded, rollup, clause[0], set(Grade))
        given = {grade: sum(each.grade is grade for each in found.answers) for grade in Grade}
        assert given == clause[1].counts
        assert given == {grade: sum(each.counts[grade] for each in found.questions) for grade in Grade}


def test_an_answer_behind_a_clause_leads_to_its_unit_and_what_was_written(loaded: Session) -> None:
    rollup = roll_up(loaded, None, 2020, DAYS[-1])
    [minor] = answered.behind(loaded, rollup, "8.5", {Grade.MINOR}).answers
    assert (minor.line.unit.code, minor.reference, minor.question.code) == ("SKHCN", "KT-01", "B-8.5-01")
    assert answered.told(loaded, [minor])[minor.province, minor.audit, minor.question.id].note == "thiếu phiếu"
    [foreign] = answered.behind(loaded, rollup, "7.2", {Grade.OPPORTUNITY}).answers
    assert (foreign.line.unit.name, foreign.reference) == ("Phường Nay", "QB-01")
    assert not answered.behind(loaded, rollup, "7.2", set(Grade), code="B-7.2-99").answers
    assert [each.id for each in answered.versions(loaded, rollup)] == ["thu"]


def test_districts_and_exemptions_of_the_units_in_force(loaded: Session) -> None:
    rollup = roll_up(loaded, None, 2020, DAYS[-1])
    assert list(register.districts(loaded, rollup).values()) == [("461", "Thành phố Đông Hà")]
    exempt = [line.unit.id for line in rollup.units if line.exempt]
    assert list(register.exemption_reasons(loaded, exempt, DAYS[-1]).values()) == ["không có TTHC"]
    assert register.exemption_reasons(loaded, [], DAYS[-1]) == {}


def test_a_province_without_a_row_has_no_key(session: Session) -> None:
    assert register.home(session) is None
    factories.unit(session)
    assert register.home(session) is not None
