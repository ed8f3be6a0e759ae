"""Writing answers: the rows of the file are gone through a second time, and each gains its next revision.

The audits that received some move on by one revision, so that a page that was open meanwhile is stale.
"""

import json
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_, update

from isoaudit.db import Answer, AnswerRevision, Audit
from isoaudit.domain.vocabulary import AuditState, Grade
from isoaudit.services.importing.answers import ADDED, ANSWERS_ASKED, UPDATED, AnswerSheet, batches
from isoaudit.services.importing.audits import AuditBook, HeldAudit
from isoaudit.services.importing.job import Job
from isoaudit.services.importing.problems import Settled
from isoaudit.services.importing.writing import Inserter, table_of

_AT_ONCE = 20_000
"""Rows of one statement: the database looks once for each of them whether grade sheets are to be thrown away."""
_ANSWER = ("province_id", "audit_id", "criterion_id", "revision", "grade", "note", "reason")
_REVISION = ("province_id", "audit_id", "criterion_id", "number", "revision", "value")
Key = tuple[int, int, int]
_SKIPPED = Grade.NOT_APPLICABLE
Ready = tuple[int | str | None, ...]


def write_answers(job: Job, sheet: AnswerSheet, book: AuditBook) -> None:
    """Answers and their revisions."""
    _move_on(job, [audit for audit in book.by_reference.values() if audit.answered])
    answers = Inserter(job, Answer, _ANSWER, {"conflict": False})
    entered = {"outcome": "accepted", "why": job.why, "at": job.now, "received_at": job.now, "by": job.by.user_id}
    history = Inserter(job, AnswerRevision, _REVISION, entered)
    for rows in batches(sheet.sheet.rows(Settled()), _AT_ONCE):
        new: list[Ready] = []
        revisions: list[Ready] = []
        corrections: list[tuple[Key, Grade, str | None, str | None]] = []
        for row in rows:
            values = row.values
            audit = book.by_reference[values["audit"]]
            criterion = book.criteria(audit.version)[values["criterion"]]
            action = sheet.marks(audit).actions[criterion.place]
            if not action:
                continue
            grade, note = values["grade"], values["note"]
            said = (None, note) if grade is _SKIPPED else (note, None)
            key: Any = (audit.province.id, audit.id, criterion.id)
            if action == ADDED:
                new.append((*key, 1, grade._value_, *said))
                revisions.append(_revision(key, 1, grade, *said))
            elif action == UPDATED:
                corrections.append((key, grade, *said))
        answers.write_ready(new)
        history.write_ready(revisions)
        for some in batches(corrections, ANSWERS_ASKED):
            history.write_ready(_correct(job, some))
        job.progress.step(len(rows))


def _revision(key: Key, number: int, grade: Grade, note: str | None, reason: str | None) -> Ready:
    """A revision; its number is the answer's too, as the tablet's operations count it."""
    return (*key, number, number, _UNSAID[grade] if note is reason is None else _as_json(grade, note, reason))


def _as_json(grade: Grade, note: str | None, reason: str | None) -> str:
    return json.dumps({"grade": grade, "note": note, "reason": reason})


_UNSAID = {grade: _as_json(grade, None, None) for grade in Grade}
"""The value of an answer that says nothing but its grade, as nearly all do."""


def _correct(job: Job, corrections: list[tuple[Key, Grade, str | None, str | None]]) -> list[Ready]:
    """Give answers their new values; returns the revisions to keep."""
    kept = table_of(AnswerRevision)
    place = (kept.c.province_id, kept.c.audit_id, kept.c.criterion_id)
    query = select(*place, func.max(kept.c.number)).where(tuple_(*place).in_([each[0] for each in corrections]))
    numbers = {tuple(row[:3]): row[3] for row in job.session.execute(query.group_by(*place))}
    table = table_of(Answer)
    where = [table.c[name] == bindparam(f"its_{name}") for name in ("province_id", "audit_id", "criterion_id")]
    rows, revisions = [], []
    for key, grade, note, reason in corrections:
        number = numbers.get(key, 0) + 1
        rows.append(
            dict(zip(("its_province_id", "its_audit_id", "its_criterion_id"), key, strict=True))
            | {"revision": number, "grade": grade, "note": note, "reason": reason}
        )
        revisions.append(_revision(key, number, grade, note, reason))
    names = ("revision", "grade", "note", "reason")
    changed = update(table).where(*where).values({name: bindparam(name) for name in names})
    job.session.connection().execute(changed, rows)
    return revisions


def _move_on(job: Job, audits: list[HeldAudit]) -> None:
    rows = []
    for audit in audits:
        audit.revision += 1
        rows.append({"p": audit.province.id, "a": audit.id, "r": audit.revision})
    table = table_of(Audit)
    where = (table.c.province_id == bindparam("p")) & (table.c.id == bindparam("a"))
    if rows:
        job.session.connection().execute(update(table).where(where).values(revision=bindparam("r")), rows)
        started = where & (table.c.state == AuditState.PLANNED)
        places = [{"p": row["p"], "a": row["a"]} for row in rows]
        job.session.connection().execute(update(table).where(started).values(state=AuditState.UNDER_WAY), places)
