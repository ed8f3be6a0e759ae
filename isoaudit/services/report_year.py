"""What the yearly report tells besides its figures: audits planned and made, those that others made, declarations with
their documents, how the register changed, how many units carried out which activity. One query a list at most.

The lists behind the figures are in `report_lists`.
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Activity, Audit, AuditEvent, AuditSource, Declaration, Document, Programme, Province, Unit
from isoaudit.domain.declaration import last_declared
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.localday import local_day
from isoaudit.domain.period import Period
from isoaudit.domain.unit import in_force, listed
from isoaudit.domain.vocabulary import ActivityKind, AuditState, Mode, Purpose
from isoaudit.export.rows import ChangeRow, DeclarationRow, ElsewhereRow, PlannedRow
from isoaudit.services import moving
from isoaudit.services.report_lists import KINDS
from isoaudit.services.rollup import Counted, audit_key


def planned(session: Session, counted: Counted) -> list[PlannedRow]:
    """The audits of the programmes of the years that lie in the period, and those planned for a day of it, no
    self-assessments; by group. A programme's document is told from its day on."""
    period, day = counted.rollup.period, counted.rollup.as_of
    told = _told(session, counted)
    rows = session.execute(
        select(
            Audit.id,
            Audit.created_at,
            Unit.code,
            Unit.name,
            Programme.name.label("programme"),
            Document.kind,
            Document.number,
            Document.issued_on,
            Audit.group_name,
            Audit.planned_on,
            Audit.minuted_on,
            Audit.state,
            Audit.cancel_reason,
        )
        .join(Unit, Unit.id == Audit.unit_id)
        .outerjoin(Programme, Programme.id == Audit.programme_id)
        .outerjoin(Document, Document.id == Programme.document_id)
        .where(
            Audit.province_id == counted.home,
            Audit.mode != Mode.SELF,
            or_(Programme.year.in_(_whole_years(period)), Audit.planned_on.between(period.first, period.last)),
        )
        .order_by(Programme.id, Audit.group_name, Unit.sort_key, Audit.id)
    )
    found = []
    for row in rows:
        events = _known(told.get(row.id, []), row.created_at, day)
        moves = [each.reason for each in events if each.what == moving.MOVED and each.reason]
        steps = {each.what for each in told.get(row.id, [])}
        cancelled = row.state is AuditState.CANCELLED and (
            _CANCELLED not in steps or any(each.what == _CANCELLED for each in events)
        )
        made = row.minuted_on is not None and row.minuted_on <= day
        found.append(
            PlannedRow(
                unit_code=row.code,
                unit_name=row.name,
                programme=row.programme or "",
                document=f"{KINDS.get(row.kind, row.kind)} số {_cited(row.number, row.issued_on)}"
                if row.number and row.issued_on <= day
                else "",
                group=row.group_name or "",
                planned_on=row.planned_on,
                minuted_on=row.minuted_on if made else None,
                cancelled=cancelled,
                reason=row.cancel_reason or "" if cancelled else "" if made or not moves else moves[-1],
            )
        )
    return found


_CANCELLED = "cancelled"


def _told(session: Session, counted: Counted) -> dict[int, list[AuditEvent]]:
    """Audit → when it was moved or cancelled, and why, in order."""
    rows = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.province_id == counted.home, AuditEvent.what.in_((moving.MOVED, _CANCELLED)))
        .order_by(AuditEvent.audit_id, AuditEvent.number)
    )
    found: dict[int, list[AuditEvent]] = {}
    for row in rows:
        found.setdefault(row.audit_id, []).append(row)
    return found


def _known(events: list[AuditEvent], entered: datetime, day: date) -> list[AuditEvent]:
    """The steps taken by the end of a day. A step has no day of its own but the moment at which it was taken; an audit
    that was entered after that day was entered with all that had become of it, and when that was does not matter."""
    if local_day(entered) > day:
        return events
    return [each for each in events if local_day(each.at) <= day]


def _whole_years(period: Period) -> list[int]:
    years = range(period.first.year, period.last.year + 1)
    return [year for year in years if date(year, 1, 1) in period and date(year, 12, 31) in period]


