"""The annex on administrative reform: the year's tasks with the columns and marks of that report, on screen and as
files."""

import io

from flask import Response, abort, render_template, send_file

from isoaudit.domain.access import Permission
from isoaudit.export.reform import KINDS, file_name
from isoaudit.export.rows import TaskRow
from isoaudit.export.sections.findings import CROSS, MARKED, task_note
from isoaudit.http import database
from isoaudit.http.access import requires
from isoaudit.services import tasks
from isoaudit.services.report_content import report_content
from isoaudit.web.office.tasks import asked_day, asked_year, pages


@pages.get("/phu-luc")
@requires(Permission.TASK_READ)
def annex() -> str:
    """The table as it is printed."""
    session = database.session()
    years = tasks.years(session)
    year = asked_year(years)
    day = asked_day(year)
    lines = [line for line in tasks.of_year(session, year, day) if line.task.voided_at is None]
    return render_template(
        "web/office/reform.html",
        year=year,
        years=[(each, each) for each in sorted({*years, year}, reverse=True)],
        day=day,
        lines=[(line, task_note(_row(line))) for line in lines],
        marked=MARKED,
        cross=CROSS,
        kinds=list(KINDS),
    )


@pages.get(f"/phu-luc.<any({','.join(KINDS)}):kind>")
@requires(Permission.TASK_READ)
def annex_file(kind: str) -> Response:
    """The annex as a workbook or a Word document."""
    session = database.session()
    year = asked_year(tasks.years(session))
    content = report_content(session, None, year, asked_day(year))
    if not content.tasks:
        abort(404)
    answer = send_file(
        io.BytesIO(KINDS[kind].write(content)),
        mimetype=KINDS[kind].media_type,
        as_attachment=True,
        download_name=file_name(year, kind),
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _row(line: tasks.TaskLine) -> TaskRow:
    task = line.task
    return TaskRow(
        task.group_name, task.task, line.level, task.due_on, task.completed_on, task.result or "", task.note or ""
    )
