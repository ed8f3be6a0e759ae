"""The frame of every page: theme, language, example band, what stays when the database does not answer."""

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from isoaudit.db import Province
from isoaudit.services import example, settings
from isoaudit.shipped import TEMPLATES
from isoaudit.web import navigation
from tests import factories

BAND = "Dữ liệu minh hoạ"


def test_the_theme_is_remembered_and_paper_stays_light(client: FlaskClient) -> None:
    assert 'media="screen and (prefers-color-scheme: dark)"' in client.get("/dang-nhap").text
    chosen = client.get("/dang-nhap?theme=dark")
    assert 'id="dark"' in chosen.text
    assert 'media="screen"' in chosen.text
    assert 'data-theme="dark"' in client.get("/dang-nhap").text
    assert 'data-theme="dark"' in client.get("/dang-nhap?theme=<script>").text


def test_a_page_holds_nothing_that_the_content_security_policy_refuses(client: FlaskClient) -> None:
    page = client.get("/dang-nhap").text
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
    assert " onclick" not in page


def test_a_refusal_keeps_the_arguments_of_the_language_links(client: FlaskClient) -> None:
    page = client.get("/khong-co?tim=a&lang=en")
    assert page.status_code == 404
    assert 'href="/khong-co?tim=a&amp;lang=vi"' in page.text
    assert '<html lang="en"' in page.text


def test_the_band_comes_and_goes_with_example_data(client: FlaskClient, session: Session, now: datetime) -> None:
    home = settings.home(session)
    session.commit()
    assert BAND not in client.get("/dang-nhap").text
    unit = factories.unit(session)
    unit.example = True
    session.execute(update(Province).where(Province.id == home.id).values(data_version=Province.data_version + 1))
    session.commit()
    assert example.exists(session)
    assert BAND in client.get("/dang-nhap").text
    unit.example = False
    session.execute(update(Province).where(Province.id == home.id).values(data_version=Province.data_version + 1))
    session.commit()
    assert BAND not in client.get("/dang-nhap").text


def test_an_error_page_shows_even_when_the_database_does_not_answer(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(navigation.database, "session", broken)
    page = client.get("/khong-co")
    assert page.status_code == 404
    assert "Không tìm thấy" in page.text


@pytest.mark.parametrize(
    ("address", "kept"), [("{}", True), ("/static/css/base.css", False), ("/static/css/none.css?v=1", False)]
)
def test_files_are_kept_by_their_content(client: FlaskClient, address: str, kept: bool) -> None:
    page = client.get("/dang-nhap").text
    versioned = "/static/css/base.css" + page.partition('href="/static/css/base.css')[2].partition('"')[0]
    assert "?v=" in versioned
    with client.get(address.format(versioned)) as file:
        assert ("immutable" in file.headers.get("Cache-Control", "")) is kept


def test_no_page_loads_more_than_ten_kilobytes_of_style_sheets(client: FlaskClient) -> None:
    # Told file by file as they travel, those for the dark and for paper with them: every one is fetched by itself.
    def sent(name: str) -> int:
        with client.get(f"/static/css/{name}.css", headers={"Accept-Encoding": "gzip"}) as file:
            assert file.status_code == 200
            return len(file.data)

    every_page = sum(map(sent, re.findall(r"/static/css/(\w+)\.css", client.get("/dang-nhap").text)))
    pages = [each.read_text("utf-8") for each in TEMPLATES.glob("web/*/*.html")]
    rooms = {tuple(re.findall(r"asset\('css/(\w+)\.css'\)", page)) for page in pages}
    assert len(rooms) > 4
    assert {
        room: every_page + sum(map(sent, room)) for room in rooms if every_page + sum(map(sent, room)) > 10_000
    } == {}


def test_looking_without_a_body_is_looking_and_an_unreadable_address_is_no_expired_form(client: FlaskClient) -> None:
    assert client.head("/dang-nhap").status_code == 200
    unreadable = client.get("/cuoc-kiem-tra?nam=%00")
    assert unreadable.status_code == 400
    assert "hết hiệu lực" not in unreadable.text
