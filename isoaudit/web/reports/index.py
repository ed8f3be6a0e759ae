"""The list of reports with their state, and the files of a year and day as they would be now."""

import io

from flask import Response, render_template, send_file

from isoaudit.domain.access import Permission
from isoaudit.export.files import KINDS, file_name
from isoaudit.http.access import requires
from isoaudit.services import reports
from isoaudit.services.report_content import report_content
from isoaudit.services.report_names import period_of
from isoaudit.web.committee.look import Look, looking_now
from isoaudit.web.reports.blueprint import pages, period_name


@pages.get("")
@requires(Permission.REPORT_READ)
@looking_now
def index(look: Look) -> str:
    """The reports that were drafted or issued; below, choose a year and day and download files of them."""
    return render_template(
        "web/reports/index.html",
        look=look,
        lines=reports.listed(look.session),
        period_of=period_of,
        period_name=period_name,
    )


@pages.get(f"/bao-cao-iso.<any({','.join(KINDS)}):kind>")
@requires(Permission.REPORT_READ)
@looking_now
def file(look: Look, kind: str) -> Response:
    """The report of the year as of the day, as a workbook, a Word document or a PDF."""
    rollup = look.rollup
    content = report_content(look.session, None, rollup.year, rollup.as_of, rollup.conversion)
    return attachment(KINDS[kind].write(content), kind, file_name(rollup.year, kind))


def attachment(written: bytes, kind: str, name: str) -> Response:
    """A file that was just written, to be kept by the browser."""
    answer = send_file(io.BytesIO(written), mimetype=KINDS[kind].media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
