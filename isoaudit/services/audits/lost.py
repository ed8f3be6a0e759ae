"""Photos that will not come any more: the tablet was lost, its storage broke, a file was removed by hand.

A signed audit waits for every file that it names (`signing.finalise`), and minutes in the browser do as well. The head
of the team or the office says of a file that it is lost, with a reason: one event of the audit, which says who and
when. The answer and what was signed stay as they are; pages and minutes say "ảnh không còn" in its place. A file that
comes after all is taken in as always, and then it is there. Which files are waited for is read in `waiting`.
"""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from isoaudit.domain.errors import Forbidden, Invalid, NotFound
from isoaudit.domain.vocabulary import Role, TeamRole
from isoaudit.services import log, signing
from isoaudit.services.audits import events, life, waiting
from isoaudit.services.audits.reading import AuditView, find

LONGEST = 1000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAY = frozenset({TeamRole.HEAD, Role.OFFICE})


def may_declare(session: Session, audit: AuditView, by: log.Actor) -> bool:
    """Whether an account may say that a file of this audit is lost."""
    return not _MAY.isdisjoint(life.roles_of(session, audit, by))


def missing(session: Session, audit: AuditView) -> list[str]:
    """The files that the audit waits for: named by what stands or by what was signed last, neither there nor lost."""
    province_id, key = audit.row.province_id, audit.row.id
    made = signing.last(session, province_id, key)
    named = waiting.named(session, province_id, key) | (waiting.named_in(made.content) if made else set())
    return sorted(waiting.absent(session, province_id, key, named))


def declare(
    session: Session, province_id: int, reference: str, sha256: str, *, reason: str, by: log.Actor, now: datetime
) -> None:
    """Say that a file is lost for good. A signed audit that waited for nothing else is minuted by it. Raises NotFound
    (`photo.not_missing`), Forbidden (`photo.lost_by`), Invalid (`photo.lost_reason`)."""
    audit = find(session, province_id, reference, to_change=True)
    if not may_declare(session, audit, by):
        raise Forbidden("photo.lost_by", record=reference)
    if not _SHA256.fullmatch(sha256) or sha256 not in missing(session, audit):
        raise NotFound("photo.not_missing", record=sha256[:12])
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST:
        raise Invalid("photo.lost_reason", record=sha256[:12], field="reason", most=LONGEST)
    content = {"sha256": sha256}
    events.add(session, province_id, audit.row.id, waiting.PHOTO_LOST, by=by, now=now, reason=why, content=content)
    log.append(session, province_id, "audit.photo_lost", reference, by=by, now=now, sha256=sha256, reason=why)
    signing.finalise(session, province_id, reference, by=by, now=now)
