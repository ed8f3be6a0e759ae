"""From the cells of one sheet to typed rows: every cell that does not fit is told, none ends the reading.

A column of an import repeats few values, so each distinct one is read once: that is what makes 100,000 answers a
matter of a second. Rows that passed may still refer to nothing; that is settled in `services.importing`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.fields import shown
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbookcells import Cell

_TOO_MANY_VALUES = 50_000


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


def load(
    sheet: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], problems: list[Refusal]
) -> TypedSheet:
    """The typed rows of a sheet whose header is right; cells that do not fit are added to `problems`."""
    known = columns_of(SHEETS[sheet])
    readers = [(place, column, *known[column]) for place, column in enumerate(columns)]
    memory: list[dict[tuple[type, Any], Any]] = [{} for _ in readers]
    empty = {attribute: None for attribute, _ in known.values()}
    required = {column for column, (_, field) in known.items() if field.required}
    loaded = []
    for number, cells in rows:
        row = TypedRow(number, dict(empty), True)
        width = len(cells)
        for (place, column, attribute, field), seen in zip(readers, memory, strict=True):
            cell = cells[place] if place < width else None
            if cell is None and column not in required:
                continue
            remembered = (cell.__class__, cell)
            if remembered in seen:
                row.values[attribute] = seen[remembered]
                continue
            try:
                value = row.values[attribute] = field.deserialize(cell)
            except ValidationError as error:
                row.good = False
                problems.append(
                    Invalid(
                        str(error.messages[0]),
                        sheet=sheet,
                        row=number,
                        column=column,
                        value=shown("" if cell is None else cell),
                        **field.told,
                    )
                )
                continue
            if len(seen) < _TOO_MANY_VALUES:
                seen[remembered] = value
        loaded.append(row)
    return TypedSheet(sheet, loaded, frozenset(known[column][0] for column in columns))
