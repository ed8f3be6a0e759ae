"""The inspectors' devices, for the office: what each still holds, forgotten PINs, taking a device out of use, and files
of unsent work that a device could not send itself."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.services import device_list, devices, orphans, recovery, recovery_key, settings, unsent
from isoaudit.web import reasons
from isoaudit.web.forms import refusals
from isoaudit.web.forms.devices import UnsentForm

pages = Blueprint("devices", __name__, url_prefix="/thiet-bi")

Answer = str | Response | tuple[str, int]
LARGEST_MB = 1000
"""Some three thousand photos; the server under the program takes no more at once (waitress: 1024 MB). The general limit
of uploads would be too small."""
STAND_IN = "tệp không xác thực được nguồn"
"""What the device is called that stands in for one whose file is not proven: data, not words of a page."""
KEPT = "nội dung đã giữ, đưa vào sau"
"""The same for one whose work was kept without its audit."""


@pages.url_value_preprocessor
def _allow_large(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Before anything reads the body (the check of the form's token does)."""
    if endpoint == "devices.bring":
        request.max_content_length = LARGEST_MB * 1024 * 1024


@pages.get("")
@requires(Permission.DEVICES_MANAGE)
def index() -> str:
    """Every device that ever reported, those that still hold something first; what waits for a decision."""
    return _index(UnsentForm())


@pages.post("/<device_id>/thu-hoi")
@requires(Permission.DEVICES_MANAGE)
def revoke(device_id: str) -> Answer:
    """Take a device out of use: it wipes what the server has, keeps the rest."""
    session, back = database.session(), url_for("devices.index")
    reason = request.form.get("reason", "")
    try:
        home = settings.home_id(session)
        devices.revoke(session, home, device_id, reason=reason, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Thu hồi thiết bị"), record=device_id[:8], back=back)
    flash(_("Đã thu hồi. Thiết bị sẽ xóa phần máy chủ đã nhận khi có mạng; phần chưa gửi vẫn được giữ."), "good")
    return redirect(back, 303)


@pages.post("/<device_id>/dua-vao")
@requires(Permission.DEVICES_MANAGE)
def bring_kept(device_id: str) -> Answer:
    """Bring what a device sent for an audit that the server did not have into one that was planned again."""
    session, named, into = database.session(), request.form.get("named", ""), request.form.get("into", "").strip()
    how: dict[str, Any] = {"into": into, "stand_in_name": KEPT, "by": signin.actor(), "now": clock.now()}
    try:
        brought = orphans.bring(session, settings.home_id(session), device_id, named, **how)
    except Refusal as refusal:
        return refusals.flashed(refusal, url_for("devices.index"))
    return _told(brought)


@pages.post("/<device_id>/dung-lai")
@requires(Permission.DEVICES_MANAGE)
def use_again(device_id: str) -> Answer:
    """Take a revoked device back into use: it sends what it still holds."""
    session, back = database.session(), url_for("devices.index")
    reason = request.form.get("reason", "")
    try:
        home = settings.home_id(session)
        devices.use_again(session, home, device_id, reason=reason, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Đưa vào dùng lại"), record=device_id[:8], back=back)
    flash(_("Đã đưa vào dùng lại. Khi có mạng, máy gửi phần chưa gửi; cuộc kiểm tra phải mang theo lại."), "good")
    return redirect(back, 303)


@pages.post("/mo-khoa/<recovery_id>/duyet")
@requires(Permission.DEVICES_MANAGE)
def approve(recovery_id: str) -> Response:
    """Let a person who forgot the PIN choose a new one, having made sure who asks."""
    key = recovery_key.of(current_app.config["ISOAUDIT"].instance)
    back = url_for("devices.index")
    try:
        recovery.approve(database.session(), key, recovery_id, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã cho đặt mã PIN mới. Người dùng mở ứng dụng khi có mạng để đặt."), "good")
    return redirect(back, 303)


@pages.post("/mo-khoa/<recovery_id>/tu-choi")
@requires(Permission.DEVICES_MANAGE)
def refuse(recovery_id: str) -> Answer:
    """Do not open it, and say why."""
    session, back = database.session(), url_for("devices.index")
    try:
        recovery.refuse(session, recovery_id, request.form.get("why", ""), by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="why", title=_("Từ chối mở khóa"), record=recovery_id[:8], back=back)
    flash(_("Đã từ chối; người dùng thấy lý do trên thiết bị."), "good")
    return redirect(back, 303)


@pages.post("/chua-gui")
@requires(Permission.DEVICES_MANAGE)
def bring() -> Answer:
    """Take in a file of unsent work: what became of each operation is told. Its photos are read and placed before
    anything is locked."""
    form, by, key = UnsentForm(), signin.actor(), signin.account_key()
    if form.validate():
        database.release()
        try:
            file = unsent.opened(form.file.data.stream)
            with database.reading() as looking:
                unsent.source(looking, file, key)
            photos = unsent.placed(current_app.config["ISOAUDIT"].evidence, file)
            session = database.session()
            home, name = settings.home_id(session), STAND_IN
            how: dict[str, Any] = {"account_key": key, "stand_in_name": name, "by": by, "now": clock.now()}
            brought = unsent.bring(session, home, file, photos, **how)
        except Refusal as refusal:
            database.session().rollback()
            refusals.show(form, refusal)
        else:
            return _told(brought)
    return _index(form), 422


def _told(brought: unsent.Brought) -> str:
    whys = {each.op_id: explain(each.refusal) for each in brought.told if each.refusal is not None}
    return render_template("web/office/unsent.html", brought=brought, whys=whys)


def _index(form: UnsentForm) -> str:
    session = database.session()
    return render_template(
        "web/office/devices.html",
        devices=device_list.listed(session, settings.home_id(session)),
        orphans=orphans.listed(session, settings.home_id(session)),
        recoveries=recovery.listed(session),
        form=form,
        most=LARGEST_MB,
    )
