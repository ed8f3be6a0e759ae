"""Packages as JSON: the list of a person, and one whole audit.

The digest covers all of a package; the checklist and the ready sentences, which are the same for many, by their own
digests. The list gives the same digest, so that a tablet knows without asking whether the server has something newer.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.digest import digest_of
from isoaudit.domain.documentwords import cited
from isoaudit.domain.errors import NotFound
from isoaudit.domain.operations import AuditField
from isoaudit.domain.targets import Reply, waiting
from isoaudit.domain.vocabulary import Grade, TeamRole
from isoaudit.services.audits.reading import answer_of, counted_in, pinned
from isoaudit.services.devices import aboard
from isoaudit.services.packages import checklist as shared
from isoaudit.services.packages import reading
from isoaudit.services.packages.reading import Rows

_FIELDS = {each.value for each in AuditField}


def listed(session: Session, province_id: int, user_id: int, *, today: date) -> list[dict[str, Any]]:
    """The packages of a person, the next ones first; a fixed number of queries, however many they are."""
    rows = reading.of_person(session, province_id, user_id, today)
    lines = []
    for audit in rows.audits:
        content = _content(session, rows, audit, user_id, today)
        checklist = pinned(session, audit.checklist_version_id, audit.checklist)
        grades = {each.code: each.grade for each in rows.answers.get(audit.id, ())}
        counted = counted_in(checklist, audit.unit_kind, grades, audit.core_only)
        same = ("audit", "unit", "planned_on", "state", "mode", "purpose", "core_only", "role", "revision")
        along = [each for each in rows.devices.get(audit.id, ()) if _along(each, audit.reference)]
        lines.append(
            {name: content[name] for name in (*same, "digest")}
            | {"devices": [_device(each) for each in along]}
            | {"checklist": {name: content["checklist"][name] for name in ("id", "version", "digest")}}
            | {"asked": len(counted), "answered": sum(grades.get(each.code) is not None for each in counted)}
        )
    return lines


def one(session: Session, province_id: int, user_id: int, reference: str, *, today: date) -> dict[str, Any]:
    """The whole package of an audit. Raises NotFound when there is none, or when the person is not in its team."""
    rows = reading.of_audit(session, province_id, user_id, reference)
    if not rows.audits:
        raise NotFound("package.unknown", record=reference)
    return _content(session, rows, rows.audits[0], user_id, today)


def _content(session: Session, rows: Rows, audit: Any, user_id: int, today: date) -> dict[str, Any]:
    checklist = pinned(session, audit.checklist_version_id, audit.checklist)
    entries = rows.entries.get(audit.id, ())
    told = rows.settings
    content: dict[str, Any] = {
        "audit": audit.reference,
        "revision": audit.revision,
        "state": audit.state.value,
        "mode": audit.mode.value,
        "purpose": audit.purpose.value,
        "core_only": audit.core_only,
        "planned_on": _day(audit.planned_on),
        "planned_at": audit.created_at.isoformat(),
        "started_at": audit.started_at.isoformat() if audit.started_at else None,
        "minuted_on": _day(audit.minuted_on),
        "group": audit.group_name or "",
        "programme": _programme(audit),
        "me": user_id,
        "role": audit.role.value,
        "province": {"name": told["province"], "steering": told["committee"], "office": told["issuer"]},
        "unit": {
            "code": audit.unit_code,
            "name": audit.unit_name,
            "kind": audit.unit_kind.value,
            "district": audit.district or "",
        },
        "team": _team(rows.teams.get(audit.id, ())),
        "answers": _answers(rows, audit),
        "entries": {row.target: _standing(row, _same) for row in entries if row.target not in _FIELDS},
        "fields": {row.target: _standing(row, _text) for row in entries if row.target in _FIELDS},
        "evidence": _files(rows, audit.id),
        "earlier": [
            _finding(session, checklist, each, today)
            for each in rows.findings.get(audit.unit_id, ())
            if each.reference != audit.reference
        ],
        "previous": _previous(rows.previous.get(audit.previous, ())),
        "signature": _signature(rows.signatures.get(audit.id, ())),
        "devices": [_device(each) for each in rows.devices.get(audit.id, ())],
        "catalogue": {"procedures": list(rows.procedures)},
    }
    by_digest = {"checklist": checklist.digest, "sentences": shared.ready_digest(checklist.id)}
    content["digest"] = digest_of(content | by_digest)
    return content | {"checklist": shared.content(checklist), "sentences": shared.ready(checklist.id)}


def _programme(audit: Any) -> dict[str, Any] | None:
    if audit.programme_year is None:
        return None
    number, day = audit.programme_document, audit.programme_document_day
    document = cited(number, day) if number else None
    return {"year": audit.programme_year, "name": audit.programme_name, "document": document}


def _team(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Head first, then members, then the secretary, each by name."""
    order = list(TeamRole)
    return [
        {"user_id": each.id, "name": each.full_name, "role": each.role.value, "contents": each.contents or ""}
        for each in sorted(rows, key=lambda each: order.index(each.role))
    ]


