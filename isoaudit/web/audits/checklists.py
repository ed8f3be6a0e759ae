"""Published checklists: the list, one version to read, a blank one to print, one for other programs to take."""

import json

from flask import Blueprint, Response, render_template, request

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import NotFound
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.http import database, files
from isoaudit.http.access import requires
from isoaudit.http.errors import language
from isoaudit.services import checklists, interchange, library, settings, vault
from isoaudit.web.audits import rendering

pages = Blueprint("checklists", __name__, url_prefix="/phieu-kiem-tra")


@pages.get("")
@requires(Permission.CHECKLIST_READ)
def index() -> str:
    """All published versions, with how many audits pin each."""
    session = database.session()
    rows = [(row, checklists.content(row)) for row in checklists.versions(session)]
    return render_template("web/checklists/index.html", rows=rows, uses=checklists.uses(session))


@pages.get("/<name>/<version>")
@requires(Permission.CHECKLIST_READ)
def show(name: str, version: str) -> str:
    """A version whole, on screen."""
    return _page("web/checklists/show.html", name, version)


@pages.get("/<name>/<version>/in")
@requires(Permission.CHECKLIST_READ)
def blank(name: str, version: str) -> str:
    """A blank checklist to print: core set or full, by clause or by position."""
    return _page("web/checklists/blank.html", name, version)


@pages.get("/<name>/<version>/<any(xlsform, catalog, plan):form>")
@requires(Permission.CHECKLIST_READ)
def interchanged(name: str, version: str, form: str) -> Response:
    """A version for another program: XLSForm for tablets with ODK or Kobo, OSCAL as a catalog or an assessment plan."""
    row = interchange.version_of(database.session(), name, version)
    if form == "xlsform":
        return files.made(interchange.as_xlsform(row), f"{row.name}-{row.version}-xlsform.xlsx", vault.XLSX)
    content = interchange.as_plan(row) if form == "plan" else interchange.as_catalog(row)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return files.made(text.encode(), f"{row.name}-{row.version}-oscal-{form}.json", "application/json")


def _page(template: str, name: str, version: str) -> str:
    session = database.session()
    row = checklists.find(session, name, version)
    if row is None:
        raise NotFound("checklist.unknown", record=f"{name} {version}")
    checklist = checklists.content(row)
    core, by_position = request.args.get("bo") == "rut-gon", request.args.get("xep") == "vi-tri"
    criteria = [each for each in checklist.criteria if each.core or not core]
    kinds = [kind for kind in UnitKind if not checklist.applies_to or kind.value in checklist.applies_to]
    return render_template(
        template,
        row=row,
        checklist=checklist,
        edition=library.standards()[checklist.edition].name.label(language()),
        kinds=kinds,
        headings=rendering.headings(checklist, criteria, by_position),
        core=core,
        by_position=by_position,
        unit=request.args.get("don-vi", "")[:200],
        office=settings.read(session),
    )
