"""The minutes of an audit as paper: what they say gathered from the audit, and the files to download.

What minutes say and how is in `export.minutes`; what was signed, or stands, in `audits.minutes`. The score is told only
where a decision of the steering committee makes it official (RULES §6).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AuditPaper, AuditSource, Document, Evidence
from isoaudit.domain.audit import band, score, tally_of
from isoaudit.domain.checklist import Checklist, Part
from isoaudit.domain.documentwords import cited
from isoaudit.domain.vocabulary import Grade, Mode, PaperKind, Purpose, Where
from isoaudit.export.docx import write_docx
from isoaudit.export.minutes import Besides, Outcome, Record, minutes_paper, record_of, words
from isoaudit.export.paper.blocks import Paper
from isoaudit.export.paper.photos import printable
from isoaudit.export.pdf import write_pdf
from isoaudit.services import example, library, papers_lists, settings, vault
from isoaudit.services.audits import elsewhere, minutes, waiting
from isoaudit.services.audits.reading import AuditView

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": write_docx, "pdf": write_pdf}
MEDIA_TYPES = {"docx": vault.DOCX, "pdf": vault.PDF}
_PLACES = [{"code": each.value, "name": each.vi} for each in Where]
_PACKED: dict[str, Mapping[str, Any]] = {}
"""What packs say of a checklist, by its digest: published versions never change."""


def paper(
    session: Session, audit: AuditView, told: minutes.Paper | None = None, *, evidence: Path | None = None
) -> Paper:
    """The paper of the minutes that stand, or of `told`; `evidence` is the folder of the photos, without which the
    paper has their captions only."""
    told = told or minutes.paper(session, audit)
    values = settings.read(session)
    record = record_from(session, audit, told, values)
    source = elsewhere.of(session, audit) if audit.row.imported else None
    if source is not None:
        record = replace(record, issuer=source.body.upper())
    day = told.content["minuted_on"]
    photos = {} if evidence is None else _photos(session, audit, record, evidence)
    besides = Besides(
        dated=date.fromisoformat(day) if day else audit.row.planned_on or date(audit.row.created_at.year, 1, 1),
        number=_number(session, audit),
        source=_source(session, source) if source is not None else "",
        score=official_score(audit, told, values),
        sessions=tuple(papers_lists.kept_sessions(session, audit)),
        outcomes=_outcomes(audit, told),
        photos=photos,
        mark=example.MARK if audit.row.example else "",
        lost=frozenset(waiting.lost(session, audit.row.province_id, audit.row.id)),
    )
    return minutes_paper(record, besides)


def record_from(session: Session, audit: AuditView, told: minutes.Paper, office: Mapping[str, Any]) -> Record:
    """What the minutes say. `office` are the settings. Minutes that were not signed on a device and tell no basis rest
    on the decision in the file too."""
    programme = audit.programme
    document = session.get(Document, programme.document_id) if programme and programme.document_id else None
    pack = {
        "audit": audit.reference,
        "mode": audit.row.mode.value,
        "programme": {
            "name": programme.name,
            "document": cited(document.number, document.issued_on) if document else None,
        }
        if programme
        else None,
        "province": {"office": office["issuer"]},
        "unit": {"name": audit.unit.name, "kind": audit.unit.kind.value},
        "team": [{"name": each.name, "role": each.role.value} for each in audit.members],
        "earlier": told.earlier,
        "checklist": _packed(audit.checklist, audit.version),
    }
    record = record_of(pack, told.content, told.signing)
    typed = (told.content["entries"].get("meeting") or {}).get("basis")
    decision = None if record.digest or typed else _kept(session, audit, PaperKind.DECISION)
    if decision is None or not decision.number:
        return record
    return replace(record, basis=[words.decided(decision.number, decision.issued_on), *record.basis])


def _packed(checklist: Checklist, version: str) -> Mapping[str, Any]:
    found = _PACKED.get(checklist.digest)
    if found is None:
        standard = library.standards().get(checklist.edition)
        found = _PACKED[checklist.digest] = {
            "title": checklist.title.label(),
            "version": version,
            "edition": checklist.edition,
            "clauses": [{"number": each.number, "title": each.title.label()} for each in standard.clauses]
            if standard
            else [],
            "places": _PLACES,
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
        }
    return found


def _grades(told: minutes.Paper) -> dict[str, Grade | None]:
    answers = told.content["answers"]
    return {each["criterion"]: Grade(each["value"]["grade"]) if each["value"]["grade"] else None for each in answers}


def _outcomes(audit: AuditView, told: minutes.Paper) -> tuple[Outcome, ...]:
    """Every criterion answered, under the headings of part A and the clauses."""
    grades = _grades(told)
    standard = library.standards().get(audit.checklist.edition)
    titles = {each.number: each.title.label() for each in standard.clauses} if standard else {}
    found: list[Outcome] = []
    before = None
    for each in audit.checklist.criteria:
        grade = grades.get(each.code)
        if grade is None:
            continue
        key = "" if each.part is Part.A else each.second_level
        if key != before:
            found.append(Outcome("", words.part(key, titles.get(key, ""))))
            before = key
        found.append(Outcome(each.code, each.text.label(), words.GRADES[grade]))
    return tuple(found)


def official_score(audit: AuditView, told: minutes.Paper, values: Mapping[str, Any]) -> str:
    """The sentence on score and band, from the grades of these minutes; empty while they are internal."""
    decision = str(values["band_decision"]).strip()
    if not decision or not scores(audit):
        return ""
    checklist = audit.checklist
    tally = tally_of(checklist, audit.unit.kind, _grades(told))
    points = score(tally.weights, checklist.scoring)
    found = band(tally, checklist.bands, points)
    return words.score(points, found.name.label() if found else "", decision)


def scores(audit: AuditView) -> bool:
    """Whether this kind of audit has a score at all: full and on site (RULES §6)."""
    return audit.row.mode is Mode.ON_SITE and audit.row.purpose is Purpose.FULL


def _source(session: Session, source: AuditSource) -> str:
    document = session.get(Document, source.document_id) if source.document_id else None
    number, issued_on = (document.number, document.issued_on) if document else ("", None)
    return words.source(source.body, number, issued_on)


def _number(session: Session, audit: AuditView) -> str:
    kind = PaperKind.FOLLOW_UP if audit.row.purpose is Purpose.FOLLOW_UP else PaperKind.MINUTES
    found = _kept(session, audit, kind)
    return found.number if found else ""


def _kept(session: Session, audit: AuditView, kind: PaperKind) -> AuditPaper | None:
    """The last paper of that kind in the file."""
    return session.scalar(
        select(AuditPaper)
        .where(
            AuditPaper.province_id == audit.row.province_id,
            AuditPaper.audit_id == audit.row.id,
            AuditPaper.kind == kind,
            AuditPaper.voided_at.is_(None),
        )
        .order_by(AuditPaper.id.desc())
        .limit(1)
    )


def _photos(session: Session, audit: AuditView, record: Record, folder: Path) -> dict[str, bytes]:
    """The photos of the minutes that are there, as paper takes them; empty for one that cannot be printed."""
    digests = [each.sha256 for each in record.photos]
    there = session.scalars(
        select(Evidence.sha256).where(Evidence.province_id == audit.row.province_id, Evidence.sha256.in_(digests))
    )
    found = {}
    for sha256 in there:
        place = vault.path(folder, sha256)
        if place.is_file():
            found[sha256] = printable(place.read_bytes())
    return found
