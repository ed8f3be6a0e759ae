"""A unit or a procedure that a team met and that no list has ("chưa có trong danh mục"): settled by the office."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from isoaudit.db import Entry
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.services import log
from isoaudit.services.audits import events
from isoaudit.services.audits.history import Event
from isoaudit.services.audits.reading import AuditView

LONGEST = 500
_EVENT = "unlisted_settled"


def earlier(steps: Iterable[Event]) -> dict[str, list[str]]:
    """Name of an entry ("unlisted/…") → the answers that others took the place of, oldest first; from the audit's
    events."""
    found: dict[str, list[str]] = {}
    for each in steps:
        if each.what == _EVENT and each.content and each.content["before"]:
            found.setdefault(str(each.content["entry"]), []).append(str(each.content["before"]))
    return found


def settle(session: Session, audit: AuditView, entry_id: str, text: str, *, by: log.Actor, now: datetime) -> None:
    """Write what the office found out about it. The note itself stays as the team wrote it; tablets see the answer with
    their next synchronisation. An answer that takes the place of another keeps that one in the audit's events
    (`earlier`). Raises NotFound, Invalid."""
    name, answer = f"unlisted/{entry_id}", " ".join(text.split())
    key = (audit.row.province_id, audit.row.id, name)
    row = session.get(Entry, key, with_for_update=True, populate_existing=True)
    if row is None or row.value is None:
        raise NotFound("entry.unknown", record=audit.reference, value=name)
    if not answer or len(answer) > LONGEST:
        raise Invalid("entry.settled", record=audit.reference, field="settled", most=LONGEST)
    before = str(row.value.get("settled", ""))
    if before == answer:
        return
    row.value, row.revision = {**row.value, "settled": answer}, row.revision + 1
    row.by, row.at, row.device_id, row.op_id = by.user_id, now, None, None
    session.flush()
    content = {"entry": name, "settled": answer, "before": before}
    events.add(session, audit.row.province_id, audit.row.id, _EVENT, by=by, now=now, content=content)
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
