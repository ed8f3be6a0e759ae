"""The file of unsent work that a tablet writes (format `isoaudit-unsent`, version 2), read piece by piece.

    {"format": "isoaudit-unsent", "version": 2, "text": <bytes>, "digest": "<SHA-256 of the text>", "proof": "<…>"}
    {"device_id": …, "user": {"id", "username"}, "made_at": …, "operations": <n>, "photos": <m>}
    <n operations, a line each, in the order of their numbers>
    <m lines {"sha256", "size"}>
    <the bytes of the m photos, one after the other>

The text is everything between the first line and the photos; what the photos are is told by their digests in it.
Whole or not at all: a file that was cut, changed, or is of another kind is refused before anything of it is used.
However large the file is, no more than a batch of operations or one photo is in memory. What becomes of it is decided
in `services.unsent`; files of version 1 are read in `unsentold`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from marshmallow import ValidationError, fields

from isoaudit.domain.errors import Invalid
from isoaudit.domain.operations import Operation
from isoaudit.schemas.operations import MOST_OPERATIONS, read_batch
from isoaudit.schemas.shapes import Shape, digest, text, uuid, whole

FORMAT, VERSION = "isoaudit-unsent", 2
LARGEST_PHOTO = 15 * 1024 * 1024
MOST_PHOTOS = 20_000
_HEAD, _LINE = 4096, 8 * 1024 * 1024
_BATCH = 4 * 1024 * 1024
Photo = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a device had not delivered. `user_id` and `username` are the account that worked on it, `digest` is that of
    all that the file says, `proof` what the device wrote under it, "" for none; `operations` and `photos` read the file
    from the beginning: batches in order of their numbers, photos with their digests."""

    device_id: str
    user_id: int
    username: str
    made_at: str
    digest: str
    proof: str
    operations: Callable[[], Iterator[list[Operation]]]
    photos: Callable[[], Iterator[Photo]]


class Person(Shape):
    """The account that worked on the device."""

    id = whole(1, required=True)
    username = text(64, least=1, required=True)


class _Head(Shape):
    text = whole(1, 2**40, required=True)
    proof = digest(empty=True, load_default="")
    digest = digest(required=True)


class _About(Shape):
    device_id = uuid(required=True)
    user = fields.Nested(Person, required=True)
    made_at = text(40, required=True)
    operations = whole(required=True)
    photos = whole(0, MOST_PHOTOS, required=True)


class _Photo(Shape):
    sha256 = digest(required=True)
    size = whole(1, LARGEST_PHOTO, required=True)


_HEAD_SHAPE, _ABOUT_SHAPE, _PHOTO_SHAPE = _Head(), _About(), _Photo()


def first_line(stream: IO[bytes]) -> dict[str, Any]:
    """The first line of a file of unsent work of any version that has one; {} when it is none."""
    stream.seek(0)
    try:
        found = json.loads(stream.readline(_HEAD))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) and found.get("format") == FORMAT else {}


def read_unsent(stream: IO[bytes]) -> Unsent:
    """The content of such a file, which has to stay open while it is used. Raises Invalid: `unsent.format`,
    `unsent.damaged`; the operations raise `operation.shape` when they are read."""
    head = first_line(stream)
    if head.get("version") != VERSION:
        raise Invalid("unsent.format", field="file")
    given = _shaped(_HEAD_SHAPE, head)
    start = stream.tell()
    end = start + given["text"]
    seen = hashlib.sha256()
    about = _shaped(_ABOUT_SHAPE, _json(_line(stream, end, seen)))
    first = stream.tell()
    for _number in range(about["operations"]):
        _line(stream, end, seen)
    photos = [_shaped(_PHOTO_SHAPE, _json(_line(stream, end, seen))) for _number in range(about["photos"])]
    size = end + sum(each["size"] for each in photos)
    if stream.tell() != end or seen.hexdigest() != given["digest"] or stream.seek(0, 2) != size:
        raise Invalid("unsent.damaged", field="file")
    device = about["device_id"].lower()
    return Unsent(
        device_id=device,
        user_id=about["user"]["id"],
        username=about["user"]["username"],
        made_at=about["made_at"],
        digest=given["digest"],
        proof=given["proof"],
        operations=lambda: _operations(stream, first, about["operations"], device),
        photos=lambda: _photos(stream, end, [(each["sha256"], each["size"]) for each in photos]),
    )


def of_device(batch: list[dict[str, Any]], device_id: str) -> list[Operation]:
    """Operations as a file holds them. Raises Invalid: `operation.shape`, `unsent.format` for another device's."""
    found = read_batch({"operations": batch})
    if any(each.device_id != device_id for each in found):
        raise Invalid("unsent.format", field="file")
    return found


def _operations(stream: IO[bytes], start: int, count: int, device_id: str) -> Iterator[list[Operation]]:
    place, batch, weight, last = start, [], 0, 0
    stream.seek(place)
    for number in range(1, count + 1):
        line = stream.readline(_LINE)
        batch.append(_json(line))
        weight += len(line)
        if number < count and len(batch) < MOST_OPERATIONS and weight < _BATCH:
            continue
        place = stream.tell()
        made = of_device(batch, device_id)
        numbers = [last, *(each.seq for each in made)]
        if numbers != sorted(set(numbers)):
            raise Invalid("unsent.format", field="file")
        yield made
        batch, weight, last = [], 0, numbers[-1]
        stream.seek(place)


def _photos(stream: IO[bytes], start: int, listed: list[tuple[str, int]]) -> Iterator[Photo]:
    place = start
    for sha256, size in listed:
        stream.seek(place)
        content = stream.read(size)
        place += size
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Invalid("unsent.damaged", field="file")
        yield sha256, content


def _line(stream: IO[bytes], end: int, seen: Any) -> bytes:
    """The next line of the text."""
    line = stream.readline(min(_LINE, max(0, end - stream.tell())))
    if not line.endswith(b"\n"):
        raise Invalid("unsent.damaged", field="file")
    seen.update(line)
    return line


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Invalid("unsent.damaged", field="file") from None


def _shaped(shape: Shape, value: Any) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = shape.load(value)
    except ValidationError:
        raise Invalid("unsent.format", field="file") from None
    return loaded
