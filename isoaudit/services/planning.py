"""Planning audits for many units at once: the first step of an audit's life (RULES §6).

A plan pins the published checklist version. Who may be in a team, and who is warned about, is in `teams`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from isoaudit.db import (
    Audit,
    Province,
    TeamMember,
    Unit,
)
from isoaudit.domain.errors import Conflict, Invalid, NotFound, Refusal, Refusals
from isoaudit.domain.vocabulary import AuditState, Mode, Purpose
from isoaudit.services import checklists, log, programmes, register
from isoaudit.services.audits import events
from isoaudit.services.teams import Post, refusals, warnings


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for every unit chosen. `planned_on` is the day on which each visit is meant to take place."""

    unit_ids: tuple[int, ...]
    checklist_version_id: int
    team: tuple[Post, ...]
    planned_on: date | None
    programme_id: int | None = None
    group_name: str = ""
    mode: Mode = Mode.ON_SITE
    purpose: Purpose = Purpose.FULL
    core_only: bool = False
    days: dict[int, date] = field(default_factory=dict)
    """Days of single units that differ from `planned_on`, by unit."""

    def day_of(self, unit_id: int) -> date | None:
        """The day planned for a unit."""
        return self.days.get(unit_id, self.planned_on)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A warning: this unit has a full audit on site in the programme already."""

    unit: Unit
    reference: str
    state: AuditState


def plan_audits(
    session: Session,
    province_id: int,
    plan: Plan,
    *,
    confirmed: bool = False,
    example: bool = False,
    by: log.Actor,
    now: datetime,
) -> list[Audit]:
    """Plan one audit for each unit, all or none, with references "2020-KT-001" in the order given.

    Raises Refusals naming every unit and field that is wrong; Conflict `plan.partial` when a member may not be
    impartial, `plan.repeated` when a unit is audited twice in the programme, and the office has not `confirmed` it
    (`warnings` and `repeated` tell which).
    """
    units = checked(session, province_id, plan)
    partial = warnings(session, plan.team, units)
    if partial and not confirmed:
        raise Conflict("plan.partial", count=len(partial), person=partial[0].person, record=partial[0].unit.name)
    again = repeated(session, province_id, plan, units)
    if again and not confirmed:
        raise Conflict("plan.repeated", count=len(again), record=again[0].unit.name, value=again[0].reference)
    last = session.execute(
        update(Province)
        .where(Province.id == province_id)
        .values(last_audit=Province.last_audit + len(units))
        .returning(Province.last_audit)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    numbers = _Numbers(session, province_id)
    audits = []
    for place, unit in enumerate(units):
        day = plan.day_of(unit.id)
        audit = Audit(
            province_id=province_id,
            id=last - len(units) + place + 1,
            reference=numbers.next((day or now.date()).year),
            unit_id=unit.id,
            programme_id=plan.programme_id,
            group_name=plan.group_name.strip() or None,
            mode=plan.mode,
            purpose=plan.purpose,
            checklist_version_id=plan.checklist_version_id,
            core_only=plan.core_only,
            state=AuditState.PLANNED,
            planned_on=day,
            revision=0,
            imported=False,
            created_at=now,
            created_by=by.user_id,
            example=example,
        )
        audits.append(audit)
    session.add_all(audits)
    session.flush()
    for audit in audits:
        _seat(session, audit, plan.team)
        events.add(session, province_id, audit.id, "planned", by=by, now=now, on_day=audit.planned_on)
    log.append(
        session,
        province_id,
        "audit.plan",
        audits[0].reference if len(audits) == 1 else f"{audits[0].reference}…{audits[-1].reference}",
        by=by,
        now=now,
        counts=True,
        audits=[audit.reference for audit in audits],
        team=[[post.user_id, post.role.value] for post in plan.team],
        partial=[[each.person, each.warning.why.value, each.unit.code] for each in partial],
        repeated=[[each.unit.code, each.reference] for each in again],
    )
    return audits


def change_team(
    session: Session,
    audit: Audit,
    team: Sequence[Post],
    *,
    confirmed: bool = False,
    by: log.Actor,
    now: datetime,
) -> None:
    """Give an audit that has no minutes another team. Raises like `plan_audits`."""
    if audit.state not in (AuditState.PLANNED, AuditState.UNDER_WAY):
        raise Conflict("plan.team_closed", record=audit.reference, vi=audit.state.vi, en=audit.state.en)
    wrong = refusals(session, team)
    if wrong:
        raise Refusals(wrong)
    unit = session.get_one(Unit, audit.unit_id)
    partial = warnings(session, team, [unit])
    if partial and not confirmed:
        raise Conflict("plan.partial", count=len(partial), person=partial[0].person, record=unit.name)
    for member in session.scalars(
        select(TeamMember).where(TeamMember.province_id == audit.province_id, TeamMember.audit_id == audit.id)
    ):
        session.delete(member)
    session.flush()
    _seat(session, audit, team)
    told = [[post.user_id, post.role.value] for post in team]
    events.add(session, audit.province_id, audit.id, "team", by=by, now=now, content={"team": told})
    log.append(session, audit.province_id, "audit.team", audit.reference, by=by, now=now, team=told)


class _Numbers:
    """Gives the references of a year, after the greatest that stands."""

    def __init__(self, session: Session, province_id: int) -> None:
        self._session, self._province_id = session, province_id
        self._last: dict[int, int] = {}

    def next(self, year: int) -> str:
        if year not in self._last:
            prefix = f"{year}-KT-"
            taken = self._session.scalars(
                select(Audit.reference).where(
                    Audit.province_id == self._province_id, Audit.reference.startswith(prefix, autoescape=True)
                )
            )
            numbers = [int(each.removeprefix(prefix)) for each in taken if each.removeprefix(prefix).isdecimal()]
            self._last[year] = max(numbers, default=0)
        self._last[year] += 1
        return f"{year}-KT-{self._last[year]:03}"


def _seat(session: Session, audit: Audit, team: Sequence[Post]) -> None:
    session.add_all(
        TeamMember(
            province_id=audit.province_id,
            audit_id=audit.id,
            user_id=post.user_id,
            role=post.role,
            contents=post.contents.strip() or None,
        )
        for post in team
    )
    session.flush()


def repeated(session: Session, province_id: int, plan: Plan, units: Sequence[Unit]) -> list[Repeated]:
    """Which units a full audit on site would visit again in one programme: those with one that is not cancelled,
    also under the name from which they were continued."""
    if plan.programme_id is None or (plan.mode, plan.purpose) != (Mode.ON_SITE, Purpose.FULL):
        return []
    known = {unit.id: unit for unit in units}
    standing = session.scalars(
        select(Audit)
        .where(
            Audit.province_id == province_id,
            Audit.programme_id == plan.programme_id,
            Audit.mode == Mode.ON_SITE,
            Audit.purpose == Purpose.FULL,
            Audit.state != AuditState.CANCELLED,
            Audit.unit_id.in_(register.one_unit(session, known)),
        )
        .order_by(Audit.reference)
    )
    found = []
    for audit in standing:
        same = {audit.unit_id} if audit.unit_id in known else register.one_unit(session, [audit.unit_id]) & set(known)
        found += [Repeated(known[unit_id], audit.reference, audit.state) for unit_id in same]
    return found


def chosen(session: Session, province_id: int, plan: Plan) -> list[Unit]:
    """The units of the plan that are in the province, in the order given, each once."""
    known = {
        unit.id: unit
        for unit in session.scalars(select(Unit).where(Unit.province_id == province_id, Unit.id.in_(plan.unit_ids)))
    }
    return [known[unit_id] for unit_id in dict.fromkeys(plan.unit_ids) if unit_id in known]


def checked(session: Session, province_id: int, plan: Plan) -> list[Unit]:
    """The units in the order given, when everything about the plan is right. Raises Refusals with all that is not, each
    kind once with the names of the units."""
    wrong: list[Refusal] = []
    checklist = checklists.content(checklists.get(session, plan.checklist_version_id))
    year = None
    if plan.programme_id is not None:
        year = programmes.get(session, province_id, plan.programme_id).year
    if not plan.unit_ids:
        wrong.append(Invalid("plan.no_units", field="units"))
    if plan.planned_on is None:
        wrong.append(Invalid("plan.no_day", field="planned_on"))
    wrong += refusals(session, plan.team)
    units = chosen(session, province_id, plan)
    named: dict[tuple[str, str, str], list[str]] = {}
    for unit in units:
        day = plan.day_of(unit.id)
        if day is not None and year is not None and day.year != year:
            named.setdefault(("plan.other_year", "planned_on", f"{day:%d/%m/%Y}"), []).append(unit.name)
        elif day is not None and not (unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to)):
            named.setdefault(("plan.unit_not_in_force", "units", f"{day:%d/%m/%Y}"), []).append(unit.name)
        elif not checklist.fits({unit.kind}):
            named.setdefault(("plan.checklist_unfit", "checklist", checklist.title.vi), []).append(unit.name)
    wrong += [
        Invalid(code, record=", ".join(names), field=field, value=value, year=year)
        for (code, field, value), names in named.items()
    ]
    unknown = set(plan.unit_ids) - {unit.id for unit in units}
    wrong += [NotFound("plan.unit_unknown", record=unit_id, field="units") for unit_id in sorted(unknown)]
    if wrong:
        raise Refusals(wrong)
    return units