def declarations(session: Session, counted: Counted) -> list[DeclarationRow]:
    """Of each unit in force: the declaration by which it holds its edition, and those made in the period."""
    scope, rollup = counted.scope, counted.rollup
    names = {unit.province for unit in scope.facts.units}
    owner = aliased(Unit)
    documents = {
        key: _cited(number, issued_on)
        for key, number, issued_on in session.execute(
            select(Declaration.id, Document.number, Document.issued_on)
            .join(owner, owner.id == Declaration.unit_id)
            .join(Province, Province.id == owner.province_id)
            .join(Document, Document.id == Declaration.document_id)
            .where(Province.name.in_(names), Declaration.made_on <= rollup.as_of, Declaration.voided_at.is_(None))
        )
    }
    found = []
    for line in rollup.units:
        made = scope.ledger.declarations(scope.rows(line.unit.id), scope.as_of)
        standing = last_declared(made) if line.edition else None
        found += [
            DeclarationRow(
                unit_code=line.unit.code,
                edition=each.edition,
                kind=each.kind,
                made_on=each.on,
                standing=each is standing,
                document=documents.get(each.entry, ""),
                covered=each.covered,
                total=each.total,
            )
            for each in made
            if each is standing or each.on >= rollup.period.first
        ]
    return found


def elsewhere(session: Session, counted: Counted) -> Iterator[ElsewhereRow]:
    """The audits that others made, by day: those of the period, and those of nonconformities that are listed."""
    scope, day = counted.scope, counted.rollup.as_of
    rows = {row for line in counted.rollup.units if not line.exempt for row in scope.rows(line.unit.id)}
    listing = {fact.audit_id for fact in scope.nonconformities()}
    found = session.execute(
        select(
            AuditSource.province_id,
            AuditSource.body,
            Audit.id,
            Audit.reference,
            Audit.unit_id,
            Audit.mode,
            Audit.purpose,
            Audit.minuted_on,
            Document.number,
            Document.issued_on,
        )
        .join(Audit, (Audit.province_id == AuditSource.province_id) & (Audit.id == AuditSource.audit_id))
        .join(Unit, Unit.id == Audit.unit_id)
        .join(Province, Province.id == Unit.province_id)
        .outerjoin(Document, Document.id == AuditSource.document_id)
        .where(
            Province.name.in_({unit.province for unit in scope.facts.units}),
            AuditSource.voided_at.is_(None),
            Audit.minuted_on <= day,
        )
        .order_by(Audit.minuted_on, Unit.sort_key, Audit.reference)
    )
    for row in found:
        made = row.minuted_on
        within = made is not None and made >= scope.period.first and row.unit_id in rows and row.mode is not Mode.SELF
        if made is not None and (within or audit_key(row.province_id, row.id, counted.home) in listing):
            unit = scope.register.units[scope.register.last_row(row.unit_id, day)]
            yield ElsewhereRow(
                audit=row.reference,
                unit_code=unit.code if in_force(unit, day) else "",
                unit_name=unit.name,
                body=row.body,
                minuted_on=made,
                counted=within,
                full=(row.mode, row.purpose) == (Mode.ON_SITE, Purpose.FULL),
                document=_cited(row.number, row.issued_on),
            )


def changes(counted: Counted) -> Iterator[ChangeRow]:
    """How units passed into others from the period's first day to the cut-off day, in the order of the days."""
    scope = counted.scope
    first, units = scope.period.first, scope.register.units
    within = [each for each in scope.facts.successions if first <= each.on <= scope.as_of]
    for each in sorted(
        within, key=lambda one: (one.on, listed(units[one.successor_id]), listed(units[one.predecessor_id]))
    ):
        successor = units[each.successor_id]
        if successor.province == scope.province:
            yield ChangeRow(each.on, each.relation, units[each.predecessor_id].name, successor.name)


def activities(session: Session, counted: Counted) -> dict[str, dict[str, int]]:
    """Block → kind of activity → how many units in force and not exempt carried it out for the year."""
    scope, day = counted.scope, counted.rollup.as_of
    names = {unit.province for unit in scope.facts.units}
    done: dict[int, set[ActivityKind]] = {}
    for unit_id, kind in session.execute(
        select(Activity.unit_id, Activity.kind)
        .join(Unit, Unit.id == Activity.unit_id)
        .join(Province, Province.id == Unit.province_id)
        .where(
            Province.name.in_(names),
            Activity.year == scope.year,
            Activity.done_on <= day,
            Activity.voided_at.is_(None),
        )
    ):
        done.setdefault(unit_id, set()).add(kind)
    found: dict[str, dict[str, int]] = {}
    for line in counted.rollup.units:
        if not line.exempt:
            counts = found.setdefault(line.block.value, dict.fromkeys([kind.value for kind in ActivityKind], 0))
            for kind in set().union(*(done.get(row, set()) for row in scope.rows(line.unit.id))):
                counts[kind.value] += 1
    return found


def _cited(number: str | None, issued_on: date | None) -> str:
    return f"{number} ngày {short_date(issued_on)}" if number and issued_on else ""
