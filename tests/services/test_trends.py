"""Years side by side: each as of its last day, or as it was frozen; clause scores block by block."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain.period import Period
from isoaudit.domain.report_life import ReportState
from isoaudit.domain.vocabulary import Block
from isoaudit.services import trends
from isoaudit.services.frozen_reports import Issued
from isoaudit.services.overview.clauses import by_block
from isoaudit.services.rollup import roll_up
from tests.services.test_rollup import bring, sheets

DAY = date(2020, 11, 18)


@pytest.fixture
def province(session: Session, tmp_path: Path) -> Session:
    """The small province of the roll-up's tests."""
    bring(session, tmp_path / "so", sheets())
    return session


def test_years_run_up_to_the_one_looked_at(province: Session) -> None:
    found = trends.trend(province, roll_up(province, None, 2020, DAY), DAY)
    assert [each.year for each in found] == [2016, 2017, 2018, 2019, 2020]
    assert [each.as_of for each in found][-2:] == [date(2019, 12, 31), DAY]
    agencies = [each.blocks[Block.AGENCY] for each in found]
    assert [each.declared for each in agencies] == [(1, 2), (1, 2), (1, 2), (1, 2), (1, 1)]
    assert [each.audited for each in agencies] == [0, 0, 0, 0, 1]
    assert [each.inspected for each in found] == [False, False, False, False, True]
    assert [each.maintained for each in agencies[:4]] == [(0, 0)] * 4
    assert found[-1].nonconformities.raised == 3
    assert all(each.issued is None for each in found)
    assert [each.year for each in trends.trend(province, roll_up(province, None, 2018), DAY)] == [2016, 2017, 2018]


def test_an_issued_year_shows_its_frozen_figures(province: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    live = roll_up(province, None, 2019)
    stood = replace(
        live, as_of=date(2019, 11, 20), blocks={Block.AGENCY: replace(live.blocks[Block.AGENCY], declared=9)}
    )
    issued = Issued(
        id=1,
        report=1,
        year=2019,
        period=Period.of_year(2019),
        as_of=stood.as_of,
        conversion=live.conversion,
        state=ReportState.ISSUED,
        number="137/BC-SKHCN",
        issued_on=date(2019, 11, 25),
        signer="Nguyễn Văn A",
        digest="0" * 64,
        replaces=None,
        replaced_by=None,
        frozen_at=datetime(2019, 11, 25, tzinfo=UTC),
    )
    asked = []

    def standing(_session: Session, year: int, day: date | None, _conversion: str) -> Issued | None:
        asked.append((year, day))
        return issued if year == 2019 else None

    monkeypatch.setattr(trends.frozen_reports, "standing", standing)
    monkeypatch.setattr(trends.frozen_reports, "figures", lambda _session, _issued: stood)
    found = trends.trend(province, roll_up(province, None, 2020, DAY), DAY)
    assert asked[-2:] == [(2019, None), (2020, DAY)]
    asked.clear()
    now = trends.trend(province, roll_up(province, None, 2019), DAY, live=True)
    assert (now[-1].issued, [year for year, _day in asked]) == (None, [2016, 2017, 2018])
    year = found[-2]
    assert (year.issued, year.as_of, year.blocks[Block.AGENCY].declared[0]) == (issued, date(2019, 11, 20), 9)


def test_clauses_by_block_add_up_to_the_table(province: Session) -> None:
    rollup = roll_up(province, None, 2020, DAY)
    found = by_block(province, rollup)
    assert set(found) == {Block.AGENCY, Block.COMMUNE}
    for line in (rollup.part_a, *rollup.clauses):
        parts = [each[line.clause] for each in found.values() if line.clause in each]
        for grade, number in line.counts.items():
            assert sum(part.counts.get(grade, 0) for part in parts) == number
        if len(parts) == 1:
            assert parts[0].score == line.score
    assert found[Block.AGENCY]["8.5"].score == Fraction(50)
