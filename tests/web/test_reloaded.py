"""An answer to something sent may stand on an address that takes nothing else: who loads it again, or comes back to it,
is led to the page above it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/quan-tri/tai-khoan/nhap/tiep", "/quan-tri/tai-khoan/nhap"),
        ("/quan-tri/tai-khoan/3/cap-lai", "/quan-tri/tai-khoan/3"),
        ("/bao-cao/7/duyet?trang=2", "/bao-cao/7"),
        ("/dang-xuat", "/"),
    ],
)
def test_opening_what_is_only_sent_to_leads_to_the_page_above(client: FlaskClient, sent_to: str, page: str) -> None:
    answer = client.get(sent_to)
    assert (answer.status_code, answer.location) == (302, page)


def test_no_page_says_that_it_cannot_be_opened(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) and not rule.rule.startswith("/tablet/"):
            path = re.sub(r"<int:\w+>", "1", re.sub(r"<any\('?([\w-]+)[^>]*>", r"\1", rule.rule))
            assert client.get(re.sub(r"<[^>]+>", "x", path)).status_code == 302, rule.rule


def test_programs_and_other_ways_of_sending_are_told(client: FlaskClient) -> None:
    path = "/quan-tri/tai-khoan/3/cap-lai"
    assert client.get(path, headers={"Accept": "application/json"}).status_code == 405
    assert client.delete(path).status_code in (400, 405)
