"""The minutes of an audit as they stand: plain JSON kept in the audit's events, with a digest.

How minutes look on screen and paper is the templates' business.
"""

from typing import Any

from isoaudit.domain.digest import digest_of
from isoaudit.services.audits.reading import AuditView


def content(audit: AuditView) -> dict[str, Any]:
    """Everything that the minutes say: facts, team, general texts, every answer; `digest` covers the rest."""
    row = audit.row
    told: dict[str, Any] = {
        "reference": row.reference,
        "unit": {"id": audit.unit.id, "code": audit.unit.code, "name": audit.unit.name},
        "mode": row.mode.value,
        "purpose": row.purpose.value,
        "checklist": {"id": audit.checklist.id, "version": audit.checklist.version, "digest": audit.checklist.digest},
        "core_only": row.core_only,
        "minuted_on": row.minuted_on.isoformat() if row.minuted_on else None,
        "concluded_on": row.concluded_on.isoformat() if row.concluded_on else None,
        "revision": row.revision,
        "team": [{"name": each.name, "role": each.role.value, "contents": each.contents} for each in audit.members],
        "remarks": row.remarks,
        "present": row.present,
        "unit_opinion": row.unit_opinion,
        "answers": {code: each.value() for code, each in sorted(audit.answers.items())},
    }
    return told | {"digest": digest_of(told)}
