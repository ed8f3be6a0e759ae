"""Signing in and out, and one's own account: who one is, the password. The second factor is in `second_factor`."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages import MESSAGES
from isoaudit.http import addresses, clock, database, errors, held, limits, signin
from isoaudit.http.access import public, requires
from isoaudit.services.accounts import passwords, people, signing
from isoaudit.services.accounts.signing import Outcome
from isoaudit.web.forms import refusals
from isoaudit.web.forms.account import OwnAccountForm, PasswordForm, SecondStepForm, SignInForm

pages = Blueprint("account", __name__)
SECOND_STEP_SECONDS = 300

Answer = str | Response | tuple[str, int]


@pages.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """The sign-in page: account name and password."""
    form = SignInForm()
    if not addresses.secure_enough():
        return render_template("web/account/needs_https.html"), 403
    if request.method != "POST":
        form.next.data = addresses.safe_next(request.args.get("next"))
        if current_user.is_authenticated:
            return redirect(form.next.data or url_for("home.index"))
        return render_template("web/account/sign_in.html", form=form)
    if not form.validate_on_submit():
        return render_template("web/account/sign_in.html", form=form), 422
    username, password, now = str(form.username.data), str(form.password.data), clock.now()
    limits.check_sign_in(username)
    with database.reading() as reading:
        who = signing.candidate(reading, username)
    hasher = signin.hasher()
    matched = hasher.matches(who.password_hash if who else None, password)
    with database.apart() as own:
        outcome, user = signing.settle(
            own, who, matched=matched, password=password, hasher=hasher, source=signin.source(), now=now
        )
    if outcome is Outcome.REFUSED or user is None:
        limits.failed_sign_in(username)
        form.form_errors.append(_sentence("signin.failed"))
        return render_template("web/account/sign_in.html", form=form), 422
    if outcome is Outcome.SECOND_FACTOR:
        session["half"] = [user.id, user.session_epoch, int(now.timestamp())]
        second = SecondStepForm(formdata=None, next=form.next.data, held=form.held.data)
        return render_template("web/account/second_step.html", form=second)
    signin.begin(user)
    return _onward(user.id, form.next.data, form.held.data)


@pages.route("/dang-nhap/xac-thuc", methods=["GET", "POST"])
@public
def second_step() -> Answer:
    """The second step of signing in: the code."""
    form = SecondStepForm()
    half = session.get("half")
    now = clock.now()
    if not half or now.timestamp() - half[2] > SECOND_STEP_SECONDS or not addresses.secure_enough():
        session.pop("half", None)
        flash(_("Hãy nhập lại tài khoản và mật khẩu."), "info")
        return redirect(url_for("account.sign_in", next=addresses.safe_next(form.next.data)))
    if request.method != "POST":
        return render_template("web/account/second_step.html", form=form)
    if not form.validate_on_submit():
        return render_template("web/account/second_step.html", form=form), 422
    limits.check_sign_in(f"#{half[0]}")
    with database.apart() as own:
        user = signing.settle_second(
            own, half[0], half[1], str(form.otp.data), key=signin.account_key(), source=signin.source(), now=now
        )
    if user is None:
        limits.failed_sign_in(f"#{half[0]}")
        form.otp.errors = [_sentence("signin.second_failed")]
        return render_template("web/account/second_step.html", form=form), 422
    signin.begin(user)
    return _onward(user.id, form.next.data, form.held.data)


@pages.post("/dang-xuat")
@public
def sign_out() -> Response:
    """End the session, here and on every copy of its cookie."""
    if current_user.is_authenticated:
        signing.sign_out(database.session(), session.get("id", ""), by=signin.actor(), now=clock.now())
    signin.end()
    flash(_("Đã đăng xuất."), "info")
    return redirect(url_for("account.sign_in"))


@pages.route("/tai-khoan", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def own() -> Answer:
    """One's own account: name, position, e-mail, language."""
    user = current_user.user
    form = OwnAccountForm(obj=user)
    if form.validate_on_submit():
        try:
            people.describe(
                database.session(),
                user,
                full_name=str(form.full_name.data),
                position=form.position.data,
                email=form.email.data,
                language=form.language.data,
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            session["language"] = form.language.data
            flash(_("Đã lưu."), "good")
            return redirect(url_for("account.own"))
    status = 422 if request.method == "POST" else 200
    units = people.unit_names(database.session(), current_user.units)
    return render_template("web/account/own.html", form=form, account=current_user, units=units), status


@pages.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def password() -> Answer:
    """Change one's password; the first one has to be changed before anything else."""
    form = PasswordForm()
    if form.validate_on_submit():
        limits.check_sign_in(f"#{current_user.id}")
        user = current_user.user
        try:
            passwords.change(
                database.session(),
                user,
                old=str(form.old.data),
                new=str(form.new.data),
                hasher=signin.hasher(),
                by=signin.actor(),
                now=clock.now(),
            )
        except passwords.WeakPassword as weak:
            form.new.errors = [
                _(
                    "Mật khẩu mới chưa đạt: %(reasons)s.",
                    reasons="; ".join(w.label(errors.language()) for w in weak.found),
                )
            ]
        except Refusal as refusal:
            refusals.show(form, refusal)
            if refusal.code == "password.wrong":
                limits.failed_sign_in(f"#{current_user.id}")
        else:
            signin.begin(user)
            flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản đã kết thúc."), "good")
            return redirect(url_for("home.index"))
    status = 422 if request.method == "POST" else 200
    return render_template("web/account/password.html", form=form), status


def _sentence(code: str) -> str:
    return MESSAGES[code][1 if errors.language() == "en" else 0]


def _onward(user_id: int, target: str | None, typed: str | None) -> Answer:
    """Where to go after signing in: to the form that came too late, to the page asked for, or home."""
    content = held.opened(typed, user_id) if typed else None
    if content and addresses.safe_next(content["path"]):
        return render_template("web/account/resume.html", path=content["path"], fields=content["fields"])
    return redirect(addresses.safe_next(target) or url_for("home.index"))
