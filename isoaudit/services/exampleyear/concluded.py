"""How the audits of the provincial agencies were concluded: one notice for all of them, on one finding against the
minutes. The unit kept its opinion on it, the team looked again, the notice calls it a recommendation.

The unit, the finding and the words are in `seen/meetings.toml`; that the unit reserved its opinion stands in the
entries of the audit (`meetings`). Everything goes through the services that people use.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import Document
from isoaudit.domain.vocabulary import DocumentKind, Grade
from isoaudit.services import documents, log, settings
from isoaudit.services.accounts import people
from isoaudit.services.audits import contested, entries, life
from isoaudit.services.audits.reading import find
from isoaudit.services.exampleyear.meetings import Held
from isoaudit.services.exampleyear.seeing import FOLDER
from isoaudit.services.exampleyear.story import YEAR, Group
from isoaudit.services.library import read_toml
from isoaudit.services.nonconformities import raising

CONCLUDED_ON = date(YEAR, 11, 20)
NOTICE = {
    "number": "168/TB-SKHCN",
    "kind": DocumentKind.NOTICE.value,
    "issuer": "Sở Khoa học và Công nghệ",
    "issued_on": CONCLUDED_ON,
    "subject": "Kết luận kiểm tra việc áp dụng hệ thống quản lý chất lượng tại cơ quan chuyên môn cấp tỉnh "
    f"năm {YEAR} (minh hoạ)",
}


def load(session: Session, audits: Sequence[Held], *, head: str, office: str, now: datetime) -> None:
    """Conclude them. `head` and `office` are the names of the accounts of the head of the teams and of the office."""
    told = read_toml(FOLDER / "meetings.toml")["disputed"]
    leading, concluding = (
        log.Actor.of(people.named(session, name), "localhost", log.COMMAND_LINE.destination) for name in (head, office)
    )
    home = settings.home(session).id
    row = Document(province_id=home, example=True, **documents.cleaned(NOTICE))
    notice = documents.DOCUMENTS.enter(session, row, by=concluding, now=now)
    for each in audits:
        if each.story.group is Group.AGENCIES:
            changes = (
                _dispute(session, each, told, by=leading, now=now) if each.story.place.code == told["unit"] else ()
            )
            life.conclude(
                session,
                home,
                each.row.reference,
                concluded_on=CONCLUDED_ON,
                document_id=notice.id,
                grade_changes=changes,
                by=concluding,
                now=now,
            )


def _dispute(
    session: Session, held: Held, told: Mapping[str, Any], *, by: log.Actor, now: datetime
) -> tuple[life.GradeChange, ...]:
    """Mark the finding as contested since the minutes, with the team's view; what the notice is to decide."""
    audit = find(session, held.row.province_id, held.row.reference)
    assert audit.row.minuted_on is not None
    kept = entries.of(session, audit.row.province_id, audit.row.id)
    raising.contest(session, audit, kept, on_day=audit.row.minuted_on, by=by, now=now)
    contested.say(session, audit, told["criterion"], told["view"], by=by, now=now)
    return (life.GradeChange(told["criterion"], Grade.OPPORTUNITY, told["reason"], told["note"]),)
