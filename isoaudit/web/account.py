"""Signing in and out, and one's own account."""

from flask import Blueprint, render_template
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from isoaudit.http.access import public

pages = Blueprint("account", __name__)


class SignInForm(FlaskForm):
    """Account name and password."""

    username = StringField("Tài khoản", validators=[InputRequired()])
    password = PasswordField("Mật khẩu", validators=[InputRequired()])


@pages.get("/dang-nhap")
@public
def sign_in() -> str:
    """The sign-in page."""
    return render_template("web/sign_in.html", form=SignInForm())
