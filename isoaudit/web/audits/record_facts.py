"""What the minutes need to know of an audit besides what was seen, in the shape of the tablet's package."""

from collections.abc import Mapping
from typing import Any

from isoaudit.domain.vocabulary import Where
from isoaudit.services import library
from isoaudit.services.audits.minutes import Paper
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.record import Record, record_of


def record_from(audit: AuditView, paper: Paper, office: Mapping[str, Any], programme_document: str | None) -> Record:
    """The minutes to print. `office` are the settings; `programme_document` the number of the programme's document."""
    checklist, standard = audit.checklist, library.standards().get(audit.checklist.edition)
    programme = audit.programme
    pack = {
        "audit": audit.reference,
        "mode": audit.row.mode.value,
        "programme": {"name": programme.name, "document": programme_document} if programme else None,
        "province": {"office": office["issuer"]},
        "unit": {"name": audit.unit.name, "kind": audit.unit.kind.value},
        "team": [{"name": each.name, "role": each.role.value} for each in audit.members],
        "earlier": paper.earlier,
        "checklist": {
            "title": checklist.title.label(),
            "version": audit.version,
            "edition": checklist.edition,
            "clauses": [{"number": each.number, "title": each.title.label()} for each in standard.clauses]
            if standard
            else [],
            "places": [{"code": each.value, "name": each.vi} for each in Where],
            "criteria": [
                {
                    "code": each.code,
                    "part": each.part.value,
                    "clause": each.clause,
                    "where": each.where.value if each.where else None,
                    "text": each.text.label(),
                }
                for each in checklist.criteria
            ],
        },
    }
    return record_of(pack, paper.content, paper.signing)
