"""A tablet as its app behaves, in memory: a ledger of operations, the package last taken, what each operation became.

What is seen of a target is always the package and one's own operations; an operation's base is the revision known of
its target and one more for each of one's own on the way. Nothing is deleted before a receipt whose chain is one's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from isoaudit.domain.digest import digest_of
from isoaudit.domain.merge import Reply, linked
from isoaudit.domain.operations import SIGNATURE, AuditField, Kind, Operation, empty_value
from isoaudit.services.device_list import Receipt
from isoaudit.services.sync import Outcome
from tests.tablet_factories import signature

FIELDS = {each.value for each in AuditField}


@dataclass
class Kept:
    """An operation in the ledger of the device, and what it became."""

    operation: Operation
    fingerprint: str
    outcome: Outcome | None = None

    @property
    def reply(self) -> Reply | None:
        """What became of it the first time."""
        return self.outcome.first if self.outcome else None


@dataclass
class Device:
    """One person's tablet on one audit. Its clock is wrong by `wrong_by`."""

    number: int
    user_id: int
    audit: str
    wrong_by: timedelta
    package: Mapping[str, Any]
    ledger: list[Kept] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    deleted: int = 0
    signings: int = 0

    @property
    def id(self) -> str:
        """Its id."""
        return str(UUID(int=self.number + (4 << 76) + (8 << 60)))

    @property
    def pending(self) -> list[Kept]:
        """What has no answer yet."""
        return [each for each in self.ledger if each.outcome is None]

    @property
    def signed(self) -> bool:
        """Whether it is locked, as far as its person knows."""
        own = [each for each in self.ledger if each.operation.target == SIGNATURE and each.reply is not Reply.REFUSED]
        if own and (own[-1].outcome is None or own[-1].outcome.revision > self.signings):
            return own[-1].operation.kind == Kind.SIGN
        return self.package["state"] in ("signed", "minuted", "concluded")

    def chain(self, through: int) -> str:
        """The chain over its own operations up to that number."""
        made = ""
        for each in self.ledger[:through]:
            made = linked(made, each.fingerprint)
        return made

    def add(self, kind: str, value: Mapping[str, Any], criterion: str | None, now: datetime) -> Operation:
        """Make the next operation."""
        seq = len(self.ledger) + 1
        op_id = str(UUID(int=(self.number << 32) + seq + (4 << 76) + (8 << 60)))
        made = Operation(op_id, self.id, seq, self.audit, 0, kind, value, criterion)
        on_the_way = sum(each.operation.target == made.target for each in self.pending)
        base = max(self.known.get(made.target, 0), self.standing(made.target)[0]) + on_the_way
        at = (now + self.wrong_by).isoformat()
        made = Operation(op_id, self.id, seq, self.audit, base, kind, value, criterion, at)
        self.ledger.append(Kept(made, made.fingerprint))
        return made

    def take(self, package: Mapping[str, Any]) -> None:
        """Take a package in place of the last one."""
        self.package, self.signings = package, self.known.get(SIGNATURE, 0)

    def hear(self, outcomes: Iterable[Outcome], receipts: Iterable[Receipt]) -> None:
        """Take in a reply. A held operation stays to be sent; a receipt lets what lies under it be deleted when its
        chain is the device's own, and is an error otherwise."""
        by_id = {each.operation.op_id: each for each in self.ledger}
        for told in outcomes:
            if told.reply is Reply.HELD:
                continue
            kept = by_id[told.op_id]
            assert told.digest == kept.fingerprint
            kept.outcome = kept.outcome or told
            target = kept.operation.target
            self.known[target] = max(self.known.get(target, 0), told.revision)
        for receipt in receipts:
            if receipt.device_id == self.id:
                assert receipt.chain == self.chain(receipt.through)
                self.deleted = max(self.deleted, receipt.through)

    def standing(self, target: str) -> tuple[int, Any, list[Any]]:
        """Revision, value and contenders of a target in the package, as operations carry them."""
        shape, name = ("answers", target) if not target.startswith("@") else ("entries", target[1:])
        if name in FIELDS:
            shape = "fields"
        found = self.package[shape].get(name)
        if found is None:
            return 0, empty_value(target), []
        return (
            found["revision"],
            self._carried(target, found["value"]),
            [self._carried(target, each["value"]) for each in found["contenders"]],
        )

    def seen(self, target: str) -> Any:
        """The value that the person sees: the package's, and over it what was typed here and not refused since."""
        revision, value, _contenders = self.standing(target)
        for each in self.ledger:
            if each.operation.target != target:
                continue
            typed = each.outcome is None
            stood = each.reply is Reply.ACCEPTED and each.outcome is not None and each.outcome.revision > revision
            if typed or stood:
                value = each.operation.value
        return value

    def targets(self) -> list[str]:
        """Every target of which something is known here."""
        found = {
            *self.package["answers"],
            *(f"@{name}" for part in ("entries", "fields") for name in self.package[part]),
        }
        found |= {each.operation.target for each in self.ledger}
        return sorted(found - {SIGNATURE})

    def content(self, checklist: Iterable[str], minuted_on: str) -> dict[str, Any]:
        """What would be signed: all that the person sees."""
        seen = {target: self.seen(target) for target in self.targets()}
        pinned = self.package["checklist"]
        answers = [{"criterion": code, "value": seen[code]} for code in checklist if code in seen]
        return {
            "audit": self.audit,
            "checklist": {name: pinned[name] for name in ("id", "version", "digest")},
            "minuted_on": minuted_on,
            "answers": [each for each in answers if each["value"] != empty_value(str(each["criterion"]))],
            "entries": {each["entry"]: each["data"] for each in seen.values() if each.get("data") is not None},
            "fields": {each["field"]: each["text"] for each in seen.values() if each.get("text")},
        }

    def sign(self, content: Mapping[str, Any], now: datetime) -> None:
        """Both sides sign."""
        own = [
            each.operation
            for each in self.ledger
            if each.operation.kind == Kind.SIGN and each.reply is not Reply.REFUSED
        ]
        told = self.package["signature"]
        amends = own[-1].value["digest"] if own else told["digest"] if told else None
        signatures = [signature("team"), signature("unit")]
        value = {"content": content, "digest": digest_of(content), "minuted_on": content["minuted_on"]}
        self.add("sign", value | {"signatures": signatures, "amends": amends}, None, now)

    def _carried(self, target: str, value: Any) -> Any:
        if not target.startswith("@"):
            return value if value is not None else empty_value(target)
        name = target[1:]
        if name in FIELDS:
            return {"field": name, "text": value or ""}
        return {"entry": name, "data": value}
