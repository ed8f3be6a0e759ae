"""Yearly activities of a unit: internal audit, management review and the others (RULES §3)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from isoaudit.db import Activity, Fact, Unit
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.services.facts.kinds import Kind, Values


def _check(_session: Session, _unit: Unit, values: Values | None, _fact: Fact | None) -> Iterator[Refusal]:
    """An activity is done in its year, or in the year before or after (a report sent in January)."""
    if values is not None and abs(values["year"] - values["done_on"].year) > 1:
        yield Invalid("activity.year_far", field="year", year=values["year"], day=short_date(values["done_on"]))


KIND = Kind("activity", Activity, "done_on", ("year", "kind", "done_on"), check=_check)
