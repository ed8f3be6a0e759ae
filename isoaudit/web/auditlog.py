"""The audit log as administrators and the committee read it: filters, pages, CSV. Nothing here can change it."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.localday import ZONE
from isoaudit.http import clock, database, errors, files
from isoaudit.http.access import requires
from isoaudit.services import logbook
from isoaudit.web import paging
from isoaudit.web.actions import action_label

pages = Blueprint("auditlog", __name__, url_prefix="/quan-tri/nhat-ky")


@pages.get("")
@requires(Permission.AUDITLOG_READ)
def index() -> str:
    """A page of the log, newest first."""
    session, number = database.session(), paging.asked_page()
    entries, total = logbook.page(session, _wanted(), number, paging.PER_PAGE)
    actions = sorted((action_label(code, errors.language()), code) for code in logbook.actions(session))
    return render_template(
        "web/accounts/log.html",
        page=paging.Page(entries, number, total),
        actions=[(code, text) for text, code in actions],
        since=_day("tu"),
        until=_day("den"),
        said=action_label,
    )


@pages.get("/nhat-ky.csv")
@requires(Permission.AUDITLOG_READ)
def export() -> Response:
    """The same selection whole, oldest first, with the digests of the chain."""
    head = (
        _("Số"),
        _("Thời điểm"),
        _("Nguồn"),
        _("Đích"),
        _("Tài khoản"),
        _("Việc"),
        _("Đối tượng"),
        _("Chi tiết"),
        _("Mã kiểm tra"),
    )
    wanted = _wanted()

    def rows() -> Iterator[tuple[object, ...]]:
        with database.reading() as session:  # the request's own is closed by the time that this is sent
            for entry in logbook.everything(session, wanted):
                yield (
                    entry.seq,
                    entry.at.astimezone(ZONE).isoformat(),
                    entry.source,
                    entry.destination,
                    entry.account,
                    entry.action,
                    entry.subject,
                    json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
                    entry.digest,
                )

    return files.csv_attachment(f"nhat-ky-{clock.today():%Y-%m-%d}.csv", head, rows())


def _wanted() -> logbook.Wanted:
    since, until = _day("tu"), _day("den")
    return logbook.Wanted(
        account=request.args.get("tai-khoan", ""),
        action=request.args.get("viec", ""),
        since=since,
        until=until + timedelta(days=1) if until else None,
    )


def _day(argument: str) -> datetime | None:
    """The first moment of a day given as YYYY-MM-DD; a text that is none counts as not given, and so does a day at the
    ends of the calendar, which other zones do not have."""
    try:
        day = date.fromisoformat(request.args.get(argument, ""))
    except ValueError:
        return None
    return datetime.combine(day, time(), ZONE) if date.min.year < day.year < date.max.year else None
