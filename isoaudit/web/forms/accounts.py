"""The administrator's forms: one account, and accounts from a CSV file."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from isoaudit.domain.account import Tie
from isoaudit.domain.vocabulary import Role
from isoaudit.http.language import LANGUAGES
from isoaudit.web.forms.base import Form

_REQUIRED = InputRequired(_l("Hãy điền mục này."))


def _boxes(label: object) -> SelectMultipleField:
    """Several of a list, each a box to tick."""
    return SelectMultipleField(label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class AccountForm(Form):
    """Who a person is, what they may do, which unit they belong to. `kept` lists the ties there are already."""

    username = StringField(_l("Tên đăng nhập"), validators=[_REQUIRED, Length(max=64)])
    full_name = StringField(_l("Họ và tên"), validators=[_REQUIRED, Length(max=200)])
    position = StringField(_l("Chức vụ"), validators=[Length(max=200)])
    email = StringField(
        _l("Thư điện tử"),
        validators=[
            Optional(),
            Length(max=200),
            Regexp(
                r"[^@\s]+@[^@\s]+\.[^@\s.]+$", message=_l("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@quangtri.gov.vn.")
            ),
        ],
    )
    language = SelectField(_l("Ngôn ngữ"), choices=[SelectChoice(*each) for each in LANGUAGES.items()])
    roles = _boxes(_l("Vai trò"))
    kept = _boxes(_l("Đơn vị hiện nay (bỏ đánh dấu để thôi)"))
    unit = StringField(_l("Mã đơn vị"), validators=[Length(max=32)])
    unit_on = DateField(_l("Mã có hiệu lực vào ngày"), validators=[Optional()])
    tie = SelectField(_l("Quan hệ với đơn vị"))

    def choices_in(self, language: str) -> None:
        """Fill the lists of words in the language of the request."""
        self.roles.choices = [SelectChoice(role.value, role.label(language)) for role in Role]
        self.tie.choices = [SelectChoice(tie.value, tie.label(language)) for tie in Tie]


class AccountsFileForm(Form):
    """A CSV file of accounts."""

    file = FileField(_l("Tệp CSV"), validators=[FileRequired(_l("Hãy chọn tệp CSV."))])
    on = DateField(_l("Mã đơn vị trong tệp có hiệu lực vào ngày"), validators=[_REQUIRED])
