"""What an audit holds besides answers: dossiers, the unit's word, meetings, notes, photos, … Their shapes and limits.

An entry is named "<type>/<id>", or "<type>" where there is one of it, and its value is whole: all keys of its type, or
None when it was removed. How entries merge is in `merge`; general texts of the audit are in `operations`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.errors import Invalid
from isoaudit.domain.typed import text_of
from isoaudit.domain.vocabulary import Word

LONGEST_NAME = 79
"""Of an entry's name, so that its target fits the ledger."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERIFIED = re.compile(r"[^:\s]+:[^:\s]+")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DECIMAL = re.compile(r"-?\d{1,6}(\.\d{1,15})?")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)")
_LARGEST = 2**31 - 1


class Stance(Word):
    """The unit's word on a finding."""

    AGREED = "agreed", "nhất trí", "agreed"
    OPINION = "opinion", "có ý kiến", "has an opinion"
    RESERVED = "reserved", "bảo lưu", "reserved"


class Verified(Word):
    """What became of an earlier nonconformity, as the team found it."""

    DONE = "done", "đã khắc phục", "corrected"
    PARTLY = "partly", "khắc phục một phần", "corrected in part"
    NOT_DONE = "not_done", "chưa khắc phục", "not corrected"


Read = Callable[[object, str, str], object]
"""Reads one key: (value or None, record, key) → the stored value. Raises Invalid."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of entry: what comes after the slash (None: nothing), its keys, and what has to hold between them."""

    id: re.Pattern[str] | str | None
    keys: Mapping[str, Read]
    holds: tuple[Callable[[Mapping[str, object], str], None], ...] = field(default=())


def _text(value: object, record: str, key: str) -> str:
    return text_of(value, record, key)


def _bool(value: object, record: str, key: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise Invalid("entry.bool", record=record, field=key, value=ascii(value)[:60])
    return bool(value)


def _whole(value: object, record: str, key: str) -> int | None:
    """A whole number, not negative, or None."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST):
        raise Invalid("entry.whole", record=record, field=key, value=ascii(value)[:60])
    return value


def _count(value: object, record: str, key: str) -> int:
    return _whole(value, record, key) or 0


def _day(value: object, record: str, key: str) -> str:
    text = text_of(value, record, key)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Invalid("operation.day", record=record, field=key, value=text[:60]) from None


def _moment(value: object, record: str, key: str) -> str:
    text = text_of(value, record, key)
    try:
        datetime.fromisoformat(text or "2020-01-01")
    except ValueError:
        raise Invalid("entry.moment", record=record, field=key, value=text[:60]) from None
    return text


def _written(pattern: re.Pattern[str], code: str) -> Read:
    """A text of that form, or ""."""

    def read(value: object, record: str, key: str) -> str:
        text = text_of(value, record, key)
        if text and not pattern.fullmatch(text):
            raise Invalid(code, record=record, field=key, value=text[:60])
        return text

    return read


def _one_of(*words: str) -> Read:
    def read(value: object, record: str, key: str) -> str:
        if value not in words:
            shown, expected = ascii(value)[:60], ", ".join(words)
            raise Invalid("entry.choice", record=record, field=key, value=shown, expected=expected)
        return str(value)

    return read


def _no_person(data: Mapping[str, object], record: str) -> None:
    for key, value in data.items():
        if isinstance(value, str) and _IDENTITY_NUMBER.search(value):
            raise Invalid("entry.identity_number", record=record, field=key)


def _said(data: Mapping[str, object], record: str) -> None:
    if data["stance"] != Stance.AGREED and not str(data["text"]).strip():
        raise Invalid("entry.text_missing", record=record, field="text")


def _given(*keys: str) -> Callable[[Mapping[str, object], str], None]:
    def holds(data: Mapping[str, object], record: str) -> None:
        for key in keys:
            if data[key] in (None, ""):
                raise Invalid("entry.text_missing", record=record, field=key)

    return holds


_time, _decimal = _written(_TIME, "entry.time"), _written(_DECIMAL, "entry.decimal")
_place: dict[str, Read] = {"latitude": _decimal, "longitude": _decimal}
TYPES: dict[str, Type] = {
    "dossier": Type(
        _UUID,
        {
            **dict.fromkeys(("number", "procedure", "field"), _text),
            **dict.fromkeys(("received", "due", "returned"), _day),
            "slow_step": _text,
            **dict.fromkeys(("supplement", "apology"), _bool),
            "finding": _text,
            "member": _whole,
        },
        (_no_person,),
    ),
    "word": Type("criterion", {"stance": _one_of(*Stance), "text": _text}, (_said,)),
    "assign": Type("criterion", {"user_id": _whole}, (_given("user_id"),)),
    "note": Type(_UUID, {"text": _text, "criterion": _text, "at": _moment}),
    "unlisted": Type(_UUID, {"what": _one_of("unit", "procedure"), "text": _text, "settled": _text}),
    "verify": Type(_VERIFIED, {"result": _one_of(*Verified), "text": _text}),
    "photo": Type(_SHA256, {"criterion": _text, "caption": _text, "taken_at": _moment, **_place, "blurred": _bool}),
    "gps": Type(_UUID, {**_place, "accuracy": _decimal, "at": _moment}),
    "meeting": Type(
        None,
        {
            "place": _text,
            **dict.fromkeys(("began", "ended"), _time),
            **dict.fromkeys(("opening", "closing", "basis", "strengths"), _text),
            "copies": _count,
            "read_back": _bool,
        },
    ),
    "attendance": Type(
        _UUID,
        {
            "meeting": _one_of("opening", "closing", "both"),
            **dict.fromkeys(("name", "position"), _text),
            "side": _one_of("team", "unit"),
        },
    ),
}
"""All types of entries. Numbers with decimals (degrees, metres) are texts, so that digests are the same everywhere."""


def data_of(name: str, data: object, checklist: Checklist) -> dict[str, object] | None:
    """The data of the entry of that name in their stored form, all keys of its type; None when it is removed.

    Raises Invalid for a name of no type, unknown keys, and values that are not of their kind.
    """
    word, _, rest = name.partition("/")
    kind = TYPES.get(word)
    if kind is None or not _names(kind, name, rest, checklist):
        raise Invalid("entry.name", record=ascii(name)[1:-1][:80], field="entry", expected=", ".join(TYPES))
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise Invalid("entry.data", record=name, field="data", value=ascii(data)[:60])
    for key in data:
        if key not in kind.keys:
            raise Invalid("operation.key", record=name, field=str(key), expected=", ".join(kind.keys))
    read = {key: reads(data.get(key), name, key) for key, reads in kind.keys.items()}
    for holds in kind.holds:
        holds(read, name)
    return read


def _names(kind: Type, name: str, rest: str, checklist: Checklist) -> bool:
    """Whether the part after the slash is one of that type."""
    if len(name) > LONGEST_NAME or not name.isprintable():
        return False
    if kind.id is None:
        return "/" not in name
    if isinstance(kind.id, str):
        return checklist.criterion(rest) is not None
    return kind.id.fullmatch(rest) is not None
