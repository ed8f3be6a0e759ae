"""The kinds of cell of a province workbook (CONTRACT §3): text, whole numbers, days, yes or no, words of a closed list.

A cell comes from a CSV file as text and from a spreadsheet as whatever it was typed as, so that 19333, 19333.0 and
"19333" are one code. A value that does not fit raises `ValidationError` whose message is the code of a refusal.
"""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from marshmallow import fields

from isoaudit.domain.corrections import CorrectionKind, read_day, read_word, read_yes_no, seen_only
from isoaudit.domain.vocabulary import Word

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_WHOLE = re.compile(r"([0-9]{1,10})(?:\.0+)?")
_LARGEST = 2_147_483_647  # what an INTEGER column holds
_EARLIEST = date(1800, 1, 1)
_MIDNIGHT = time(0)
_SPREADSHEET_START = date(1900, 1, 1)


class Cell(fields.Field[Any]):
    """What all kinds share: a blank is an empty cell, and an empty one must not stand in a required column.

    `told` gives the message of a refusal what it needs beside the value (`expected`, `limit`). Where a value does not
    fit but can be understood, `offered` says how: (kind of correction, value, the value as the file should have it).
    """

    default_error_messages = {"required": "importing.required"}  # noqa: RUF012 (marshmallow reads it from the class)
    told: dict[str, object]

    def __init__(self, **rest: Any) -> None:
        super().__init__(allow_none=True, **rest)
        self.told = {}

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **kwargs: Any) -> Any:
        """The value of a cell; None for an empty one."""
        if isinstance(value, str):
            value = clean(value)
        if value is None or value == "":
            if self.required:
                raise self.make_error("required")
            return None
        return self._deserialize(value, attr, data)

    def offered(self, value: object) -> tuple[CorrectionKind, Any, str] | None:
        """The reading of a value that `deserialize` refused; None where there is none."""
        read = self._understood(clean(value)) if isinstance(value, str) else None
        return None if read is None or read[1] is None else read

    def in_words(self, text: str, language: str) -> str:
        """What stands in a cell as people read it, in "vi" or "en"; code names stay beside their words in brackets."""
        return text

    def _understood(self, text: str) -> tuple[CorrectionKind, Any, str] | None:
        return None


class Text(Cell):
    """Text in NFC without blanks around it; a number in a spreadsheet is read as it is shown (19333.0 → "19333")."""

    default_error_messages = {  # noqa: RUF012
        "not_text": "importing.not_text",
        "too_long": "importing.too_long",
    }

    def __init__(self, longest: int | None = None, **rest: Any) -> None:
        super().__init__(**rest)
        self.longest = longest
        self.told = {"limit": longest}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.make_error("not_text")
        if isinstance(value, float):
            value = int(value) if value.is_integer() else value
        text = str(value)
        if "\0" in text:
            raise self.make_error("not_text")
        if self.longest is not None and len(text) > self.longest:
            raise self.make_error("too_long")
        return text


class Line(Text):
    """Text on one line: a code, number or name, in which several blanks mean one."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data).split())


class Whole(Cell):
    """A whole number from `low` to `high`.

    Without bounds of its own it is a count: refused as one, and told of what a column holds only when that is passed.
    """

    default_error_messages = {  # noqa: RUF012
        "not_whole": "importing.not_whole",
        "too_great": "importing.too_great",
        "out_of_range": "importing.out_of_range",
    }

    def __init__(self, low: int = 0, high: int = _LARGEST, **rest: Any) -> None:
        super().__init__(**rest)
        self.low, self.high = low, high
        self.counts = (low, high) == (0, _LARGEST)
        self.told = {"low": low, "high": high, "limit": f"{high:,}".replace(",", "."), "limit_en": f"{high:,}"}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and (match := _WHOLE.fullmatch(value)):
            value = int(match[1])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high:
            return value
        if not self.counts:
            raise self.make_error("out_of_range")
        digits = str(value)  # more of them than `_WHOLE` takes are still a number
        raise self.make_error("too_great" if digits.isascii() and digits.isdigit() else "not_whole")


class Day(Cell):
    """A date: a date cell, or text in the form YYYY-MM-DD."""

    default_error_messages = {  # noqa: RUF012
        "not_day": "importing.not_day",
        "short_year": "importing.short_year",
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date:
        day = None
        if isinstance(value, str) and _SHORT_YEAR.fullmatch(value):
            raise self.make_error("short_year")
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise self.make_error("not_day") from None
        elif isinstance(value, datetime):
            day = value.date() if value.time() == _MIDNIGHT else None
        elif isinstance(value, date):
            day = value
        elif value == _MIDNIGHT and isinstance(value, time):
            day = _SPREADSHEET_START  # some writers give 1 January 1900 the number 0
        if day is None or day < _EARLIEST:
            raise self.make_error("not_day")
        return day

    def _understood(self, text: str) -> tuple[CorrectionKind, Any, str] | None:
        day = read_day(text)
        return None if day is None or day < _EARLIEST else (CorrectionKind.DATE, day, day.isoformat())


class YesNo(Cell):
    """`yes` or `no`; a spreadsheet's TRUE and FALSE are taken too."""

    default_error_messages = {"not_yes_no": "importing.not_yes_no"}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if isinstance(value, bool):
            return value
        known = {"yes": True, "no": False}.get(value.lower()) if isinstance(value, str) else None
        if known is None:
            raise self.make_error("not_yes_no")
        return known

    def in_words(self, text: str, language: str) -> str:
        """Yes and no beside their code names."""
        known = {"yes": ("có", "yes"), "no": ("không", "no")}.get(text)
        return text if known is None or language == "en" else f"{known[0]} ({text})"

    def _understood(self, text: str) -> tuple[CorrectionKind, Any, str] | None:
        known = read_yes_no(text)
        return CorrectionKind.YES_NO, known, "yes" if known else "no"


class OneOf(Cell):
    """A word of a closed list, by its code name."""

    default_error_messages = {"not_one_of": "importing.not_one_of"}  # noqa: RUF012

    def __init__(self, words: type[Word], *, only: tuple[Word, ...] = (), **rest: Any) -> None:
        super().__init__(**rest)
        self.members: dict[str, Word] = {word.value: word for word in (only or words)}
        vi, en = (", ".join(self.in_words(each, language) for each in self.members) for language in ("vi", "en"))
        self.told = {"expected": vi, "expected_en": en}

    def in_words(self, text: str, language: str) -> str:
        """The word of a code name, with the code name."""
        return f"{self.members[text].label(language)} ({text})" if text in self.members else text

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Word:
        if not isinstance(value, str) or value not in self.members:
            raise self.make_error("not_one_of")
        return self.members[value]

    def _understood(self, text: str) -> tuple[CorrectionKind, Any, str] | None:
        word = read_word(text, self.members.values())
        return CorrectionKind.WORD, word, "" if word is None else word.value


def clean(text: str) -> str:
    """Text as every cell has it: NFC, nothing that cannot be seen, no blanks around it."""
    return unicodedata.normalize("NFC", seen_only(text)).strip()
