"""What the office enters of an arrangement, as a value and as the event's row keeps it."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import UnitEvent
from isoaudit.domain.errors import NotFound
from isoaudit.domain.unit_event import Plan, Receiver
from isoaudit.domain.unit_event_words import EventKind, OpenFindings, PlannedAudits
from isoaudit.domain.vocabulary import UnitKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What the office enters: the plan, the decision, what becomes of planned audits and open nonconformities of units
    that end and go on as no other."""

    plan: Plan
    document_id: int
    note: str = ""
    audits: PlannedAudits = PlannedAudits.KEEP
    findings: OpenFindings = OpenFindings.KEEP

    def planned(self) -> dict[str, Any]:
        """What stays on the event's row, beside kind and day."""
        return {
            "units": [*self.plan.units],
            "receivers": [asdict(each) for each in self.plan.receivers],
            "goes_on": self.plan.goes_on,
            "audits": self.audits.value,
            "findings": self.findings.value,
        }

    @classmethod
    def of(cls, event: UnitEvent) -> "Entry":
        """What was entered."""
        planned = event.planned
        receivers = tuple(
            Receiver(**{**each, "kind": UnitKind(each["kind"]) if each["kind"] else None})
            for each in planned["receivers"]
        )
        plan = Plan(EventKind(event.kind), event.on_day, tuple(planned["units"]), receivers, planned["goes_on"])
        audits, findings = PlannedAudits(planned["audits"]), OpenFindings(planned["findings"])
        return cls(plan, event.document_id, event.note or "", audits, findings)


def get(session: Session, province_id: int, event_id: int) -> UnitEvent:
    """The event, standing or withdrawn. Raises `NotFound`."""
    event = session.get(UnitEvent, event_id)
    if event is None or event.province_id != province_id:
        raise NotFound("unit_event.unknown_event")
    return event
