"""Letters that remind units of a report: one letter with its files, sending it with number and day, taking it out."""

import io
import zipfile

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answered

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.reporting import ReportPeriod
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.services import fact_history, reminders
from isoaudit.web import reasons
from isoaudit.web.forms import refusals
from isoaudit.web.forms.years import IssueForm
from isoaudit.web.office import yearly

pages = Blueprint("reminders", __name__, url_prefix="/bao-cao-don-vi/cong-van")

Answer = str | Answered | tuple[str, int]
_ROOM = "unit_reports.index"


@pages.get("/<int:reminder_id>")
@requires(Permission.YEARS_READ)
def show(reminder_id: int) -> str:
    """One letter: to whom, until when, its files, its number once it is sent."""
    return _show(reminder_id, IssueForm(formdata=None, data={"issued_on": clock.today()}))


@pages.post("/<int:reminder_id>/phat-hanh")
@requires(Permission.FACTS_EDIT)
def issue(reminder_id: int) -> Answer:
    """The letter was sent."""
    session, form = database.session(), IssueForm()
    if form.validate():
        try:
            reminders.issue(
                session,
                reminder_id,
                number=form.number.data or "",
                issued_on=form.issued_on.data,
                signer=form.signer.data or "",
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi số, ngày phát hành công văn."), "good")
            return redirect(url_for("reminders.show", reminder_id=reminder_id))
    return _show(reminder_id, form), 422


@pages.post("/<int:reminder_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(reminder_id: int) -> Answer:
    """Take a letter out."""
    session, why = database.session(), request.form.get("why", "")
    try:
        row = reminders.void(session, reminder_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        back = url_for("reminders.show", reminder_id=reminder_id)
        name = reminders.get(session, reminder_id).number or _("Công văn đôn đốc")
        return reasons.again(refusal, field="why", title=_("Hủy công văn"), record=name, back=back)
    flash(_("Đã hủy công văn."), "good")
    return redirect(url_for(_ROOM, nam=row.year, ky=row.period.value))


@pages.get("/<int:reminder_id>/tep.<any(docx, pdf):written>")
@requires(Permission.YEARS_READ)
def download(reminder_id: int, written: str) -> Response:
    """The letter as a file."""
    row = reminders.get(database.session(), reminder_id)
    media_type, write = reminders.WRITERS[written]
    number = (row.number or f"du-thao-{row.id}").replace("/", "-")
    return files.made(write(reminders.paper(row)), f"cong-van-don-doc-{number}.{written}", media_type)


@pages.get("/du-thao-<int:year>-<any(half, year):period>.zip")
@requires(Permission.YEARS_READ)
def drafts(year: int, period: str) -> Response:
    """All letters about a period that were not sent yet, in one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as whole:
        for name, content in reminders.drafts(database.session(), year, ReportPeriod(period)):
            whole.writestr(zipfile.ZipInfo(name), content)
    return files.made(packed.getvalue(), f"cong-van-don-doc-{year}-{period}.zip", "application/zip")


def _show(reminder_id: int, form: IssueForm) -> str:
    session = database.session()
    row = reminders.get(session, reminder_id)
    revisions = fact_history.of(session, [row]).get(fact_history.key_of(row), [])
    letter = reminders.letter_of(row)
    if request.method != "POST" and row.number is None:
        form.signer.data = ""
    return yearly.page("reminder", _ROOM, row=row, letter=letter, form=form, revisions=revisions)
