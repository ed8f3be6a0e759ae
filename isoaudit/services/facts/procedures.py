"""The administrative procedures (TTHC) of a unit and its dossiers, as of a day (CONTRACT §3, sheet `procedures`). What
must add up is in `domain.procedure_counts`."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from isoaudit.db import Fact, Procedures, Unit
from isoaudit.domain import procedure_counts
from isoaudit.domain.errors import Refusal
from isoaudit.services.facts.kinds import Kind, Values


def _check(_session: Session, _unit: Unit, values: Values | None, _fact: Fact | None) -> Iterator[Refusal]:
    if values is not None:
        yield from procedure_counts.wrong({name: values.get(name) for name in procedure_counts.COUNTS})


KIND = Kind("procedures", Procedures, "as_of", ("as_of",), check=_check)
