"""A tablet with a full audit on it, which brings everything to a server as the app does (its `sync`); it
notes how long its batches of operations took. Fifty of them at once are measured in `tablet`."""

import hashlib
import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from isoaudit.domain.merge import linked
from isoaudit.domain.operations import Operation as Sent

PIECE, AT_ONCE = 512 * 1024, 25
API = "/tablet/api/v1"
NOTE = "Đã xem sổ theo dõi hồ sơ và phiếu kiểm soát quá trình giải quyết; hồ sơ lấy mẫu đủ thành phần."


@dataclass
class Tablet:
    """A tablet with a full audit on it, and how long its batches of operations took (seconds)."""

    id: str
    audit: str
    cookie: str
    codes: list[str]
    photos: list[bytes]
    port: int = 0
    csrf: str = ""
    chain: str = ""
    receipt: str = ""
    batches: list[float] = field(default_factory=list)
    trouble: str = ""

    def run(self, start: threading.Barrier) -> None:
        """Bring everything; what went wrong stands in `trouble`."""
        operations = self.operations()
        for each in operations:
            self.chain = linked(self.chain, Sent(**each).fingerprint)
        bodies = [
            json.dumps({"operations": operations[first : first + AT_ONCE]}).encode()
            for first in range(0, len(operations), AT_ONCE)
        ]
        start.wait()
        try:
            self.csrf = json.loads(self.ask("GET", "/session")[2])["csrf"]
            self.report(len(operations), len(self.photos))
            self.ask("GET", f"/packages/{self.audit}")
            for photo in self.photos:
                self.upload(photo)
            for body in bodies:
                self.batch(body)
            if self.receipt != self.chain:
                raise ValueError(f"{self.receipt} is not {self.chain}")
            self.ask("GET", f"/packages/{self.audit}")
            self.report(0, 0)
        except (OSError, ValueError, http.client.HTTPException) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def operations(self) -> list[dict[str, Any]]:
        """A photo's entry for each photo, and an answer for each criterion; the first answers name the photos."""
        digests = [hashlib.sha256(photo).hexdigest() for photo in self.photos]
        empty = {"criterion": "", "caption": "", "taken_at": "", "latitude": "", "longitude": "", "blurred": False}
        values: list[tuple[str, str | None, dict[str, Any]]] = [
            ("entry", None, {"entry": f"photo/{digest}", "data": empty}) for digest in digests
        ]
        for place, code in enumerate(self.codes):
            named = digests[place : place + 1]
            values.append(("answer", code, {"grade": "conformity", "note": NOTE, "evidence": named}))
        return [
            {
                "op_id": str(UUID(int=random.getrandbits(128), version=4)),
                "device_id": self.id,
                "seq": number,
                "audit": self.audit,
                "base_revision": 0,
                "kind": kind,
                "criterion": code,
                "value": value,
                "at": datetime.now(UTC).isoformat(),
            }
            for number, (kind, code, value) in enumerate(values, 1)
        ]

    def report(self, operations: int, photos: int) -> None:
        """Say what it holds."""
        held = {"audit": self.audit, "operations": operations, "photos": photos, "drafts": 0}
        done = len(self.codes) + len(self.photos) if not operations else 0
        said = {"name": "Máy", "app": "đo", "last_seq": done, "chain": self.chain if done else "", "audits": [held]}
        self.ask("PUT", f"/devices/{self.id}", json.dumps(said).encode())

    def upload(self, photo: bytes) -> None:
        """A photo as the app brings it: what is there, then its first piece, which holds all of it."""
        path = f"/evidence/{hashlib.sha256(photo).hexdigest()}"
        self.ask("HEAD", path, fine=(404,))
        headers = {"Upload-Offset": "0", "Upload-Length": str(len(photo))}
        told = self.ask("PATCH", path, photo[:PIECE], **{"Content-Type": "application/offset+octet-stream"}, **headers)
        if told[1]["Upload-Offset"] != str(len(photo)):
            raise ValueError(f"{told[1]['Upload-Offset']} of {len(photo)}")

    def batch(self, body: bytes) -> None:
        """A batch of operations, and the receipt that lets the device delete them."""
        began = time.perf_counter()
        reply = json.loads(self.ask("POST", "/operations", body)[2])
        self.batches.append(time.perf_counter() - began)
        said = [each["outcome"] for each in reply["operations"]]
        if set(said) != {"accepted"}:
            raise ValueError(f"{said}")
        self.receipt = reply["receipts"][0]["chain"]

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, fine: tuple[int, ...] = (), **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            told = {"Content-Type": "application/json", "Cookie": self.cookie, "X-CSRFToken": self.csrf} | headers
            connection.request(method, API + path, body, told)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        kept = answer.headers.get("Set-Cookie", "").partition(";")[0]
        if kept.startswith("isoaudit="):
            self.cookie = kept
        if answer.status >= 400 and answer.status not in fine:
            raise ValueError(f"{method} {path} {answer.status} {content[:300]!r}")
        return answer.status, answer.headers, content
