"""Letters that remind units of a report that has not come: drafted for one or many, sent with number and day, kept.

A letter keeps what it says when it is drafted; it prints the same later, whatever comes in since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Reminder, ReminderDuty, ReportDuty, Unit
from isoaudit.domain import reporting
from isoaudit.domain.documentnumber import clean_number, is_number
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.localday import local_day
from isoaudit.domain.reporting import ReportPeriod, ReportState, standing
from isoaudit.domain.text import fold
from isoaudit.export import frozen
from isoaudit.export.docx import write_docx
from isoaudit.export.paper.blocks import Paper
from isoaudit.export.pdf import write_pdf
from isoaudit.export.reminder import Owed, ReminderLetter, reminder_paper
from isoaudit.services import log, settings
from isoaudit.services.records import Records
from isoaudit.services.unit_years import UnitName

REMINDERS = Records(
    "reminder",
    Reminder,
    "reminder.unknown",
    lambda row: row.number or reporting.name(row.year, row.period),
    ("year", "period", "number", "issued_on", "signer", "due_on"),
    counts=False,
)
WRITERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "pdf": ("application/pdf", write_pdf),
}
"""Kind of file → its media type and writer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A letter, to how many units it goes, and how many of them have sent their report since."""

    row: Reminder
    units: tuple[str, ...]
    answered: int


def draft(
    session: Session,
    duty_ids: Sequence[int],
    due_on: date,
    *,
    separately: bool,
    by: log.Actor,
    now: datetime,
    as_of: date | None = None,
) -> list[Reminder]:
    """Draft a letter to each unit, or one to all, asking for the report by `due_on`. Only reports overdue on `as_of`
    (today unless given) are asked for; a letter about made-up reports alone is made up itself. Raises `Invalid`."""
    today = as_of or local_day(now)
    if due_on < today:
        raise Invalid("reminder.due_passed", field="due_on", day=short_date(due_on))
    query = select(ReportDuty, Unit).join(Unit, Unit.id == ReportDuty.unit_id)
    query = query.where(ReportDuty.id.in_(duty_ids), ReportDuty.voided_at.is_(None))
    found = [
        (row, UnitName.of(unit))
        for row, unit in session.execute(query)
        if standing(row.due_on, row.received_on, today).state is ReportState.NOT_SENT
    ]
    found.sort(key=lambda each: each[1].order)
    if not found:
        raise Invalid("reminder.nobody", field="units")
    groups = [[each] for each in found] if separately else _by_period(found)
    return [_draft(session, group, due_on, today, by=by, now=now) for group in groups]


def _by_period(found: Sequence[tuple[ReportDuty, UnitName]]) -> list[list[tuple[ReportDuty, UnitName]]]:
    """One letter asks for reports on one period."""
    groups: dict[tuple[int, ReportPeriod], list[tuple[ReportDuty, UnitName]]] = {}
    for each in found:
        groups.setdefault((each[0].year, each[0].period), []).append(each)
    return list(groups.values())


def _draft(
    session: Session,
    group: Sequence[tuple[ReportDuty, UnitName]],
    due_on: date,
    today: date,
    *,
    by: log.Actor,
    now: datetime,
) -> Reminder:
    first = group[0][0]
    values, home = settings.read(session), settings.home(session).id
    letter = ReminderLetter(
        parent=str(values["parent_body"]),
        issuer=str(values["issuer"]),
        issuer_name=_in_text(session, str(values["issuer"])),
        issuer_code=str(values["issuer_code"]),
        place=str(values["place"]),
        authority=str(values["authority_line"]),
        signer_title=str(values["signer_title"]),
        period=reporting.name(first.year, first.period),
        year=first.year,
        as_of=today,
        due_on=due_on,
        owed=tuple(Owed(unit.body, row.due_on) for row, unit in group),
        committee=str(values["committee"]),
        example=all(row.example for row, _unit in group),
    )
    row = Reminder(
        province_id=home,
        year=first.year,
        period=first.period,
        due_on=due_on,
        letter=frozen.stored(letter),
        example=letter.example,
    )
    REMINDERS.enter(session, row, by=by, now=now)
    session.add_all(ReminderDuty(reminder_id=row.id, duty_id=duty.id, example=row.example) for duty, _unit in group)
    session.flush()
    return row


def issue(
    session: Session, key: int, *, number: str, issued_on: date | None, signer: str, by: log.Actor, now: datetime
) -> Reminder:
    """Say that the letter was sent, under which number and on which day. Raises `Invalid`, `Conflict`."""
    row = REMINDERS.to_change(session, key)
    if row.number is not None:
        raise Conflict("reminder.sent", value=row.number)
    clean, letter = clean_number(number), letter_of(row)
    if not clean or issued_on is None:
        raise Invalid("reminder.number_missing", field="number")
    if not is_number(clean):
        raise Invalid("reminder.number_form", field="number", value=clean)
    if issued_on > local_day(now):
        raise Invalid("fact.in_future", field="issued_on", day=short_date(issued_on))
    latest = max(each.due_on for each in letter.owed)
    if issued_on <= latest:
        raise Invalid("reminder.before_due", field="issued_on", day=short_date(issued_on), due=short_date(latest))
    values = {"number": clean, "issued_on": issued_on, "signer": " ".join(signer.split()) or None}
    REMINDERS.correct(session, row, values, why="Phát hành", by=by, now=now)
    return row


def void(session: Session, key: int, *, why: str, by: log.Actor, now: datetime) -> Reminder:
    """Take a letter out, with a reason; it stays as history."""
    return REMINDERS.void(session, REMINDERS.to_change(session, key), why=why, by=by, now=now)


def get(session: Session, key: int) -> Reminder:
    """The letter, standing or voided. Raises `NotFound`."""
    return REMINDERS.get(session, key)


def letter_of(row: Reminder) -> ReminderLetter:
    """What the letter says."""
    return frozen.opened(row.letter, ReminderLetter)


def paper(row: Reminder) -> Paper:
    """The letter as a paper."""
    return reminder_paper(letter_of(row), row.number or "", row.issued_on, row.signer or "")


def drafts(session: Session, year: int, period: ReportPeriod) -> list[tuple[str, bytes]]:
    """The letters about a period that were not sent yet as DOCX, each with a name for its file."""
    found = [line.row for line in lines(session, year, period) if line.row.number is None]
    write = WRITERS["docx"][1]
    return [(f"du-thao-{row.id}-{_file_word(letter_of(row).owed)}.docx", write(paper(row))) for row in found]


def _file_word(owed: Sequence[Owed]) -> str:
    """Whom a letter goes to, as a part of a file's name."""
    words = fold(owed[0].unit) if len(owed) == 1 else f"{len(owed)} don vi"
    return "-".join("".join(each if each.isalnum() else " " for each in words).split())


