"""Milestones: steps of a conversion that a unit achieved (RULES §3). The step `declared` is not typed in: it follows
from the declarations."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from isoaudit.db import Fact, Milestone, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.standard import DECLARED
from isoaudit.services import library
from isoaudit.services.facts.kinds import Kind, Values


def _check(_session: Session, _unit: Unit, values: Values | None, _fact: Fact | None) -> Iterator[Refusal]:
    if values is None:
        return
    conversion = library.conversions().get(values["conversion"])
    if conversion is None:
        choices = library.told(library.conversions())
        yield Invalid("milestone.conversion_unknown", field="step", value=values["conversion"], **choices)
    elif values["step"] == DECLARED:
        yield Invalid("milestone.declared", field="step")
    elif values["step"] not in {step.code for step in conversion.steps}:
        choices = library.told_steps(conversion)
        yield Invalid("milestone.step_unknown", field="step", value=values["step"], **choices)


KIND = Kind("milestone", Milestone, "achieved_on", ("conversion", "step"), check=_check)
