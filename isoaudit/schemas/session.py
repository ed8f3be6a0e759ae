"""The shape of `GET session`."""

from marshmallow import fields

from isoaudit.schemas.shapes import Shape


class AccountSchema(Shape):
    """The account that is signed in; `since` is when it was made, by which it is told from another one to which its id
    was given after an older backup was restored."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    since = fields.String(required=True, metadata={"format": "date-time"})


class OfficeKeySchema(Shape):
    """The office's public key (RSA-OAEP with SHA-256): its name, and the key as SPKI in Base64."""

    id = fields.String(required=True)
    spki = fields.String(required=True)


class SessionSchema(Shape):
    """Who is signed in; `csrf` goes into X-CSRFToken of changing requests; `app` is the app's version here."""

    user = fields.Nested(AccountSchema, required=True)
    csrf = fields.String(required=True)
    server_time = fields.String(required=True, metadata={"format": "date-time"})
    app = fields.String(required=True)
    recovery = fields.Nested(OfficeKeySchema, required=True)
