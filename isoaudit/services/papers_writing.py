"""Papers of an inspection written from their templates: for one audit, or one for many of a programme."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditPaper, Programme
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.domain.inspection import StepRule
from isoaudit.domain.vocabulary import Mode, PaperKind
from isoaudit.export.letters import filled
from isoaudit.export.paper.blocks import Paper
from isoaudit.services import example, inspection_file, papers, papers_facts, papers_templates
from isoaudit.services.audits.reading import AuditView
from isoaudit.services.inspection_file import File
from isoaudit.services.papers_facts import Deadlines
from isoaudit.services.papers_group import Grouped


def of_audit(session: Session, audit: AuditView, kind: PaperKind, today: date, own: Path | None = None) -> Paper:
    """The paper of a step of this audit. Raises NotFound when the step has no template, Invalid when it is about
    findings and the minutes name none, Refusals for a wrong template."""
    file = inspection_file.read(session, audit.row, today, own)
    step = file.step(kind)
    if step is None or not step.rule.template:
        raise NotFound("paper.no_template", record=kind.value)
    if step.pointless and not file.closed:
        raise Invalid("paper.no_findings", record=kind.vi)
    template = papers_templates.template(step.rule.template, own)
    rows = [each.row for each in file.papers]
    if kind in shareable(audit.row.mode, own):  # its number is that of one text for all of them, which this one is not
        rows = [each for each in rows if each.kind is not kind or not papers.of_several(session, each)]
    facts = papers_facts.of_audit(session, audit, kind, rows, file.deadlines)
    return filled(template, facts, _mark([audit.row]))


def shared(
    session: Session,
    programme: Programme | None,
    audits: Sequence[Grouped],
    kind: PaperKind,
    today: date,
    own: Path | None = None,
) -> Paper:
    """One paper for several audits of one mode, which it lists. Raises Invalid when there is none, or the paper is made
    for each audit alone."""
    if not audits:
        raise Invalid("paper.no_audits", record=kind.vi)
    rule = shareable(audits[0].row.mode, own).get(kind)
    if rule is None:
        raise Invalid("paper.not_shared", record=kind.vi)
    template = papers_templates.template(rule.template, own)
    files = inspection_file.read_all(session, [each.row for each in audits], today, own)
    reports = [file.deadlines.report_due for file in files.values() if file.deadlines.report_due]
    remedies = [file.deadlines.remedy_due for file in files.values() if file.deadlines.remedy_due]
    facts = papers_facts.of_audits(
        session,
        audits,
        programme,
        _of_all(files.values(), kind),
        _of_all(files.values(), PaperKind.DECISION),
        Deadlines(min(reports, default=None), max(remedies, default=None)),
    )
    return filled(template, facts, _mark(audit.row for audit in audits))


def _of_all(files: Iterable[File], kind: PaperKind) -> AuditPaper | None:
    """The last paper of a kind that lies in every one of the files: one given to some of them is not the paper of
    all."""
    rows = [{each.row.shared or "": each.row for each in file.of(kind)} for file in files]
    common = [act for act in rows[0] if act and all(act in others for others in rows)]
    return rows[0][common[-1]] if common else None


def _mark(audits: Iterable[Audit]) -> str:
    """What stands at the foot of papers of made-up audits."""
    return example.MARK if any(each.example for each in audits) else ""


def shareable(mode: Mode, own: Path | None = None) -> dict[PaperKind, StepRule]:
    """The steps of which one paper may serve many audits of that mode."""
    rules = (each for each in papers_templates.steps(own) if each.template and mode in each.modes)
    return {each.kind: each for each in rules if papers_templates.template(each.template, own).many}
