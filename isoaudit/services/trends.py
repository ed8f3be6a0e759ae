"""The figures of several years side by side: of each those that stand for it (`services.comparison`). Small numbers
only: the roll-ups behind them are not kept here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from isoaudit.domain.comparison import Measure, known
from isoaudit.domain.figures import Counts, Rollup
from isoaudit.domain.nonconformity import NonconformityCounts
from isoaudit.domain.period import Period
from isoaudit.domain.standouts import RIGHT
from isoaudit.domain.vocabulary import Block, Maintained
from isoaudit.services import library
from isoaudit.services.comparison import Figures, figures_of
from isoaudit.services.frozen_reports import Issued
from isoaudit.services.overview import years
from isoaudit.services.overview.kept import kept

MOST = 10
"""So many years are shown at most."""
Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BlockYear:
    """The shares of a block in a year as (part, whole), (0, 0) where nothing was entered or nobody could convert yet,
    and the mean score of its audited units, None without any."""

    declared: Share
    converted: Share
    maintained: Share
    score: Fraction | None
    audited: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year as of a day; `inspected` tells whether anything is known of inspections in it, `issued` is the report
    whose frozen figures these are, None for figures counted now."""

    year: int
    as_of: date
    blocks: Mapping[Block, BlockYear]
    nonconformities: NonconformityCounts
    inspected: bool = True
    issued: Issued | None = None


def trend(session: Session, rollup: Rollup, today: date, *, live: bool = False) -> list[Year]:
    """The years up to the one looked at, oldest first; of that one the day looked at, `live` as it is counted now even
    where a report of that day was issued.

    A roll-up for each year that is not kept.
    """
    found = years.years(session, today)
    first = max(found.first or rollup.year, rollup.year - MOST + 1)
    before = [_year(session, year, rollup.conversion) for year in range(min(first, rollup.year), rollup.year)]
    if live:
        return [*before, _told(Figures(rollup))]
    return [*before, _year(session, rollup.year, rollup.conversion, rollup.as_of)]


def _year(session: Session, year: int, conversion: str, day: date | None = None) -> Year:
    def made() -> Year:
        return _told(figures_of(session, Period.of_year(year), conversion, day=day))

    return kept(session, ("trend", year, conversion, day), made)


def _told(found: Figures) -> Year:
    rollup = found.rollup
    blocks = {block: _block(rollup, block, counts) for block, counts in rollup.blocks.items()}
    inspected = known(rollup, Measure.AUDITED)
    return Year(rollup.year, rollup.as_of, blocks, rollup.nonconformities, inspected, found.issued)


def _block(rollup: Rollup, block: Block, counts: Counts) -> BlockYear:
    declares, kept_up = known(rollup, Measure.DECLARED), known(rollup, Measure.KEPT)
    right = sum(counts.maintained[value] for value in RIGHT)
    scores = [
        line.audit.score
        for line in rollup.units
        if line.block is block and not line.exempt and line.audit is not None and line.audit.score is not None
    ]
    return BlockYear(
        (counts.declared, counts.considered) if declares else (0, 0),
        (counts.baseline_converted, counts.baseline) if _could_convert(rollup) else (0, 0),
        (right, counts.considered - counts.maintained[Maintained.NOT_APPLICABLE]) if kept_up else (0, 0),
        sum(scores, Fraction(0)) / len(scores) if scores else None,
        counts.audited,
    )


def _could_convert(rollup: Rollup) -> bool:
    """Whether the edition converted to was there by that day."""
    since = library.standards()[library.conversions()[rollup.conversion].to_edition].accepted_from
    return since is not None and since <= rollup.as_of
