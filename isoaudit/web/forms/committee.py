"""The form on top of the committee's pages: year, cut-off day, conversion. Sent by GET, so without CSRF token."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from isoaudit.domain.errors import Invalid
from isoaudit.http.errors import explain
from isoaudit.services import library
from isoaudit.web.forms.base import Form
from isoaudit.web.words import day


class DayField(DateField):
    """A day, with a sentence of our own for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take up the day; an empty one is left to the page."""
        if not any(valuelist):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("“%(given)s” không phải một ngày. Hãy chọn lại ngày.", given=valuelist[0])) from None


class LookForm(Form):
    """What to look at. `tu_nam` is the year that was shown: when only the year is changed, the day follows it."""

    class Meta:
        """Read-only."""

        csrf = False

    nam = SelectField(_l("Năm"), coerce=str, validate_choice=False)
    ngay = DayField(_l("Tính đến ngày"))
    chuyen_doi = SelectField(_l("Lần chuyển đổi"), validate_choice=False)
    tu_nam = HiddenField()

    def offer(self, years: Iterable[int], conversions: Iterable[tuple[str, str]]) -> None:
        """Fill in what can be chosen."""
        self.nam.choices = [SelectChoice(str(year), str(year)) for year in years]
        self.chuyen_doi.choices = [SelectChoice(*each) for each in conversions]

    @property
    def year(self) -> int:
        """The year asked for; call it after the form was found good."""
        return int(self.nam.data)

    def validate_nam(self, field: Any) -> None:
        """One of the years offered."""
        offered = [choice.value for choice in field.choices]
        if field.data not in offered:
            raise ValidationError(
                _(
                    "Năm %(year)s không có số liệu. Hãy chọn một năm từ %(first)s đến %(last)s.",
                    year=field.data,
                    first=offered[-1],
                    last=offered[0],
                )
            )

    def validate_chuyen_doi(self, field: Any) -> None:
        """One that a file describes."""
        known = [choice.value for choice in field.choices]
        if field.data not in known:
            choices = library.told(library.conversions())
            refusal = Invalid("rollup.conversion_unknown", value=field.data, **choices)
            raise ValidationError(explain(refusal))

    def validate_ngay(self, field: Any) -> None:
        """A day of the year."""
        if field.data is None or self.nam.data is None or not self.nam.data.isdigit() or len(self.nam.data) != 4:
            return
        year = int(self.nam.data)
        if year and field.data.year != year:
            raise ValidationError(
                explain(
                    Invalid(
                        "rollup.day_outside_period",
                        day=day(field.data),
                        first=day(date(year, 1, 1)),
                        last=day(date(year, 12, 31)),
                    )
                )
            )
