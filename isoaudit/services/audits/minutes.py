"""The minutes of an audit as they stand: plain JSON kept in the audit's events, with a digest.

How minutes look on screen and paper is the templates' business.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from isoaudit.db import Audit, Unit
from isoaudit.domain.digest import digest_of
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose, TeamRole
from isoaudit.services.audits.reading import AnswerValue, AuditView, Member


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


def kept(audit: AuditView, told: Mapping[str, Any]) -> AuditView:
    """The audit as minutes kept in its events (`content`) tell it, to be read: its rows are in no session. The
    positions of the team are those of today, since minutes keep names."""
    row = Audit(
        reference=told["reference"],
        mode=Mode(told["mode"]),
        purpose=Purpose(told["purpose"]),
        core_only=told["core_only"],
        state=AuditState.MINUTED,
        minuted_on=_day(told["minuted_on"]),
        concluded_on=_day(told["concluded_on"]),
        **{name: told[name] for name in ("revision", "remarks", "present", "unit_opinion")},
    )
    positions = {each.name: each.position for each in audit.members}
    return replace(
        audit,
        row=row,
        unit=Unit(code=told["unit"]["code"], name=told["unit"]["name"], kind=audit.unit.kind),
        members=tuple(
            Member(0, each["name"], positions.get(each["name"]), TeamRole(each["role"]), each["contents"])
            for each in told["team"]
        ),
        answers={code: _answer(value) for code, value in told["answers"].items()},
    )


def _answer(value: Mapping[str, Any]) -> AnswerValue:
    return AnswerValue(
        grade=Grade(value["grade"]) if value["grade"] else None,
        note=value["note"],
        reason=value["reason"],
        due_on=_day(value["due_on"]),
        request=value["request"],
        evidence=tuple(value["evidence"]),
        documents=tuple(value.get("documents", ())),  # minutes kept by earlier versions do not have these
        dossiers=tuple(value.get("dossiers", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
