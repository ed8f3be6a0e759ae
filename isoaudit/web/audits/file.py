"""The file of an inspection: its steps with what is there, due and late; the drafts of its papers to look at and to
download; and the same for a whole programme, where one paper may list many units."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.db import Document
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal
from isoaudit.domain.inspection import StepState
from isoaudit.domain.vocabulary import Mode, PaperKind
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import inspection_file, minutes, papers, papers_group, papers_writing, programmes
from isoaudit.services.papers_group import Grouped
from isoaudit.web.audits.blueprint import (
    keeps_all_papers,
    may_keep_papers,
    of_request,
    own_templates,
    pages,
    province_id,
)
from isoaudit.web.audits.lists import word
from isoaudit.web.audits.papers import stored
from isoaudit.web.audits.programmes import pages as programme_pages
from isoaudit.web.audits.record import paper_file
from isoaudit.web.forms import refusals
from isoaudit.web.forms.papers import PaperForm

Answer = str | Response | tuple[str, int]
_KIND = f"<any({','.join(each.value for each in PaperKind)}):kind>"
_TYPE = "<any(docx,pdf):type>"


@pages.get("/<path:reference>/ho-so")
@requires(Permission.AUDIT_READ)
def file(reference: str) -> str:
    """The steps of the file."""
    audit, session = of_request(reference), database.session()
    found = inspection_file.read(session, audit.row, clock.today(), own_templates())
    rows = [] if keeps_all_papers() else [each.row for each in found.papers]
    return render_template(
        "web/audits/file.html",
        audit=audit,
        file=found,
        keeps=may_keep_papers(audit),
        beyond=papers.beyond(session, rows, current_user.id),
        several=papers.several(session, [each.row for each in found.papers]),
        states=StepState,
    )


@pages.get(f"/<path:reference>/ho-so/{_KIND}")
@requires(Permission.AUDIT_READ)
def draft(reference: str, kind: str) -> str:
    """The draft of a paper as it would be printed."""
    audit = of_request(reference)
    paper = papers_writing.of_audit(database.session(), audit, PaperKind(kind), clock.today(), own_templates())
    return render_template(
        "web/audits/draft.html",
        paper=paper,
        kind=PaperKind(kind),
        crumb=(audit.unit.name, url_for("audits.file", reference=reference)),
        files=lambda type: url_for("audits.draft_file", reference=reference, kind=kind, type=type),
    )


@pages.get(f"/<path:reference>/ho-so/{_KIND}/tai/{_TYPE}")
@requires(Permission.AUDIT_READ)
def draft_file(reference: str, kind: str, type: str) -> Response:
    """The same as a file."""
    audit = of_request(reference)
    paper = papers_writing.of_audit(database.session(), audit, PaperKind(kind), clock.today(), own_templates())
    return paper_file(minutes.WRITERS[type](paper), f"{kind.replace('_', '-')}-{reference}", type)


@programme_pages.get("/<int:programme_id>/ho-so")
@requires(Permission.PROGRAMME_READ)
def files(programme_id: int) -> str:
    """The files of a programme's audits: how far each step is, which papers one document covers."""
    session = database.session()
    programme = programmes.get(session, province_id(session), programme_id)
    audits, group, mode, groups = _chosen(programme_id)
    found = inspection_file.read_all(session, [each.row for each in audits], clock.today(), own_templates())
    shared = papers_writing.shareable(mode, own_templates())
    order = list(dict.fromkeys(step.kind for each in audits for step in found[each.row.id].steps))
    counts = {kind: Counter(step.state for each in found.values() for step in each.steps if step.kind is kind)
              for kind in order}  # fmt: skip
    return render_template(
        "web/programmes/files.html",
        programme=programme,
        document=session.get(Document, programme.document_id) if programme.document_id else None,
        audits=audits,
        files=found,
        counts=[(kind, counts[kind], sum(counts[kind].values()) - counts[kind][StepState.UNNEEDED], kind in shared)
                for kind in order],
        group=group,
        groups=_chips(groups),
        mode=mode,
        chosen=_query(group, mode),
        states=StepState,
    )  # fmt: skip


