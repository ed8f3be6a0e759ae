"""A device as the tablet's app behaves, for the tests of services: it numbers its operations, counts revisions as the
server does, and knows what it was told. It keeps nothing on a disk and draws no page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from isoaudit.domain.digest import digest_of
from isoaudit.domain.operations import Operation, empty_value
from isoaudit.services.audits import entries
from isoaudit.services.audits.reading import AuditView

PATH = "M 1.5 2 C 3 4 5 6 7 8"


@dataclass
class Tablet:
    """A device of one person on one audit; `revisions` are those that it knows, by target."""

    number: int
    audit: str
    seq: int = 0
    revisions: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id."""
        return str(UUID(int=self.number + (4 << 76) + (8 << 60)))

    def make(self, kind: str, value: Mapping[str, Any], criterion: str | None = None, **more: Any) -> Operation:
        """The next operation. Its base is the revision known, and the operation counts as one more."""
        self.seq += 1
        op_id = str(UUID(int=(self.number << 32) + self.seq + (4 << 76) + (8 << 60)))
        made = Operation(op_id, self.id, self.seq, self.audit, 0, kind, value, criterion, "2020-11-18T02:00:00Z")
        base = more.pop("base", self.revisions.get(made.target, 0))
        self.revisions[made.target] = base + 1
        return Operation(**{name: getattr(made, name) for name in made.__slots__} | {"base_revision": base} | more)

    def answer(self, criterion: str, **value: Any) -> Operation:
        """A whole answer."""
        return self.make("answer", empty_value(criterion) | value, criterion)

    def entry(self, name: str, data: Mapping[str, Any] | None) -> Operation:
        """An entry, None to remove it."""
        return self.make("entry", {"entry": name, "data": data})

    def remarks(self, text: str) -> Operation:
        """A general text."""
        return self.make("field", {"field": "remarks", "text": text})

    def sign(self, signed: Mapping[str, Any], **more: Any) -> Operation:
        """The signature of both sides under a content."""
        value = {
            "content": signed,
            "digest": digest_of(signed),
            "minuted_on": signed["minuted_on"],
            "signatures": [signature("team"), signature("unit")],
            "amends": None,
        }
        return self.make("sign", value | more)

    def amend(self, reason: str = "Ghi nhầm") -> Operation:
        """Reopening after the signing."""
        return self.make("amend", {"reason": reason})


def signature(side: str, **more: Any) -> dict[str, Any]:
    """What one side puts under the minutes."""
    shared = {"side": side, "name": f"Người ký {side}", "position": "Chức vụ"}
    return {**shared, "path": PATH, "refused": False, "reason": "", **more}


def content(audit: AuditView, kept: Mapping[str, entries.Kept], minuted_on: str = "2020-11-18") -> dict[str, Any]:
    """What would be signed if a device saw just what stands at the server."""
    fields = ("remarks", "present", "unit_opinion")
    checklist = audit.checklist
    return {
        "audit": audit.reference,
        "checklist": {"id": checklist.id, "version": checklist.version, "digest": checklist.digest},
        "minuted_on": minuted_on,
        "answers": [
            {"criterion": each.code, "value": audit.answer(each.code).value()}
            for each in checklist.criteria
            if each.code in audit.answers
        ],
        "entries": {name: each.value for name, each in kept.items() if each.value is not None and name not in fields},
        "fields": {name: kept[name].value["text"] for name in fields if name in kept and kept[name].value},  # type: ignore[index]
    }
