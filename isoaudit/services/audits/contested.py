"""Findings on which the unit keeps another opinion (bảo lưu), side by side: what the minutes say, the unit's word, the
team's view, and what the notice of conclusion decides (RULES §6, §7).

Views and drafts of decisions are notes that are only added; the decision that counts is taken in `life.conclude`.
When an audit is reopened they belong to the minutes and the notice that fell with it: they stay as rows and are told no
more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import AuditEvent, CriterionRow, Document, FindingNote, Nonconformity, NonconformityEvent
from isoaudit.domain.checklist import Criterion
from isoaudit.domain.entries import Stance
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.vocabulary import AuditState, Grade
from isoaudit.services import log
from isoaudit.services.audits import minutes
from isoaudit.services.audits.reading import AuditView

VIEW, DRAFT, DECISION, REOPENED = "team_view", "draft", "decision", "reopened"
"""Kinds of notes. `REOPENED` ends what was noted on a criterion before it; moments cannot, two may be the same."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, or a draft of one: the grade that counts by it, the reason, the document once it is issued."""

    after: Grade
    reason: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Contested:
    """A finding that is contested, or was: `grade` and `note` are those of the minutes."""

    criterion: Criterion
    grade: Grade | None
    note: str
    said: str
    view: str
    draft: Decided | None
    decision: Decided | None


def listed(session: Session, audit: AuditView) -> list[Contested]:
    """The contested findings in the order of the checklist; three queries beside the minutes."""
    told = minutes.paper(session, audit).content
    answers = {each["criterion"]: each["value"] for each in told["answers"]}
    said = {
        name.removeprefix("word/"): str(value.get("text") or "")
        for name, value in told["entries"].items()
        if name.startswith("word/") and value and value.get("stance") == Stance.RESERVED
    }
    notes = _notes(session, audit)
    ruled = {code for code, mine in notes.items() if DECISION in mine} if audit.state is AuditState.CONCLUDED else set()
    for code, (text, flagged) in _later(session, audit).items():
        if flagged or code in ruled or code in said:
            said[code] = text or said.get(code, "")
    found = []
    for criterion in audit.checklist.criteria:
        mine = notes.get(criterion.code, {})
        if criterion.code not in said and criterion.code not in ruled:
            continue
        value = answers.get(criterion.code, {})
        view = mine.get(VIEW)
        found.append(
            Contested(
                criterion,
                Grade(value["grade"]) if value.get("grade") else None,
                str(value.get("note") or ""),
                said.get(criterion.code, ""),
                view[0].text if view else "",
                _decided(mine.get(DRAFT)),
                _decided(mine.get(DECISION)) if audit.state is AuditState.CONCLUDED else None,
            )
        )
    return found


def decided(session: Session, audit: AuditView) -> dict[str, FindingNote]:
    """Criterion → what the notice that stands decided: the grade of the minutes beside the one that counts."""
    if audit.state is not AuditState.CONCLUDED:
        return {}
    return {code: mine[DECISION][0] for code, mine in _notes(session, audit).items() if DECISION in mine}


def say(session: Session, audit: AuditView, code: str, text: str, *, by: log.Actor, now: datetime) -> None:
    """The team's view of a contested finding. Raises Invalid, Conflict before the minutes and after the notice."""
    _refuse_closed(audit)
    if not text.strip():
        raise Invalid("contested.view", record=code, field="view")
    _add(session, audit, code, VIEW, text, None, None, by, now)


def prepare(
    session: Session,
    audit: AuditView,
    code: str,
    after: Grade | None,
    reason: str,
    *,
    by: log.Actor,
    now: datetime,
) -> None:
    """Draft what the notice is to decide: the letter is written from it, nothing counts by it. Raises Invalid without a
    grade or a reason."""
    _refuse_closed(audit)
    if after is None:
        raise Invalid("contested.grade", record=code, field="grade")
    if not reason.strip():
        raise Invalid("audit.change_reason", record=code, field="reason")
    _add(session, audit, code, DRAFT, reason, after, None, by, now)


def decide(
    session: Session,
    audit: AuditView,
    code: str,
    before: Grade | None,
    after: Grade,
    reason: str,
    document_id: int,
    *,
    on_day: date,
    by: log.Actor,
    now: datetime,
) -> None:
    """Keep what the notice decided beside the grade of the minutes."""
    _add(session, audit, code, DECISION, reason, after, document_id, by, now, before=before, on_day=on_day)


def reopened(session: Session, audit: AuditView, *, by: log.Actor, now: datetime) -> None:
    """End what was noted so far: the audit is open again. Why is told by the event of the audit."""
    for code in _notes(session, audit):
        _add(session, audit, code, REOPENED, "", None, None, by, now)


