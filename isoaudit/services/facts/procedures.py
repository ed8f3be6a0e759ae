"""The administrative procedures (TTHC) of a unit and its dossiers, as of a day (CONTRACT §3, sheet `procedures`)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from isoaudit.db import Fact, Procedures, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.services.facts.kinds import Kind, Values

LINKS = ("not_linked", "linked_same_level", "linked_between_levels")
ONLINE = ("online_full", "online_partial")
RECEIVED = ("carried_over", "received_online", "received_in_person")
HANDLED = ("resolved", "in_progress")
COUNTS = ("total", "covered", *LINKS, *ONLINE, *RECEIVED, *HANDLED, "late")


def _check(_session: Session, _unit: Unit, values: Values | None, _fact: Fact | None) -> Iterator[Refusal]:
    """No part is more than its whole; what was not stated is not compared."""
    if values is None:
        return
    total, covered = values["total"], values["covered"]
    if covered > total:
        yield Invalid("procedures.covered_above_total", field="covered", covered=covered, total=total)
    for parts in (LINKS, ONLINE):
        summed = _sum(values, parts)
        if summed > total:
            yield Invalid("procedures.parts_above_total", field=parts[0], sum=summed, total=total)
    handled, received = _sum(values, HANDLED), _sum(values, RECEIVED)
    if all(values.get(name) is not None for name in RECEIVED) and handled > received:
        yield Invalid("procedures.handled_above_received", field="resolved", handled=handled, received=received)
    late = values.get("late")
    if late is not None and all(values.get(name) is not None for name in HANDLED) and late > handled:
        yield Invalid("procedures.late_above_handled", field="late", late=late, handled=handled)


def _sum(values: Values, names: tuple[str, ...]) -> int:
    return sum(values.get(name) or 0 for name in names)


KIND = Kind("procedures", Procedures, "as_of", ("as_of",), check=_check)
