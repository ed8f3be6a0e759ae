"""What the rooms of objectives, reports owed and money do alike: correcting a record and undoing its voiding, with what
is refused shown where it was typed. Forms and addresses are the rooms' own, and the words in which each voids."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import flash, redirect
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from isoaudit.db import Fact
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.http import clock, database, signin
from isoaudit.web import correcting
from isoaudit.web.forms import refusals


class Room(Protocol):
    """The service of a room."""

    correct: Callable[..., bool]
    restore: Callable[..., Any]


def corrected(room: Room, form: FlaskForm, row: Fact, values: Mapping[str, Any], back: str) -> Response | None:
    """Give the record what was typed; None when that is refused, which the form then says."""
    given = {"why": form["why"].data, "revision": correcting.seen(form)}
    try:
        done = room.correct(database.session(), row.id, values, **given, by=signin.actor(), now=clock.now())
    except Refusal as refusal:
        correcting.refused(form, refusal, row)
        return None
    flash(_("Đã cập nhật.") if done else _("Không có gì thay đổi nên không ghi."), "good")
    return redirect(back)


def restored(room: Room, key: int, back: str) -> Response:
    """Undo a voiding."""
    try:
        room.restore(database.session(), key, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã khôi phục."), "good")
    return redirect(back)
