"""The sync API does what its OpenAPI document says: Schemathesis makes requests from the document, good and bad ones.

Signed in as an inspector with an audit; fixed seeds and counts; no 5xx, no answer that the document does not name, no
body of another kind or shape.
"""

import re
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from isoaudit.tablet.api.evidence import PIECE_TYPE
from isoaudit.tablet.api.openapi import ENDPOINTS
from tests.tablet.conftest import API, Team

EXAMPLES, WITHOUT_BODY = 15, 5
schemathesis.serializer.alias(PIECE_TYPE, "application/octet-stream")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FIXED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def _schema(app: Flask) -> BaseSchema:
    """The document as Schemathesis reads it, once for all tests: it also reads the whole program for likely values."""
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.fixture
def signed_in(app: Flask, team: Team) -> dict[str, str]:
    """Headers of requests of the head's tablet, which has the audit along."""
    app.config.update(WTF_CSRF_ENABLED=True, POSTS_PER_MINUTE=10**9)
    token = team.head.browser.get(f"{API}/session").get_json()["csrf"]
    cookie = team.head.browser.get_cookie("isoaudit")
    assert cookie is not None
    return {"Cookie": f"isoaudit={cookie.value}", "X-CSRFToken": token}


def test_the_document_lies_where_the_contract_says_and_names_every_route(client: FlaskClient, app: Flask) -> None:
    told = client.get("/openapi.json").get_json()
    assert told == client.get(f"{API}/openapi.json").get_json()
    named = {(method, re.sub(r"{\w+}", "*", path)) for path, item in told["paths"].items() for method in item}
    routes = {
        (method.lower(), re.sub(r"<[^>]+>", "*", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API) and rule.endpoint != "tablet_api.openapi"
        for method in (rule.methods or set()) - {"OPTIONS"}
    }
    by_itself = {(method, path) for method, path in routes if method == "head" and "evidence" not in path}
    assert routes - by_itself == named


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize("place", range(len(ENDPOINTS)), ids=[f"{each.method} {each.path}" for each in ENDPOINTS])
def test_every_answer_is_documented(
    app: Flask, team: Team, signed_in: dict[str, str], place: int, mode: GenerationMode
) -> None:
    endpoint = ENDPOINTS[place]
    operation = _schema(app)[f"{API}{endpoint.path}"][endpoint.method.upper()]
    known: dict[str, Any] = {"audit": team.audit, "device": team.head.id}
    fixed = {name: value for name, value in known.items() if f"{{{name}}}" in endpoint.path}

    @settings(FIXED, max_examples=WITHOUT_BODY if endpoint.takes is None else EXAMPLES)
    @given(case=operation.as_strategy(mode))
    def run(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=signed_in, checks=CHECKS)
        if fixed:
            case.path_parameters.update(fixed)
            case.call_and_validate(headers=signed_in, checks=CHECKS)

    run()
