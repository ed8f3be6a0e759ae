"""From a workbook to typed sheets: which sheets and columns there are, and cells of the right kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.intake.workbook import Sheet, Workbook
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import Findings, TypedRow, TypedSheet, header_problems, load, typed_rows


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """A sheet of the contract, not read yet."""

    name: str
    sheet: Sheet

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def whole(self, found: Findings) -> TypedSheet:
        """All its rows at once."""
        return load(self.name, self.sheet.columns, self.sheet.rows.numbered(), found)

    def rows(self, found: Findings) -> Iterator[TypedRow]:
        """Its rows one after the other, each time anew."""
        return typed_rows(self.name, self.sheet.columns, self.sheet.rows.numbered(), found)


def known_sheets(workbook: Workbook) -> dict[str, KnownSheet]:
    """The known sheets by name, in the order of the contract.

    Raises `Refusals` for unknown sheets and columns and for missing columns: nothing else could be trusted.
    """
    form: list[Refusal] = []
    known = {}
    for sheet in workbook.sheets:
        if sheet.name in SHEETS:
            known[sheet.name] = KnownSheet(sheet.name, sheet)
            if sheet.columns:
                form += header_problems(sheet.name, sheet.columns)
        elif sheet.columns:
            form.append(Invalid("importing.sheet_unknown", sheet=sheet.title, expected=", ".join(SHEETS)))
    if form:
        raise Refusals(form)
    if not known:
        raise Invalid("importing.no_sheets", value=workbook.name)
    return {name: known[name] for name in SHEETS if name in known}
