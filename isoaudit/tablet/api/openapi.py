"""The OpenAPI document of the sync API, made from the schemas; public, at the API and at `/openapi.json`.

Every answer that an endpoint gives stands here: `tests/tablet/test_openapi.py` asks the app whether that is so.
"""

from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Response, jsonify

from isoaudit import __version__
from isoaudit.http.access import public
from isoaudit.schemas.devices import (
    EnteredSchema,
    ReleasedSchema,
    ReleaseSchema,
    ReportSchema,
    ToldSchema,
    WipedAnswerSchema,
    WipedSchema,
)
from isoaudit.schemas.evidence import FileSchema
from isoaudit.schemas.operations import BatchSchema, TakenSchema
from isoaudit.schemas.packages import PackageSchema, PackagesSchema
from isoaudit.schemas.recoveries import AskSchema, RecoverySchema
from isoaudit.schemas.session import SessionSchema
from isoaudit.schemas.shapes import ProblemSchema, Shape
from isoaudit.services.evidence import KINDS, LARGEST_BYTES
from isoaudit.tablet.api.blueprint import api
from isoaudit.tablet.api.evidence import LENGTH, OFFSET, PIECE_TYPE

root = Blueprint("openapi", __name__)
_CHANGING = {"put", "post", "patch"}
_ALWAYS = (400, 401, 403, 503)
_ON_CHANGE = (413, 422, 429)
_UUID = {"type": "string", "format": "uuid"}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT = {"type": "integer", "minimum": 0}
_AUDIT = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9._-]+$"}
_PROBLEMS = {
    400: "The request cannot be read, or its X-CSRFToken is not that of this session.",
    401: "Nobody is signed in, or the session has ended. Nothing was changed.",
    403: "The account may not do this, has to change its password first, or the device was revoked.",
    404: "There is no such record, or not for this account.",
    409: "The record has moved on.",
    413: "Too large.",
    415: "Not of the kind that is asked for.",
    422: "Something in it breaks a rule; `detail` names it.",
    429: "Too much in a short time; `Retry-After` says how many seconds to wait.",
    503: "Others held what this needed and nothing was changed; to be sent again after `Retry-After` seconds.",
}


@dataclass(frozen=True)
class Endpoint:
    """One operation of the API: `answers` are those that are no refusals, `refusals` those besides the usual ones."""

    method: str
    path: str
    summary: str
    answers: dict[int, Any]
    takes: Any = None
    refusals: tuple[int, ...] = ()
    headers: dict[str, dict[str, Any]] = field(default_factory=dict)
    query: dict[str, dict[str, Any]] = field(default_factory=dict)


_PROGRESS = {OFFSET: {"schema": _COUNT, "required": True}, LENGTH: {"schema": _COUNT, "required": True}}
_NOTHING = {"description": "Taken.", "headers": _PROGRESS}
_BYTES = {"schema": {"type": "string", "format": "binary", "maxLength": LARGEST_BYTES}}
_FILE = {"description": "The file.", "content": {kind: {"schema": {}} for kind in sorted(KINDS)}}
_DEVICE = {"device": _UUID}
ENDPOINTS = (
    Endpoint("get", "/session", "Who is signed in", {200: SessionSchema}),
    Endpoint("get", "/packages", "The audits of the account's teams", {200: PackagesSchema}, query=_DEVICE),
    Endpoint(
        "get",
        "/packages/{audit}",
        "Everything to work on an audit offline",
        {200: PackageSchema, 304: {"description": "What the device has is what the server has."}},
        refusals=(404,),
        query=_DEVICE,
    ),
    Endpoint("post", "/operations", "Bring a batch of operations", {200: TakenSchema}, takes=BatchSchema),
    Endpoint(
        "head",
        "/evidence/{sha256}",
        "How much of a file is there",
        {200: {"description": "So much.", "headers": _PROGRESS}},
        refusals=(404,),
    ),
    Endpoint("get", "/evidence/{sha256}", "A file", {200: _FILE}, refusals=(404,)),
    Endpoint(
        "put",
        "/evidence/{sha256}",
        "Bring a whole file",
        {200: FileSchema, 201: FileSchema},
        takes={"content": dict.fromkeys(sorted(KINDS), _BYTES), "required": True},
        refusals=(404,),
    ),
    Endpoint(
        "patch",
        "/evidence/{sha256}",
        "Bring the next piece of a file",
        {204: _NOTHING},
        takes={"content": {PIECE_TYPE: _BYTES}, "required": True},
        refusals=(404, 409, 415),
        headers={OFFSET: _COUNT, LENGTH: _COUNT | {"maximum": LARGEST_BYTES}},
    ),
    Endpoint(
        "put", "/devices/{device}", "Say what the device holds", {200: ToldSchema}, takes=ReportSchema, refusals=(404,)
    ),
    Endpoint(
        "post",
        "/devices/{device}/wiped",
        "Say that a revoked device removed what was confirmed",
        {200: WipedAnswerSchema},
        takes=WipedSchema,
        refusals=(404,),
    ),
    Endpoint(
        "get",
        "/devices/{device}/ledger",
        "The device's operations at the server after a number",
        {200: [EnteredSchema]},
        refusals=(404, 422),
        query={"after": _COUNT},
    ),
    Endpoint(
        "post",
        "/audits/{audit}/release",
        "The head no longer waits for a device",
        {200: ReleasedSchema},
        takes=ReleaseSchema,
        refusals=(404, 409),
    ),
    Endpoint(
        "post",
        "/recoveries",
        "Ask for the data key of a device",
        {201: RecoverySchema},
        takes=AskSchema,
        refusals=(404,),
    ),
    Endpoint("get", "/recoveries/{recovery}", "What became of it", {200: RecoverySchema}, refusals=(404,)),
)
_IN_PATH = {"audit": _AUDIT, "sha256": _SHA256, "device": _UUID, "recovery": _UUID}


