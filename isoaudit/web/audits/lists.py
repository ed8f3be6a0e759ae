"""Lists of audits: mine, and all of them."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from isoaudit.domain.access import Permission
from isoaudit.domain.vocabulary import AuditState, Word
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.services.audits import listing
from isoaudit.web import paging
from isoaudit.web.audits.blueprint import pages, province_id


@pages.get("/cua-toi")
@requires(Permission.AUDIT_ANSWER)
def mine() -> str:
    """The audits in whose team I am, the next ones first."""
    session = database.session()
    found = listing.listed(session, province_id(session), listing.Filters(user_id=current_user.id))
    open_states = (AuditState.UNDER_WAY, AuditState.SIGNED, AuditState.PLANNED)
    return render_template(
        "web/audits/mine.html",
        now=[each for each in found if each.state in open_states],
        done=paging.cut([each for each in found if each.state not in open_states]),
        today=clock.today(),
    )


@pages.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    """All audits, by year, state and words."""
    session = database.session()
    province = province_id(session)
    years = listing.years(session, province)
    year = request.args.get("nam", "")
    state = word(AuditState, request.args.get("tinh-trang", ""))
    filters = listing.Filters(
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        state=state,
        text=request.args.get("tim", ""),
        elsewhere={"khac": True, "co-quan": False}.get(request.args.get("nguon", "")),
    )
    return render_template(
        "web/audits/index.html",
        page=paging.cut(listing.listed(session, province, filters)),
        years=[(each, each) for each in years],
        states=[(each.value, each) for each in AuditState],
        title=_("Các cuộc kiểm tra"),
    )


def word(kind: type[Word], value: str):  # type: ignore[no-untyped-def]
    """The word of a closed list that an address names; None for anything else."""
    return next((each for each in kind if each.value == value), None)
