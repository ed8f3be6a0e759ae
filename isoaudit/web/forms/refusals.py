"""How a refusal of a service gets onto the form that caused it: to its field when it names one, above the form
otherwise. The view then shows the form again, with status 422 and everything that was typed. A step without a form goes
back to its page with the refusal on top."""

from collections.abc import Mapping

from flask import flash, redirect
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.http import database
from isoaudit.http.errors import explain


def show(form: FlaskForm, refusal: Refusal, names: Mapping[str, str] | None = None) -> None:
    """Write the refusal's sentence to the form. `names`: the service's name of a field → the form's, where they
    differ."""
    for each in refusal.refusals if isinstance(refusal, Refusals) else [refusal]:
        name = str(each.details.get("field", ""))
        field = form._fields.get((names or {}).get(name, name))
        if field is None:
            form.form_errors.append(explain(each))
        else:
            field.errors = [*field.errors, explain(each)]


def flashed(refusal: Refusal, back: str) -> Response:
    """For a step that asks for nothing: its refusal, told on the page it was taken from."""
    database.session().rollback()
    for each in refusal.refusals if isinstance(refusal, Refusals) else [refusal]:
        flash(explain(each), "bad")
    return redirect(back)
