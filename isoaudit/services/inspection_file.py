"""The file of an inspection as it stands on a day: which papers are there, what is due, late, and what comes next.

The steps are data (`papers_templates`), the rule is `domain.inspection`; keeping papers is in `papers`, writing them in
`papers_writing`. Four queries, however many audits are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditPaper, Nonconformity, User, WorkingProgramme
from isoaudit.domain.inspection import Anchor, Step, StepState, steps_of
from isoaudit.domain.vocabulary import AuditState, PaperKind, Purpose
from isoaudit.services import papers_templates
from isoaudit.services.papers import Kept
from isoaudit.services.papers_facts import Deadlines


@dataclass(frozen=True, slots=True)
class File:
    """The file of one audit. `deadlines` are those that papers name; `closed` that the audit was cancelled."""

    steps: tuple[Step, ...]
    papers: tuple[Kept, ...]
    deadlines: Deadlines
    closed: bool = False

    @property
    def next(self) -> Step | None:
        """What is to be done first."""
        return next((each for each in self.steps if each.next), None)

    @property
    def overdue(self) -> int:
        """How many steps are late."""
        return sum(each.state is StepState.OVERDUE for each in self.steps)

    @property
    def unrecorded(self) -> int:
        """Of how many steps nobody recorded whether there was a paper."""
        return sum(each.state is StepState.UNKNOWN for each in self.steps)

    @property
    def complete(self) -> bool:
        """Whether every step that this audit needs is there."""
        return bool(self.steps) and self.next is None and not self.closed and not self.unrecorded

    def of(self, kind: PaperKind) -> tuple[Kept, ...]:
        """The papers of a kind, in order of entry."""
        return tuple(each for each in self.papers if each.row.kind is kind)

    def step(self, kind: PaperKind) -> Step | None:
        """The step of that paper, when this audit has one."""
        return next((each for each in self.steps if each.kind is kind), None)


def read(session: Session, audit: Audit, today: date, own: Path | None = None) -> File:
    """The file of one audit. `own` is the province's folder of templates."""
    return read_all(session, [audit], today, own)[audit.id]


def read_all(session: Session, audits: Sequence[Audit], today: date, own: Path | None = None) -> dict[int, File]:
    """The files of audits of one province, by their keys."""
    if not audits:
        return {}
    province_id, keys = audits[0].province_id, [each.id for each in audits]
    rules = papers_templates.steps(own)
    papers = _papers(session, province_id, keys)
    programmed = set(
        session.scalars(
            select(WorkingProgramme.audit_id)
            .where(WorkingProgramme.province_id == province_id, WorkingProgramme.audit_id.in_(keys))
            .distinct()
        )
    )
    findings = {
        audit: (number, last)
        for audit, number, last in session.execute(
            select(Nonconformity.audit_id, func.count(), func.max(Nonconformity.due_on))
            .where(
                Nonconformity.province_id == province_id,
                Nonconformity.audit_id.in_(keys),
                Nonconformity.voided_at.is_(None),
            )
            .group_by(Nonconformity.audit_id)
        )
    }
    found = {}
    for audit in audits:
        mine = papers[audit.id]
        number, last = findings.get(audit.id, (0, None))
        deadlines = Deadlines(
            _due(mine, PaperKind.SCHEDULE) or audit.planned_on,
            _due(mine, PaperKind.REQUEST) or last,
        )
        steps = steps_of(
            rules,
            audit.mode,
            audit.purpose,
            _there(audit, mine, audit.id in programmed),
            _anchors(audit, deadlines),
            today,
            findings=number,
            closed=audit.state is AuditState.CANCELLED,
            untracked=audit.imported and audit.minuted_on is not None,
        )
        reports = (each.due for each in steps if each.kind is PaperKind.UNIT_REPORT)
        expected = _due(mine, PaperKind.SCHEDULE) or next(reports, None) or audit.planned_on
        found[audit.id] = File(
            tuple(steps), tuple(mine), replace(deadlines, report_due=expected), audit.state is AuditState.CANCELLED
        )
    return found


def _papers(session: Session, province_id: int, keys: Iterable[int]) -> Mapping[int, list[Kept]]:
    rows = session.execute(
        select(AuditPaper, User.full_name)
        .outerjoin(User, User.id == AuditPaper.recorded_by)
        .where(
            AuditPaper.province_id == province_id, AuditPaper.audit_id.in_(list(keys)), AuditPaper.voided_at.is_(None)
        )
        .order_by(AuditPaper.id)
    )
    found: defaultdict[int, list[Kept]] = defaultdict(list)
    for row, person in rows:
        found[row.audit_id].append(Kept(row, person or ""))
    return found


def _there(audit: Audit, papers: Iterable[Kept], programmed: bool) -> frozenset[PaperKind]:
    """The steps that are taken: by a paper, or by what the tool knows itself."""
    kinds = {each.row.kind for each in papers}
    minutes = PaperKind.FOLLOW_UP if audit.purpose is Purpose.FOLLOW_UP else PaperKind.MINUTES
    if audit.minuted_on is not None or PaperKind.MINUTES in kinds:
        kinds.add(minutes)
    if audit.concluded_on is not None:
        kinds.add(PaperKind.NOTICE)
    if programmed:
        kinds.add(PaperKind.PLAN)
    return frozenset(kinds)


def _anchors(audit: Audit, deadlines: Deadlines) -> dict[Anchor, date | None]:
    return {
        Anchor.PLANNED_ON: audit.planned_on,
        Anchor.MINUTED_ON: audit.minuted_on,
        Anchor.CONCLUDED_ON: audit.concluded_on,
        Anchor.REPORT_DUE: deadlines.report_due,
        Anchor.REMEDY_DUE: deadlines.remedy_due,
    }


def _due(papers: Iterable[Kept], kind: PaperKind) -> date | None:
    """The deadline that the last paper of a kind names."""
    days = [each.row.due_on for each in papers if each.row.kind is kind and each.row.due_on is not None]
    return days[-1] if days else None
