"""The yearly report as files, made when they are asked for. Frozen reports are another matter (RULES §10)."""

import io

from flask import Blueprint, Response, render_template, send_file

from isoaudit.domain.access import Permission
from isoaudit.export.files import KINDS, file_name
from isoaudit.http.access import requires
from isoaudit.services.report_content import report_content
from isoaudit.web.committee.look import Look, looking

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")


@pages.get("")
@requires(Permission.REPORT_READ)
@looking
def index(look: Look) -> str:
    """Choose the year and the day, see what the files will hold, download them."""
    return render_template("web/committee/reports.html", look=look, year=look.rollup.year, file_name=file_name)


@pages.get(f"/bao-cao-iso.<any({','.join(KINDS)}):kind>")
@requires(Permission.REPORT_READ)
@looking
def file(look: Look, kind: str) -> Response:
    """The report of the year as of the day, as a workbook, a Word document or a PDF."""
    rollup = look.rollup
    content = report_content(look.session, None, rollup.year, rollup.as_of, rollup.conversion)
    answer = send_file(
        io.BytesIO(KINDS[kind].write(content)),
        mimetype=KINDS[kind].media_type,
        as_attachment=True,
        download_name=file_name(rollup.year, kind),
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
