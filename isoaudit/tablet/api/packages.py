"""What a tablet takes along: the list of the person's audits, and one whole audit."""

from flask import Response, jsonify, request
from flask_login import current_user

from isoaudit.domain.access import Permission
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.schemas.packages import PackagesSchema
from isoaudit.services import packages
from isoaudit.tablet.api.blueprint import answer, api, province_id, refuse_revoked

_PACKAGES = PackagesSchema()


@api.get("/packages")
@requires(Permission.AUDIT_ANSWER)
def packages_list() -> Response:
    """The audits of whose team the account is."""
    session = database.session()
    refuse_revoked(session)
    found = packages.listed(session, province_id(), current_user.id, today=clock.today())
    return answer(_PACKAGES, {"packages": found})


@api.get("/packages/<path:audit>")
@requires(Permission.AUDIT_ANSWER)
def package(audit: str) -> Response:
    """Everything to work on one audit without a network; its ETag is its digest."""
    session = database.session()
    refuse_revoked(session)
    found = packages.one(session, province_id(), current_user.id, audit, today=clock.today())
    made = jsonify(found)  # in the shape of PackageSchema already: shaping it anew would take as long as reading it
    made.set_etag(found["digest"])
    made.headers["Cache-Control"] = "private, no-cache"
    return made.make_conditional(request)
