"""Bringing the example year in: register, checklists, real facts, made-up facts, accounts, audits still to be done.

Everything goes through the services that people use; what is made up is marked as example data.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Programme, TeamMember, Unit
from isoaudit.domain.account import Tie
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Role, TeamRole
from isoaudit.services import checklists, importing, library, log, moving, planning, settings
from isoaudit.services.accounts import people
from isoaudit.services.accounts.hashing import Hasher
from isoaudit.services.exampleyear import (
    answering,
    concluded,
    decided,
    declaring,
    followed,
    meetings,
    sheets,
    story,
    yearly,
)
from isoaudit.services.papers_lists import called
from isoaudit.services.teams import Post
from isoaudit.shipped import REGISTERS

REGISTER, FACTS = REGISTERS / "quang-tri", REGISTERS / "quang-tri-2020"
LAST_DAY = date(story.YEAR, 12, 31)
VISITS = tuple(date(story.YEAR, 10, day) for day in (13, 14, 15, 20))
PUT_OFF = tuple(date(story.YEAR, *day) for day in ((11, 17), (11, 19), (11, 24), (12, 1)))
"""The visits that are still to be made: when they were first meant to be, and the days that they were put off to."""
WHY = (
    "Mưa lũ từ ngày 07/10/2020, đường vào xã bị chia cắt",
    "Sạt lở đất trên Quốc lộ 9 và đường vào xã, Đoàn kiểm tra không đến được",
    "UBND xã tập trung khắc phục hậu quả mưa lũ tháng 10/2020, đề nghị lùi lịch bằng văn bản",
    "Sạt lở đất tại huyện Hướng Hóa ngày 18/10/2020, lực lượng của xã đang tìm kiếm, cứu nạn",
)
"""The floods and landslides of October 2020 in the two mountain districts."""
_COMMUNE, _AGENCY = "tcvn-iso-9001-2015-commune", "tcvn-iso-9001-2015-agency"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the example: one for each role."""

    username: str
    full_name: str
    position: str
    role: Role


ACCOUNTS = (
    DemoAccount("quantri", "Hoàng Đình Quốc Bảo", "Quản trị hệ thống", Role.ADMINISTRATOR),
    DemoAccount("thuongtruc", "Trần Thị Diệu Hiền", "Chuyên viên Chi cục TĐC", Role.OFFICE),
    DemoAccount("kiemtra", "Nguyễn Hữu Phước Thiện", "Phó Chi cục trưởng Chi cục TĐC", Role.INSPECTOR),
    DemoAccount("bancd", "Lê Thị Ánh Nguyệt", "Thành viên Ban Chỉ đạo ISO tỉnh", Role.COMMITTEE),
    DemoAccount("donvi", "Hồ Văn Pả Dương", "Thư ký ISO UBND xã", Role.UNIT_OFFICER),
)


