"""The minutes of an audit, on screen and as files, in the words of minutes: what was found is "tồn tại, hạn chế", never
its weight. What they say is made in `services.minutes`."""

import io

from flask import current_app, render_template, send_file, url_for
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import NotFound
from isoaudit.domain.localday import local_day
from isoaudit.http import database
from isoaudit.http.access import requires
from isoaudit.services import minutes
from isoaudit.services.audits import history
from isoaudit.services.audits import minutes as kept_minutes
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.blueprint import of_request, pages


@pages.get("/<path:reference>/bien-ban")
@requires(Permission.AUDIT_READ)
def record(reference: str) -> str:
    """The minutes that stand, or a draft of them."""
    audit = of_request(reference)
    return _page(audit, kept_minutes.paper(database.session(), audit))


@pages.get("/<path:reference>/bien-ban/tai/<any(docx,pdf):kind>")
@requires(Permission.AUDIT_READ)
def record_file(reference: str, kind: str) -> Response:
    """The same as a file."""
    audit = of_request(reference)
    return _file(audit, kept_minutes.paper(database.session(), audit), kind)


@pages.get("/<path:reference>/bien-ban/<int:number>")
@requires(Permission.AUDIT_READ)
def kept(reference: str, number: int) -> str:
    """The minutes as that step of the audit kept them, whether or not the audit was reopened since."""
    audit, told, step = _kept(reference, number)
    steps = history.events(database.session(), audit.row.province_id, of_request(reference).row.id)
    reopened = next((each.at for each in steps if each.number > step and each.what == "reopened"), None)
    return _page(audit, told, number=number, reopened=local_day(reopened) if reopened else None)


@pages.get("/<path:reference>/bien-ban/<int:number>/tai/<any(docx,pdf):kind>")
@requires(Permission.AUDIT_READ)
def kept_file(reference: str, number: int, kind: str) -> Response:
    """The same as a file."""
    audit, told, _step = _kept(reference, number)
    return _file(audit, told, kind)


def paper_file(content: bytes, name: str, kind: str) -> Response:
    """A paper that was just written, as an attachment."""
    answer = send_file(
        io.BytesIO(content), mimetype=minutes.MEDIA_TYPES[kind], as_attachment=True, download_name=f"{name}.{kind}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _kept(reference: str, number: int) -> tuple[AuditView, kept_minutes.Paper, int]:
    """The audit as those minutes tell it, and what they print. Raises NotFound."""
    audit = of_request(reference)
    session = database.session()
    steps = history.events(session, audit.row.province_id, audit.row.id)
    signed = next((each for each in steps if each.number == number and each.what == "minuted"), None)
    if signed is None or not signed.content:
        raise NotFound("page.not_found")
    told = kept_minutes.kept_paper(session, audit, signed.content)
    return kept_minutes.kept(audit, signed.content), told, number


def _page(audit: AuditView, told: kept_minutes.Paper, number: int | None = None, **values: object) -> str:
    session = database.session()
    evidence = current_app.config["ISOAUDIT"].evidence
    files = {"reference": audit.reference, "number": number}
    return render_template(
        "web/audits/record.html",
        audit=audit,
        paper=minutes.paper(session, audit, told, evidence=evidence),
        photo=lambda sha256: url_for("audits.evidence", reference=audit.reference, sha256=sha256),
        files=lambda kind: url_for("audits.kept_file" if number else "audits.record_file", kind=kind, **files),
        draft=told.signing is None,
        changed=kept_minutes.changed_since(session, audit),
        **values,
    )


def _file(audit: AuditView, told: kept_minutes.Paper, kind: str) -> Response:
    evidence = current_app.config["ISOAUDIT"].evidence
    paper = minutes.paper(database.session(), audit, told, evidence=evidence)
    return paper_file(minutes.WRITERS[kind](paper), f"bien-ban-{audit.reference}", kind)
