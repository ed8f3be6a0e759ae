"""Photos and papers: whole files, or pieces that go on where the last one ended."""

import re
from pathlib import Path

from flask import Response, current_app, request
from flask_login import current_user

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Invalid, NotFound, Refusal
from isoaudit.http import clock, database, errors
from isoaudit.http.access import requires
from isoaudit.http.files import attachment
from isoaudit.schemas.evidence import FileSchema
from isoaudit.services import evidence, vault
from isoaudit.services.evidence import Progress, Upload
from isoaudit.tablet.api.blueprint import actor, answer, api, bytes_body, province_id

PIECE_TYPE = "application/offset+octet-stream"
OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)
_FILE = FileSchema()


class PieceType(Refusal):
    """A piece that is not sent as one."""

    status = 415

    def __init__(self) -> None:
        super().__init__("evidence.media_type", field="Content-Type", expected=PIECE_TYPE)


@api.route("/evidence/<sha256>", methods=["HEAD"])
@requires(Permission.AUDIT_ANSWER)
def evidence_progress(sha256: str) -> Response:
    """How much of the file is there."""
    made = _told(evidence.progress(database.session(), _folder(), _upload(sha256)))
    made.status_code = 200
    return made


@api.get("/evidence/<sha256>")
@requires(Permission.AUDIT_ANSWER)
def evidence_get(sha256: str) -> Response:
    """The file, for the person who brought it and the teams of the audits that name it."""
    path, media_type = evidence.find(database.session(), _folder(), _upload(sha256))
    return attachment(path, f"{sha256[:12]}{vault.SUFFIXES[media_type]}", media_type)


@api.put("/evidence/<sha256>")
@requires(Permission.AUDIT_ANSWER)
def evidence_put(sha256: str) -> Response:
    """A whole file; again is fine."""
    upload = _upload(sha256)
    evidence.expect(database.session(), _folder(), upload, clock.now())
    content, whole = bytes_body(evidence.LARGEST_BYTES)
    if not whole:
        raise Invalid("evidence.cut", record=sha256[:12])
    placed = evidence.place(_folder(), upload.sha256, content)
    new = evidence.enter(database.session(), upload, placed, by=actor(), now=clock.now())
    return answer(_FILE, {"sha256": sha256, "size": placed.size, "complete": True}, 201 if new else 200)


@api.patch("/evidence/<sha256>")
@requires(Permission.AUDIT_ANSWER)
def evidence_patch(sha256: str) -> Response:
    """A piece of a file. What has come of it when the connection broke is kept."""
    if request.mimetype != PIECE_TYPE:
        raise PieceType
    offset, length = _count(OFFSET), _count(LENGTH)
    try:
        return _told(_take(_upload(sha256), offset, length))
    except evidence.OffsetWrong as refusal:
        made = errors.problem(refusal.status, refusal.code, errors.explain(refusal))
        made.headers[OFFSET] = str(refusal.offset)
        return made


def _take(upload: Upload, offset: int, length: int) -> Progress:
    now, asks = clock.now(), offset == 0 or offset == length
    size = evidence.expect(database.session(), _folder(), upload, now) if asks else None
    piece, whole = bytes_body(evidence.LARGEST_BYTES)
    if size is not None:  # another device has brought it
        if offset != size:
            raise evidence.OffsetWrong(upload.sha256, size)
        return Progress(size, size)
    came = evidence.append(_folder(), upload, piece, offset=offset, length=length, now=now)
    if not whole:
        raise Invalid("evidence.cut", record=upload.sha256[:12])
    if came.complete:
        placed = evidence.finish(_folder(), upload, length)
        evidence.enter(database.session(), upload, placed, by=actor(), now=now)
    return came


def _folder() -> Path:
    found: Path = current_app.config["ISOAUDIT"].evidence
    return found


def _upload(sha256: str) -> Upload:
    """Whose upload of which file. Raises NotFound for what is no digest."""
    if not _SHA256.fullmatch(sha256):
        raise NotFound("evidence.missing", record=sha256[:12])
    return Upload(province_id(), current_user.id, sha256)


def _count(header: str) -> int:
    given = request.headers.get(header, "")
    if not _COUNT.fullmatch(given):
        raise Invalid("evidence.headers", field=header)
    return int(given)


def _told(progress: Progress) -> Response:
    made = Response(status=204)
    made.headers[OFFSET], made.headers[LENGTH] = str(progress.offset), str(progress.length)
    return made
