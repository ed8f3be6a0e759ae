"""Typed reading of one table of a data file (checklist, clause tree, conversion): every problem is noted,
none raised.

A `Table` notes refusals with the record, the field, the value and what was expected, and gives a harmless
value in place of a bad one, so that one pass over a file finds all that is wrong with it. What the fields
mean is the business of the modules that read them.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from isoaudit.domain.checklist import Lists, Words
from isoaudit.domain.errors import Invalid, Refusal, Refusals

E = TypeVar("E", bound=StrEnum)
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
CLAUSE = re.compile(r"[1-9][0-9]*(?:\.[1-9][0-9]*)*")
_LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """A value as a message quotes it: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


class Problems:
    """The refusals met so far, in the order of the file."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def note(self, code: str, record: str, field: str, value: object = "", **details: object) -> None:
        """One more refusal. `record` names the criterion, band or table; `field` its key."""
        self.refusals.append(Invalid(code, record=record, field=field, value=shown(value), **details))

    def raise_any(self) -> None:
        """Raises `Refusals` when at least one problem was noted."""
        if self.refusals:
            raise Refusals(self.refusals)


class Table:
    """One table of a file, read field by field. Keys outside `allowed` are noted by name."""

    def __init__(self, data: object, record: str, problems: Problems, allowed: Collection[str]) -> None:
        self.record = record
        self.problems = problems
        self.data: Mapping[str, object] = {}
        if isinstance(data, Mapping):
            self.data = data
        else:
            self.note("checklist.not_table", "", data)
        for key in self.data:
            if key not in allowed:
                self.note("checklist.key_unknown", str(key), self.data[key], expected=", ".join(allowed))

    def note(self, code: str, field: str, value: object = "", **details: object) -> None:
        """Notes a refusal about a field of this table."""
        self.problems.note(code, self.record, field, value, **details)

    def has(self, key: str) -> bool:
        """Whether the file states the key."""
        return key in self.data

    def text(self, key: str, *, required: bool = False, form: re.Pattern[str] | None = None) -> str:
        """A text, in NFC and without blanks around it; empty when it is not there. `form` must match all of
        it.
        """
        text = self._text(self.data, key, key, required)
        if text and form is not None and not form.fullmatch(text):
            self.note("checklist.form", key, text)
            return ""
        return text

    def words(self, key: str, *, required: bool = False, english: bool = False) -> Words:
        """A text in two languages (`key.vi`, `key.en`); with `english`, the second is required too."""
        given = self._languages(key)
        if given is None:
            return Words("")
        vi = self._text(given, "vi", f"{key}.vi", required or bool(given))
        return Words(vi, self._text(given, "en", f"{key}.en", english))

    def either(self, key: str) -> Words:
        """A text in one language at least, where the file states it."""
        given = self._languages(key) or {}
        return Words(self._text(given, "vi", f"{key}.vi", False), self._text(given, "en", f"{key}.en", False))

    def day(self, key: str) -> date | None:
        """A date, written without quotes; None when it is not there."""
        value = self.data.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.note("checklist.not_day", key, value)
        return None

    def lists(self, key: str) -> Lists:
        """Lists of texts in two languages (`key.vi`, `key.en`)."""
        given = self._languages(key) or {}
        return Lists(self._texts(given, "vi", f"{key}.vi"), self._texts(given, "en", f"{key}.en"))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        return self._texts(self.data, key, key)

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.note("checklist.not_integer", key, value, low=low, high=high)
            return default
        return value

    def limit(self, key: str) -> int | None:
        """A whole number from 0 up, or None when it is not there."""
        return self.integer(key, 0, 0, 10_000) if self.has(key) else None

    def number(self, key: str, default: Fraction, high: int) -> Fraction:
        """An exact number from 0 to `high`: 0.1 in the file is one tenth, not the nearest binary number."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            written = Decimal(str(value))
            if written.is_finite() and 0 <= written <= high:
                return Fraction(written)
        self.note("checklist.not_number", key, value, high=high)
        return default

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.note("checklist.not_flag", key, value)
            return False
        return value

    def one(self, key: str, words: type[E], *, required: bool = False) -> E | None:
        """A member of a closed list; None when it is not there or not one of them."""
        value = self.text(key, required=required)
        return self._member(key, value, words) if value else None

    def some(self, key: str, words: type[E], *, required: bool = False) -> frozenset[E]:
        """A set of members of a closed list, written as a list without repetition."""
        values = self.texts(key)
        if required and not values:
            self.note("checklist.text_missing", key)
        if len(set(values)) < len(values):
            self.note("checklist.repeated", key, ", ".join(values))
        members = (self._member(key, value, words) for value in values)
        return frozenset(each for each in members if each is not None)

    def tables(self, key: str) -> list[object]:
        """The tables of an array (`[[key]]`); empty when there is none."""
        value = self.data.get(key, [])
        if not isinstance(value, list):
            self.note("checklist.not_tables", key, value)
            return []
        return value

    def _member(self, key: str, value: str, words: type[E]) -> E | None:
        if value in {each.value for each in words}:
            return words(value)
        self.note("checklist.not_one_of", key, value, expected=", ".join(each.value for each in words))
        return None

    def _languages(self, key: str) -> Mapping[str, object] | None:
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            self.note("checklist.not_words", key, value)
            return None
        for language in value:
            if language not in ("vi", "en"):
                self.note("checklist.key_unknown", f"{key}.{language}", value[language], expected="vi, en")
        return value

    def _text(self, data: Mapping[str, object], key: str, field: str, required: bool) -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            self.note("checklist.not_text", field, value)
            return ""
        text = unicodedata.normalize("NFC", value).strip()
        if not text and required:
            self.note("checklist.text_missing", field)
        return text

    def _texts(self, data: Mapping[str, object], key: str, field: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not isinstance(value, list):
            self.note("checklist.not_list", field, value)
            return ()
        for each in value:
            if not isinstance(each, str) or not each.strip():
                self.note("checklist.not_text", field, each)
        return tuple(unicodedata.normalize("NFC", each).strip() for each in value if isinstance(each, str))
