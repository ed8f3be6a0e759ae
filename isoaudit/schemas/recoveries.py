"""The shapes of asking for the data key of a device whose PIN is forgotten."""

from marshmallow import fields, validate

from isoaudit.schemas.shapes import Shape, text, uuid

_LONGEST_KEY = 2000


class AskSchema(Shape):
    """What is asked: the data key under the office's key, and the device's own public key (SPKI), both in Base64. The
    label of the wrap (RSA-OAEP) is "isoaudit" and the account's id: nobody else's data key is given back."""

    device_id = uuid(required=True)
    wrapped = text(_LONGEST_KEY, least=1, required=True)
    public_key = text(_LONGEST_KEY, least=1, required=True)
    reason = text(1000, least=1, required=True)


class RecoverySchema(Shape):
    """What became of it; `key`, once approved, is the data key under the device's own key, in Base64; `why` is the
    office's reason for refusing."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "approved", "refused"]))
    key = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