@api.get("/openapi.json")
@public
def openapi() -> Response:
    """The document, at the API."""
    return jsonify(document())


@root.get("/openapi.json")
@public
def index() -> Response:
    """The document, where CONTRACT §5 says that it is."""
    return jsonify(document())


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    spec = APISpec(
        title="isoaudit: tablet sync",
        version=__version__,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": "A 4xx or 5xx answer never removes anything on the device. Adding keys is free."},
        security=[{"session": []}],
    )
    spec.components.schema("Problem", schema=ProblemSchema)
    spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "isoaudit"})
    for endpoint in ENDPOINTS:
        spec.path(path=f"{api.url_prefix}{endpoint.path}", operations={endpoint.method: _operation(endpoint)})
    return spec.to_dict()


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    changing = endpoint.method in _CHANGING
    known = {*_ALWAYS, *endpoint.refusals, *(_ON_CHANGE if changing else ())}
    answers = {status: _answer(status, given) for status, given in endpoint.answers.items()}
    answers |= {status: _problem(endpoint, status) for status in sorted(known)}
    made: dict[str, Any] = {
        "summary": endpoint.summary,
        "operationId": f"{endpoint.method}_{endpoint.path.strip('/').replace('/', '_').translate(_PLAIN)}",
        "parameters": _parameters(endpoint, changing),
        "responses": {str(status): answer for status, answer in answers.items()},
    }
    if endpoint.takes is not None:
        made["requestBody"] = _json(endpoint.takes) | {"required": True}
    return made


_PLAIN = str.maketrans("", "", "{}")


def _parameters(endpoint: Endpoint, changing: bool) -> list[dict[str, Any]]:
    named = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    found = [{"in": "path", "name": name, "required": True, "schema": _IN_PATH[name]} for name in named]
    found += [{"in": "query", "name": name, "schema": schema} for name, schema in endpoint.query.items()]
    found += [
        {"in": "header", "name": name, "required": True, "schema": schema} for name, schema in endpoint.headers.items()
    ]
    if changing:
        found.append({"in": "header", "name": "X-CSRFToken", "required": True, "schema": {"type": "string"}})
    return found


def _answer(status: int, given: Any) -> dict[str, Any]:
    told = {"description": HTTPStatus(status).phrase} | _json(given)
    if status == HTTPStatus.OK and given is PackageSchema:
        told["headers"] = {"ETag": {"schema": {"type": "string"}}}
    return told


def _json(given: Any) -> dict[str, Any]:
    """A body of that schema, a list of such, or what stands there already."""
    if isinstance(given, dict):
        return given
    schema = {"type": "array", "items": given[0]} if isinstance(given, list) else given
    if not isinstance(given, list) and not (isinstance(given, type) and issubclass(given, Shape)):
        raise TypeError(given)
    return {"content": {"application/json": {"schema": schema}}}


def _problem(endpoint: Endpoint, status: int) -> dict[str, Any]:
    told: dict[str, Any] = {"description": _PROBLEMS[status]}
    if endpoint.method != "head":
        told["content"] = {"application/problem+json": {"schema": ProblemSchema}}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        told["headers"] = {"Retry-After": {"schema": _COUNT}}
    if status == HTTPStatus.CONFLICT and endpoint.method == "patch":
        told["headers"] = {OFFSET: {"schema": _COUNT, "required": True}}
    return told