def _answers(rows: Rows, audit: Any) -> dict[str, Any]:
    """What stands for each criterion, who gave it and when, and what waits against it."""
    standing: dict[str, Any] = {}
    history: dict[str, list[tuple[str, Any]]] = {}
    for given in rows.history.get(audit.id, ()):
        history.setdefault(given.code, []).append((given.outcome, given))
        if given.outcome != Reply.CONFLICT:
            standing[given.code] = given
    found = {}
    for _audit, code, *columns in rows.answers.get(audit.id, ()):
        answer, given = answer_of(*columns), standing.get(code)
        found[code] = {
            "revision": answer.revision,
            "conflict": answer.conflict,
            "value": answer.value(),
            "by": given.by if given else None,
            "at": (given.at if given else audit.created_at).isoformat(),
            "contenders": [
                {
                    "revision": each.number,
                    "value": _whole(each.value),
                    "by": each.by,
                    "device_id": each.device_id,
                    "at": each.at.isoformat(),
                }
                for each in (waiting(history.get(code, ())) if answer.conflict else ())
            ],
        }
    return found


def _whole(value: Mapping[str, Any]) -> dict[str, Any]:
    """A value of the history in today's shape: older ones lack the lists that came later."""
    empty = answer_of(None, None, None, None, None, None, None, None, 0, False).value()
    return {name: value.get(name) or empty[name] for name in empty}


def _standing(row: Any, shaped: Any) -> dict[str, Any]:
    """What stands for an entry or a general text."""
    return {
        "revision": row.revision,
        "conflict": bool(row.contenders),
        "value": shaped(row.value),
        "by": row.by,
        "at": row.at.isoformat(),
        "contenders": [
            {
                "revision": each["number"],
                "value": shaped(each["value"]),
                "by": each["by"],
                "device_id": each["device_id"],
                "at": each["at"],
            }
            for each in row.contenders
        ],
    }


def _same(value: Any) -> Any:
    return value


def _text(value: Mapping[str, Any] | None) -> str:
    return str((value or {}).get("text") or "")


def _files(rows: Rows, audit_id: int) -> dict[str, Any]:
    """Every file that the audit names, whether it has arrived, and why it will not."""
    own = (rows.answers.get(audit_id, ()), rows.history.get(audit_id, ()), rows.entries.get(audit_id, ()))
    lost = {each.content["sha256"]: each.reason for each in rows.lost.get(audit_id, ())}
    return {
        sha256: {
            "size": rows.files.get(sha256, 0),
            "complete": sha256 in rows.files,
            "lost": lost.get(sha256) if sha256 not in rows.files else None,
        }
        for sha256 in sorted(reading.files_of(*own))
    }


def _finding(session: Session, checklist: Checklist, row: Any, today: date) -> dict[str, Any]:
    """An open nonconformity; the text is that of the version which asked it."""
    asked = checklist if row.checklist == checklist.digest else pinned(session, row.checklist_version_id, row.checklist)
    criterion = asked.criterion(row.code)
    return {
        "audit": row.reference,
        "criterion": row.code,
        "text": criterion.text.label() if criterion else "",
        "grade": row.grade.value,
        "description": row.description or "",
        "raised_on": _day(row.raised_on),
        "due_on": _day(row.due_on),
        "state": row.state.value,
        "overdue": row.due_on is not None and row.due_on < today,
    }


def _previous(rows: Sequence[Any]) -> dict[str, Any]:
    return {
        each.code: {
            "grade": each.grade.value if isinstance(each.grade, Grade) else None,
            "note": each.note or "",
            "request": each.request or "",
            "minuted_on": _day(each.minuted_on),
        }
        for each in rows
    }


def _signature(rows: Sequence[Any]) -> dict[str, Any] | None:
    if not rows:
        return None
    last = rows[-1]
    return {
        "number": last.number,
        "digest": last.digest,
        "minuted_on": _day(last.minuted_on),
        "signed_at": last.signed_at.isoformat(),
        "by": last.by,
        "signatures": [_strokes(each) for each in last.signatures],
        "amends": last.amends,
    }


def _strokes(each: Mapping[str, Any]) -> dict[str, Any]:
    """One side's signature, whole: what the device left out is empty."""
    texts = {name: each.get(name) or "" for name in ("side", "name", "position", "path", "reason")}
    return texts | {"refused": bool(each.get("refused"))}


def _along(row: Any, reference: str) -> bool:
    """Whether a device that took the audit along is in use and still has it on board."""
    return row.revoked_at is None and aboard(row.holds, reference)


def _device(row: Any) -> dict[str, Any]:
    return {
        "device": row.device_id,
        "name": row.name or row.device_id[:8],
        "user": row.full_name,
        "delivered": row.delivered_at is not None,
        "released": row.released_at is not None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
