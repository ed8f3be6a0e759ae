"""The administrator's accounts: the list, one account (add, edit, close, open, unlock, reset), its CSV. Accounts from a
file are in `accounts_file`; one's own account is in `account`."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from isoaudit.db import User
from isoaudit.domain.access import Permission
from isoaudit.domain.account import AccountStatus, Tie
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.localday import local_day
from isoaudit.domain.vocabulary import Role, Word
from isoaudit.http import clock, database, errors, files, signin
from isoaudit.http.access import requires
from isoaudit.services.accounts import listing, passwords, people, signing
from isoaudit.web import paging, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.accounts import AccountForm

pages = Blueprint("accounts", __name__, url_prefix="/quan-tri/tai-khoan")

Kind = TypeVar("Kind", bound=Word)
Answer = str | Response | tuple[str, int]


@pages.get("")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> str:
    """The list: search without diacritics, by role and status, sorted, a page at a time."""
    lines, total = listing.search(
        database.session(),
        clock.now(),
        text=request.args.get("tim", ""),
        role=_word(Role, "vai-tro"),
        status=_word(AccountStatus, "tinh-trang"),
        order=request.args.get("xep", "ten"),
        number=paging.asked_page(),
        per_page=paging.PER_PAGE,
    )
    page = paging.Page(lines, paging.asked_page(), total)
    return render_template(
        "web/accounts/index.html",
        page=page,
        roles=[(role.value, words.label(role)) for role in Role],
        statuses=[(status.value, words.label(status)) for status in AccountStatus],
    )


@pages.get("/danh-sach.csv")
@requires(Permission.ACCOUNTS_MANAGE)
def export() -> Response:
    """All accounts, for the yearly review."""
    head = (
        _("Loại (vai trò)"),
        _("Tên đăng nhập"),
        _("Tình trạng"),
        _("Người dùng"),
        _("Chức vụ"),
        _("Đơn vị"),
        _("Ngày kích hoạt"),
        _("Đăng nhập gần nhất"),
        _("Xác thực hai lớp"),
    )
    rows = [
        (
            "; ".join(words.label(role) for role in line.roles),
            line.username,
            words.label(line.status),
            line.full_name,
            line.position,
            "; ".join(line.units),
            _local_day(line.active_since),
            _local_day(line.last_sign_in),
            _("có") if line.second_factor else _("không"),
        )
        for line in listing.everyone(database.session(), clock.now())
    ]
    return files.csv_attachment(f"tai-khoan-{clock.today():%Y-%m-%d}.csv", head, rows)


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def add() -> Answer:
    """A new account; its first password is shown once."""
    form = _form(None)
    if form.validate_on_submit():
        first = signin.hasher().first()
        try:
            user = people.add(
                database.session(),
                username=str(form.username.data),
                full_name=str(form.full_name.data),
                position=form.position.data,
                email=form.email.data,
                language=form.language.data,
                roles=_roles(form),
                ties=_ties(form),
                first=first,
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            return render_template("web/accounts/first_password.html", account=user, password=first.text)
    return render_template("web/accounts/edit.html", form=form, account=None), _status()


@pages.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def edit(user_id: int) -> Answer:
    """One account: who it is, roles, units, and what can be done with it."""
    session, now = database.session(), clock.now()
    user = people.get(session, user_id)
    form = _form(user)
    if form.validate_on_submit():
        try:
            people.describe(
                session,
                user,
                full_name=str(form.full_name.data),
                position=form.position.data,
                email=form.email.data,
                language=form.language.data,
                by=signin.actor(),
                now=now,
            )
            people.assign(session, user, roles=_roles(form), ties=_ties(form), by=signin.actor(), now=now)
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            if user.id == current_user.id and user.session_epoch != current_user.epoch:
                signin.begin(user)
            flash(_("Đã lưu tài khoản “%(name)s”.", name=user.username), "good")
            return redirect(url_for("accounts.index"))
    status = people.status_of(user, now)
    return render_template("web/accounts/edit.html", form=form, account=user, status=status), _status()


@pages.post("/<int:user_id>/ngung")
@requires(Permission.ACCOUNTS_MANAGE)
def disable(user_id: int) -> Response:
    """Close an account."""
    return _pressed(user_id, people.disable, _("Đã ngừng tài khoản “%(name)s”."))


@pages.post("/<int:user_id>/mo-lai")
@requires(Permission.ACCOUNTS_MANAGE)
def enable(user_id: int) -> Response:
    """Open a closed account."""
    return _pressed(user_id, people.enable, _("Đã mở lại tài khoản “%(name)s”."))


@pages.post("/<int:user_id>/mo-khoa")
@requires(Permission.ACCOUNTS_UNLOCK)
def unlock(user_id: int) -> Response:
    """Open an account locked by failures or by long disuse."""
    return _pressed(user_id, signing.unlock, _("Đã mở khóa tài khoản “%(name)s”."))


@pages.post("/<int:user_id>/cap-lai")
@requires(Permission.ACCOUNTS_MANAGE)
def reset(user_id: int) -> str:
    """A new first password, shown once."""
    user = people.get(database.session(), user_id)
    if user.id == current_user.id:
        raise Invalid("account.own_reset", username=user.username)
    password = passwords.reset(database.session(), user, hasher=signin.hasher(), by=signin.actor(), now=clock.now())
    return render_template("web/accounts/first_password.html", account=user, password=password)


def _pressed(user_id: int, do: Callable[..., object], said: str) -> Response:
    """Do what one button does to an account, and say so on its page."""
    user = people.get(database.session(), user_id)
    do(database.session(), user, by=signin.actor(), now=clock.now())
    flash(said % {"name": user.username}, "good")
    return redirect(url_for("accounts.edit", user_id=user_id))


def _form(user: User | None) -> AccountForm:
    form = AccountForm(obj=user if request.method != "POST" else None)
    form.choices_in(errors.language())
    standing = [row for row in user.memberships if row.until is None] if user else []
    names = people.units_by_id(database.session(), [row.unit_id for row in standing])
    form.kept.choices = [
        SelectChoice(f"{row.unit_id} {row.tie}", f"{names[row.unit_id]} – {words.label(Tie(row.tie))}")
        for row in standing
    ]
    if user is not None:
        form.username.data = user.username
    if request.method != "POST":
        form.unit_on.data = clock.today()
        form.roles.data = [row.role.value for row in user.roles] if user else []
        form.kept.data = [choice.value for choice in form.kept.choices]
    return form


def _roles(form: AccountForm) -> list[Role]:
    return [Role(value) for value in form.roles.data or []]


def _ties(form: AccountForm) -> list[people.TieTo]:
    """The ties kept, and the new one when a code was typed."""
    ties = [people.TieTo(int(unit_id), Tie(tie)) for unit_id, tie in (value.split() for value in form.kept.data or [])]
    if form.unit.data and form.unit.data.strip():
        unit = people.unit_coded(database.session(), form.unit.data, form.unit_on.data or clock.today())
        ties.append(people.TieTo(unit.id, Tie(form.tie.data)))
    return ties


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _word(kind: type[Kind], argument: str) -> Kind | None:
    """The word of a closed list that an argument of the address names; None when it names none."""
    return next((word for word in kind if word.value == request.args.get(argument)), None)


def _local_day(moment: datetime | None) -> str:
    return f"{local_day(moment):%d/%m/%Y}" if moment else ""
