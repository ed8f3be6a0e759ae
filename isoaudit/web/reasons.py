"""Steps that ask for nothing but a reason (cancelling, voiding, reopening): when the reason is refused, the question
is asked again with what was typed and what is wrong beside it. The question itself stands on the record's page."""

from flask import render_template, request

from isoaudit.domain.errors import Invalid
from isoaudit.http import database
from isoaudit.http.errors import explain


def again(refusal: Invalid, *, field: str, title: str, record: str, back: str) -> tuple[str, int]:
    """The page that asks again; it sends to the address that was sent to. `field` is the name of the reason, `record`
    what it is about, `back` the address of the record's page."""
    database.session().rollback()
    page = render_template(
        "web/reason.html",
        field=field,
        title=title,
        record=record,
        back=back,
        typed=request.form.get(field, ""),
        beside=explain(refusal) if refusal.details.get("field") == field else "",
        above=explain(refusal) if refusal.details.get("field") != field else "",
    )
    return page, refusal.status
