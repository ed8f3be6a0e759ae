"""What is signed on the spot, and what signing does to the answers (issue 3; RULES §6, §7).

The signed content is what its digest says, and it is what stands from then on: a value that the signers had not before
them waits as a contender. Amending opens the audit again, until it is signed anew. Judging operations is in `merge`,
the steps of an audit's life in `audit_life`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.audit_life import Given, missing_for_minutes
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.digest import digest_of
from isoaudit.domain.errors import Conflict, Forbidden, Invalid
from isoaudit.domain.operations import Value, answer_value, empty_value, entry_value, field_value
from isoaudit.domain.targets import AuditFacts, Revision, Target
from isoaudit.domain.typed import text_of
from isoaudit.domain.vocabulary import AuditState, Grade, Word

LONGEST_PATH = 400_000
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 ,.eE+-]*")
_SIGN_KEYS = ("content", "digest", "minuted_on", "signatures", "amends")
_SIGNATURE_KEYS = ("side", "name", "position", "path", "refused", "reason")
_CONTENT_KEYS = ("audit", "checklist", "minuted_on", "answers", "entries", "fields")


class Side(Word):
    """Who signs."""

    TEAM = "team", "đoàn kiểm tra", "the team"
    UNIT = "unit", "đơn vị", "the unit"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was read: its content as sent, and the values that stand by it, by target."""

    content: Value
    digest: str
    minuted_on: date
    signatures: tuple[Value, ...]
    amends: str | None
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a signature changes at one target: where it is then, and the revisions to write (what stood, if anything,
    as a contender, then what was signed)."""

    target: str
    after: Target
    written: tuple[Revision, ...]


def read(value: Value, reference: str, audit: AuditFacts) -> Signed:
    """What the head of the team sends as signed.

    Raises Forbidden when it is not the head, Conflict in a state that takes no signature or when it does not replace
    the last one, Invalid when the content is not what its digest says, is of another checklist, or still lacks
    something that minutes need, and when a side has neither signed nor refused with a reason.
    """
    _refuse_unfit(reference, audit, "sign.state", (AuditState.PLANNED, AuditState.UNDER_WAY))
    content = _mapping(value, "content", reference)
    _only(value, _SIGN_KEYS, reference)
    _only(content, _CONTENT_KEYS, reference)
    digest = digest_of(content)
    if value.get("digest") != digest:
        raise Invalid("sign.digest", record=reference, field="digest", value=ascii(value.get("digest"))[:80])
    checklist = _mapping(content, "checklist", reference)
    _only(checklist, ("id", "version", "digest"), reference)
    told = {key: text_of(each, reference, key) for key, each in checklist.items()}
    if content.get("audit") != reference or told.get("digest") != audit.checklist.digest:
        raise Invalid("sign.checklist", record=reference, field="checklist")
    amends = value.get("amends")
    if amends != audit.signed:
        raise Conflict("sign.amends", record=reference, field="amends", value=ascii(amends)[:80])
    minuted_on = _day(value, content, reference, audit)
    values = values_of(content, reference, audit.checklist)
    answers = {name: each for name, each in values.items() if audit.checklist.criterion(name) is not None}
    _refuse_incomplete(answers, reference, audit, minuted_on)
    signatures = _signatures(value, reference)
    return Signed(content, digest, minuted_on, signatures, None if amends is None else str(amends), values)


def values_of(content: Value, reference: str, checklist: Checklist) -> dict[str, Value]:
    """The values that stand by a signed content, by target. Raises Invalid for what is none."""
    return (
        _answers(content, reference, checklist) | _entries(content, reference, checklist) | _fields(content, reference)
    )


def differing(signed: Mapping[str, Value], stands: Mapping[str, Value]) -> list[str]:
    """The targets at which something else stands than what was signed, in the order of their names."""
    return [
        name
        for name in sorted({*stands, *signed})
        if _as_noted(stands.get(name, empty_value(name))) != _as_noted(signed.get(name, empty_value(name)))
    ]


def refuse_amendment(value: Value, reference: str, audit: AuditFacts) -> None:
    """Raise what keeps the sender from reopening an audit that was signed: Forbidden, Conflict; Invalid without a
    reason."""
    _refuse_unfit(reference, audit, "amend.state", (AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED))
    _only(value, ("reason",), reference)
    if not text_of(value.get("reason"), reference, "reason").strip():
        raise Invalid("amend.reason", record=reference, field="reason")


def effects(signed: Signed, targets: Mapping[str, Target], device_id: str, op_id: str) -> tuple[Effect, ...]:
    """What the signature changes: every target at which something else stands, in the order of their names."""
    found = []
    there = {name: target.value or empty_value(name) for name, target in targets.items()}
    for name in differing(signed.values, there):
        empty, target = empty_value(name), targets.get(name, Target())
        wanted = signed.values.get(name, empty)
        written, old = [], target.standing
        if old is not None and old.value != empty:
            written.append(Revision(target.latest + 1, old.value, old.device_id, old.op_id, False))
        stands = Revision(target.latest + len(written) + 1, wanted, device_id, op_id, True)
        after = Target(stands.number, stands, (*target.contenders, *written))
        found.append(Effect(name, after, (*written, stands)))
    return tuple(found)


def _as_noted(value: Value) -> Value:
    """The value without what the office answered to an unlisted thing, maybe while the team was away: that answer is no
    word of the team's, and stands whether the signers knew it or not."""
    data = value.get("data")
    if not str(value.get("entry", "")).startswith("unlisted/") or not isinstance(data, Mapping):
        return value
    return {**value, "data": {**data, "settled": ""}}


