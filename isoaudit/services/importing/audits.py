"""The sheet `audits`: each row pinned to a published checklist version and to the unit of its day (RULES §6)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from isoaudit.db import Answer, Audit, ChecklistVersion, CriterionRow, Nonconformity, Programme
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.vocabulary import AuditState, UnitKind
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services.importing.changes import Change, Draft, Target, compare, plain, stored
from isoaudit.services.importing.job import Held, HeldUnit, Job, RowCheck
from isoaudit.services.importing.resolution import UnitBook

AUDITS = Target("audits", Audit, ("reference",))
_SETTLED = (AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED, AuditState.CANCELLED)
_AT_ONCE = 500  # how many references one query asks for


@dataclass(eq=False, slots=True)
class HeldAudit(Held):
    """An audit as it will stand. `closed` says that it was made in the application and has its minutes: an import does
    not touch it. `answered` that rows of `answers` are written to it."""

    province: Held
    unit: HeldUnit
    version: int
    minuted_on: Any
    revision: int = 0
    imported: bool = True
    closed: bool = False
    answered: bool = False


@dataclass(eq=False, slots=True)
class HeldCriterion(Held):
    """A criterion of a published version; one with `gate` always applies. `place`: where it stands among them."""

    gate: bool
    place: int


class AuditBook:
    """The audits of the sheet and those of the database that the file names, and the published checklists."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.by_reference: dict[str, HeldAudit] = {}
        self.broken: set[str] = set()
        self.versions: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}
        self.names: dict[int, str] = {}
        for row in job.session.scalars(select(ChecklistVersion)):
            self.versions[row.name, row.version] = row.id, frozenset(row.content.get("applies_to", ()))
            self.names[row.id] = f"{row.name} {row.version}"
        self._criteria: dict[int, dict[str, HeldCriterion]] = {}
        self._places: dict[int, dict[int, int]] = {}

    def criteria(self, version: int) -> dict[str, HeldCriterion]:
        """The criteria of a published version by code."""
        if version not in self._criteria:
            rows = self.job.session.execute(
                select(CriterionRow.code, CriterionRow.id, CriterionRow.gate).where(
                    CriterionRow.checklist_version_id == version
                )
            )
            self._criteria[version] = {
                row.code: HeldCriterion(row.id, row.code, row.gate, place) for place, row in enumerate(rows)
            }
        return self._criteria[version]

    def places(self, version: int) -> dict[int, int]:
        """Key of a criterion of a published version → its place."""
        if version not in self._places:
            held = self.criteria(version).values()
            self._places[version] = {each.id: each.place for each in held if each.id is not None}
        return self._places[version]

    def load(self, references: set[str], units: UnitBook) -> list[dict[str, Any]]:
        """Bring in the standing audits of these references; the installation's province counts before others."""
        wanted = sorted(references)
        found: list[dict[str, Any]] = []
        for start in range(0, len(wanted), _AT_ONCE):
            query = select(Audit.__table__).where(Audit.reference.in_(wanted[start : start + _AT_ONCE]))
            found += stored(self.job.session, query)
        home_last = sorted(found, key=lambda row: row["province_id"] == self.job.home.id)
        provinces = {held.id: held for held in self.job.provinces.values()}
        for row in home_last:
            self.by_reference[row["reference"]] = HeldAudit(
                row["id"],
                row["reference"],
                province=provinces[row["province_id"]],
                unit=units.by_id[row["unit_id"]],
                version=row["checklist_version_id"],
                minuted_on=row["minuted_on"],
                revision=row["revision"],
                imported=row["imported"],
                closed=not row["imported"] and row["state"] in _SETTLED,
            )
        return home_last

    def of_row(self, check: RowCheck) -> tuple[HeldAudit, HeldCriterion] | None:
        """The audit and the criterion that a row of `answers` or `nonconformities` names."""
        reference, code = check.values["audit"], check.values["criterion"]
        if reference is None or code is None:
            return None
        audit = self.by_reference.get(reference)
        if audit is None:
            if reference in self.broken:
                check.bad = True
            else:
                check.refuse("importing.audit_unknown", "audit", reference)
            return None
        criterion = self.criteria(audit.version).get(code)
        if criterion is None:
            check.refuse("importing.criterion_unknown", "criterion", code, expected=self.names[audit.version])
            return None
        return audit, criterion


