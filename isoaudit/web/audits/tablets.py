"""What tablets brought to an audit, on its page: devices waited for, signatures, late values, dossiers, photos."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import Signature
from isoaudit.domain.access import Permission
from isoaudit.domain.dossiers import days_late
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.domain.vocabulary import TeamRole
from isoaudit.http import clock, database, files
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import devices, signing, vault
from isoaudit.services.audits import entries, history, lost, unlisted, waiting
from isoaudit.services.audits.entries import Kept
from isoaudit.services.audits.reading import AuditView
from isoaudit.web import reasons
from isoaudit.web.audits.blueprint import my_role, of_request, pages, province_id

Answer = Response | tuple[str, int]
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OFFSET = len("unlisted/")


@dataclass(frozen=True, slots=True)
class Dossier:
    """A sampled dossier with the days by which it was late."""

    values: Mapping[str, Any]
    late: int | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What the page shows of it. `late` are the values of criteria that wait, `others` entries in conflict; `missing`
    the files that are waited for, `lost` those that will not come, with the reason; `earlier` what the office had
    answered before to unlisted things."""

    devices: list[waiting.Taken]
    signature: Signature | None
    late: Mapping[str, list[history.Given]]
    others: list[Kept]
    dossiers: list[Dossier]
    notes: list[Kept]
    unlisted: list[tuple[str, Kept]]
    words: Mapping[str, Mapping[str, Any]]
    meeting: Mapping[str, Any]
    attendance: list[Mapping[str, Any]]
    places: list[Mapping[str, Any]]
    releases: bool
    missing: list[str]
    lost: Mapping[str, str]
    declares: bool
    earlier: Mapping[str, list[str]]

    @property
    def outstanding(self) -> list[waiting.Taken]:
        """The devices for which the audit waits."""
        return [each for each in self.devices if each.outstanding]


def brought(audit: AuditView) -> Brought:
    """What tablets brought; a fixed few queries, one more where values wait, files are missing or things unlisted."""
    session, province, key = database.session(), audit.row.province_id, audit.row.id
    found = {name: each for name, each in entries.of(session, province, key).items() if each.value or each.conflict}
    of_type = {name: each for name, each in found.items() if each.value}
    as_of = audit.row.minuted_on or clock.today()
    unknown = [(name[_OFFSET:], each) for name, each in of_type.items() if name.startswith("unlisted/")]
    return Brought(
        devices=waiting.devices(session, province, key),
        signature=signing.last(session, province, key),
        late=history.conflicts(session, province, key, [code for code, each in audit.answers.items() if each.conflict]),
        others=[each for each in found.values() if each.conflict],
        dossiers=[
            Dossier(each.value or {}, days_late(_text(each, "due"), _text(each, "returned"), as_of.isoformat()))
            for name, each in of_type.items()
            if name.startswith("dossier/")
        ],
        notes=[each for name, each in of_type.items() if name.startswith("note/")],
        unlisted=unknown,
        earlier=unlisted.earlier(history.events(session, province, key)) if unknown else {},
        missing=lost.missing(session, audit),
        lost=waiting.lost(session, province, key),
        declares=lost.may_declare(session, audit, actor()),
        words={name[len("word/") :]: each.value or {} for name, each in of_type.items() if name.startswith("word/")},
        meeting=(of_type["meeting"].value or {}) if "meeting" in of_type else {},
        attendance=[each.value or {} for name, each in of_type.items() if name.startswith("attendance/")],
        places=[each.value or {} for name, each in of_type.items() if name.startswith("gps/")],
        releases=my_role(audit) is TeamRole.HEAD,
    )


@pages.get("/<path:reference>/tep/<sha256>")
@requires(Permission.AUDIT_READ)
def evidence(reference: str, sha256: str) -> Response:
    """A photo or paper that the audit's answers or entries name, as an attachment."""
    audit, session = of_request(reference), database.session()
    if not _SHA256.fullmatch(sha256) or sha256 not in waiting.named(session, audit.row.province_id, audit.row.id):
        raise NotFound("evidence.missing", record=sha256[:12])
    path = vault.find(current_app.config["ISOAUDIT"].evidence, sha256)
    with path.open("rb") as stream:
        kind = vault.media_type(stream.read(8192)) or "application/octet-stream"
    return files.attachment(path, f"{reference}-{sha256[:12]}{vault.SUFFIXES.get(kind, '')}", kind)


@pages.post("/<path:reference>/tep/<sha256>/khong-con")
@requires(Permission.AUDIT_PAPERS)
def declare_lost(reference: str, sha256: str) -> Answer:
    """A photo that will not come any more, with a reason: the audit no longer waits for it."""
    session, reason = database.session(), request.form.get("reason", "")
    back = url_for("audits.show", reference=reference)
    try:
        lost.declare(session, province_id(session), reference, sha256, reason=reason, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Ảnh không còn"), record=reference, back=back)
    flash(_("Đã ghi ảnh không còn. Nếu sau này ảnh về, ảnh vẫn được nhận."), "good")
    return redirect(back + "#anh-thieu", 303)


@pages.post("/<path:reference>/thiet-bi/<device_id>/khong-cho")
@requires(Permission.AUDIT_CONCLUDE)
def release(reference: str, device_id: str) -> Answer:
    """The head no longer waits for a device, with a reason."""
    session, reason = database.session(), request.form.get("reason", "")
    back = url_for("audits.show", reference=reference)
    try:
        devices.release(session, province_id(session), reference, device_id, reason=reason, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Không chờ thiết bị"), record=reference, back=back)
    flash(_("Đã ghi: không chờ thiết bị này nữa. Nội dung đến sau vẫn được giữ và hiện ở trang này."), "good")
    return redirect(back + "#thiet-bi", 303)


@pages.post("/<path:reference>/chua-co-trong-danh-muc/<entry_id>")
@requires(Permission.PROGRAMME_PLAN)
def settle_unlisted(reference: str, entry_id: str) -> Answer:
    """The office says what became of a unit or procedure that no list had."""
    session, text = database.session(), request.form.get("settled", "")
    back = url_for("audits.show", reference=reference)
    try:
        unlisted.settle(session, of_request(reference), entry_id, text, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(
            refusal, field="settled", title=_("Xử lý mục chưa có trong danh mục"), record=reference, back=back
        )
    flash(_("Đã ghi kết quả xử lý."), "good")
    return redirect(back + "#chua-co", 303)


def _text(each: Kept, key: str) -> str:
    return str((each.value or {}).get(key) or "")
