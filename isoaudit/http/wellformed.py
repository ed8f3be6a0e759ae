"""What every request has to look like before a view reads it: keys that a column can hold, text that a database takes.

What a form's fields must hold is said in `web/forms`; what operations must hold, in `schemas`.
"""

from collections.abc import Iterable

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_KEY = 2**31 - 1
_UNSTORABLE = "\0"  # PostgreSQL takes no such character, and no keyboard makes one


class Key(IntegerConverter):
    """`<int:…>` in addresses: a number that no key can be names no record (404), instead of breaking the query."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_KEY)


def init_app(app: Flask) -> None:
    """Install the converter and the check. Comes before the rooms register their addresses."""
    app.url_map.converters["int"] = Key
    app.before_request(_check)


def _check() -> None:
    if any(_UNSTORABLE in text for text in _texts()):
        abort(400)


def _texts() -> Iterable[str]:
    yield request.path
    for given in (request.args, request.form):
        for name, value in given.items(multi=True):
            yield name
            yield value
    for file in request.files.values():
        yield file.filename or ""
