"""A unit or a procedure that a team met and that no list has ("chưa có trong danh mục"): settled by the office."""

from datetime import datetime

from sqlalchemy.orm import Session

from isoaudit.db import Entry
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.services import log
from isoaudit.services.audits.reading import AuditView

LONGEST = 500


def settle(session: Session, audit: AuditView, entry_id: str, text: str, *, by: log.Actor, now: datetime) -> None:
    """Write what the office found out about it. The note itself stays as the team wrote it; tablets see the answer with
    their next synchronisation. Raises NotFound, Invalid."""
    name, answer = f"unlisted/{entry_id}", " ".join(text.split())
    key = (audit.row.province_id, audit.row.id, name)
    row = session.get(Entry, key, with_for_update=True, populate_existing=True)
    if row is None or row.value is None:
        raise NotFound("entry.unknown", record=audit.reference, value=name)
    if not answer or len(answer) > LONGEST:
        raise Invalid("entry.settled", record=audit.reference, field="settled", most=LONGEST)
    before = row.value.get("settled", "")
    row.value, row.revision = {**row.value, "settled": answer}, row.revision + 1
    row.by, row.at, row.device_id, row.op_id = by.user_id, now, None, None
    session.flush()
    log.append(
        session,
        audit.row.province_id,
        "audit.unlisted",
        audit.reference,
        by=by,
        now=now,
        entry=name,
        settled=[before, answer],
    )
