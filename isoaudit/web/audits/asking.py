"""A criterion or general text that was refused when it came from a plain form (no JavaScript): asked again on a page of
its own, with what was typed and what is wrong beside its field."""

from flask import render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from isoaudit.domain.errors import Refusal
from isoaudit.domain.operations import AuditField, Value
from isoaudit.domain.vocabulary import Grade
from isoaudit.http import database
from isoaudit.http.errors import language
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.blueprint import of_request
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import CriterionForm, GeneralTextForm
from isoaudit.web.words import label


def again(refusal: Refusal, reference: str, code: str, value: Value, back: str) -> tuple[str, int]:
    """The page that asks again; it sends to the address that was sent to. `value` is what was sent, `back` the address
    of the answer page. Raises the refusal itself when no change of the text could mend it."""
    if refusal.status not in (409, 422):
        raise refusal
    database.session().rollback()
    audit = of_request(reference)
    asked = _general(code) if code.startswith("@") else _criterion(audit, code, value)
    if asked is None:
        raise refusal
    form, question = asked
    refusals.show(form, refusal)
    page = render_template("web/audits/answer_again.html", audit=audit, form=form, question=question, back=back)
    return page, refusal.status


def _general(code: str) -> tuple[FlaskForm, str] | None:
    word = next((each for each in AuditField if each.value == code[1:]), None)
    return None if word is None else (GeneralTextForm(), label(word))


def _criterion(audit: AuditView, code: str, value: Value) -> tuple[FlaskForm, str] | None:
    criterion = audit.checklist.criterion(code)
    if criterion is None:
        return None
    form = CriterionForm()
    grades = [grade for grade in Grade if not (criterion.gate and grade is Grade.NOT_APPLICABLE)]
    form.grade.choices = [
        SelectChoice("", _("Chưa trả lời")),
        *(SelectChoice(grade.value, label(grade)) for grade in grades),
    ]
    form.grade.data, form.reason.data = str(value["grade"] or ""), str(value["reason"])
    if criterion.gate:
        del form.reason
    return form, f"{code}. {criterion.text.label(language())}"
