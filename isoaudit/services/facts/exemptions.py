"""Exemptions: a unit stands outside the counts for a time, with a reason (RULES §2). `to_day` is exclusive."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from isoaudit.db import Exemption, Fact, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.services.facts.kinds import Kind, Values


def ends_after_start(_session: Session, _unit: Unit, values: Values | None, _fact: Fact | None) -> Iterator[Refusal]:
    """What every fact with an interval asks."""
    if values is not None and values["to_day"] is not None and values["to_day"] <= values["from_day"]:
        yield Invalid("fact.ends_before_start", field="to_day")


def _check(session: Session, unit: Unit, values: Values | None, fact: Fact | None) -> Iterator[Refusal]:
    yield from ends_after_start(session, unit, values, fact)
    if values is not None and not (values["reason"] or "").strip():
        yield Invalid("exemption.reason_missing", field="reason")


KIND = Kind("exemption", Exemption, "from_day", ("from_day",), happened=False, check=_check)
