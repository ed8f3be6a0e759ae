"""The second factor of one's own account: setting it up by a QR code, recovery codes, turning it off."""

import segno
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.account import second_factor_due
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.http import clock, database, limits, signin
from isoaudit.http.access import requires
from isoaudit.services.accounts import second_factor
from isoaudit.web.forms import refusals
from isoaudit.web.forms.account import ConfirmForm, EnrolForm

pages = Blueprint("second_factor", __name__, url_prefix="/tai-khoan/xac-thuc-hai-lop")

Answer = str | Response | tuple[str, int]


@pages.route("", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def index() -> Answer:
    """Setting the second factor up, or what there is of it."""
    user = current_user.user
    if user.totp_secret is not None:
        return _standing(ConfirmForm(formdata=None))
    form = EnrolForm()
    if "totp" not in session:
        session["totp"] = second_factor.seed()
    if not form.validate_on_submit():
        return _enrolment(form)
    try:
        codes = second_factor.enrol(
            database.session(),
            user,
            number=session["totp"],
            code=str(form.otp.data),
            key=signin.account_key(),
            by=signin.actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        refusals.show(form, refusal)
        return _enrolment(form)
    del session["totp"]
    return render_template("web/account/recovery_codes.html", codes=codes)


@pages.post("/ma-du-phong")
@requires(Permission.OWN_ACCOUNT)
def codes() -> Answer:
    """New recovery codes in place of the old ones."""
    form = ConfirmForm()
    try:
        _confirm(form)
        made = second_factor.renew_codes(
            database.session(), current_user.user, key=signin.account_key(), by=signin.actor(), now=clock.now()
        )
    except Refusal as refusal:
        refusals.show(form, refusal)
        return _standing(form)
    return render_template("web/account/recovery_codes.html", codes=made)


@pages.post("/tat")
@requires(Permission.OWN_ACCOUNT)
def turn_off() -> Answer:
    """Turn the second factor off; not for administrators."""
    form = ConfirmForm()
    try:
        _confirm(form)
        second_factor.turn_off(
            database.session(),
            current_user.user,
            password=str(form.password.data),
            by=signin.actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        refusals.show(form, refusal)
        return _standing(form)
    flash(_("Đã tắt xác thực hai lớp."), "good")
    return redirect(url_for("account.own"))


def _confirm(form: ConfirmForm) -> None:
    """Refuse unless the present password was typed."""
    name = f"#{current_user.id}"
    limits.check_sign_in(name)
    stored = current_user.user.password_hash
    if not form.validate_on_submit() or not signin.hasher().matches(stored, str(form.password.data)):
        limits.failed_sign_in(name)
        raise Invalid("password.wrong", field="password")


def _enrolment(form: EnrolForm) -> Answer:
    key, user = signin.account_key(), current_user.user
    qr = segno.make(second_factor.address(key, user, session["totp"]), error="m")
    secret = second_factor.secret_of(key, user.id, session["totp"])
    page = render_template(
        "web/account/enrol.html",
        form=form,
        qr=qr.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    )
    return page, 422 if request.method == "POST" else 200


def _standing(form: ConfirmForm) -> Answer:
    user = current_user.user
    left = second_factor.codes_left(database.session(), user)
    required = second_factor_due(current_user.role_set, enrolled=False, example=user.example)
    page = render_template("web/account/second_factor.html", form=form, left=left, required=required)
    return page, 422 if request.method == "POST" else 200
