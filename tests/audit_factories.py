"""Checklists and audits for the tests, planned as the office plans them; they flush only."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, ChecklistVersion, CriterionRow, Nonconformity, Unit, User
from isoaudit.domain.checklist_file import parse
from isoaudit.domain.digest import checklist_digest, criterion_digest
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole
from isoaudit.services import settings
from isoaudit.services.log import Actor
from isoaudit.services.planning import Plan, plan_audits
from isoaudit.services.teams import Post
from tests.conftest import NOW
from tests.factories import unit, user

CHECKLIST: dict[str, Any] = {
    "id": "thu",
    "version": "1.0.0",
    "edition": "iso9001-2015",
    "title": {"vi": "Phiếu thử", "en": "Trial checklist"},
    "band": [
        {"code": "tot", "name": {"vi": "Tốt"}, "min_score": 90, "max_major": 0, "gates_hold": True},
        {"code": "yeu", "name": {"vi": "Yếu"}, "min_score": 0},
    ],
    "criterion": [
        {
            "code": "A-01",
            "part": "A",
            "rule": "declaration",
            "weight": 3,
            "gate": True,
            "core": True,
            "where": "leader",
            "text": {"vi": "Đơn vị đã công bố chưa?", "en": "Has the unit declared?"},
            "evidence": {"vi": ["Quyết định công bố"], "en": ["The decision"]},
        },
        {
            "code": "B-7.2-01",
            "part": "B",
            "clause": "7.2",
            "core": True,
            "where": "one_stop",
            "na_reason": {"vi": "Đơn vị chưa tuyển người mới", "en": "Nobody was recruited"},
            "text": {"vi": "Công chức có chứng chỉ không?", "en": "Do officials hold certificates?"},
        },
        {
            "code": "B-8.5-01",
            "part": "B",
            "clause": "8.5.1",
            "weight": 2,
            "where": "one_stop",
            "text": {"vi": "Hồ sơ có phiếu kiểm soát không?", "en": "Do dossiers carry a control slip?"},
        },
    ],
}


def checklist(session: Session, *, data: dict[str, Any] | None = None) -> ChecklistVersion:
    """A published version: three small criteria, the first a gate, unless told otherwise."""
    content = data or CHECKLIST
    read = parse(content)
    made = ChecklistVersion(
        name=read.id,
        version=read.version,
        edition=read.edition,
        digest=checklist_digest(content),
        content=content,
        published_at=NOW,
    )
    session.add(made)
    session.flush()
    session.add_all(
        CriterionRow(
            checklist_version_id=made.id,
            position=place,
            code=each.code,
            part=each.part.value,
            clause=each.clause or None,
            clause2=each.second_level,
            rule=each.rule or None,
            weight=each.weight,
            gate=each.gate,
            core=each.core,
            conditional=bool(each.applies_to) or each.when is not None,
            digest=criterion_digest(each),
        )
        for place, each in enumerate(read.criteria, 1)
    )
    session.flush()
    return made


def audit(
    session: Session,
    *,
    head: User,
    members: tuple[User, ...] = (),
    of: Unit | None = None,
    version: ChecklistVersion | None = None,
    planned_on: date = date(2020, 11, 16),
    **more: Any,
) -> Audit:
    """An audit as the office plans it, of a ward unless told otherwise."""
    office = session.scalar(select(User).where(User.username == "planner")) or user(session, username="planner")
    posts = [Post(head.id, TeamRole.HEAD), *(Post(each.id, TeamRole.MEMBER) for each in members)]
    plan = Plan(
        unit_ids=((of or unit(session)).id,),
        checklist_version_id=(version or checklist(session)).id,
        team=tuple(posts),
        planned_on=planned_on,
        **more,
    )
    by = Actor.of(office, "test")
    return plan_audits(session, settings.home(session).id, plan, confirmed=True, by=by, now=NOW)[0]


def finding(session: Session, of: Unit, *, on: date = date(2020, 2, 3)) -> Nonconformity:
    """An open major nonconformity on the first criterion, that an audit of the unit raised on that day."""
    head = session.scalar(select(User).where(User.username == "head")) or user(
        session, role=Role.INSPECTOR, username="head"
    )
    made = audit(session, head=head, of=of, planned_on=on)
    made.state, made.minuted_on = AuditState.MINUTED, on
    criterion = select(CriterionRow.id).where(CriterionRow.checklist_version_id == made.checklist_version_id)
    found = Nonconformity(
        province_id=made.province_id,
        audit_id=made.id,
        criterion_id=session.scalars(criterion.order_by(CriterionRow.position)).first(),
        unit_id=of.id,
        grade=Grade.MAJOR,
        raised_on=on,
        due_on=date(2020, 6, 1),
    )
    session.add(found)
    session.flush()
    return found
