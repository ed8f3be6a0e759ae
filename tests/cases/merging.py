"""Cases of the merge: one operation against one target."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from isoaudit.domain import entries
from isoaudit.domain.merge import AuditFacts, Known, Revision, Target, Verdict, after, decide
from isoaudit.domain.operations import Kind, Operation, empty_value
from isoaudit.domain.vocabulary import AuditState
from tests.cases.small import Case, small_checklist

DOSSIER = "dossier/00000000-0000-4000-8000-000000000001"


def _revision(number: int, value: Any, device: str, stands: bool = True) -> Revision:
    return Revision(number, value, device, f"{device}{number}", stands)


def _plain(target: Target) -> Case:
    def told(each: Revision) -> Case:
        return {name: getattr(each, name) for name in ("number", "value", "device_id", "op_id", "stands")}

    return {
        "latest": target.latest,
        "standing": None if target.standing is None else told(target.standing),
        "contenders": [told(each) for each in target.contenders],
    }


def _merged(target: Target, operation: Operation, after_refusal: int | None, locked: bool) -> Case:
    state = AuditState.SIGNED if locked else AuditState.UNDER_WAY
    facts = AuditFacts(state, small_checklist(), may_answer=True, may_settle=True)
    verdict: Verdict = decide(operation, Known(None, operation.seq - 1, facts, target, after_refusal))
    return {
        "target": _plain(target),
        "operation": {
            name: getattr(operation, name)
            for name in ("op_id", "device_id", "base_revision", "kind", "criterion", "value")
        },
        "after_refusal": after_refusal,
        "locked": locked,
        "reply": verdict.reply.value,
        "late": verdict.late,
        "revision": verdict.revision,
        "standing": verdict.standing,
        "offered": verdict.offered,
        "after": _plain(after(target, verdict)),
    }


def _field_cases() -> Iterator[Case]:
    def said(text_: str) -> Case:
        return {"field": "remarks", "text": text_}

    one, other, third = said("một"), said("hai"), said("ba")
    targets = [
        Target(),
        Target(1, _revision(1, one, "a")),
        Target(2, _revision(2, one, "a")),
        Target(2, _revision(1, one, "a"), (_revision(2, other, "b", False),)),
        Target(1, None, (_revision(1, other, "b", False),)),
        Target(
            3,
            _revision(1, said(""), "a"),
            tuple(_revision(n, each, "b", False) for n, each in ((2, other), (3, third))),
        ),
    ]
    for target, kind, value, locked in product(
        targets, (Kind.FIELD, Kind.SETTLE), (one, other, said("")), (False, True)
    ):
        if locked and kind is Kind.SETTLE:
            continue
        for base in (
            [target.latest] if locked else sorted({0, max(target.latest - 1, 0), target.latest, target.latest + 1})
        ):
            operation = Operation("c1", "c", 1, "KT", base, kind.value, value)
            yield _merged(target, operation, None, locked)
    for base, before in product((1, 2, 3), (0, 1, 2)):
        yield _merged(targets[2], Operation("c1", "c", 1, "KT", base, "field", other), before, False)


def merge() -> Case:
    """One operation against one target."""
    answer = empty_value("A-01") | {"grade": "minor", "note": "Thiếu"}
    changed = answer | {"dossiers": ["1"], "documents": ["12/QĐ-UBND"]}
    entry = {"entry": DOSSIER, "data": entries.data_of(DOSSIER, {"number": "01"}, small_checklist())}
    removed = {"entry": DOSSIER, "data": None}
    cases = list(_field_cases())
    for criterion, kind, first, second in (("A-01", "answer", answer, changed), (None, "entry", entry, removed)):
        stands = Target(1, _revision(1, first, "a"))
        for value, base, locked in product((first, second), (0, 1), (False, True)):
            cases.append(_merged(stands, Operation("c1", "c", 1, "KT", base, kind, value, criterion), None, locked))
        cases.append(_merged(Target(), Operation("c1", "c", 1, "KT", 0, kind, second, criterion), None, True))
        empty = empty_value(criterion or f"@{DOSSIER}")
        cases.append(_merged(Target(), Operation("c1", "c", 1, "KT", 0, kind, empty, criterion), None, True))
    return {
        "about": "target and operation (its value in the stored form) give reply, late, revision, standing, offered, "
        "and the target after. after_refusal: base_revision of the device's last operation at this target when that "
        "was refused, else null. locked: the audit is signed, minuted or concluded. The sender is the head.",
        "cases": cases,
    }
