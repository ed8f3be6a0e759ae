"""Years side by side, clause scores block by block. What an issued year shows is in `test_last_year`."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Block
from isoaudit.services import trends
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
