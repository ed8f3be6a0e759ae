"""What a device sends about an audit (CONTRACT §5): operations, the values they carry, and what a value
still lacks.

A value is always the whole answer (or the whole field), never a part of it, so that two values can be
compared and one of them chosen. Drafts are welcome: on the screen the grade comes first and the note after
it, so a minor without its note is saved, and `gaps` lists it until the audit is concluded. Only what no
later typing could mend is refused. Whether an operation is accepted is decided in `merge`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from isoaudit.domain.audit_life import refuse_grade
from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.digest import digest_of
from isoaudit.domain.entries import data_of
from isoaudit.domain.errors import Invalid
from isoaudit.domain.typed import text_of
from isoaudit.domain.vocabulary import Grade, Word

MOST_TEXTS = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANSWER_KEYS = ("grade", "note", "reason", "due_on", "request", "evidence", "documents", "dossiers")
_FIELD_KEYS = ("field", "text")
_ENTRY_KEYS = ("entry", "data")
_AT = "@"  # no criterion's code begins with it
SIGNATURE = "@signature"
"""The target of signing and amending: the audit as a whole."""

Value = Mapping[str, object]


class Kind(Word):
    """What an operation does to its target: a criterion, an entry, a general text of the audit, or the audit as a
    whole."""

    ANSWER = "answer", "trả lời nội dung kiểm tra", "answer a criterion"
    FIELD = "field", "ghi mục chung của cuộc kiểm tra", "write a field of the audit"
    SETTLE = "settle", "xử lý xung đột", "settle a conflict"
    ENTRY = "entry", "ghi mục kèm theo của cuộc kiểm tra", "write an entry of the audit"
    SIGN = "sign", "ký biên bản", "sign the minutes"
    AMEND = "amend", "mở lại để sửa đổi", "reopen to amend"


class AuditField(Word):
    """A text of the audit as a whole, edited on the answer page."""

    REMARKS = "remarks", "Nhận xét chung", "General remarks"
    PRESENT = "present", "Thành phần làm việc của đơn vị", "Persons present for the unit"
    UNIT_OPINION = "unit_opinion", "Ý kiến của đơn vị", "Opinion of the unit"


@dataclass(frozen=True, slots=True)
class Operation:
    """One change made on a device.

    `seq` counts the operations of the device from 1 without a gap. `base_revision` is the revision of the
    target that the person saw, 0 for none; a device with several operations of one target on the way counts
    one revision for each. `at` is the device's clock: evidence, never used to decide.
    """

    op_id: str
    device_id: str
    seq: int
    audit: str
    base_revision: int
    kind: str
    value: Value
    criterion: str | None = None
    at: str = ""

    @property
    def target(self) -> str:
        """What the operation is about, within its audit: a criterion's code, or "@" and the name of an entry
        or a field, or `SIGNATURE`.
        """
        if self.criterion:
            return self.criterion
        if self.kind in (Kind.SIGN, Kind.AMEND):
            return SIGNATURE
        return f"{_AT}{self.value['entry'] if 'entry' in self.value else self.value.get('field', '')}"

    @property
    def fingerprint(self) -> str:
        """The digest of all that was sent: the same `op_id` with another fingerprint is another operation."""
        return digest_of({name: getattr(self, name) for name in self.__slots__})

    @property
    def second_id(self) -> str:
        """The name under which it is entered when another operation has its `op_id` already."""
        return str(uuid5(NAMESPACE_OID, f"{self.op_id} {self.fingerprint}"))


def answer_value(value: Value, criterion: Criterion) -> dict[str, object]:
    """The answer in its stored form: grade (None clears it), note, reason, due_on (ISO date), evidence
    (SHA-256 list), documents (numbers or titles of papers seen), dossiers (ids of entries `dossier/…`).

    Leftovers are kept (a reason stays when the grade is no longer `not_applicable`): readers use what fits
    the grade. Raises `Invalid` for unknown keys, a grade, date or digest that is none, a text that is too
    long, and `not_applicable` on a gate: no note to come could mend these.
    """
    record = criterion.code
    _refuse_unknown(value, _ANSWER_KEYS, record)
    grade = value.get("grade") or None
    if grade is not None and grade not in [each.value for each in Grade]:
        expected = ", ".join(each.value for each in Grade)
        raise Invalid("operation.grade", record=record, field="grade", value=str(grade), expected=expected)
    refuse_grade(criterion, None if grade is None else Grade(str(grade)))
    return {
        "grade": None if grade is None else str(grade),
        "note": _text(value, "note", record),
        "reason": _text(value, "reason", record),
        "due_on": _day(value, "due_on", record),
        "request": _text(value, "request", record),
        "evidence": _digests(value, record),
        "documents": _texts(value, "documents", record),
        "dossiers": _texts(value, "dossiers", record),
    }


def field_value(value: Value) -> dict[str, object]:
    """The text of a field in its stored form. Raises `Invalid` for an unknown field or key, or a text too
    long.
    """
    name = str(value.get("field", ""))
    _refuse_unknown(value, _FIELD_KEYS, name or "field")
    if name not in {each.value for each in AuditField}:
        expected = ", ".join(each.value for each in AuditField)
        raise Invalid("operation.field", record="field", field="field", value=name, expected=expected)
    return {"field": name, "text": _text(value, "text", name)}


def entry_value(value: Value, checklist: Checklist) -> dict[str, object]:
    """An entry with its data in their stored form (None: removed). Raises `Invalid` as `entries.data_of`."""
    name = str(value["entry"])
    _refuse_unknown(value, _ENTRY_KEYS, name)
    return {"entry": name, "data": data_of(name, value.get("data"), checklist)}


def empty_value(target: str) -> dict[str, object]:
    """What stands at a target where nothing was ever typed, or all was taken back."""
    if not target.startswith(_AT):
        return {"grade": None, "note": "", "reason": "", "due_on": None, "request": ""} | {
            key: [] for key in ("evidence", "documents", "dossiers")
        }
    name = target[1:]
    return {"field": name, "text": ""} if name in set(AuditField) else {"entry": name, "data": None}


def _refuse_unknown(value: Value, allowed: tuple[str, ...], record: str) -> None:
    for key in value:
        if key not in allowed:
            raise Invalid("operation.key", record=record, field=str(key), expected=", ".join(allowed))


def _text(value: Value, key: str, record: str) -> str:
    return text_of(value.get(key), record, key)


def _texts(value: Value, key: str, record: str) -> list[str]:
    given = value.get(key) or []
    if not isinstance(given, list | tuple):
        raise Invalid("operation.list", record=record, field=key, value=ascii(given)[:60])
    if len(given) > MOST_TEXTS:
        raise Invalid("operation.too_many", record=record, field=key, value=len(given), most=MOST_TEXTS)
    return [_text({key: each}, key, record) for each in given]


def _day(value: Value, key: str, record: str) -> str | None:
    given = value.get(key) or None
    if given is None:
        return None
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise Invalid("operation.day", record=record, field=key, value=str(given)[:60]) from None


def _digests(value: Value, record: str) -> list[str]:
    given = value.get("evidence") or []
    if not isinstance(given, list | tuple) or not all(
        isinstance(each, str) and _SHA256.fullmatch(each) for each in given
    ):
        raise Invalid("operation.evidence", record=record, field="evidence", value=str(given)[:60])
    return list(given)
