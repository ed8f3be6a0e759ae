"""The shapes of what a device says of itself and what it is told."""

from marshmallow import fields, validate

from isoaudit.schemas.shapes import LARGEST_BYTES, Shape, digest, text, uuid, whole

MOST_AUDITS = 200


class HeldSchema(Shape):
    """What a device still holds of one audit that the server has not confirmed."""

    audit = text(64, least=1, required=True)
    operations = whole(required=True)
    photos = whole(required=True)
    drafts = whole(required=True)
    planned_at = fields.AwareDateTime(load_default=None, allow_none=True)


class ReportSchema(Shape):
    """What a device says of itself: its ledger's end, its storage (bytes), the audits that it has along, and the
    SHA-256 of its key, "" as long as it has none."""

    name = text(200, required=True)
    app = text(100, load_default="")
    persisted = fields.Boolean(load_default=None, allow_none=True, truthy={True}, falsy={False})
    usage = whole(high=LARGEST_BYTES, load_default=None, allow_none=True)
    quota = whole(high=LARGEST_BYTES, load_default=None, allow_none=True)
    last_seq = whole(required=True)
    chain = digest(required=True, empty=True)
    audits = fields.List(fields.Nested(HeldSchema), required=True, validate=validate.Length(max=MOST_AUDITS))
    key_mark = digest(empty=True, load_default="")


class LedgerEndSchema(Shape):
    """How far the server has the device's operations without a gap."""

    last_seq = fields.Integer(required=True)
    chain = fields.String(required=True)


class WaitingSchema(Shape):
    """A device that has an audit along and has not delivered it."""

    device = fields.String(required=True)
    name = fields.String(required=True)
    user = fields.String(required=True)


class SignedSchema(Shape):
    """The last signature of an audit."""

    digest = digest(required=True)
    number = fields.Integer(required=True)


class StandingSchema(Shape):
    """Where an audit on the device stands at the server."""

    audit = fields.String(required=True)
    state = fields.String(required=True)
    delivered = fields.Boolean(required=True)
    released = fields.Boolean(required=True)
    waiting = fields.List(fields.Nested(WaitingSchema), required=True)
    signature = fields.Nested(SignedSchema, required=True, allow_none=True)


class ToldSchema(Shape):
    """What a device is told: whether it was revoked and why, its ledger at the server, its audits; `key` is its own
    key, null when it has it."""

    state = fields.String(required=True, validate=validate.OneOf(["active", "revoked"]))
    reason = fields.String(required=True, allow_none=True)
    ledger = fields.Nested(LedgerEndSchema, required=True)
    audits = fields.List(fields.Nested(StandingSchema), required=True)
    key = digest(required=True, allow_none=True)
    server_time = fields.String(required=True, metadata={"format": "date-time"})


class WipedSchema(Shape):
    """How much a revoked device removed: only what the server has confirmed; and how many things are left on it."""

    audits = whole(required=True)
    operations = whole(required=True)
    left = whole(load_default=None, allow_none=True)


class WipedAnswerSchema(Shape):
    """It was written down."""

    device = fields.String(required=True)


class EnteredSchema(Shape):
    """An operation in the device's ledger at the server."""

    seq = fields.Integer(required=True)
    op_id = fields.String(required=True)
    digest = digest(required=True)
    outcome = fields.String(required=True)


class ReleaseSchema(Shape):
    """The head no longer waits for a device."""

    device_id = uuid(required=True)
    reason = text(1000, least=1, required=True)


class ReleasedSchema(Shape):
    """Where the audit stands after it."""

    audit = fields.String(required=True)
    state = fields.String(required=True)
    waiting = fields.List(fields.Nested(WaitingSchema), required=True)
