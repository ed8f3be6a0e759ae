"""The form that all forms of the pages are: what WTForms says by itself is said in the language of the request.

Sentences that belong to one field or validator stand with it; refusals of services are in `isoaudit.domain.messages`.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

_CHOICE = _l("Lựa chọn này không có trong danh sách. Hãy chọn lại.")
_SENTENCES = {
    "This field is required.": _l("Hãy điền mục này."),
    "Field cannot be longer than %(max)d character.": _l("Không quá %(max)d ký tự."),
    "Invalid input.": _l("Nội dung này chưa đúng. Hãy nhập lại."),
    "Not a valid integer value.": _l("Hãy nhập số nguyên."),
    "Not a valid date value.": _l("Ngày chưa đúng. Hãy chọn ngày, hoặc gõ theo dạng 2020-11-18."),
    "Not a valid choice.": _CHOICE,
    "Invalid Choice: could not coerce.": _CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOICE,
    "'%(value)s' is not a valid choice for this field.": _CHOICE,
}
"""WTForms' own sentence → ours, for the validators and fields in use."""


class _Translations:
    """What WTForms asks for its sentences; one without translation stays as WTForms says it."""

    def gettext(self, sentence: str) -> str:
        """Our sentence."""
        return str(_SENTENCES.get(sentence, sentence))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Our sentence, the same for all numbers."""
        return str(_SENTENCES[singular]) if singular in _SENTENCES else singular if number == 1 else plural


class Form(FlaskForm):
    """A form of a page."""

    class Meta(FlaskForm.Meta):
        """How its fields speak."""

        def get_translations(self, _form: Any) -> _Translations:
            """Ours instead of those that come with WTForms, which know no Vietnamese."""
            return _TRANSLATIONS


_TRANSLATIONS = _Translations()
