"""Correcting what stands: the form carries the revision that the person saw, so that two people who correct the same
record at the same time are told of each other. The reason and the values are the form's own."""

from flask_wtf import FlaskForm

from isoaudit.db import Fact
from isoaudit.domain.errors import Refusal
from isoaudit.http import database
from isoaudit.services import revisions
from isoaudit.web.forms import refusals


def begin(form: FlaskForm, row: Fact) -> None:
    """Let the form carry the revision that stands."""
    form["revision"].data = str(revisions.last_revision(database.session(), row))


def seen(form: FlaskForm) -> int | None:
    """The revision that the form carries; None when it is no number."""
    text = form["revision"].data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def refused(form: FlaskForm, refusal: Refusal, row: Fact) -> bool:
    """Show the refusal on the form. True when somebody was faster: the page then has to show what stands now, and the
    form may be sent again."""
    refusals.show(form, refusal)
    if refusal.code != "fact.stale":
        return False
    begin(form, row)
    return True
