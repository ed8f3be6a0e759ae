"""Files of unsent work as tablets write them, and the office that imports them."""

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from typing import Any

from flask.testing import FlaskClient

from isoaudit.db import User
from isoaudit.domain.digest import digest_of
from isoaudit.services import device_key
from tests.tablet.conftest import Tablet


def written(
    person: User,
    tablet: Tablet,
    operations: Sequence[dict[str, Any]] = (),
    photos: Sequence[bytes] = (),
    *,
    key: str = "",
) -> bytes:
    """The file of today, with a proof when the tablet has its key."""
    about = {
        "device_id": tablet.id,
        "user": {"id": person.id, "username": person.username, "name": person.full_name},
        "made_at": "2020-11-18T09:00:00.000Z",
        "operations": len(operations),
        "photos": len(photos),
    }
    listed = [{"sha256": hashlib.sha256(each).hexdigest(), "size": len(each)} for each in photos]
    text = "".join(json.dumps(each) + "\n" for each in (about, *operations, *listed)).encode()
    digest = hashlib.sha256(text).hexdigest()
    proof = device_key.proof_of(key, digest) if key else ""
    head = {"format": "isoaudit-unsent", "version": 2, "text": len(text), "digest": digest, "proof": proof}
    return json.dumps(head).encode() + b"\n" + text + b"".join(photos)


def written_before(person: User, tablet: Tablet, *operations: dict[str, Any], photos: Sequence[bytes] = ()) -> bytes:
    """The file of older versions of the app, which had no proof."""
    content: dict[str, Any] = {
        "format": "isoaudit-unsent",
        "version": 1,
        "device_id": tablet.id,
        "user": {"id": person.id, "username": person.username, "name": person.full_name},
        "made_at": "2020-11-18T09:00:00.000Z",
        "operations": list(operations),
        "photos": [
            {"sha256": hashlib.sha256(each).hexdigest(), "base64": base64.b64encode(each).decode()} for each in photos
        ],
    }
    return json.dumps(content | {"digest": digest_of(content)}).encode()


def keyed(tablet: Tablet, *audits: str) -> str:
    """The tablet reports, gets its key, and says that it has it."""
    key = str(tablet.report(*audits).get_json()["key"])
    told = tablet.report(*audits, key_mark=device_key.mark_of(key)).get_json()
    assert told["key"] is None
    return key


def bring(office: FlaskClient, data: bytes) -> tuple[int, str]:
    """The office imports a file."""
    answer = office.post("/thiet-bi/chua-gui", data={"file": (io.BytesIO(data), "chua-gui.isoaudit")})
    return answer.status_code, " ".join(answer.text.split())
