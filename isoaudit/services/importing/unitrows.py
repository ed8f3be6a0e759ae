"""The sheets `units` and `successions`: the register itself, checked and compared with what stands (RULES §2)."""

from typing import Any

from sqlalchemy import func, select, union_all

from isoaudit.db import Activity, Declaration, Milestone, Procedures, Succession, Unit
from isoaudit.domain.corrections import Correction, CorrectionKind, read_name
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Relation
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services import settings
from isoaudit.services.importing.changes import Change, Draft, Target, compare, plain, stored
from isoaudit.services.importing.job import Held, HeldUnit, Job, RowCheck
from isoaudit.services.importing.resolution import UnitBook, unit_label

UNITS = Target("units", Unit, ("province_id", "code", "valid_from"), soft=("basis",), derived=("fold", "sort_key"))
_DATED = (
    (Declaration, Declaration.made_on),
    (Milestone, Milestone.achieved_on),
    (Activity, Activity.done_on),
    (Procedures, Procedures.as_of),
)
SUCCESSIONS = Target("successions", Succession, ("predecessor_id", "successor_id", "on_day"), soft=("basis",))


def plan_units(job: Job, sheet: TypedSheet, book: UnitBook) -> list[Change]:
    """What becomes of the rows of `units`. Afterwards `book` holds the register as it will stand."""
    known = {(unit.province, unit.code, unit.valid_from): unit for units in book.by_code.values() for unit in units}
    checks: list[tuple[RowCheck, HeldUnit]] = []
    for row in sheet.rows:
        check = RowCheck(job, sheet.name, row)
        check.later("valid_from", "valid_to")
        if check.bad:
            book.broken.add(row.values["code"])
            continue
        checks.append((check, _hold(check, book, known)))
    drafts = []
    for check, unit in checks:
        unit.parent = book.parent(check, unit)
        if not check.bad:
            drafts.append(Draft(check.number, _unit_values(unit, check.values["basis"]), unit))
    for check, unit in checks:
        _check_above(check, unit)
    _check_overlap(checks, book)
    standing = stored(job.session, select(Unit.__table__))
    changes = compare(job, UNITS, drafts, standing, lambda column, value: _show(book, column, value))
    _warn_outlived(job, changes)
    return changes


def _warn_outlived(job: Job, changes: list[Change]) -> None:
    """A unit whose end is corrected to a day before facts that stand keeps them; the report says so."""
    ends = {
        change.standing["id"]: change
        for change in changes
        if change.standing is not None and change.differs.get("valid_to") is not None
    }
    if not ends:
        return
    latest = union_all(
        *(
            select(row.unit_id.label("unit_id"), func.max(day).label("day"))
            .where(row.unit_id.in_(ends), row.voided_at.is_(None))
            .group_by(row.unit_id)
            for row, day in _DATED
        )
    ).subquery()
    query = select(latest.c.unit_id, func.max(latest.c.day)).group_by(latest.c.unit_id).order_by(latest.c.unit_id)
    for unit_id, day in job.session.execute(query):
        change = ends[unit_id]
        if day >= change.differs["valid_to"]:
            job.warn(
                "importing.facts_outlive",
                sheet=UNITS.sheet,
                row=change.draft.row,
                value=change.draft.held.label,
                day=short_date(day),
            )


def plan_successions(job: Job, sheet: TypedSheet, book: UnitBook) -> list[Change]:
    """What becomes of the rows of `successions`: dates and resolution are checked, not how many merge."""
    drafts = []
    for row in sheet.rows:
        check = RowCheck(job, sheet.name, row)
        day = row.values["on_day"]
        before = book.eve(check, "predecessor", day)
        after = book.of_row(check, "successor", day)
        if check.bad or before is None or after is None:
            continue
        if before is after:
            if row.values["relation"] is Relation.CONTINUED:
                job.warn("importing.continued_by_itself", sheet=sheet.name, row=row.number, value=before.label)
                job.report.sheets[sheet.name].count("unchanged")
            else:
                said = {"relation": row.values["relation"].vi, "relation_en": row.values["relation"].en}
                check.refuse("importing.into_itself", "successor", after.label, **said)
            continue
        if row.values["relation"] is Relation.CONTINUED and before.in_force(day):
            job.warn("importing.continued_in_force", sheet=sheet.name, row=row.number, value=before.label)
        values = {
            "predecessor_id": before,
            "successor_id": after,
            "on_day": day,
            "relation": row.values["relation"],
            "basis": row.values["basis"],
        }
        drafts.append(Draft(row.number, values, Held(None, f"{before.code} → {after.code}")))
    standing = stored(job.session, select(Succession.__table__))
    return compare(job, SUCCESSIONS, drafts, standing)


def _hold(check: RowCheck, book: UnitBook, known: dict[tuple[Held, str, Any], HeldUnit]) -> HeldUnit:
    """The unit of a row, put into the book; a standing one of this key takes the row's values."""
    values, job = check.values, check.job
    province = job.home
    if values["province"] is not None:
        name = settings.bare_name(values["province"])
        province = job.provinces.setdefault(name, Held(None, name))
    key = (province, values["code"], values["valid_from"])
    unit = known.get(key)
    if unit is None:
        unit = known[key] = HeldUnit(None, "", province, values["code"], "", "", values["valid_from"], None)
        book.add(unit)
    if unit.name != values["name"]:  # what stands so is not doubted again
        values["name"] = _meant(check)
    unit.name, unit.kind, unit.valid_to, unit.row = values["name"], values["kind"], values["valid_to"], check.number
    unit.label = unit_label(unit.code, unit.name)
    return unit


def _meant(check: RowCheck) -> str:
    """The name of a row as it is to be kept."""
    name: str = check.values["name"]
    likely = read_name(name, check.values["kind"])
    if likely is None:
        return name
    if check.job.problems.suggest(Correction(CorrectionKind.NAME, check.sheet, check.number, "name", name, likely)):
        return likely
    check.job.warn("importing.name_doubtful", sheet=check.sheet, row=check.number, value=name, read=likely)
    return name


def _unit_values(unit: HeldUnit, basis: str | None) -> dict[str, Any]:
    return {
        "province_id": unit.province,
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "parent_id": unit.parent,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "basis": basis,
        "fold": fold(f"{unit.name} {unit.code}")[:300],
        "sort_key": sort_key(unit.name)[:600],
    }


def _check_above(check: RowCheck, unit: HeldUnit) -> None:
    """A unit does not lie under itself."""
    above, seen = unit.parent, {id(unit)}
    while above is not None:
        if id(above) in seen:
            check.refuse("importing.parent_circle", "parent", check.values["parent"])
            return
        seen.add(id(above))
        above = above.parent


def _check_overlap(checks: list[tuple[RowCheck, HeldUnit]], book: UnitBook) -> None:
    """Two units of one code are never in force on the same day within a province."""
    by_row = {check.number: check for check, _ in checks}
    for code in dict.fromkeys(unit.code for _, unit in checks):
        last: dict[int, HeldUnit] = {}
        for unit in sorted(book.by_code[code], key=lambda each: each.valid_from):
            before = last.get(id(unit.province))
            last[id(unit.province)] = unit
            if before is None or (before.valid_to is not None and before.valid_to <= unit.valid_from):
                continue
            number = unit.row or before.row
            if number is not None:
                other = before if unit.row else unit
                by_row[number].refuse(
                    "importing.overlap", "code", code, other=other.label, day=short_date(unit.valid_from)
                )


def _show(book: UnitBook, column: str, value: Any) -> str:
    return book.label(value) if column == "parent_id" else plain(column, value)
