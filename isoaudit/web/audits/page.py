"""An audit's page: facts, team, progress, findings, nonconformities, history. Its minutes are in `record`."""

from flask import render_template, request
from flask_login import current_user

from isoaudit.db import Document
from isoaudit.domain.access import Permission
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.audit_life import TRANSITIONS, Step
from isoaudit.domain.vocabulary import Grade, Role, TeamRole
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.services import inspection_file, minutes, teams
from isoaudit.services.audits import contested, elsewhere, history
from isoaudit.services.audits.reading import AuditView
from isoaudit.services.nonconformities import listing
from isoaudit.web.audits import rendering, tablets
from isoaudit.web.audits.blueprint import may_answer, may_keep_papers, my_role, of_request, own_templates, pages

LATEST = 200


@pages.get("/<path:reference>")
@requires(Permission.AUDIT_READ)
def show(reference: str) -> str:
    """Everything about one audit; each answer has its criterion's code as anchor."""
    audit = of_request(reference)
    session = database.session()
    row = audit.row
    answered = [each for each in audit.checklist.criteria if audit.answer(each.code).grade is not None]
    source = elsewhere.of(session, audit)
    posts = [teams.Post(each.user_id, each.role) for each in audit.members]
    return render_template(
        "web/audits/show.html",
        audit=audit,
        groups=rendering.groups(audit, answered, by_position=False),
        findings=[each for each in answered if audit.answer(each.code).grade in (*NONCONFORMING, Grade.OPPORTUNITY)],
        nonconformities={
            each.criterion: each
            for each in listing.listed(session, row.province_id, listing.Filters(text=reference), today=clock.today())
            if each.reference == reference
        },
        events=history.events(session, row.province_id, row.id),
        given=history.revisions(
            session, row.province_id, row.id, code=request.args.get("noi-dung") or None, latest=LATEST
        ),
        given_count=history.count(session, row.province_id, row.id),
        partial=teams.warnings(session, posts, [audit.unit]),
        open=may_answer(audit),
        file=inspection_file.read(session, row, clock.today(), own_templates()),
        scores=minutes.scores(audit),
        decided=contested.decided(session, audit),
        source=source,
        source_document=session.get(Document, source.document_id) if source and source.document_id else None,
        keeps_papers=may_keep_papers(audit),
        brought=tablets.brought(audit),
        steps=_steps(audit),
        rank=_rank(audit),
        today=clock.today(),
    )


def _steps(audit: AuditView) -> frozenset[Step]:
    """The steps that the signed-in person may take now."""
    roles: set[Role | TeamRole] = set(current_user.role_set)
    mine = my_role(audit)
    if mine is not None:
        roles.add(mine)
    return frozenset(
        step
        for step, transition in TRANSITIONS.items()
        if audit.state in transition.of and not transition.by.isdisjoint(roles)
    )


def _rank(audit: AuditView) -> int | None:
    return None if audit.band is None else audit.checklist.bands.index(audit.band)
