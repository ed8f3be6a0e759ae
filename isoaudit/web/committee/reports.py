"""The yearly report as a file, made when it is asked for. Frozen reports are another matter (RULES §10)."""

import io

from flask import Blueprint, Response, render_template, send_file

from isoaudit.domain.access import Permission
from isoaudit.export.xlsx import write_xlsx
from isoaudit.http.access import requires
from isoaudit.services.report_content import report_content
from isoaudit.web.committee.look import Look, looking

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("")
@requires(Permission.REPORT_READ)
@looking
def index(look: Look) -> str:
    """Choose the year and the day, see what the workbook will hold, download it."""
    return render_template("web/committee/reports.html", look=look)


@pages.get("/bao-cao-iso.xlsx")
@requires(Permission.REPORT_READ)
@looking
def workbook(look: Look) -> Response:
    """The workbook of the year as of the day."""
    rollup = look.rollup
    content = report_content(look.session, None, rollup.year, rollup.as_of, rollup.conversion)
    answer = send_file(
        io.BytesIO(write_xlsx(content)),
        mimetype=WORKBOOK,
        as_attachment=True,
        download_name=f"bao-cao-iso-{rollup.year}.xlsx",
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
