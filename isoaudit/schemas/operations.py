"""The shape of a batch of operations as JSON (CONTRACT §5), in and out. Whether an operation is accepted is not decided
here: only what cannot be entered in the ledger at all is refused, and then the whole batch, naming the place."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import Operation
from isoaudit.schemas.shapes import LARGEST, Shape, digest, read, uuid

MOST_OPERATIONS = 500
MOST_BYTES = 256 * 1024
"""Room for three of the longest texts in three-byte letters and their lists."""
MOST_SIGNED_BYTES = 2 * 1024 * 1024
_SIGN = "sign"


class OperationSchema(Shape):
    """One operation as it is sent."""

    op_id = uuid(required=True)
    device_id = uuid(required=True)
    seq = fields.Integer(required=True, strict=True, validate=validate.Range(1, LARGEST))
    audit = fields.String(required=True, validate=validate.Length(1, 64))
    base_revision = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST))
    kind = fields.String(required=True, validate=validate.Length(1, 32))
    criterion = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    value = fields.Dict(keys=fields.String(), required=True)
    at = fields.String(load_default="", validate=validate.Length(max=40))

    @validates_schema
    def _size(self, data: Mapping[str, Any], **_more: Any) -> None:
        """What was signed holds a whole audit and may be large, other values may not."""
        most = MOST_SIGNED_BYTES if data["kind"] == _SIGN else MOST_BYTES
        try:
            size = len(json.dumps(data["value"], allow_nan=False, ensure_ascii=False).encode(errors="surrogatepass"))
        except (ValueError, RecursionError):
            raise ValidationError("JSON", "value") from None
        if size > most:
            raise ValidationError(f"≤ {most}", "value")


class BatchSchema(Shape):
    """What is posted: `{"operations": [...]}`; `planned_at` says when the audits were planned that the device has on
    board, by reference (`planned_at` of their packages): one of another moment is another audit."""

    operations = fields.List(
        fields.Nested(OperationSchema), required=True, validate=validate.Length(1, MOST_OPERATIONS)
    )
    planned_at = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 64)),
        values=fields.AwareDateTime(),
        load_default=dict,
        validate=validate.Length(max=MOST_OPERATIONS),
    )


class OutcomeSchema(Shape):
    """What became of one operation. `standing` and `offered` are the two values of a conflict; `digest` is the
    fingerprint of what the server has under this `op_id`; `code` and `why` say why it was refused."""

    op_id = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf([each.value for each in Reply]))
    first = fields.String(required=True, validate=validate.OneOf([each.value for each in Reply]))
    revision = fields.Integer(required=True)
    audit_revision = fields.Integer(required=True)
    digest = digest(required=True, empty=True)
    standing = fields.Dict(keys=fields.String(), allow_none=True)
    offered = fields.Dict(keys=fields.String(), allow_none=True)
    late = fields.Boolean()
    code = fields.String()
    why = fields.String()


class ReceiptSchema(Shape):
    """How far the server has a device's operations without a gap, and the chain over their fingerprints."""

    device_id = fields.String(required=True)
    through = fields.Integer(required=True)
    chain = fields.String(required=True)


class TakenSchema(Shape):
    """The reply to a batch, in the order sent."""

    operations = fields.List(fields.Nested(OutcomeSchema), required=True)
    receipts = fields.List(fields.Nested(ReceiptSchema), required=True)


_BATCH = BatchSchema()


def read_batch(data: object) -> list[Operation]:
    """The operations of a posted batch. Raises `Invalid` naming the first place that is wrong."""
    return read_posted(data)[0]


def read_posted(data: object) -> tuple[list[Operation], dict[str, datetime]]:
    """The operations of a posted batch, and when the audits were planned that its device has on board. Raises `Invalid`
    naming the first place that is wrong."""
    loaded = read(_BATCH, data, "operation.shape")
    operations = [
        Operation(**{**each, "op_id": each["op_id"].lower(), "device_id": each["device_id"].lower()})
        for each in loaded["operations"]
    ]
    return operations, loaded["planned_at"]
