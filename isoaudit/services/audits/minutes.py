"""The minutes of an audit as they stand: plain JSON kept in the audit's events, with a digest; and what paper prints of
them, which is what was signed on a device where it was.

How minutes look on screen and paper, and their words, is the pages' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, AuditEvent, CriterionRow, Nonconformity, Signature, Unit
from isoaudit.domain.digest import digest_of
from isoaudit.domain.operations import AuditField
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose, TeamRole
from isoaudit.services.audits import entries
from isoaudit.services.audits.reading import AnswerValue, AuditView, Member

_VERIFY = "verify/"


@dataclass(frozen=True, slots=True)
class Paper:
    """What minutes print. `content` has the shape of what a device signs (`domain.signing`); `signing` is None for a
    draft, and without a digest for minutes made in the browser; `earlier` are the findings that were looked at again:
    audit, criterion, description."""

    content: Mapping[str, Any]
    signing: Mapping[str, Any] | None
    earlier: tuple[Mapping[str, str], ...]


BY_NOTICE = "notice"
"""The outcome of an answer that the notice of conclusion gave: it stands from then on; the minutes do not change."""


def content(audit: AuditView, noted: Mapping[str, entries.Kept] | None = None) -> dict[str, Any]:
    """Everything that the minutes say: facts, team, general texts, every answer, the entries `noted`; `digest` covers
    the rest."""
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
        "entries": _standing(noted or {}),
    }
    return told | {"digest": digest_of(told)}


def paper(session: Session, audit: AuditView) -> Paper:
    """What the minutes print now: what was signed, as long as it stands; otherwise what the minutes kept, whatever a
    notice changed since; a draft of what stands while there are none."""
    row = audit.row
    told = _last_kept(session, audit) if audit.state in (AuditState.MINUTED, AuditState.CONCLUDED) else None
    signed = _signed(session, row.province_id, row.id, _number(session, audit, told)) if _is_signed(audit) else None
    if signed is not None:
        return _paper(session, row.province_id, *signed)
    standing = _standing(entries.of(session, row.province_id, row.id))
    if told is not None:
        then = kept(audit, told)
        return _paper(
            session, row.province_id, _content(then, told.get("entries", standing)), _unsigned(row.minuted_on)
        )
    shown = _before_notice(session, audit) if audit.state is AuditState.CONCLUDED else audit
    return _paper(session, row.province_id, _content(shown, standing), _unsigned(row.minuted_on))


def changed_since(session: Session, audit: AuditView) -> bool:
    """Whether the notice of conclusion gave a criterion another grade than the minutes."""
    if audit.state is not AuditState.CONCLUDED:
        return False
    key = (AuditEvent.province_id == audit.row.province_id, AuditEvent.audit_id == audit.row.id)
    told = session.scalar(
        select(AuditEvent.content)
        .where(*key, AuditEvent.what == "concluded")
        .order_by(AuditEvent.number.desc())
        .limit(1)
    )
    return bool((told or {}).get("changes"))


def kept_paper(session: Session, audit: AuditView, told: Mapping[str, Any]) -> Paper:
    """What minutes kept in an event (`content`) print; `audit` is the audit itself, not as they tell it."""
    row, number = audit.row, told.get("signature", {}).get("number")
    signed = _signed(session, row.province_id, row.id, number) if number else None
    if signed is not None:
        return _paper(session, row.province_id, *signed)
    then = kept(audit, told)
    return _paper(session, row.province_id, _content(then, told.get("entries", {})), _unsigned(then.row.minuted_on))


def _is_signed(audit: AuditView) -> bool:
    return audit.state in (AuditState.SIGNED, AuditState.MINUTED, AuditState.CONCLUDED)


def _number(session: Session, audit: AuditView, told: Mapping[str, Any] | None) -> int | None:
    """The number of the signature that stands: the last one until the minutes, then the one that they name."""
    if audit.state is AuditState.SIGNED:
        of = (Signature.province_id == audit.row.province_id, Signature.audit_id == audit.row.id)
        return session.scalar(select(func.max(Signature.number)).where(*of))
    number: int | None = (told or {}).get("signature", {}).get("number")
    return number


def _last_kept(session: Session, audit: AuditView) -> Mapping[str, Any] | None:
    """What the last minutes kept; None for imported ones."""
    key = (AuditEvent.province_id == audit.row.province_id, AuditEvent.audit_id == audit.row.id)
    return session.scalar(
        select(AuditEvent.content).where(*key, AuditEvent.what == "minuted").order_by(AuditEvent.number.desc()).limit(1)
    )


def _before_notice(session: Session, audit: AuditView) -> AuditView:
    """The audit with the answers that stood before the notice changed some."""
    of = (AnswerRevision.province_id == audit.row.province_id, AnswerRevision.audit_id == audit.row.id)
    noticed = select(AnswerRevision.criterion_id).where(*of, AnswerRevision.outcome == BY_NOTICE)
    rows = session.execute(
        select(CriterionRow.code, AnswerRevision.outcome, AnswerRevision.value)
        .join(CriterionRow, CriterionRow.id == AnswerRevision.criterion_id)
        .where(*of, AnswerRevision.criterion_id.in_(noticed))
        .order_by(AnswerRevision.criterion_id, AnswerRevision.number)
    )
    before: dict[str, Mapping[str, Any] | None] = {}
    for code, outcome, value in rows:
        before.setdefault(code, None)
        if outcome != BY_NOTICE:
            before[code] = value
    answers = {code: each for code, each in audit.answers.items() if code not in before}
    for code, told in before.items():
        if told is not None:
            answers[code] = _answer({**audit.answer(code).value(), **told})
    return replace(audit, answers=answers)


def _standing(noted: Mapping[str, entries.Kept]) -> dict[str, Any]:
    """The entries that stand, without the general texts."""
    fields = {each.value for each in AuditField}
    return {name: dict(each.value) for name, each in noted.items() if name not in fields and each.value is not None}


def _signed(
    session: Session, province_id: int, audit_id: int, number: int | None
) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    made = session.get(Signature, (province_id, audit_id, number)) if number else None
    if made is None:
        return None
    told = {"digest": made.digest, "minuted_on": made.minuted_on.isoformat(), "amends": made.amends}
    return made.content, told | {"signatures": made.signatures}


def _unsigned(minuted_on: date | None) -> Mapping[str, Any] | None:
    return {"digest": "", "signatures": (), "amends": None} if minuted_on else None


def _content(audit: AuditView, standing: Mapping[str, Any]) -> dict[str, Any]:
    """What stands, in the shape of what devices sign."""
    codes = [each.code for each in audit.checklist.criteria if audit.answer(each.code).grade is not None]
    return {
        "minuted_on": audit.row.minuted_on.isoformat() if audit.row.minuted_on else "",
        "answers": [{"criterion": code, "value": audit.answer(code).value()} for code in codes],
        "entries": standing,
        "fields": {each.value: getattr(audit.row, each.value) or "" for each in AuditField},
    }


def _paper(session: Session, province_id: int, content: Mapping[str, Any], signing: Mapping[str, Any] | None) -> Paper:
    names = [name.removeprefix(_VERIFY) for name in sorted(content["entries"]) if name.startswith(_VERIFY)]
    pairs = [tuple(name.split(":", 1)) for name in names]
    described: dict[tuple[str, str], str | None] = {}
    if pairs:
        rows = session.execute(
            select(Audit.reference, CriterionRow.code, func.coalesce(Nonconformity.description, Answer.note))
            .select_from(Nonconformity)
            .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
            .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
            .outerjoin(
                Answer,
                (Answer.province_id == Nonconformity.province_id)
                & (Answer.audit_id == Nonconformity.audit_id)
                & (Answer.criterion_id == Nonconformity.criterion_id),
            )
            .where(Audit.province_id == province_id, Audit.reference.in_({audit for audit, _ in pairs}))
        )
        described = {(reference, code): text for reference, code, text in rows}
    earlier = tuple(
        {"audit": one, "criterion": code, "description": described.get((one, code)) or ""} for one, code in pairs
    )
    return Paper(content, signing, earlier)


def kept(audit: AuditView, told: Mapping[str, Any]) -> AuditView:
    """The audit as minutes kept in its events (`content`) tell it, to be read: its rows are in no session. The
    positions of the team are those of today, since minutes keep names."""
    row = Audit(
        province_id=audit.row.province_id,
        id=audit.row.id,
        planned_on=audit.row.planned_on,
        created_at=audit.row.created_at,
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
