"""The file of unsent work that a tablet writes (format `isoaudit-unsent`, version 1): bytes in, values out.

Whole or not at all: a file that was cut, changed, or is of another kind is refused, naming what is wrong with it.
What becomes of its operations is decided in `services.unsent`.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, validate

from isoaudit.domain.digest import digest_of
from isoaudit.domain.errors import Invalid
from isoaudit.domain.operations import Operation
from isoaudit.schemas.operations import MOST_OPERATIONS, read_batch
from isoaudit.schemas.shapes import Shape, uuid

FORMAT, VERSION = "isoaudit-unsent", 1


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a device had not delivered: operations in order of their number, photos by digest.

    `user_id` and `username` are the account that worked on the device; `digest` is that of the file's content.
    """

    device_id: str
    user_id: int
    username: str
    made_at: str
    operations: tuple[Operation, ...]
    photos: Mapping[str, bytes]
    digest: str


class _Person(Shape):
    id = fields.Integer(required=True, strict=True)
    username = fields.String(required=True, validate=validate.Length(1, 64))


class _Photo(Shape):
    sha256 = fields.String(required=True, validate=validate.Regexp("[0-9a-f]{64}$"))
    base64 = fields.String(required=True)


class _File(Shape):
    version = fields.Integer(required=True, strict=True, validate=validate.Equal(VERSION))
    device_id = uuid(required=True)
    user = fields.Nested(_Person, required=True)
    made_at = fields.String(required=True, validate=validate.Length(max=40))
    operations = fields.List(fields.Dict(), required=True)
    photos = fields.List(fields.Nested(_Photo), required=True)
    digest = fields.String(required=True)


def read_unsent(data: bytes) -> Unsent:
    """The content of such a file. Raises Invalid: `unsent.format`, `unsent.damaged`, `operation.shape`."""
    try:
        content = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Invalid("unsent.damaged", field="file") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Invalid("unsent.format", field="file")
    try:
        loaded: dict[str, Any] = _File().load(content)
    except ValidationError:
        raise Invalid("unsent.format", field="file") from None
    if digest_of({key: value for key, value in content.items() if key != "digest"}) != loaded["digest"]:
        raise Invalid("unsent.damaged", field="file")
    return Unsent(
        device_id=loaded["device_id"].lower(),
        user_id=loaded["user"]["id"],
        username=loaded["user"]["username"],
        made_at=loaded["made_at"],
        operations=_operations(loaded["operations"], loaded["device_id"].lower()),
        photos={each["sha256"]: _bytes(each) for each in loaded["photos"]},
        digest=loaded["digest"],
    )


def _operations(given: list[dict[str, Any]], device_id: str) -> tuple[Operation, ...]:
    found: list[Operation] = []
    for start in range(0, len(given), MOST_OPERATIONS):
        found += read_batch({"operations": given[start : start + MOST_OPERATIONS]})
    if any(each.device_id != device_id for each in found):
        raise Invalid("unsent.format", field="file")
    return tuple(sorted(found, key=lambda each: each.seq))


def _bytes(photo: Mapping[str, str]) -> bytes:
    try:
        content = base64.b64decode(photo["base64"], validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("unsent.damaged", field="file") from None
    if hashlib.sha256(content).hexdigest() != photo["sha256"]:
        raise Invalid("unsent.damaged", field="file")
    return content
