"""How a refusal of a service gets onto the form that caused it: to its field when it names one, above the form
otherwise. The view then shows the form again, with status 422 and everything that was typed."""

from flask_wtf import FlaskForm

from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.http.errors import explain


def show(form: FlaskForm, refusal: Refusal) -> None:
    """Write the refusal's sentence to the form."""
    for each in refusal.refusals if isinstance(refusal, Refusals) else [refusal]:
        field = form._fields.get(str(each.details.get("field", "")))
        if field is None:
            form.form_errors.append(explain(each))
        else:
            field.errors = [*field.errors, explain(each)]
