"""From the cells of one sheet to typed rows: every cell that does not fit is told, none ends the reading.

A column of an import repeats few values, so each distinct one is read once: that is what makes 100,000 answers a
matter of a second. Rows that passed may still refer to nothing; that is settled in `services.importing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from marshmallow import Schema, ValidationError

from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.fields import shown
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbookcells import Cell

_TOO_MANY_VALUES = 50_000
_LONG = 200
"""Cells of more characters are read each time: what is remembered must not fill the memory."""


class Findings(Protocol):
    """What is told about cells goes here."""

    def append(self, refusal: Refusal, /) -> None:
        """A cell that does not fit."""

    def offer(self, correction: Correction, /) -> None:
        """A cell that can be understood: a refusal, unless the reading was agreed to."""


@dataclass(slots=True)
class TypedRow:
    """One row: its number in the file, the value of every attribute (None where empty), and whether every cell was
    right; one that was not is None."""

    number: int
    values: dict[str, Any]
    good: bool


@dataclass(slots=True)
class TypedSheet:
    """A sheet with its rows, and the attributes that the file has a column for."""

    name: str
    rows: list[TypedRow]
    present: frozenset[str]


def columns_of(schema: type[Schema]) -> dict[str, tuple[str, Cell]]:
    """Column of the file → attribute and kind of cell, in the order of the contract."""
    declared = schema._declared_fields
    return {(field.data_key or name): (name, field) for name, field in declared.items() if isinstance(field, Cell)}


def column_names(sheet: str) -> dict[str, str]:
    """Attribute → column of the file, for messages."""
    return {attribute: column for column, (attribute, _) in columns_of(SHEETS[sheet]).items()}


def in_words(sheet: str, column: str, text: str, language: str) -> str:
    """What stands in a column as people read it, in "vi" or "en" (`Cell.in_words`)."""
    known = columns_of(SHEETS[sheet]).get(column)
    return text if known is None else known[1].in_words(text, language)


def header_problems(sheet: str, columns: Sequence[str]) -> list[Refusal]:
    """Unknown and missing columns, by name."""
    known = columns_of(SHEETS[sheet])
    problems: list[Refusal] = [
        Invalid("importing.column_unknown", sheet=sheet, column=column, expected=", ".join(known))
        for column in columns
        if column not in known
    ]
    problems += [
        Invalid("importing.column_missing", sheet=sheet, column=column)
        for column, (_, field) in known.items()
        if field.required and column not in columns
    ]
    return problems


def load(sheet: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], found: Findings) -> TypedSheet:
    """The typed rows of a sheet whose header is right; what was found in cells goes to `found`."""
    known = columns_of(SHEETS[sheet])
    return TypedSheet(
        sheet, list(typed_rows(sheet, columns, rows, found)), frozenset(known[column][0] for column in columns)
    )


def typed_rows(
    sheet: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], found: Findings
) -> Iterator[TypedRow]:
    """The typed rows one after the other, for sheets that are too long to be held."""
    known = columns_of(SHEETS[sheet])
    readers: list[tuple[int, str, str, Cell, dict[Any, Any]]]
    readers = [(place, column, *known[column], {}) for place, column in enumerate(columns)]
    empty = {attribute: None for attribute, _ in known.values()}
    required = {column for column, (_, field) in known.items() if field.required}
    for number, cells in rows:
        row = TypedRow(number, dict(empty), True)
        width = len(cells)
        for place, column, attribute, field, seen in readers:
            cell = cells[place] if place < width else None
            if cell is None and column not in required:
                continue
            remembered = cell if cell.__class__ is str else (cell.__class__, cell)  # 1 and 1.0 and True are one key
            value = seen.get(remembered, _UNSEEN)
            if value is _UNSEEN:
                value = _read(field, cell)
                if len(seen) < _TOO_MANY_VALUES and (cell.__class__ is not str or len(cell) <= _LONG):
                    seen[remembered] = value
            if value.__class__ is _Odd:
                value = _settle(value, Place(sheet, number, column), field, cell, found, row)
            row.values[attribute] = value
        yield row


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands."""

    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class _Odd:
    """A cell that was not simply right: the refusal's code, or a reading, or that only its spelling was cleaned."""

    code: str | None
    kind: CorrectionKind | None
    value: Any = None
    read: str = ""


_UNSEEN = object()


def _read(field: Cell, cell: Any) -> Any:
    """The value of a cell, or what is odd about it."""
    try:
        value = field.deserialize(cell)
    except ValidationError as error:
        offered = field.offered(cell)
        return _Odd(str(error.messages[0]), None) if offered is None else _Odd(None, *offered)
    if cell.__class__ is str and value is not None and cell != (value if value.__class__ is str else cell.strip()):
        return _Odd(None, CorrectionKind.SPELLING, value, str(value))
    return value


def _settle(odd: _Odd, place: Place, field: Cell, cell: Any, found: Findings, row: TypedRow) -> Any:
    """What the row gets of an odd cell: the value as it was understood (a reading that nobody agreed to is a refusal,
    and nothing will be written, but the rest can be checked with it); or None, and then the row is not good."""
    written = shown("" if cell is None else cell)
    if odd.kind is not None:
        found.offer(Correction(odd.kind, place.sheet, place.row, place.column, written, shown(odd.read)))
        return odd.value
    where = {"sheet": place.sheet, "row": place.row, "column": place.column}
    found.append(Invalid(str(odd.code), **where, value=written, **field.told))
    row.good = False
    return None
