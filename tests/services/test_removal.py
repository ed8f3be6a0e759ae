"""Example data go, real records stay whole: what they rest on stays with them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Document, FactRevision, Programme
from isoaudit.domain.vocabulary import ActivityKind, Role
from isoaudit.services import documents, example, programmes
from isoaudit.services.exampleyear import removal
from isoaudit.services.facts import entry
from isoaudit.services.facts.table import KINDS
from isoaudit.services.log import COMMAND_LINE
from tests import audit_factories, factories

BY: dict[str, Any] = {"by": COMMAND_LINE}


def _document(session: Session, number: str, now: datetime) -> Document:
    written = {"number": number, "kind": "KH", "issuer": "UBND", "subject": number, "issued_on": date(2020, 1, 2)}
    made = documents.enter(session, written, now=now, **BY)
    made.example = True
    return made


def test_what_real_records_rest_on_stays_and_is_example_data_no_longer(session: Session, now: datetime) -> None:
    cited, alone = _document(session, "1/KH-UBND", now), _document(session, "2/KH-UBND", now)
    unit = factories.unit(session)
    done = {"kind": ActivityKind.TRAINING, "year": 2020, "done_on": date(2020, 5, 5), "document_id": cited.id}
    real = entry.enter(session, KINDS["activity"], unit.id, done, now=now, **BY)
    entry.void(session, KINDS["activity"], unit.id, real.id, why="Nhập nhầm", now=now, **BY)
    kept, gone = (
        programmes.add_programme(session, unit.province_id, year=2020, name=name, example=True, now=now, **BY)
        for name in ("Kế hoạch 1", "Kế hoạch 2")
    )
    head = factories.user(session, role=Role.INSPECTOR)
    audit_factories.audit(session, head=head, of=unit, programme_id=kept.id)
    keys = {"cited": cited.id, "alone": alone.id, "kept": kept.id, "gone": gone.id}

    removed = removal.remove(session, now=now, **BY)

    assert removed.kept == {"programme": [keys["kept"]], "document": [keys["cited"]]}
    assert session.scalars(select(Document.id)).all() == [keys["cited"]]
    assert session.scalars(select(Programme.id)).all() == [keys["kept"]]
    assert len(session.scalars(select(Audit.id)).all()) == 1
    assert not example.exists(session)
    left = session.execute(select(FactRevision.entity, FactRevision.entity_id)).all()
    assert ("document", keys["cited"]) in left
    assert ("programme", keys["kept"]) in left
