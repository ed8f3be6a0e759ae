"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from isoaudit.domain.passwords import LONGEST
from isoaudit.http.language import LANGUAGES
from isoaudit.web.forms.base import Form

_REQUIRED = InputRequired(_l("Hãy điền mục này."))
_PASSWORD = [_REQUIRED, Length(max=LONGEST, message=_l("Mật khẩu không quá %(max)d ký tự."))]


class SignInForm(Form):
    """Account name and password; `next` is where to go then, `held` a form that came too late."""

    username = StringField(lazy_pgettext("số ít", "Tài khoản"), validators=[_REQUIRED])
    password = PasswordField(_l("Mật khẩu"), validators=[_REQUIRED])
    next = HiddenField()
    held = HiddenField()


class SecondStepForm(Form):
    """A code of the authenticator, or a recovery code."""

    otp = StringField(_l("Mã xác thực"), validators=[_REQUIRED, Length(max=20)])
    next = HiddenField()
    held = HiddenField()


class OwnAccountForm(Form):
    """What a person says about themselves."""

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


class PasswordForm(Form):
    """The present password and the new one, twice."""

    old = PasswordField(_l("Mật khẩu hiện tại"), validators=[_REQUIRED])
    new = PasswordField(_l("Mật khẩu mới"), validators=_PASSWORD)
    again = PasswordField(_l("Nhập lại mật khẩu mới"), validators=[_REQUIRED])

    def validate(self, extra_validators: object = None) -> bool:
        """Both entries of the new password must be equal."""
        good = bool(super().validate(extra_validators))
        if self.new.data and self.again.data and self.new.data != self.again.data:
            self.again.errors = [*self.again.errors, _l("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.")]
            return False
        return good


class EnrolForm(Form):
    """The first code of a new authenticator."""

    otp = StringField(_l("Mã 6 chữ số trên ứng dụng"), validators=[_REQUIRED, Length(max=20)])


class ConfirmForm(Form):
    """The password once more, before the second factor is changed."""

    password = PasswordField(_l("Mật khẩu hiện tại"), validators=[_REQUIRED])