def plan_audits(
    job: Job, sheet: TypedSheet, units: UnitBook, book: AuditBook, programmes: list[Change]
) -> list[Change]:
    """What becomes of the rows of `audits`. Afterwards `book` holds them as they will stand."""
    standing = book.load({row.values["reference"] for row in sheet.rows if row.values["reference"]}, units)
    by_year = _programmes(job, programmes)
    drafts = []
    elsewhere: Counter[tuple[str, str]] = Counter()
    for row in sheet.rows:
        check = RowCheck(job, sheet.name, row)
        values = row.values
        version = _version(check, book)
        day = values["minuted_on"] or values["planned_on"]
        if day is None and row.good:
            check.refuse("importing.audit_undated", "planned_on")
        unit = units.of_row(check, "unit", day)
        if check.bad or unit is None or version is None:
            book.broken.add(values["reference"])
            continue
        if version[1] and unit.kind not in version[1]:
            elsewhere[book.names[version[0]], unit.kind] += 1
        audit = _hold(book, values["reference"], unit, version[0], values["minuted_on"])
        columns = {
            "reference": values["reference"],
            "unit_id": unit,
            "programme_id": _programme(job, check, by_year),
            "mode": values["mode"],
            "purpose": values["purpose"],
            "checklist_version_id": version[0],
            "planned_on": values["planned_on"],
            "minuted_on": values["minuted_on"],
        }
        drafts.append(Draft(row.number, columns, audit))
    for (checklist, kind), count in sorted(elsewhere.items()):
        job.warn(
            "importing.other_kind", checklist=checklist, kind=UnitKind(kind).vi, kind_en=UnitKind(kind).en, count=count
        )
    changes = compare(job, AUDITS, drafts, standing, lambda column, value: _show(book, units, column, value))
    _check_corrections(job, changes)
    return changes


def _version(check: RowCheck, book: AuditBook) -> tuple[int, frozenset[str]] | None:
    name, number = check.values["checklist"], check.values["version"]
    if name is None or number is None:
        return None
    found = book.versions.get((name, number))
    if found is None:
        known = ", ".join(f"{one} {other}" for one, other in sorted(book.versions))
        told = {"expected": known or "chưa có phiếu nào", "expected_en": known or "none"}
        check.refuse("importing.checklist_unknown", "version", f"{name} {number}", **told)
    return found


def _hold(book: AuditBook, reference: str, unit: HeldUnit, version: int, minuted_on: Any) -> HeldAudit:
    """The audit of a row in the book; a standing one takes the row's values."""
    audit = book.by_reference.get(reference)
    if audit is None:
        audit = HeldAudit(None, reference, province=unit.province, unit=unit, version=version, minuted_on=minuted_on)
        book.by_reference[reference] = audit
    audit.unit, audit.version, audit.minuted_on = unit, version, minuted_on
    return audit


def _programmes(job: Job, changes: list[Change]) -> dict[int, list[Held]]:
    """The programmes of each year, as they will stand."""
    by_year: dict[int, list[Held]] = defaultdict(list)
    known = {change.draft.held.id for change in changes}
    query = select(Programme).where(Programme.province_id == job.home.id, Programme.voided_at.is_(None))
    for row in job.session.scalars(query):
        if row.id not in known:
            by_year[row.year].append(Held(row.id, row.name))
    for change in changes:
        by_year[change.draft.values["year"]].append(change.draft.held)
    return by_year


def _programme(job: Job, check: RowCheck, by_year: dict[int, list[Held]]) -> Held | None:
    """The programme of the audit's year. Where there is none, or more than one, the audit stays without: the sheet has
    no other word for it, and no figure depends on it (reading: told, not refused)."""
    year = check.values["programme_year"]
    if year is None:
        return None
    found = by_year.get(year, [])
    if len(found) == 1:
        return found[0]
    job.warn("importing.programme_unclear", sheet=check.sheet, row=check.number, value=year, count=len(found))
    return None


def _check_corrections(job: Job, changes: list[Change]) -> None:
    """What a correction may not do: change an audit that lives in the application, or the version that answers pin."""
    for change in changes:
        standing = change.standing
        if change.action != "updated" or standing is None or not job.update:
            continue
        where = {"sheet": "audits", "row": change.draft.row, "value": change.draft.held.label}
        if not standing["imported"]:
            job.problems.append(Invalid("importing.audit_live", column="audit", **where))
        elif "checklist_version_id" in change.differs:
            its = Answer.province_id == standing["province_id"], Answer.audit_id == standing["id"]
            if job.session.scalar(select(Answer.criterion_id).where(*its).limit(1)) is not None:
                job.problems.append(Invalid("importing.version_pinned", column="version", **where))
        if change.differs.get("minuted_on") is not None:
            _check_closings(job, change, where)


def _check_closings(job: Job, change: Change, where: dict[str, Any]) -> None:
    """Minutes cannot be later than the closing of a nonconformity that they raise."""
    standing, minuted_on = change.standing or {}, change.differs["minuted_on"]
    first = job.session.scalar(
        select(func.min(Nonconformity.closed_on)).where(
            Nonconformity.province_id == standing["province_id"], Nonconformity.audit_id == standing["id"]
        )
    )
    if first is not None and first < minuted_on:
        told = where | {"value": minuted_on.isoformat(), "stands": short_date(first)}
        job.problems.append(Invalid("importing.minuted_after_closing", column="minuted_on", **told))


def _show(book: AuditBook, units: UnitBook, column: str, value: Any) -> str:
    if column == "unit_id":
        return units.label(value)
    return book.names[value] if column == "checklist_version_id" else plain(column, value)
