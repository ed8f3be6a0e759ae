"""The app's page, worker and manifest: the same for everybody, whole, and known by one version."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from isoaudit.shipped import STATIC
from isoaudit.tablet import files
from tests.conftest import SignIn
from tests.factories import user


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> Path:
    """A built client of our own, beside the real icons."""
    static = tmp_path / "static"
    (static / "built/tablet").mkdir(parents=True)
    (static / "icons").mkdir()
    for icon in (STATIC / "icons").iterdir():
        (static / "icons" / icon.name).write_bytes(icon.read_bytes())
    for name, text in (("app.js", "start()"), ("app.css", "body{}"), ("sw.js", "install()"), ("piece-1.js", "more()")):
        (static / "built/tablet" / name).write_text(text)
    monkeypatch.setattr("isoaudit.tablet.files.STATIC", static)
    monkeypatch.setattr("isoaudit.http.assets.STATIC", static)
    monkeypatch.setattr(app, "static_folder", str(static))  # one app serves all tests
    return static / "built/tablet"


def listed(client: FlaskClient) -> tuple[list[dict[str, str]], str]:
    """The worker's list of files, and its version."""
    head, version = client.get("/tablet/sw.js").text.splitlines()[:2]
    files_listed = json.loads(head.removeprefix("self.__WB_MANIFEST=").removesuffix(";"))
    return files_listed, json.loads(version.removeprefix("self.__VERSION=").removesuffix(";"))


def test_the_worker_lists_every_file_with_its_digest(client: FlaskClient, built: Path) -> None:
    kept, version = listed(client)
    assert [entry["url"].split("?")[0] for entry in kept] == [
        "/tablet/",
        "/tablet/manifest.webmanifest",
        "/static/built/tablet/app.css",
        "/static/built/tablet/app.js",
        "/static/built/tablet/piece-1.js",
        "/static/icons/favicon.svg",
    ]
    for entry in kept:
        with client.get(entry["url"]) as answer:
            content = answer.data
        assert entry["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
    page = client.get("/tablet/").text
    assert f'name="isoaudit-version" content="{version}"' in page
    named = {each for each in re.findall(r'(?:href|src)="([^"]+)"', page) if "app-192" not in each}
    assert named <= {entry["url"] for entry in kept}


def test_the_version_changes_with_any_file(client: FlaskClient, built: Path) -> None:
    seen = {listed(client)[1]}
    for name in ("app.js", "app.css", "sw.js", "piece-1.js"):
        (built / name).write_text(f"changed {name}")
        seen.add(listed(client)[1])
    assert len(seen) == 5


def test_browsers_ask_each_time_and_get_nothing_twice(client: FlaskClient, built: Path) -> None:
    for address in ("/tablet/", "/tablet/sw.js", "/tablet/manifest.webmanifest"):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "no-cache"
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_client_that_is_not_built_has_no_worker(client: FlaskClient, built: Path) -> None:
    (built / "sw.js").unlink()
    assert client.get("/tablet/sw.js").status_code == 404


def test_the_manifest_makes_it_installable(client: FlaskClient, built: Path) -> None:
    told = client.get("/tablet/manifest.webmanifest").get_json(force=True)
    assert (told["start_url"], told["scope"], told["display"]) == ("/tablet/", "/tablet/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    for icon in told["icons"]:
        with client.get(icon["src"]) as answer:
            assert answer.data.startswith(b"\x89PNG")


def test_the_page_is_the_same_for_everybody(
    client: FlaskClient, app: Flask, session: Session, sign_in: SignIn, built: Path
) -> None:
    person = user(session, role=Role.INSPECTOR)
    session.commit()
    signed_in = sign_in(app.test_client(), person)
    assert client.get("/tablet/").data == signed_in.get("/tablet/", headers={"Accept-Language": "en"}).data


def test_the_session_tells_whose_it_is(app: Flask, session: Session, sign_in: SignIn) -> None:
    person = user(session, role=Role.INSPECTOR)
    session.commit()
    device = sign_in(app.test_client(), person)
    told = device.get("/tablet/api/v1/session").get_json()
    with app.test_request_context():
        assert told["app"] == files.version()
    whose = {"id": person.id, "name": person.full_name, "username": person.username}
    assert told["user"] == whose | {"since": person.created_at.isoformat()}
    assert told["server_time"].startswith("2020-11-18T02:00:00")
    assert told["recovery"] == device.get("/tablet/api/v1/session").get_json()["recovery"]
