"""Headers, reverse proxies, keys, rate limits: what protects every answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from isoaudit.config import Config, account_key, secret_key
from isoaudit.db import LogEntry
from isoaudit.http import access
from isoaudit.http.files import attachment
from isoaudit.http.security import TrustedProxies
from tests.conftest import SignIn
from tests.factories import user


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    for address in ("/dang-nhap", "/khong-co", "/healthz"):
        headers = client.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Strict-Transport-Security" not in headers
    secure = client.get("/dang-nhap", base_url="https://x.vn").headers
    assert secure["Strict-Transport-Security"].startswith("max-age=")


@pytest.fixture
def echo() -> FlaskClient:
    """An app behind the proxies 10.0.0.1 and 10.1.0.0/16 that says what it believes."""
    app = Flask("echo")
    app.add_url_rule("/", "index", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
    app.wsgi_app = TrustedProxies(app.wsgi_app, ("10.0.0.1", "10.1.0.0/16"))  # type: ignore[method-assign]
    return app.test_client()


@pytest.mark.parametrize(
    ("peer", "forwarded", "believed"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7 https iso.vn"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7 https iso.vn"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.7, 10.1.9.9", "203.0.113.7 https iso.vn"),
        ("10.0.0.1", "rác", "10.0.0.1 https iso.vn"),
        ("203.0.113.7", "10.0.0.1", "203.0.113.7 http localhost"),
        ("203.0.113.7", "127.0.0.1", "203.0.113.7 http localhost"),
    ],
)
def test_only_trusted_proxies_are_believed(echo: FlaskClient, peer: str, forwarded: str, believed: str) -> None:
    headers = {"X-Forwarded-For": forwarded.encode().decode("latin-1"), "X-Forwarded-Proto": "https"}
    answer = echo.get("/", headers=headers | {"X-Forwarded-Host": "iso.vn"}, environ_base={"REMOTE_ADDR": peer})
    assert answer.text == believed


def test_a_proxy_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(ValueError, match="TRUSTED_PROXIES"):
        TrustedProxies(lambda _environ, _start: [], ("máy-chủ",))


@pytest.mark.parametrize("key", [secret_key, account_key])
def test_keys_are_made_once_and_refused_when_weak_or_open(tmp_path: Path, key) -> None:  # type: ignore[no-untyped-def]
    config = Config(instance=tmp_path, database_url="sqlite://")
    made = key(config)
    assert key(config) == made
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    with pytest.raises(ValueError, match="chmod 600"):
        key(config)
    file.chmod(0o600)
    for weak in ("", "secret", "0" * 64, "changeme" * 8):
        file.write_text(weak)
        with pytest.raises(ValueError, match="too weak"):
            key(config)


def test_too_many_posts_from_one_address_wait_whatever_they_do(app: Flask, session: Session, sign_in: SignIn) -> None:
    app.config["POSTS_PER_MINUTE"] = 3
    person = user(session)
    session.commit()
    client = sign_in(app.test_client(), person)
    good = {"full_name": "Tên", "language": "vi"}
    answers = [client.post("/tai-khoan", data=data).status_code for data in (good, {}, good, good, good)]
    assert answers == [302, 422, 302, 429, 429]
    assert client.get("/tai-khoan").status_code == 200
    elsewhere = client.post("/tai-khoan", data=good, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert elsewhere.status_code == 302
    assert session.scalars(select(LogEntry.action)).all().count("rate.limited") == 1


View = Callable[[], str | Response]


@pytest.fixture
def answered_by(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[View], TestResponse]:
    """answered_by(view): what a public page answers whose view does this."""

    def asking(view: View) -> TestResponse:
        monkeypatch.setitem(app.view_functions, "home.alive", access.public(view))
        return app.test_client().get("/healthz")

    return asking


def test_files_are_only_ever_attachments(answered_by: Callable[[View], TestResponse], tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"%PDF-1.7")
    answer = answered_by(lambda: attachment(file, "Biên bản.pdf", "application/pdf"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    answer.close()


def test_the_unknown_is_shown_without_detail(
    answered_by: Callable[[View], TestResponse], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("mật")

    answer = answered_by(broken)
    assert answer.status_code == 500
    assert "mật" not in answer.text.lower().replace("mật khẩu", "")
    assert "mã" in answer.text
    assert "RuntimeError" in caplog.text
