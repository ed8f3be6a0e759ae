"""The sheets of plain facts: exemptions, obligations, declarations, milestones, activities, procedures, programmes and
tasks.

Each row is checked against RULES §2, §3 and §8, its unit and document are found, and it is compared with what stands.
That no declaration names an edition older than the current one is checked in `editions`.
"""

from collections.abc import Callable

from sqlalchemy import select

from isoaudit.db import Activity, Declaration, Exemption, Milestone, ObligationEntry, Procedures, Programme, Task
from isoaudit.domain import procedure_counts
from isoaudit.domain.corrections import CorrectionKind, read_conversion, read_edition, read_label
from isoaudit.domain.standard import DECLARED
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services import library
from isoaudit.services.importing.changes import Change, Draft, Target, compare, stored
from isoaudit.services.importing.documents import DocumentBook, show
from isoaudit.services.importing.job import Held, Job, RowCheck
from isoaudit.services.importing.resolution import UnitBook


def _period(check: RowCheck) -> None:
    check.later("from_day", "to_day")


def _declaration(check: RowCheck) -> None:
    edition, known = check.values["edition"], library.standards()
    if edition is not None and edition not in known and not _read(check, "edition", read_edition(edition, known)):
        check.refuse("importing.edition_unknown", "edition", edition, **library.told(known))
    check.covered()


def _milestone(check: RowCheck) -> None:
    conversion, step = check.values["conversion"], check.values["step"]
    if conversion is None:
        return
    if conversion not in library.conversions() and _read(
        check, "conversion", read_conversion(conversion, library.conversions())
    ):
        conversion = check.values["conversion"]
    known = library.conversions().get(conversion)
    if known is None:
        choices = library.told(library.conversions())
        check.refuse("importing.conversion_unknown", "conversion", conversion, **choices)
    elif known is None or step is None:
        return
    elif step == DECLARED:
        check.refuse("importing.declared_typed", "step", step)
    elif step not in {each.code for each in known.steps} and not _read(
        check, "step", read_label(step, {each.code: (each.name.vi, each.name.en) for each in known.steps})
    ):
        named = {"conversion": known.name.vi, "conversion_en": known.name.en}
        check.refuse("importing.step_unknown", "step", step, **named, **library.told_steps(known))


def _procedures(check: RowCheck) -> None:
    """Figures that do not add up, said as the page says them."""
    for found in procedure_counts.wrong(check.values):
        name = str(found.details["field"])
        if name == "covered":
            check.covered()
        else:
            check.refuse("importing.procedures", name, check.values[name], said=found)


def _read(check: RowCheck, attribute: str, read: str | None) -> bool:
    """Whether a word could be read otherwise; it is then used so."""
    if read is None or read == DECLARED:
        return False
    check.understood(CorrectionKind.WORD, attribute, read)
    check.values[attribute] = read
    return True


def _task(check: RowCheck) -> None:
    mark = check.values["mark"]
    if mark is not None and check.values["note"] is None:
        check.refuse("importing.mark_reason", "note", mark=f"{mark.vi} ({mark})", mark_en=f"{mark.en} ({mark})")


def _nothing(_check: RowCheck) -> None:
    """No check beyond the cells'."""


Check = Callable[[RowCheck], None]
FACTS: dict[str, tuple[Target, str | None, Check]] = {
    "exemptions": (Target("exemptions", Exemption, ("unit_id", "from_day")), "from_day", _period),
    "obligations": (Target("obligations", ObligationEntry, ("unit_id", "from_day")), "from_day", _period),
    "declarations": (
        Target("declarations", Declaration, ("unit_id", "edition", "kind", "made_on")),
        "made_on",
        _declaration,
    ),
    "milestones": (
        Target("milestones", Milestone, ("unit_id", "conversion", "step")),
        "achieved_on",
        _milestone,
    ),
    "activities": (Target("activities", Activity, ("unit_id", "year", "kind", "done_on")), "done_on", _nothing),
    "procedures": (Target("procedures", Procedures, ("unit_id", "as_of")), "as_of", _procedures),
    "programmes": (Target("programmes", Programme, ("province_id", "year", "name")), None, _nothing),
    "tasks": (Target("tasks", Task, ("province_id", "year", "group_name", "task")), None, _task),
}
"""Sheet → the table behind it, the day on which its unit is looked up (None: it belongs to the province), its check."""


def plan_facts(job: Job, sheet: TypedSheet, units: UnitBook, documents: DocumentBook) -> list[Change]:
    """What becomes of the rows of one of `FACTS`."""
    target, day, check_row = FACTS[sheet.name]
    drafts = []
    for row in sheet.rows:
        check = RowCheck(job, sheet.name, row)
        check_row(check)
        values = dict(row.values)
        if day is None:
            values["province_id"] = job.home
        else:
            del values["unit"]
            values["unit_id"] = units.of_row(check, "unit", row.values[day])
        if "document" in values:
            del values["document"]
            values["document_id"] = documents.of_row(check)
        if not check.bad:
            drafts.append(Draft(row.number, values, Held(None, "")))
    if not drafts:
        return []
    table = target.model.__table__
    read = {"id", "voided_at", "void_reason", *drafts[0].values}
    standing = stored(job.session, select(*(column for column in table.c if column.name in read)))
    return compare(job, target, drafts, standing, lambda column, value: show(documents, column, value))
