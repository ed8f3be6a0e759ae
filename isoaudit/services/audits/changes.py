"""Changing a standing answer by document, after the minutes: a new revision in its history, never an overwriting.

Answers of an audit under way are the business of `services.sync`.
"""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, CriterionRow
from isoaudit.domain.audit_life import Given, lacks
from isoaudit.domain.errors import Invalid
from isoaudit.domain.operations import Value, answer_value
from isoaudit.services import log
from isoaudit.services.audits.minutes import BY_NOTICE
from isoaudit.services.audits.reading import AuditView
from isoaudit.services.sync_targets import answer_columns


def by_notice(
    session: Session,
    audit: AuditView,
    code: str,
    value: Value,
    reason: str,
    document_id: int,
    by: log.Actor,
    now: datetime,
) -> None:
    """The notice gives a criterion another answer, with its document and reason.

    Raises Invalid for an unknown criterion, a missing reason, or what the new grade requires and lacks.
    """
    criterion = audit.checklist.criterion(code)
    if criterion is None:
        raise Invalid("operation.criterion", record=audit.reference, field="criterion", value=code)
    if not reason.strip():
        raise Invalid("audit.change_reason", record=code, field="reason")
    stored = answer_value(value, criterion)
    columns = answer_columns(stored)
    given = Given(columns["grade"], columns["note"] or "", columns["reason"] or "", columns["due_on"])
    if lacks(given):
        lack = lacks(given)[0]
        raise Invalid("audit.change_lacks", record=code, field="grade", vi=lack.vi, en=lack.en)
    criterion_id = session.scalars(
        select(CriterionRow.id).where(
            CriterionRow.checklist_version_id == audit.row.checklist_version_id, CriterionRow.code == code
        )
    ).one()
    key = {"province_id": audit.row.province_id, "audit_id": audit.row.id, "criterion_id": criterion_id}
    number = audit.answer(code).revision + 1
    session.execute(
        insert(AnswerRevision).values(
            **key,
            number=number,
            revision=number,
            value=dict(stored),
            outcome=BY_NOTICE,
            why=reason.strip(),
            document_id=document_id,
            at=now,
            received_at=now,
            by=by.user_id,
        )
    )
    if code in audit.answers:
        where = [getattr(Answer, name) == each for name, each in key.items()]
        unseen = {"synchronize_session": False}
        session.execute(update(Answer).where(*where).values(revision=number, **columns), execution_options=unseen)
    else:
        session.execute(insert(Answer).values(**key, revision=number, conflict=False, **columns))