def refuse_undecided(session: Session, audit: AuditView, decided: Iterable[str]) -> None:
    """Refuse a notice that leaves out a contested finding (Invalid `contested.undecided`)."""
    told = set(decided)
    left = [each.criterion.code for each in listed(session, audit) if each.criterion.code not in told]
    if left:
        raise Invalid("contested.undecided", record=audit.reference, count=len(left), first=left[0])


def _refuse_closed(audit: AuditView) -> None:
    if audit.state is not AuditState.MINUTED:
        raise Conflict("contested.state", record=audit.reference, vi=audit.state.vi, en=audit.state.en)


def _add(
    session: Session,
    audit: AuditView,
    code: str,
    what: str,
    text: str,
    after: Grade | None,
    document_id: int | None,
    by: log.Actor,
    now: datetime,
    before: Grade | None = None,
    on_day: date | None = None,
) -> None:
    if len(text) > LONGEST:
        raise Invalid("operation.too_long", record=code, field="reason", value=len(text), longest=LONGEST)
    criterion_id = session.scalar(
        select(CriterionRow.id).where(
            CriterionRow.checklist_version_id == audit.row.checklist_version_id, CriterionRow.code == code
        )
    )
    if criterion_id is None:
        raise Invalid("operation.criterion", record=audit.reference, field="criterion", value=code)
    key = {"province_id": audit.row.province_id, "audit_id": audit.row.id, "criterion_id": criterion_id}
    last = session.scalar(
        select(func.max(FindingNote.number)).where(*(getattr(FindingNote, name) == each for name, each in key.items()))
    )
    standing = _notes(session, audit).get(code, {}).get(what)
    row = standing[0] if standing else None
    if row is not None and (row.text, row.after, row.document_id) == (text.strip(), after, document_id):
        return
    session.add(
        FindingNote(
            **key,
            number=(last or 0) + 1,
            what=what,
            text=text.strip(),
            before=before,
            after=after,
            on_day=on_day,
            document_id=document_id,
            at=now,
            by=by.user_id,
        )
    )
    log.append(
        session,
        audit.row.province_id,
        f"finding.{what}",
        f"{audit.reference} {code}",
        by=by,
        now=now,
        after=after.value if after else None,
    )


def _notes(session: Session, audit: AuditView) -> Mapping[str, dict[str, tuple[FindingNote, str]]]:
    """Criterion → kind of note → the last one since the audit was last opened, with the number of its document.
    Decisions only of the notice that stands."""
    opened = session.scalar(
        select(func.max(AuditEvent.at)).where(
            AuditEvent.province_id == audit.row.province_id,
            AuditEvent.audit_id == audit.row.id,
            AuditEvent.what == "reopened",
        )
    )
    rows = session.execute(
        select(FindingNote, CriterionRow.code, Document.number)
        .join(CriterionRow, CriterionRow.id == FindingNote.criterion_id)
        .outerjoin(Document, Document.id == FindingNote.document_id)
        .where(FindingNote.province_id == audit.row.province_id, FindingNote.audit_id == audit.row.id)
        .order_by(FindingNote.criterion_id, FindingNote.number)
    )
    found: dict[str, dict[str, tuple[FindingNote, str]]] = {}
    for row, code, number in rows:
        if row.what == REOPENED:
            found.pop(code, None)
        elif opened is not None and row.at < opened:  # reopened by a version that left no such note
            continue
        elif row.what != DECISION or row.document_id == audit.row.notice_document_id:
            found.setdefault(code, {})[row.what] = row, number or ""
    return found


def _later(session: Session, audit: AuditView) -> dict[str, tuple[str, bool]]:
    """What the unit said after the minutes, by criterion: its last word, and whether it still waits for the notice."""
    rows = session.execute(
        select(CriterionRow.code, NonconformityEvent.text, Nonconformity.contested)
        .select_from(Nonconformity)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .join(
            NonconformityEvent,
            (NonconformityEvent.province_id == Nonconformity.province_id)
            & (NonconformityEvent.audit_id == Nonconformity.audit_id)
            & (NonconformityEvent.criterion_id == Nonconformity.criterion_id),
        )
        .where(
            Nonconformity.province_id == audit.row.province_id,
            Nonconformity.audit_id == audit.row.id,
            NonconformityEvent.what == "contested",
        )
        .order_by(NonconformityEvent.number)
    )
    return {code: (text or "", flagged) for code, text, flagged in rows}


def _decided(found: tuple[FindingNote, str] | None) -> Decided | None:
    if found is None or found[0].after is None:
        return None
    return Decided(found[0].after, found[0].text, found[1])
