"""What the schemas of the tablet's API share: field kinds, how a request is read, how a refusal looks.

The shapes themselves lie beside this, one noun a file; the OpenAPI document is made from them.
"""

import re
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from isoaudit.domain.errors import Invalid

_DIGEST = re.compile(r"[0-9a-f]{64}")
LARGEST = 2**31 - 1
LARGEST_BYTES = 2**53 - 1
_UNSTORABLE = frozenset({"\0", *map(chr, range(0xD800, 0xE000))})  # no database takes these


class Shape(Schema):
    """Unknown keys are left to later versions of the contract."""

    class Meta:
        """Part of the contract: adding is free."""

        unknown = EXCLUDE


def _uuid(text: str) -> None:
    try:
        same = str(UUID(text)) == text.lower()
    except ValueError:
        same = False
    if not same:
        raise ValidationError("UUID")


def _storable(text: str) -> None:
    if not _UNSTORABLE.isdisjoint(text):
        raise ValidationError("UTF-8")


def uuid(**more: Any) -> fields.String:
    """A UUID made on a device, as text."""
    return fields.String(validate=_uuid, metadata={"format": "uuid"}, **more)


def text(most: int, *, least: int = 0, **more: Any) -> fields.String:
    """A text of at most so many characters that every database takes."""
    return fields.String(validate=[validate.Length(least, most), _storable], **more)


def whole(low: int = 0, high: int = LARGEST, **more: Any) -> fields.Integer:
    """A whole number, never written as text or with a fraction."""
    return fields.Integer(strict=True, validate=validate.Range(low, high), **more)


def digest(*, empty: bool = False, **more: Any) -> fields.String:
    """64 hexadecimal digits; with `empty`, "" too."""
    shown = "^([0-9a-f]{64})?$" if empty else "^[0-9a-f]{64}$"

    def check(given: str) -> None:
        if not _DIGEST.fullmatch(given) and not (empty and given == ""):
            raise ValidationError("SHA-256")

    return fields.String(validate=check, metadata={"pattern": shown}, **more)


class ProblemSchema(Shape):
    """A refusal (RFC 9457): `code` is stable, `detail` is what the person is told."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)


def read(schema: Schema, data: object, code: str = "request.shape") -> dict[str, Any]:
    """A request's body by its schema. Raises `Invalid` naming the first place that is wrong."""
    try:
        loaded: dict[str, Any] = schema.load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        field, value = _first(error.messages)
        raise Invalid(code, field=field, value=value) from None
    return loaded


def _first(messages: object, path: str = "") -> tuple[str, str]:
    if isinstance(messages, dict):
        name, below = next(iter(messages.items()))
        return _first(below, path if name == "_schema" else f"{path}.{name}".lstrip("."))
    if isinstance(messages, list) and messages:
        return path or "–", str(messages[0])
    return path or "–", str(messages)
