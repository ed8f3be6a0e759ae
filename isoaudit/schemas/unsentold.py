"""The file of unsent work as older versions of the tablet's app wrote it (`isoaudit-unsent`, version 1): one JSON
object, photos as Base64 in it, and nothing that proves where it comes from. It is read into memory whole, so it may not
be large; the file of today is in `unsent`.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from marshmallow import ValidationError, fields, validate

from isoaudit.domain.digest import digest_of
from isoaudit.domain.errors import Invalid
from isoaudit.domain.operations import Operation
from isoaudit.schemas.operations import MOST_OPERATIONS
from isoaudit.schemas.shapes import Shape, digest, text, uuid
from isoaudit.schemas.unsent import FORMAT, Person, Photo, Unsent, of_device

LARGEST_MB = 60
_MEGABYTE = 1024 * 1024


class _Photo(Shape):
    sha256 = digest(required=True)
    base64 = fields.String(required=True)


class _File(Shape):
    version = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    device_id = uuid(required=True)
    user = fields.Nested(Person, required=True)
    made_at = text(40, required=True)
    operations = fields.List(fields.Dict(), required=True)
    photos = fields.List(fields.Nested(_Photo), required=True)
    digest = fields.String(required=True)


_FILE = _File()


def read_old(stream: IO[bytes]) -> Unsent:
    """The content of such a file. Raises Invalid: `unsent.old_size`, `unsent.format`, `unsent.damaged`,
    `operation.shape`."""
    if stream.seek(0, 2) > LARGEST_MB * _MEGABYTE:
        raise Invalid("unsent.old_size", field="file", most=LARGEST_MB)
    stream.seek(0)
    try:
        content = json.load(stream)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Invalid("unsent.damaged", field="file") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Invalid("unsent.format", field="file")
    try:
        loaded: dict[str, Any] = _FILE.load(content)
    except ValidationError:
        raise Invalid("unsent.format", field="file") from None
    if digest_of({key: value for key, value in content.items() if key != "digest"}) != loaded["digest"]:
        raise Invalid("unsent.damaged", field="file")
    device = loaded["device_id"].lower()
    given = loaded["operations"]
    operations: list[Operation] = []
    for start in range(0, len(given), MOST_OPERATIONS):
        operations += of_device(given[start : start + MOST_OPERATIONS], device)
    operations.sort(key=lambda each: each.seq)
    photos = {each["sha256"]: each["base64"] for each in loaded["photos"]}

    def batches() -> Iterator[list[Operation]]:
        for start in range(0, len(operations), MOST_OPERATIONS):
            yield operations[start : start + MOST_OPERATIONS]

    return Unsent(
        device_id=device,
        user_id=loaded["user"]["id"],
        username=loaded["user"]["username"],
        made_at=loaded["made_at"],
        digest=loaded["digest"],
        proof="",
        operations=batches,
        photos=lambda: _photos(photos),
    )


def _photos(given: Mapping[str, str]) -> Iterator[Photo]:
    for sha256, text_ in given.items():
        try:
            content = base64.b64decode(text_, validate=True)
        except (binascii.Error, ValueError):
            raise Invalid("unsent.damaged", field="file") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Invalid("unsent.damaged", field="file")
        yield sha256, content
