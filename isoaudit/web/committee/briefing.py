"""The briefing of a meeting: choose the meeting, the one before and what is asked, see what the page will say, download
it as PDF or DOCX."""

import io
from datetime import date

from flask import Response, render_template, request, send_file
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from isoaudit.domain.access import Permission
from isoaudit.domain.decision import DecisionState
from isoaudit.export.briefing import KINDS, file_name
from isoaudit.export.briefing.asking import Topic, asks
from isoaudit.export.briefing.content import Briefing
from isoaudit.http import clock
from isoaudit.http.access import requires
from isoaudit.services import decisions
from isoaudit.services.briefing import briefing
from isoaudit.web.committee.dashboard import pages
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.forms.decisions import MeetingForm

NAMED = 5
"""So many units of a kind are named on the screen; the page itself has as many as it holds."""


@pages.get("/cuoc-hop")
@requires(Permission.DASHBOARD_READ)
@looking
def meeting(look: Look) -> str | tuple[str, int]:
    """Prepare the briefing of a meeting."""
    form = _form(look)
    told = _told(look, form)
    page = render_template(
        "web/committee/briefing.html",
        look=look,
        form=form,
        told=told,
        asked=[] if told is None else [(ask.text, _rows(look, ask.topic)) for ask in asks(told)],
        named=NAMED,
        met=decisions.meetings(look.session),
    )
    return page if told is not None else (page, 422)


@pages.get(f"/cuoc-hop/tom-tat.<any({','.join(KINDS)}):kind>")
@requires(Permission.DASHBOARD_READ)
@looking
def briefing_file(look: Look, kind: str) -> Response | tuple[str, int]:
    """The briefing as a file; the page with what is wrong when it cannot be made."""
    form = _form(look)
    told = _told(look, form)
    if told is None:
        return render_template("web/committee/briefing.html", look=look, form=form, told=None, named=NAMED, met=[]), 422
    answer = send_file(
        io.BytesIO(KINDS[kind].write(told)),
        mimetype=KINDS[kind].media_type,
        as_attachment=True,
        download_name=file_name(told.meeting, kind),
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _rows(look: Look, topic: Topic | None) -> str:
    """The address of the rows that an ask's number counts; empty for the office's own words."""
    return {
        None: "",
        Topic.DECISIONS: look.link("decisions.index", muc=DecisionState.OVERDUE.value),
        Topic.OVERDUE: look.link("dashboard.nonconformities", xem="qua-han"),
        Topic.UNDECLARED: look.units(nhom="phai-ap-dung-chua-cong-bo"),
        Topic.UNCONVERTED: look.units(nhom="thuoc-dien-chua-chuyen"),
    }[topic]


def _form(look: Look) -> MeetingForm:
    """What the address asks for; the meeting is today, or the cut-off day of an earlier one, unless it says."""
    given = MultiDict((name, request.args.get(name, "").strip()) for name in ("hop", "truoc", "xin"))
    form = MeetingForm(formdata=given)
    if not given["hop"]:
        form.hop.data = max(look.as_of, clock.today()) if look.rollup.year == clock.today().year else look.as_of
    if not given["truoc"] and "truoc" not in request.args:
        form.truoc.data = next((day for day in decisions.meetings(look.session) if day < look.as_of), None)
    for field in (form.hop, form.truoc):
        if not given[field.name]:
            field.raw_data = None  # else the field prints the nothing that was sent
    return form


def _told(look: Look, form: MeetingForm) -> Briefing | None:
    """The content, when the form is right."""
    good = form.validate()
    day: date | None = form.hop.data
    if good and day is not None and day < look.as_of:
        form.hop.errors = [_("Ngày họp ở trước ngày chốt số liệu. Hãy đổi một trong hai ngày.")]
        good = False
    if good and form.truoc.data is not None and form.truoc.data >= look.as_of:
        form.truoc.errors = [_("Lần họp trước phải ở trước ngày chốt số liệu. Hãy chọn ngày sớm hơn.")]
        good = False
    if not good or day is None:
        return None
    return briefing(look.session, look.rollup, day, form.truoc.data, (form.xin.data or "").splitlines())
