"""The tasks of a year's plan, with the level that each has reached on a day (RULES §8)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Task
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.evaluation import result_level
from isoaudit.domain.facts import TaskFact
from isoaudit.domain.localday import local_day
from isoaudit.domain.measures import ALL, Measure
from isoaudit.domain.vocabulary import ResultLevel
from isoaudit.services import log, settings
from isoaudit.services.records import Records

_TEXTS = ("group_name", "task", "result", "note")
_MEASURED = ("measure", "measure_block", "measure_share")
TASKS = Records(
    "task",
    Task,
    "task.unknown",
    lambda row: f"{row.year} {row.group_name}: {row.task}",
    ("year", *_TEXTS, "due_on", "completed_on", "content_complete", "mark", "document_id", *_MEASURED),
)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task and its level on the day asked for."""

    task: Task
    level: ResultLevel


def of_year(session: Session, year: int, day: date) -> list[TaskLine]:
    """The tasks of the year in the order of entry, group by group; the voided ones last."""
    home = settings.home(session)
    rows = session.scalars(select(Task).where(Task.province_id == home.id, Task.year == year).order_by(Task.id)).all()
    groups = {name: place for place, name in enumerate(dict.fromkeys(row.group_name for row in rows))}
    ordered = sorted(rows, key=lambda row: (row.voided_at is not None, groups[row.group_name], row.id))
    return [TaskLine(row, level(row, day)) for row in ordered]


def years(session: Session) -> list[int]:
    """The years that have tasks, newest first."""
    home = settings.home(session)
    return sorted(session.scalars(select(Task.year).where(Task.province_id == home.id).distinct()), reverse=True)


def groups(session: Session) -> Sequence[str]:
    """The groups used so far, to be offered again."""
    home = settings.home(session)
    return session.scalars(
        select(Task.group_name).where(Task.province_id == home.id).distinct().order_by(Task.group_name)
    ).all()


def level(row: Task, day: date) -> ResultLevel:
    """The level of a task on a day."""
    return result_level(
        TaskFact(row.id, row.year, row.due_on, row.completed_on, row.content_complete, row.mark, row.id), day
    )


def get(session: Session, task_id: int) -> Task:
    """The task, standing or voided. Raises `NotFound`."""
    return TASKS.get(session, task_id)


def enter(session: Session, values: dict[str, Any], *, by: log.Actor, now: datetime) -> Task:
    """Enter a task. Raises `Invalid` or `Refusals` with everything that is wrong."""
    home = settings.home(session)
    clean = _checked(session, home.id, values, None, now)
    return TASKS.enter(session, Task(province_id=home.id, **clean), by=by, now=now)


def correct(
    session: Session,
    task_id: int,
    values: dict[str, Any],
    *,
    why: str | None,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give a task new values; False when nothing differs. Recording how far a task has come is such a change too."""
    row = TASKS.to_change(session, task_id, revision)
    clean = _checked(session, row.province_id, values, row, now)
    return TASKS.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, task_id: int, *, why: str, by: log.Actor, now: datetime) -> Task:
    """Take a task out of the plan, with a reason."""
    return TASKS.void(session, TASKS.to_change(session, task_id), why=why, by=by, now=now)


def restore(session: Session, task_id: int, *, by: log.Actor, now: datetime) -> Task:
    """Undo a voiding."""
    row = TASKS.to_restore(session, task_id)
    if _twin(session, row.province_id, row.year, row.group_name, row.task, row.id):
        raise Invalid("task.stands_already", field="task", year=row.year, group=row.group_name)
    return TASKS.restore(session, row, by=by, now=now)


def _checked(
    session: Session, province_id: int, values: dict[str, Any], row: Task | None, now: datetime
) -> dict[str, Any]:
    clean = dict(values)
    for name in _TEXTS:
        if name in clean:
            clean[name] = unicodedata.normalize("NFC", clean[name] or "").strip() or None
    clean["group_name"] = " ".join((clean["group_name"] or "").split())
    problems: list[Refusal] = []
    problems += [Invalid("task.text_missing", field=name) for name in ("group_name", "task") if not clean[name]]
    if clean.get("mark") is not None and not clean.get("note"):
        problems.append(Invalid("task.mark_reason", field="note"))
    completed = clean.get("completed_on")
    if completed is not None and completed > local_day(now):
        problems.append(Invalid("fact.in_future", field="completed_on", day=short_date(completed)))
    problems += _measure_problems(clean)
    if completed is None and clean.get("content_complete"):
        problems.append(Invalid("task.content_without_completion", field="content_complete"))
    own_id = row.id if row is not None else 0
    if not problems and _twin(session, province_id, clean["year"], clean["group_name"], clean["task"], own_id):
        problems.append(Invalid("task.stands_already", field="task", year=clean["year"], group=clean["group_name"]))
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
    return clean


def _measure_problems(clean: dict[str, Any]) -> list[Refusal]:
    """What is wrong with the figure that measures the task; without one there is neither block nor aim."""
    if "measure" not in clean:
        return []
    if not clean["measure"]:
        clean.update(dict.fromkeys(_MEASURED))
        return []
    problems: list[Refusal] = []
    if clean["measure_block"] is not None and not Measure(clean["measure"]).by_block:
        problems.append(Invalid("task.measure_block", field="measure_block"))
    if clean["measure_share"] is not None and not 1 <= clean["measure_share"] <= ALL:
        problems.append(Invalid("task.measure_share", field="measure_share", value=clean["measure_share"]))
    return problems


def _twin(session: Session, province_id: int, year: int, group: str, task: str, own_id: int) -> bool:
    same = select(Task.id).where(Task.province_id == province_id, Task.year == year, Task.group_name == group)
    same = same.where(Task.task == task, Task.voided_at.is_(None), Task.id != own_id)
    return session.scalar(same.limit(1)) is not None