def lines(session: Session, year: int, period: ReportPeriod, *, voided: bool = False) -> list[Line]:
    """The letters about a period, newest first."""
    query = select(Reminder).where(
        Reminder.province_id == settings.home_id(session), Reminder.year == year, Reminder.period == period
    )
    query = query.where(Reminder.voided_at.is_not(None) if voided else Reminder.voided_at.is_(None))
    rows = session.scalars(query.order_by(Reminder.id.desc())).all()
    answered = _answered(session, [row.id for row in rows])
    return [Line(row, tuple(each.unit for each in letter_of(row).owed), answered.get(row.id, 0)) for row in rows]


def reminded(session: Session, duty_ids: Sequence[int]) -> dict[int, list[Reminder]]:
    """Report owed → the letters sent about it, oldest first."""
    query = select(ReminderDuty.duty_id, Reminder).join(Reminder, Reminder.id == ReminderDuty.reminder_id)
    query = query.where(ReminderDuty.duty_id.in_(duty_ids), Reminder.voided_at.is_(None), Reminder.number.is_not(None))
    found: dict[int, list[Reminder]] = {}
    for duty, row in session.execute(query.order_by(Reminder.issued_on, Reminder.id)):
        found.setdefault(duty, []).append(row)
    return found


def _answered(session: Session, keys: Sequence[int]) -> dict[int, int]:
    query = select(ReminderDuty.reminder_id, func.count()).join(ReportDuty, ReportDuty.id == ReminderDuty.duty_id)
    query = query.where(ReminderDuty.reminder_id.in_(keys), ReportDuty.received_on.is_not(None))
    return {row[0]: row[1] for row in session.execute(query.group_by(ReminderDuty.reminder_id))}


def _in_text(session: Session, issuer: str) -> str:
    """The issuer as running text writes it: the register's name where there is one, since settings hold capitals."""
    query = select(Unit.name).where(Unit.province_id == settings.home_id(session))
    return next((name for name in session.scalars(query) if name.upper() == issuer.upper()), issuer)
