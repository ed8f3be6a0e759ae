"""From a workbook to typed sheets: which sheets and columns there are, and cells of the right kind."""

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.intake.workbook import Workbook
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import TypedSheet, header_problems, load


def typed(workbook: Workbook, problems: list[Refusal]) -> dict[str, TypedSheet]:
    """The known sheets by name, in the order of the contract; cells that do not fit are added to `problems`.

    Raises `Refusals` for unknown sheets and columns and for missing columns: nothing else could be trusted.
    """
    form: list[Refusal] = []
    known = {}
    for sheet in workbook.sheets:
        if sheet.name in SHEETS:
            known[sheet.name] = sheet
            if sheet.columns:
                form += header_problems(sheet.name, sheet.columns)
        elif sheet.columns:
            form.append(Invalid("importing.sheet_unknown", sheet=sheet.title, expected=", ".join(SHEETS)))
    if form:
        raise Refusals(form)
    if not known:
        raise Invalid("importing.no_sheets", value=workbook.name)
    return {
        name: load(name, known[name].columns, ((row.number, row.cells) for row in known[name].rows), problems)
        for name in SHEETS
        if name in known
    }
