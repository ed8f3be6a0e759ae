"""What is known for the papers of one inspection or of several: the fields of templates, filled from the records.

The fields are told in `export.letters.fields`; lists of findings, sessions and people are made in `papers_lists`. What
is not known yet comes as dots, so that a draft shows where it is to be written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditPaper, Document, Programme, Unit
from isoaudit.domain.documentwords import long_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import BLOCK_OF, Block, PaperKind, UnitKind
from isoaudit.export.letters import Facts, wording
from isoaudit.export.minutes import words
from isoaudit.services import minutes, papers_lists, settings
from isoaudit.services.audits import contested
from isoaudit.services.audits import minutes as kept_minutes
from isoaudit.services.audits.reading import AuditView
from isoaudit.services.papers_group import Grouped


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days by which papers of a file are expected, worked out from its steps (`inspection_file`)."""

    report_due: date | None = None
    remedy_due: date | None = None


def of_audit(
    session: Session, audit: AuditView, kind: PaperKind, papers: Sequence[AuditPaper], due: Deadlines
) -> Facts:
    """For a paper of one audit. `papers` are those kept in its file: a number, day and signer given to a paper of this
    kind are printed on it."""
    values, row = settings.read(session), audit.row
    kept = {each.kind: each for each in papers}
    told = kept_minutes.paper(session, audit)
    disputed = contested.listed(session, audit)
    record = minutes.record_from(session, audit, papers_lists.after_decisions(audit, told, disputed), values)
    unit = papers_lists.called(audit.unit.name, audit.unit.kind, _district(session, audit.unit))
    rows = papers_lists.corrections(session, audit.row.province_id, [row.id])
    still = [each for each in rows if each["open"]]
    day = row.minuted_on or row.planned_on
    meeting = told.content["entries"].get("meeting") or {}
    changed = [each for each in disputed if (each.decision or each.draft) and papers_lists.changes(each)]
    texts = _office(session, values) | {
        "standard": words.standard(audit.checklist.edition),
        "year": str(audit.programme.year if audit.programme else (day or row.created_at).year),
        "next_year": str((audit.programme.year if audit.programme else (day or row.created_at).year) + 1),
        "programme": _programme(session, audit.programme),
        "unit": unit,
        "addressee": unit,
        "single": "1",
        "units_count": count_text(1),
        "references": audit.reference,
        "days": long_date(row.planned_on) if row.planned_on else wording.LONG_DAY_DOTS,
        "place": meeting.get("place") or wording.seat(unit),
        "began": words.hour(words.text(meeting.get("began"))),
        "purpose": row.purpose.vi,
        "head": audit.head.name if audit.head else "",
        "secretary": record.secretary,
        "decision": _cited(kept, PaperKind.DECISION, values),
        "announced": _cited(kept, PaperKind.SCHEDULE, values),
        "minutes": _minutes(audit, kept, values),
        "team_report": _cited(kept, PaperKind.TEAM_REPORT, values),
        "notice": _notice(audit, kept, values),
        "request": _cited(kept, PaperKind.REQUEST, values),
        "remedy": _cited(kept, PaperKind.REMEDY, values),
        "report_due": wording.day(due.report_due),
        "remedy_due": wording.day(due.remedy_due),
        "minuted": wording.day(row.minuted_on),
        "seen": record.seen,
        "remarks": record.remarks,
        "strengths": record.strengths,
        "opinion": record.opinion,
        "score": minutes.official_score(audit, told, values),
        "findings_count": count_text(len(record.shortcomings)),
        "no_findings": "" if record.shortcomings else "1",
        "suggestions_count": count_text(len(record.suggestions)),
        "contested_count": count_text(len(disputed)),
        "changes_count": count_text(len(changed)),
        "open_count": count_text(len(still)) if still else "",
        "none_open": "" if still else "1",
        "nobody": "" if record.unit else "1",
        "dossiers": record.dossier_text,
    }
    units = [papers_lists.unit_line(1, unit, row.planned_on, audit.reference, len(still))]
    lists = {
        "team": papers_lists.team(audit.members),
        "attending": papers_lists.attending(record.unit),
        "units": units,
        "returning": papers_lists.returning(units),
        "sessions": papers_lists.sessions(session, audit),
        "findings": papers_lists.findings(record.shortcomings, unit),
        "suggestions": papers_lists.findings(record.suggestions, unit),
        "remaining": papers_lists.numbered(still),
        "corrections": papers_lists.numbered(rows),
        "decisions": papers_lists.decisions(disputed),
    }
    facts = _facts(texts, lists, kept.get(kind), row.planned_on or row.created_at.date())
    if kind is PaperKind.NOTICE and kind not in kept and audit.notice is not None:
        return replace(facts, issued_on=audit.notice.issued_on, number=audit.notice.number)
    return facts


