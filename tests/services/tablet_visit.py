"""An audit with a head and a member, each with a tablet, for the tests of services."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import User
from isoaudit.domain.vocabulary import Role
from isoaudit.services import devices, sync
from isoaudit.services.audits import entries, reading
from isoaudit.services.devices import Held, Report
from isoaudit.services.log import Actor
from tests import audit_factories, factories, tablet_factories
from tests.tablet_factories import Tablet

CODES = ("A-01", "B-7.2-01", "B-8.5-01")
MINOR = {"grade": "minor", "note": "Thiếu 02 chứng chỉ", "due_on": "2020-12-31"}
DOSSIER = "dossier/00000000-0000-4000-8000-000000000001"
PHOTO = "ab" * 32


class Visit:
    """An audit with a head and a member, each with a tablet that took it along."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.head = factories.user(session, role=Role.INSPECTOR, full_name="Trần Trưởng")
        self.member = factories.user(session, role=Role.INSPECTOR, full_name="Lê Thành")
        self.audit = audit_factories.audit(session, head=self.head, members=(self.member,))
        self.province, self.reference = self.audit.province_id, self.audit.reference
        self.a, self.b = Tablet(1, self.reference), Tablet(2, self.reference)

    def by(self, tablet: Tablet | User) -> Actor:
        """The person of a tablet."""
        person = tablet if isinstance(tablet, User) else {1: self.head, 2: self.member}[tablet.number]
        return Actor.of(person, "10.0.0.1", "tablet")

    def send(self, tablet: Tablet, *operations: Any) -> list[sync.Outcome]:
        """Take a batch of one tablet."""
        return sync.take(self.session, self.province, operations, by=self.by(tablet), now=self.now)

    def report(self, tablet: Tablet, **held: int) -> devices.Told:
        """The tablet says what it holds of the audit."""
        said = Report(f"Máy {tablet.number}", "1", tablet.seq, "", (Held(self.reference, **held),))
        return devices.report(self.session, self.province, tablet.id, said, by=self.by(tablet), now=self.now)

    def view(self) -> reading.AuditView:
        """The audit."""
        return reading.find(self.session, self.province, self.reference)

    def content(self, **more: Any) -> dict[str, Any]:
        """What stands, as it would be signed."""
        kept = entries.of(self.session, self.province, self.audit.id)
        return tablet_factories.content(self.view(), kept) | more

    def answered(self) -> None:
        """Every criterion answered by the head's tablet."""
        first, *others = CODES
        self.send(self.a, self.a.answer(first, **MINOR), *(self.a.answer(each, grade="conformity") for each in others))
