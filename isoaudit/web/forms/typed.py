"""Fields that say in Vietnamese what they expect and keep what was typed: days, counts, years, lines, longer texts."""

import unicodedata
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

REQUIRED = InputRequired(_l("Hãy điền mục này."))
WORDS_REQUIRED = DataRequired(_l("Hãy điền mục này."))
"""For text: blanks alone are nothing."""
CHOOSE = InputRequired(_l("Hãy chọn một mục."))
LARGEST = 2_147_483_647
FIRST_YEAR, LAST_YEAR = 1900, 2199


class DayField(DateField):
    """A day, by the browser's own date input."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, refused with an example when it is no day."""
        self.data = None
        text = " ".join(valuelist).strip()
        if not text:
            return
        try:
            self.data = date.fromisoformat(text)
        except ValueError:
            raise ValueError(_l("Ngày chưa đúng. Hãy chọn ngày, hoặc gõ theo dạng 2020-11-18.")) from None
        if not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(_l("Năm của ngày này chưa đúng. Hãy kiểm tra lại."))


class WholeField(IntegerField):
    """A whole number that a column can hold."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed; empty is no number, anything else but digits is refused."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        if not text.isascii() or not text.isdigit() or int(text) > LARGEST:
            raise ValueError(_l("Hãy nhập số nguyên từ 0 trở lên, không có dấu chấm phẩy."))
        self.data = int(text)


class LineField(StringField):
    """One line of text: NFC, single blanks."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, tidied."""
        text = valuelist[0] if valuelist else ""
        self.data = " ".join(unicodedata.normalize("NFC", text).replace("\0", "").split())


class TextField(TextAreaField):
    """Several lines of text: NFC, without blanks around."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, tidied."""
        text = valuelist[0] if valuelist else ""
        self.data = unicodedata.normalize("NFC", text).replace("\0", "").replace("\r\n", "\n").strip()


def at_most(length: int) -> Length:
    """No longer than what the column holds."""
    return Length(max=length, message=_l("Không quá %(max)d ký tự."))


def year_range() -> NumberRange:
    """A year that a plan can be for."""
    return NumberRange(FIRST_YEAR, LAST_YEAR, message=_l("Năm phải từ %(min)s đến %(max)s."))
