"""Drafts: a new one, its paragraphs with the generated sentences beside the office's words, and giving it up."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from isoaudit.db import Report
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Refusal
from isoaudit.domain.report_life import ReportState, expect
from isoaudit.export.files import KINDS, file_name
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import language
from isoaudit.services import issuers, library, report_texts, reports
from isoaudit.services.overview import years
from isoaudit.services.report_names import name_of
from isoaudit.services.reports import Outline
from isoaudit.services.rollup import DEFAULT_CONVERSION
from isoaudit.web.forms import refusals
from isoaudit.web.forms.reports import YEAR, DraftForm, ParagraphForm
from isoaudit.web.reports.blueprint import Answer, asked, counted, pages, title
from isoaudit.web.reports.index import attachment


@pages.route("/lap", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def new() -> Answer:
    """A new draft."""
    session, today = database.session(), clock.today()
    form = DraftForm()
    form.offer(
        [(each.id, each.name.label(language())) for each in library.conversions().values()],
        [(each.code, each.name) for each in issuers.listed(session).values()],
    )
    if request.method != "POST":
        form.kind.data, form.conversion.data, form.issuer.data = YEAR, DEFAULT_CONVERSION, issuers.DEFAULT
        form.year.data = years.reported(session, today) or today.year
        return render_template("web/reports/new.html", form=form)
    if form.validate():
        outline = Outline(form.period(), form.day(today), form.conversion.data, form.issuer.data)
        try:
            row = reports.create(session, outline, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal, {"last": "until"})
        else:
            flash(_("Đã lập dự thảo. Số liệu trong dự thảo luôn là số liệu hiện có."), "good")
            return redirect(url_for("reports.show", report_id=row.id), 303)
    return render_template("web/reports/new.html", form=form), 422


def show_draft(report: Report) -> str:
    """A draft, or an approved report: paragraph by paragraph what is generated and what the office wrote."""
    draft = counted(report.id)
    texts = report_texts.standing(database.session(), report)
    return render_template(
        "web/reports/draft.html",
        report=report,
        title=title(report),
        draft=draft,
        other_day=Outline.of(report).period.nearest(clock.today()) != report.as_of,
        sections=report_texts.sections(draft.content, texts),
        unplaced=report_texts.unplaced(draft.content, texts),
        stale=sum(bool(each.was) for each in report_texts.paragraphs(draft.content, texts)),
        moved=report.state is ReportState.APPROVED and draft.digest != report.approved_digest,
        issuer=issuers.listed(database.session())[report.issuer],
        ReportState=ReportState,
    )


@pages.route("/<int:report_id>/doan/<key>", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def paragraph(report_id: int, key: str) -> Answer:
    """One paragraph: the generated sentence, and the office's own in its place."""
    report = asked(report_id)
    if request.method != "POST":
        expect(report.state, ReportState.DRAFT, name=name_of(report))
    content, report = counted(report_id).content, asked(report_id)
    texts = report_texts.standing(database.session(), report)
    about = report_texts.paragraph(content, texts, key)
    form = ParagraphForm()
    if request.method != "POST":
        form.text.data, form.revision.data = about.text, str(about.revision)
    elif form.validate():
        text = "" if "back" in request.form else form.text.data or ""
        seen = int(form.revision.data) if str(form.revision.data).isdigit() else -1
        try:
            changed = report_texts.write(
                database.session(), report, about, text, seen=seen, by=signin.actor(), now=clock.now()
            )
        except Conflict as refusal:
            form.revision.data = str(about.revision)
            refusals.show(form, refusal)
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi đoạn văn.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("reports.show", report_id=report_id, _anchor=key), 303)
    page = render_template("web/reports/paragraph.html", report=report, title=title(report), form=form, about=about)
    return page, 422 if request.method == "POST" else 200


@pages.get(f"/<int:report_id>/du-thao.<any({','.join(KINDS)}):kind>")
@requires(Permission.REPORT_READ)
def draft_file(report_id: int, kind: str) -> Answer:
    """A file of the draft as it is now, number and date left open."""
    report = asked(report_id)
    expect(report.state, ReportState.DRAFT, ReportState.APPROVED, name=name_of(report))
    content = counted(report_id).content
    return attachment(KINDS[kind].write(content), kind, f"du-thao-{file_name(content.year, kind, content.period)}")


@pages.post("/<int:report_id>/bo")
@requires(Permission.REPORT_FREEZE)
def drop(report_id: int) -> Answer:
    """Give a draft up."""
    report = asked(report_id)
    reports.drop(database.session(), report, by=signin.actor(), now=clock.now())
    flash(_("Đã bỏ dự thảo."), "good")
    return redirect(url_for("reports.index"), 303)
