"""Accounts from a CSV file: the template, the import, the first passwords shown and downloadable once.

Hashing passwords is slow on purpose: hundreds take a minute. An answer hashes for some seconds and its page goes on by
itself, so that no request waits, and no worker is held, for longer.
"""

import base64
from dataclasses import asdict, astuple
from time import monotonic
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.account import Tie
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.vocabulary import Role
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.services.accounts import importing, people
from isoaudit.services.accounts.hashing import FirstPassword
from isoaudit.web.forms import refusals
from isoaudit.web.forms.accounts import AccountsFileForm

pages = Blueprint("accounts_file", __name__, url_prefix="/quan-tri/tai-khoan/nhap")

Answer = str | Response | tuple[str, int]
SECONDS = 4.0
"""So long one answer may hash passwords."""


@pages.route("", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> Answer:
    """Choose a file; every row is checked before anything is made."""
    form = AccountsFileForm()
    if request.method != "POST":
        form.on.data = clock.today()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            with database.reading() as reading:
                wanted = importing.check(reading, sent.filename or "tệp", sent.read(), on=form.on.data)
            return _make(wanted, [])
        except Refusal as refusal:
            refusals.show(form, refusal)
    return _page(form)


@pages.post("/tiep")
@requires(Permission.ACCOUNTS_MANAGE)
def go_on() -> Answer:
    """Go on with the passwords of a file that was checked; the accounts are made when all are hashed."""
    form = AccountsFileForm(formdata=None, data={"on": clock.today()})
    try:
        return _make(*_opened(request.form.get("passwords", "")))
    except Refusal as refusal:
        refusals.show(form, refusal)
    return _page(form)


def _make(wanted: list[importing.Wanted], firsts: list[FirstPassword]) -> str:
    """Hash first passwords for as long as one answer may take, then ask to go on, or make all accounts at once. What
    was hashed so far travels in the page: nothing is written before all can be."""
    database.session().rollback()  # while the passwords are hashed, others may write
    ends = monotonic() + SECONDS
    while len(firsts) < len(wanted):
        firsts.append(signin.hasher().first())
        if monotonic() >= ends and len(firsts) < len(wanted):
            sealed = _signer().dumps([[_plain(each) for each in wanted], [astuple(each) for each in firsts]])
            return render_template("web/accounts/hashing.html", done=len(firsts), total=len(wanted), sealed=sealed)
    both = zip(wanted, firsts, strict=True)
    made = importing.load(database.session(), both, by=signin.actor(), now=clock.now())
    rows = [importing.MADE_COLUMNS, *((each.username, each.full_name, each.password) for each in made)]
    encoded = base64.b64encode(("\ufeff" + "".join(map(files.csv_text, rows))).encode()).decode()
    return render_template("web/accounts/first_passwords.html", made=made, encoded=encoded)


def _plain(wanted: importing.Wanted) -> dict[str, Any]:
    return {**asdict(wanted), "ties": [(each.unit_id, each.tie.value) for each in wanted.ties]}


def _opened(sealed: str) -> tuple[list[importing.Wanted], list[FirstPassword]]:
    """What `_make` sealed for this administrator, within the hour."""
    try:
        rows, firsts = _signer().loads(sealed, max_age=3600)
    except BadSignature:
        raise Invalid("accounts.file_again") from None
    wanted = [
        importing.Wanted(
            **{
                **row,
                "roles": tuple(Role(each) for each in row["roles"]),
                "ties": tuple(people.TieTo(unit_id, Tie(tie)) for unit_id, tie in row["ties"]),
            }
        )
        for row in rows
    ]
    return wanted, [FirstPassword(*each) for each in firsts]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"accounts file {current_user.get_id()}")


def _page(form: AccountsFileForm) -> tuple[str, int]:
    status = 422 if request.method == "POST" else 200
    return render_template("web/accounts/file.html", form=form, most=importing.MOST_ROWS), status


@pages.get("/mau.csv")
@requires(Permission.ACCOUNTS_MANAGE)
def template() -> Response:
    """An empty file with the columns and one line to show how it is filled in."""
    example = ("nguyenvana", "Nguyễn Văn A", "Chuyên viên", "", "inspector", "")
    return files.csv_attachment("mau-tai-khoan.csv", importing.COLUMNS, [example])
