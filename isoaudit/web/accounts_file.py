"""Accounts from a CSV file: the template, the import, the first passwords shown and downloadable once."""

import base64

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.services.accounts import importing
from isoaudit.web.forms import refusals
from isoaudit.web.forms.accounts import AccountsFileForm

pages = Blueprint("accounts_file", __name__, url_prefix="/quan-tri/tai-khoan/nhap")

Answer = str | Response | tuple[str, int]


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
            database.session().rollback()  # while the passwords are hashed, others may write
            with database.reading() as reading:
                wanted = importing.check(reading, sent.filename or "tệp", sent.read(), on=form.on.data)
            firsts = [(each, signin.hasher().first()) for each in wanted]
            made = importing.load(database.session(), firsts, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            text = "".join(
                files.csv_text(row)
                for row in [importing.MADE_COLUMNS, *((each.username, each.full_name, each.password) for each in made)]
            )
            encoded = base64.b64encode(("\ufeff" + text).encode()).decode()
            return render_template("web/accounts/first_passwords.html", made=made, encoded=encoded)
    status = 422 if request.method == "POST" else 200
    return render_template("web/accounts/file.html", form=form, columns=importing.COLUMNS), status


@pages.get("/mau.csv")
@requires(Permission.ACCOUNTS_MANAGE)
def template() -> Response:
    """An empty file with the columns and one line to show how it is filled in."""
    example = ("nguyenvana", "Nguyễn Văn A", "Chuyên viên", "", "inspector", "")
    return files.csv_attachment("mau-tai-khoan.csv", importing.COLUMNS, [example])