@programme_pages.get(f"/<int:programme_id>/ho-so/{_KIND}")
@requires(Permission.PROGRAMME_READ)
def shared_draft(programme_id: int, kind: str) -> str:
    """The draft of one paper for all units chosen."""
    session = database.session()
    programme = programmes.get(session, province_id(session), programme_id)
    audits, group, mode, _groups = _chosen(programme_id)
    paper = papers_writing.shared(session, programme, audits, PaperKind(kind), clock.today(), own_templates())
    chosen = _query(group, mode)
    return render_template(
        "web/audits/draft.html",
        paper=paper,
        kind=PaperKind(kind),
        crumb=(programme.name, url_for("programmes.files", programme_id=programme_id, **chosen)),
        files=lambda type: url_for("programmes.shared_file", programme_id=programme_id, kind=kind, type=type, **chosen),
    )


@programme_pages.get(f"/<int:programme_id>/ho-so/{_KIND}/tai/{_TYPE}")
@requires(Permission.PROGRAMME_READ)
def shared_file(programme_id: int, kind: str, type: str) -> Response:
    """The same as a file."""
    session = database.session()
    programme = programmes.get(session, province_id(session), programme_id)
    audits, _group, _mode, _groups = _chosen(programme_id)
    paper = papers_writing.shared(session, programme, audits, PaperKind(kind), clock.today(), own_templates())
    return paper_file(minutes.WRITERS[type](paper), f"{kind.replace('_', '-')}-{programme.year}", type)


@programme_pages.route(f"/<int:programme_id>/ho-so/{_KIND}/ghi", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def keep_shared(programme_id: int, kind: str) -> Answer:
    """Write number, day, signer and file of one paper into the files of all audits chosen."""
    session, by, now = database.session(), actor(), clock.now()
    programme = programmes.get(session, province_id(session), programme_id)
    audits, group, mode, _groups = _chosen(programme_id)
    form, chosen = PaperForm(), _query(group, mode)
    form.kind.choices = [each for each in form.kind.choices if each.value == kind]
    values = {"programme": programme, "audits": audits, "form": form, "kind": PaperKind(kind), "chosen": chosen}
    if request.method != "POST":
        return render_template("web/programmes/shared_paper.html", **values)
    if form.validate():
        try:
            with session.begin_nested():
                sheet = form.sheet(stored(province_id(session), form))
                made = papers.keep_shared(session, [each.row for each in audits], sheet, by=by, now=now)
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi vào hồ sơ của %(count)s cuộc kiểm tra.", count=len(made)), "good")
            return redirect(url_for("programmes.files", programme_id=programme_id, **chosen), 303)
    return render_template("web/programmes/shared_paper.html", **values), 422


def _chosen(programme_id: int) -> tuple[list[Grouped], str, Mode, list[tuple[str, Mode, int]]]:
    """The audits of the group and mode that the address names; the group, the mode, and all groups."""
    session = database.session()
    province = province_id(session)
    groups = papers_group.groups(session, province, programme_id)
    asked = word(Mode, request.args.get("hinh-thuc", ""))
    mode = asked or next((each for _group, each, _number in groups), Mode.ON_SITE)
    group = request.args.get("nhom", "")
    return papers_group.read(session, province, programme_id, mode, group), group, mode, groups


def _chips(groups: list[tuple[str, Mode, int]]) -> list[tuple[str, Mode, int]]:
    """What may be chosen: all audits of a mode, and each of its groups."""
    found = []
    for mode in dict.fromkeys(each for _group, each, _number in groups):
        mine = [(group, number) for group, each, number in groups if each is mode]
        found.append(("", mode, sum(number for _group, number in mine)))
        found += [(group, mode, number) for group, number in mine if group and len(mine) > 1]
    return found


def _query(group: str, mode: Mode) -> dict[str, str]:
    return {"hinh-thuc": mode.value} | ({"nhom": group} if group else {})