def load(session: Session, hasher: Hasher, *, by: log.Actor, now: datetime) -> dict[str, str]:
    """Load everything into an empty, migrated database. Returns account name → password."""
    _import(session, REGISTER, by=by, now=now, example=False)
    recorded = library.published()
    files = [file for file in library.checklist_files() if file.path in recorded]
    checklists.publish(session, files, by=by, now=now)
    _import(session, FACTS, by=by, now=now, example=False)
    units = _units(session)
    codes = {unit.id: unit.code for unit in units}
    stories = story.tell(
        [story.Place(unit.code, BLOCK_OF[unit.kind], codes.get(unit.parent_id or 0, "")) for unit in units]
    )
    versions = _versions(session)
    kinds = {unit.code: unit.kind.value for unit in units}
    replies = {
        each.place.code: answering.answer(versions[each.place.block], kinds[each.place.code], each)
        for each in stories
        if each.audited_on is not None
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "nam-minh-hoa-2020"
        folder.mkdir()
        issued = declaring.decisions(stories, _issuers(session))
        sheets.write(folder, sheets.rows(stories, replies, versions, issued))
        _import(session, folder, by=by, now=now, example=True)
    passwords = _accounts(session, stories, hasher, by=by, now=now)
    made = _visits_made(session, stories, replies, versions, by=by, now=now)
    to_come = _visits_to_come(session, stories, by=by, now=now)
    meetings.announce(session, [*made, *to_come], by=by, now=now)
    yearly.load(session, units, stories, by=by, now=now)
    decided.load(session, units, stories, by=by, now=now)
    session.flush()
    return passwords


def _import(session: Session, folder: Path, *, by: log.Actor, now: datetime, example: bool) -> None:
    importing.import_workbook(session, folder, by=by, now=now, example=example)


def _units(session: Session) -> list[Unit]:
    """The home province's units in force at the end of the example year, in a fixed order."""
    return list(
        session.scalars(
            select(Unit)
            .where(
                Unit.province_id == settings.home(session).id,
                Unit.valid_from <= LAST_DAY,
                Unit.valid_to.is_(None) | (Unit.valid_to > LAST_DAY),
            )
            .order_by(Unit.code)
        )
    )


def _issuers(session: Session) -> dict[str, list[tuple[date, str]]]:
    """Code → since when the unit issues documents under which name: a territory its people's committee, with the
    district."""
    home = settings.home(session).id
    rows = session.scalars(select(Unit).where(Unit.province_id == home).order_by(Unit.valid_from)).all()
    names = {unit.id: unit.name for unit in rows}
    found: dict[str, list[tuple[date, str]]] = {}
    for unit in rows:
        issuer = called(unit.name, unit.kind, names.get(unit.parent_id or 0, ""))
        found.setdefault(unit.code, []).append((unit.valid_from, issuer))
    return found


def _versions(session: Session) -> dict[Block, Checklist]:
    newest = {row.name: checklists.content(row) for row in reversed(checklists.versions(session))}
    return {Block.COMMUNE: newest[_COMMUNE], Block.AGENCY: newest[_AGENCY]}


def _accounts(
    session: Session, stories: list[story.Story], hasher: Hasher, *, by: log.Actor, now: datetime
) -> dict[str, str]:
    home = next(each.place.code for each in stories if each.group is story.Group.BUILDING and each.audited_on)
    unit = session.scalars(select(Unit).where(Unit.code == home, Unit.valid_from <= LAST_DAY)).first()
    passwords = {}
    for each in ACCOUNTS:
        ties = []
        if each.role is Role.UNIT_OFFICER and unit is not None:
            ties = [people.TieTo(unit.id, Tie.OFFICER)]
        first = hasher.first()
        people.add(
            session,
            username=each.username,
            full_name=each.full_name,
            position=each.position,
            email=None,
            roles=[each.role],
            ties=ties,
            first=first,
            must_change=False,
            example=True,
            by=by,
            now=now,
        )
        passwords[each.username] = first.text
    return passwords


def _visits_made(
    session: Session,
    stories: list[story.Story],
    replies: dict[str, Sequence[answering.Reply]],
    versions: dict[Block, Checklist],
    *,
    by: log.Actor,
    now: datetime,
) -> list[Audit]:
    """Give the minuted audits their group and team, their meetings and papers, their findings a life, some a notice."""
    head, secretary = people.named(session, "kiemtra").id, people.named(session, "thuongtruc").id
    home = settings.home(session).id
    told = {each.place.code: each for each in stories}
    held = []
    for audit, code in session.execute(
        select(Audit, Unit.code)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(Audit.province_id == home, Audit.example)
        .order_by(Audit.minuted_on, Audit.reference)
    ).all():
        audit.group_name = told[code].group.value
        for user, role in ((head, TeamRole.HEAD), (secretary, TeamRole.SECRETARY)):
            session.add(TeamMember(province_id=home, audit_id=audit.id, user_id=user, role=role, contents=None))
        held.append(meetings.Held(audit, told[code], versions[told[code].place.block], replies[code]))
    meetings.load(session, held, by=by, now=now)
    names = {row.id: row.name for row in checklists.versions(session)}
    followed.load(session, stories, replies, names, by=by, now=now)
    concluded.load(session, held, head="kiemtra", office="thuongtruc", now=now)
    log.append(session, home, "example.load", "example", by=by, now=now, counts=True, audits=len(held))
    return [each.row for each in held]


def _visits_to_come(session: Session, stories: list[story.Story], *, by: log.Actor, now: datetime) -> list[Audit]:
    """Plan the visits that are still to be made, and put them off for the floods."""
    inspector = people.named(session, "kiemtra").id
    home = settings.home(session).id
    programme = session.scalars(select(Programme).where(Programme.year == story.YEAR)).one()
    version = next(row for row in checklists.versions(session) if row.name == _COMMUNE)
    waiting = [
        each.place.code
        for each in stories
        if each.group is story.Group.MAINTAINING and not each.audited_on and each.place.district in meetings.MOUNTAINS
    ]
    units = {unit.code: unit.id for unit in _units(session)}
    days = {units[code]: day for code, day in zip(waiting, VISITS, strict=False)}
    plan = planning.Plan(
        unit_ids=tuple(days),
        checklist_version_id=version.id,
        team=(Post(inspector, TeamRole.HEAD),),
        planned_on=VISITS[0],
        programme_id=programme.id,
        group_name=story.Group.MAINTAINING.value,
        days=days,
    )
    planned = planning.plan_audits(session, home, plan, example=True, by=by, now=now)
    for audit, day, why in zip(planned, PUT_OFF, WHY, strict=False):
        moving.move(session, home, audit.reference, day, why=why, by=by, now=now)
    return planned
