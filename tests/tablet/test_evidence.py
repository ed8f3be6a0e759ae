"""Photos arrive whole, whatever the network does: pieces, cuts, repeats, two devices at once, wrong digests."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from isoaudit.config import Config
from isoaudit.db import Evidence, User
from isoaudit.db.engine import Sessions
from isoaudit.services import evidence, log, settings, vault
from tests.conftest import NOW
from tests.tablet.conftest import API, Tablet, Team

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40
SHA = hashlib.sha256(PHOTO).hexdigest()


def put(tablet: Tablet, content: bytes = PHOTO, sha256: str = SHA) -> TestResponse:
    """A whole file."""
    return tablet.browser.put(f"{API}/evidence/{sha256}", data=content, content_type="image/jpeg")


def patch(
    tablet: Tablet, piece: bytes, offset: int, length: int = len(PHOTO), sha256: str = SHA, **more: object
) -> TestResponse:
    """A piece of a file."""
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(length)}
    kind = str(more.pop("kind", "application/offset+octet-stream"))
    return tablet.browser.patch(f"{API}/evidence/{sha256}", data=piece, headers=headers, content_type=kind, **more)  # type: ignore[arg-type]


def body(stream: io.IOBase) -> dict[str, object]:
    """A request whose body comes from a stream, as long as the photo is."""
    return {"wsgi.input": stream, "CONTENT_LENGTH": str(len(PHOTO))}


def head(tablet: Tablet, sha256: str = SHA) -> tuple[int, str | None, str | None]:
    """What is there: status, offset, length."""
    told = tablet.browser.head(f"{API}/evidence/{sha256}")
    return told.status_code, told.headers.get("Upload-Offset"), told.headers.get("Upload-Length")


def kept(config: Config) -> bytes:
    """The file in the vault."""
    return vault.find(config.evidence, SHA).read_bytes()


@pytest.fixture
def rows(sessions: Sessions) -> Callable[[], int]:
    """How many files the database knows."""

    def counted() -> int:
        with sessions.reading() as opened:
            return opened.query(Evidence).count()

    return counted


def test_a_whole_file_and_again(team: Team, config: Config, rows: Callable[[], int]) -> None:
    assert head(team.head)[0] == 404
    first, again = put(team.head), put(team.head)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json == {"sha256": SHA, "size": len(PHOTO), "complete": True}
    assert kept(config) == PHOTO
    assert head(team.head) == head(team.member) == (200, str(len(PHOTO)), str(len(PHOTO)))
    assert rows() == 1


def test_two_halves(team: Team, config: Config, rows: Callable[[], int]) -> None:
    first = patch(team.head, PHOTO[:4000], 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "4000")
    assert head(team.head) == (200, "4000", str(len(PHOTO)))
    assert rows() == 0
    assert patch(team.head, PHOTO[4000:], 4000).headers["Upload-Offset"] == str(len(PHOTO))
    assert kept(config) == PHOTO
    assert rows() == 1
    assert list((config.evidence / ".partial").iterdir()) == []


def test_a_wrong_offset_is_told_the_right_one(team: Team) -> None:
    patch(team.head, PHOTO[:4000], 0)
    for offset in (0, 3999, 4001):
        told = patch(team.head, PHOTO[offset:], offset)
        assert (told.status_code, told.headers["Upload-Offset"]) == (409, "4000")
        assert told.json is not None
        assert told.json["code"] == "evidence.offset"
    assert patch(team.member, PHOTO[4000:], 4000).headers["Upload-Offset"] == "0"  # nothing of hers is here


def test_after_it_is_complete_a_piece_is_told_so(team: Team) -> None:
    put(team.head)
    told = patch(team.member, PHOTO, 0)
    assert (told.status_code, told.headers["Upload-Offset"]) == (409, str(len(PHOTO)))
    assert patch(team.member, b"", len(PHOTO)).status_code == 204


def test_bytes_that_the_server_lost_are_brought_again(team: Team, config: Config) -> None:
    put(team.head)
    (config.evidence / SHA[:2] / SHA).unlink()
    told = patch(team.head, b"", len(PHOTO))
    assert (told.status_code, told.headers["Upload-Offset"]) == (409, "0")
    assert patch(team.head, PHOTO, 0).status_code == 204
    assert kept(config) == PHOTO


def test_two_devices_of_one_person_send_one_file_at_once(
    team: Team, tablet: Callable[[User], Tablet], config: Config, rows: Callable[[], int]
) -> None:
    other = tablet(team.people["head"])
    assert patch(team.head, PHOTO[:3000], 0).status_code == 204
    assert patch(other, PHOTO[:5000], 0).status_code == 409
    assert patch(other, PHOTO[3000:5000], 3000).status_code == 204
    assert patch(team.head, PHOTO[3000:], 3000).status_code == 409
    assert patch(team.head, PHOTO[5000:], 5000).status_code == 204
    assert (kept(config), rows()) == (PHOTO, 1)


def test_what_came_before_the_connection_broke_is_kept(team: Team, config: Config) -> None:
    cut = patch(team.head, b"", 0, environ_overrides=body(io.BytesIO(PHOTO[:6000])))
    assert (cut.status_code, cut.json and cut.json["code"]) == (422, "evidence.cut")
    assert head(team.head) == (200, "6000", str(len(PHOTO)))
    assert patch(team.head, PHOTO[6000:], 6000).status_code == 204
    assert kept(config) == PHOTO


@pytest.mark.parametrize("wrong", [PHOTO[:-1] + b"?", PHOTO[::-1]], ids=["changed", "no picture"])
def test_a_wrong_digest_is_thrown_away(team: Team, config: Config, rows: Callable[[], int], wrong: bytes) -> None:
    assert put(team.head, wrong).status_code == 422
    patch(team.head, wrong[:5000], 0)
    told = patch(team.head, wrong[5000:], 5000)
    assert (told.status_code, told.json and told.json["code"]) == (422, "upload.digest")
    assert head(team.head)[0] == 404
    assert rows() == 0
    assert put(team.head).status_code == 201


def test_only_pictures_and_pdf_of_fifteen_megabytes(team: Team) -> None:
    page = b"<html><script>alert(1)</script></html>"
    refused = put(team.head, page, hashlib.sha256(page).hexdigest())
    assert (refused.status_code, refused.json and refused.json["code"]) == (422, "upload.kind")
    large = 15 * 1024 * 1024 + 1
    assert patch(team.head, PHOTO, 0, large).status_code == 422
    assert put(team.head, b"\xff\xd8\xff" + bytes(large)).status_code == 413
    assert patch(team.head, PHOTO, 0, kind="image/jpeg").status_code == 415
    assert patch(team.head, PHOTO, 0, len(PHOTO) - 1).status_code == 422
    for bad in ("", "x", "-1"):
        told = team.head.browser.patch(
            f"{API}/evidence/{SHA}",
            data=PHOTO,
            headers={"Upload-Offset": bad, "Upload-Length": "9"},
            content_type="application/offset+octet-stream",
        )
        assert (told.status_code, told.json and told.json["code"]) == (422, "evidence.headers")
    for name in ("abc", SHA.upper(), "..%2f..%2fsecret-key"):
        assert put(team.head, PHOTO, name).status_code == 404


def test_quotas(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "FILES_A_DAY", 1)
    monkeypatch.setattr(evidence, "DRAFT_BYTES", 3000)
    put(team.head)
    other = PHOTO + b"1"
    told = put(team.head, other, hashlib.sha256(other).hexdigest())
    assert (told.status_code, told.json and told.json["code"]) == (429, "evidence.quota")
    assert int(told.headers["Retry-After"]) > 0
    assert put(team.head).status_code == 200  # what is there already may come again
    patch(team.member, other[:5000], 0, len(other), hashlib.sha256(other).hexdigest())
    third = hashlib.sha256(PHOTO + b"2").hexdigest()
    assert patch(team.member, b"", 0, len(other), third).status_code == 429


def test_drafts_that_nobody_goes_on_with_are_cleared_away(team: Team, config: Config) -> None:
    patch(team.head, PHOTO[:4000], 0)
    (draft,) = (config.evidence / ".partial").iterdir()
    long_ago = (NOW - timedelta(days=15)).timestamp()
    os.utime(draft, (long_ago, long_ago))
    other = hashlib.sha256(b"other").hexdigest()
    patch(team.member, b"abc", 0, 100, other)
    assert [each.name[:64] for each in (config.evidence / ".partial").iterdir()] == [other]
    assert head(team.head)[0] == 404


def test_a_file_is_shown_to_its_team_only(team: Team) -> None:
    put(team.member)
    assert team.head.browser.get(f"{API}/evidence/{SHA}").status_code == 404  # nothing names it yet
    value = {"grade": "minor", "note": "Thiếu phiếu", "evidence": [SHA]}
    assert team.head.send(team.head.operation(team.audit, value=value)).status_code == 200
    with team.head.browser.get(f"{API}/evidence/{SHA}") as shown:
        assert (shown.status_code, shown.data, shown.mimetype) == (200, PHOTO, "image/jpeg")
        assert shown.headers["Content-Disposition"].startswith("attachment")
    with team.member.browser.get(f"{API}/evidence/{SHA}") as own:
        assert own.status_code == 200
    assert team.stranger.browser.get(f"{API}/evidence/{SHA}").status_code == 404


def test_uploads_hold_no_lock_while_they_come(team: Team, app: Flask, config: Config) -> None:
    """Another person writes while the bytes of an upload are still on their way."""

    class Slow(io.BytesIO):
        """A body during which somebody else saves the settings."""

        def readinto(self, buffer: Any) -> int:
            if self.tell() == 0:
                with app.extensions["isoaudit.sessions"].writing.begin() as other:
                    settings.write(other, {"place": "Đông Hà"}, by=log.COMMAND_LINE, now=NOW)
            return super().readinto(buffer)

    told = team.head.browser.put(f"{API}/evidence/{SHA}", environ_overrides=body(Slow(PHOTO)))
    assert told.status_code == 201
    assert kept(config) == PHOTO