def _refuse_unfit(reference: str, audit: AuditFacts, code: str, states: tuple[AuditState, ...]) -> None:
    if not audit.may_settle:
        raise Forbidden("sign.not_head", record=reference, field="kind")
    if audit.state not in states:
        raise Conflict(code, record=reference, field="kind", vi=audit.state.vi, en=audit.state.en)


def _mapping(value: Value, key: str, reference: str) -> Value:
    found = value.get(key)
    if not isinstance(found, Mapping):
        raise Invalid("sign.shape", record=reference, field=key)
    return found


def _list(value: Value, key: str, reference: str) -> list[Value]:
    found = value.get(key)
    if not isinstance(found, list | tuple) or not all(isinstance(each, Mapping) for each in found):
        raise Invalid("sign.shape", record=reference, field=key)
    return list(found)


def _only(value: Value, allowed: tuple[str, ...], reference: str) -> None:
    for key in value:
        if key not in allowed:
            raise Invalid("sign.shape", record=reference, field=str(key))


def _day(value: Value, content: Value, reference: str, audit: AuditFacts) -> date:
    """The day of the minutes: the same in the content, between the start and today (the server's)."""
    given = value.get("minuted_on")
    try:
        day = date.fromisoformat(str(given)) if given == content.get("minuted_on") else None
    except ValueError:
        day = None
    first, last = audit.first_day, audit.last_day
    if day is None or (first is not None and day < first) or (last is not None and day > last):
        raise Invalid(
            "audit.minuted_on",
            record=reference,
            field="minuted_on",
            value=ascii(given)[:20],
            first=f"{first:%d/%m/%Y}" if first else "–",
            last=f"{last:%d/%m/%Y}" if last else "–",
        )
    return day


def _answers(content: Value, reference: str, checklist: Checklist) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for each in _list(content, "answers", reference):
        _only(each, ("criterion", "value"), reference)
        code = str(each.get("criterion", ""))
        criterion = checklist.criterion(code)
        if criterion is None or code in found:
            raise Invalid("operation.criterion", record=reference, field="criterion", value=code[:60])
        found[code] = answer_value(_mapping(each, "value", reference), criterion)
    return found


def _entries(content: Value, reference: str, checklist: Checklist) -> dict[str, Value]:
    read_as = (
        entry_value({"entry": name, "data": data}, checklist)
        for name, data in _mapping(content, "entries", reference).items()
    )
    return {f"@{each['entry']}": each for each in read_as}


def _fields(content: Value, reference: str) -> dict[str, Value]:
    fields = _mapping(content, "fields", reference)
    return {f"@{name}": field_value({"field": name, "text": text}) for name, text in fields.items()}


def _refuse_incomplete(answers: Mapping[str, Value], reference: str, audit: AuditFacts, minuted_on: date) -> None:
    given = {code: _given(value) for code, value in answers.items()}
    lacking = missing_for_minutes(audit.checklist, audit.kind, given, core=audit.core)
    if lacking:
        first = lacking[0]
        raise Invalid("sign.incomplete", record=reference, count=len(lacking), first=first.criterion)
    for code, each in given.items():
        if each.grade in (Grade.MINOR, Grade.MAJOR) and each.due_on is not None and each.due_on < minuted_on:
            raise Invalid(
                "audit.due_before_minutes",
                record=code,
                field="due_on",
                value=f"{each.due_on:%d/%m/%Y}",
                minuted_on=f"{minuted_on:%d/%m/%Y}",
            )


def _given(value: Value) -> Given:
    grade, due_on = value["grade"], value["due_on"]
    return Given(
        Grade(str(grade)) if grade else None,
        str(value["note"]),
        str(value["reason"]),
        date.fromisoformat(str(due_on)) if due_on else None,
    )


def _signatures(value: Value, reference: str) -> tuple[Value, ...]:
    found = tuple(_list(value, "signatures", reference))
    for each in found:
        _only(each, _SIGNATURE_KEYS, reference)
        side, name = each.get("side"), text_of(each.get("name"), reference, "name").strip()
        path, reason = each.get("path") or "", text_of(each.get("reason"), reference, "reason").strip()
        text_of(each.get("position"), reference, "position")
        if side not in [one.value for one in Side]:
            raise Invalid("sign.shape", record=reference, field="side")
        if not isinstance(path, str) or len(path) > LONGEST_PATH or not _PATH.fullmatch(path):
            raise Invalid("sign.shape", record=reference, field="path")
        if each.get("refused") not in (None, False, True):
            raise Invalid("sign.shape", record=reference, field="refused")
        if not name or (not reason if each.get("refused") else not path):
            word = Side(str(side))
            raise Invalid("sign.side", record=reference, field="signatures", vi=word.vi, en=word.en)
    for side_word in Side:
        if side_word not in [each.get("side") for each in found]:
            raise Invalid("sign.side", record=reference, field="signatures", vi=side_word.vi, en=side_word.en)
    return found