def of_audits(
    session: Session,
    audits: Sequence[Grouped],
    programme: Programme | None,
    shared: AuditPaper | None,
    decision: AuditPaper | None,
    due: Deadlines,
) -> Facts:
    """For a paper of several audits; `shared` is the one already kept for them, `decision` that on the team."""
    values = settings.read(session)
    names = {
        each.row.id: papers_lists.called(each.unit.name, each.unit.kind, _district(session, each.unit))
        for each in audits
    }
    days = sorted(each.row.planned_on for each in audits if each.row.planned_on)
    first, last = (days[0], days[-1]) if days else (None, None)
    rows = papers_lists.corrections(session, audits[0].row.province_id, [each.row.id for each in audits])
    still = [each for each in rows if each["open"]]
    missing = {name: sum(each["unit"] == name for each in still) for name in names.values()}
    year = programme.year if programme else (first or audits[0].row.created_at.date()).year
    heads = {each.head.name for each in audits if each.head}
    texts = _office(session, values) | {
        "standard": words.standard(audits[0].edition),
        "year": str(year),
        "next_year": str(year + 1),
        "programme": _programme(session, programme),
        "unit": wording.several(len(audits)),
        "addressee": wording.UNITS,
        "several": "1",
        "units_count": count_text(len(audits)),
        "references": f"{audits[0].row.reference} … {audits[-1].row.reference}",
        "days": wording.span(first, last),
        "head": next(iter(heads)) if len(heads) == 1 else "",
        "decision": _cited({PaperKind.DECISION: decision} if decision else {}, PaperKind.DECISION, values),
        "report_due": wording.day(due.report_due),
        "remedy_due": wording.day(due.remedy_due),
    }
    units = [
        papers_lists.unit_line(
            place, names[each.row.id], each.row.planned_on, each.row.reference, missing[names[each.row.id]]
        )
        for place, each in enumerate(audits, 1)
    ]
    lists = {
        "team": papers_lists.team(papers_lists.together([each.members for each in audits])),
        "units": units,
        "returning": papers_lists.returning(units),
        "remaining": papers_lists.numbered(still),
        "corrections": papers_lists.numbered(rows),
    }
    return _facts(texts, lists, shared, first or audits[0].row.created_at.date())


def _facts(
    texts: Mapping[str, str],
    lists: Mapping[str, Sequence[Mapping[str, Any]]],
    given: AuditPaper | None,
    dated: date,
) -> Facts:
    whole = papers_lists.complete(texts)
    if given is None:
        return Facts(whole, dated, lists)
    return Facts(whole, given.issued_on or dated, lists, given.issued_on, given.number, given.signer)


def _office(session: Session, values: Mapping[str, Any]) -> dict[str, str]:
    """The settings of the office as papers use them."""
    names = ("province", "parent_body", "issuer", "issuer_code", "authority_line", "signer_title", "signer")
    told = {name: str(values[name]) for name in (*names, "committee")}
    agencies = session.scalars(select(Unit.name).where(Unit.kind == UnitKind.AGENCY, Unit.code == told["issuer_code"]))
    spoken = next((name for name in agencies if name.upper() == told["issuer"].upper()), "")
    return told | {"office": spoken or wording.lowered(told["issuer"]), "town": str(values["place"])}


def _district(session: Session, unit: Unit) -> str:
    """The name of a commune's district; empty for every other unit."""
    above = session.get(Unit, unit.parent_id) if unit.parent_id and BLOCK_OF[unit.kind] is Block.COMMUNE else None
    return above.name if above is not None and above.kind is UnitKind.DISTRICT else ""


def _programme(session: Session, programme: Programme | None) -> str:
    if programme is None:
        return wording.ON_DUTY
    document = session.get(Document, programme.document_id) if programme.document_id else None
    if document is None:
        return wording.programme(programme.name, "", None)
    return wording.programme(programme.name, document.number, document.issued_on)


def _cited(kept: Mapping[PaperKind, AuditPaper], kind: PaperKind, values: Mapping[str, Any]) -> str:
    paper = kept.get(kind)
    number, issued_on = (paper.number, paper.issued_on) if paper else ("", None)
    return wording.cited(kind, number, issued_on, values["issuer_code"])


def _minutes(audit: AuditView, kept: Mapping[PaperKind, AuditPaper], values: Mapping[str, Any]) -> str:
    """The minutes with their number, if any was given to them, and the day on which they were made."""
    paper = kept.get(PaperKind.MINUTES) or kept.get(PaperKind.FOLLOW_UP)
    number, issued_on = (paper.number, paper.issued_on) if paper else ("", None)
    return wording.cited(PaperKind.MINUTES, number, issued_on or audit.row.minuted_on, values["issuer_code"])


def _notice(audit: AuditView, kept: Mapping[PaperKind, AuditPaper], values: Mapping[str, Any]) -> str:
    if audit.notice is None:
        return _cited(kept, PaperKind.NOTICE, values)
    return wording.cited(PaperKind.NOTICE, audit.notice.number, audit.notice.issued_on, values["issuer_code"])
