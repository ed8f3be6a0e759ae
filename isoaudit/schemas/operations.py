"""The shape of a batch of operations as JSON (CONTRACT §5), in and out. Whether an operation is accepted is not decided
here: only what cannot be entered in the ledger at all is refused, and then the whole batch, naming the place."""

import json
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from isoaudit.domain.errors import Invalid
from isoaudit.domain.operations import Operation

MOST_OPERATIONS = 500
MOST_BYTES = 64 * 1024
_LARGEST = 2**31 - 1


def _uuid(text: str) -> None:
    try:
        same = str(UUID(text)) == text.lower()
    except ValueError:
        same = False
    if not same:
        raise ValidationError("UUID")


def _value(value: object) -> None:
    try:
        size = len(json.dumps(value, allow_nan=False, ensure_ascii=False))
    except (ValueError, RecursionError):
        raise ValidationError("JSON") from None
    if size > MOST_BYTES:
        raise ValidationError(f"≤ {MOST_BYTES}")


class OperationSchema(Schema):
    """One operation as it is sent."""

    class Meta:
        """Unknown keys are left to later versions of the contract."""

        unknown = EXCLUDE

    op_id = fields.String(required=True, validate=_uuid)
    device_id = fields.String(required=True, validate=_uuid)
    seq = fields.Integer(required=True, strict=True, validate=validate.Range(1, _LARGEST))
    audit = fields.String(required=True, validate=validate.Length(1, 64))
    base_revision = fields.Integer(required=True, strict=True, validate=validate.Range(0, _LARGEST))
    kind = fields.String(required=True, validate=validate.Length(1, 32))
    criterion = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    value = fields.Dict(keys=fields.String(), required=True, validate=_value)
    at = fields.String(load_default="", validate=validate.Length(max=40))


class BatchSchema(Schema):
    """What is posted: `{"operations": [...]}`."""

    class Meta:
        """Unknown keys are left to later versions of the contract."""

        unknown = EXCLUDE

    operations = fields.List(
        fields.Nested(OperationSchema), required=True, validate=validate.Length(1, MOST_OPERATIONS)
    )


_BATCH = BatchSchema()


def read_batch(data: object) -> list[Operation]:
    """The operations of a posted batch. Raises `Invalid` naming the first place that is wrong."""
    try:
        loaded: dict[str, Any] = _BATCH.load(data)  # type: ignore[arg-type]
    except ValidationError as error:
        field, value = _first(error.messages)
        raise Invalid("operation.shape", field=field, value=value) from None
    return [
        Operation(**{**each, "op_id": each["op_id"].lower(), "device_id": each["device_id"].lower()})
        for each in loaded["operations"]
    ]


def _first(messages: object, path: str = "") -> tuple[str, str]:
    if isinstance(messages, dict):
        name, below = next(iter(messages.items()))
        return _first(below, path if name == "_schema" else f"{path}.{name}".lstrip("."))
    if isinstance(messages, list) and messages:
        return path or "operations", str(messages[0])
    return path or "operations", str(messages)
