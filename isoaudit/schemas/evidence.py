"""The shape of the answer to a whole file."""

from marshmallow import fields

from isoaudit.schemas.shapes import Shape, digest


class FileSchema(Shape):
    """A file that is there; `size` in bytes."""

    sha256 = digest(required=True)
    size = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
