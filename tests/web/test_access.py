"""Every route × every role: each gets exactly what the table of `isoaudit.domain.access` says; nothing is forgotten.

On SQLite only: who may do what is said by the program. `test_bad_input` opens every route on PostgreSQL too.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from isoaudit.domain.access import GRANTS, Permission, may
from isoaudit.domain.vocabulary import Role
from isoaudit.http.access import access_of
from tests.conftest import SignIn
from tests.factories import user

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_PUBLIC = {
    *("account.sign_in", "account.second_step", "account.sign_out", "home.index", "home.alive", "static"),
    *("tablet.index", "tablet.worker", "tablet.manifest", "tablet_api.openapi", "openapi.index"),
}
"""The views that nobody has to sign in for. A new one is to be thought about, then added here."""


def _routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with a path and a method."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values = {name: _value(rule, name) for name in rule.arguments}
        path = adapter.build(rule.endpoint, values, method=sorted(rule.methods or ())[0])
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, path, method


def _value(rule: Rule, name: str) -> object:
    """A value that the address accepts and that names no record."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return 999_999_999 if isinstance(converter, IntegerConverter) else "khong-co"


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    silent = [rule.endpoint for rule, _path, _method in _routes(app) if access_of(app, rule.endpoint) is None]
    assert silent == []
    public = {endpoint for endpoint in app.view_functions if access_of(app, endpoint) == "public"}
    assert public <= _PUBLIC
    assert set(GRANTS) == set(Permission)


def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    for rule, path, method in _routes(app):
        if rule.endpoint in _PUBLIC:
            continue
        answer = client.open(path, method=method)
        asked = client.open(path, method=method, headers={"Accept": "application/json"})
        assert asked.status_code == 401, (method, path)
        if path.startswith("/tablet/api/"):
            assert answer.status_code == 401, (method, path)
        else:
            assert (answer.status_code, answer.location.split("?")[0]) == (302, "/dang-nhap"), (method, path)


@pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])
def test_each_role_gets_what_the_table_says(app: Flask, session: Session, sign_in: SignIn, role: Role) -> None:
    app.config["POSTS_PER_MINUTE"] = 10**6
    person = user(session, role=role)
    session.commit()
    wrong = []
    for rule, path, method in _routes(app):
        permission = access_of(app, rule.endpoint)
        if not isinstance(permission, Permission):
            continue
        granted = may(role, permission)
        page = granted and method == "GET" and not rule.arguments
        told = {} if page else {"Accept": "application/json"}  # a refusal's whole page takes longer than its check
        answer = sign_in(app.test_client(), person).open(path, method=method, headers=told)
        if (answer.status_code != 403) is not granted and not (granted and _own_only(role, permission)):
            wrong.append((method, path, answer.status_code))
        if answer.status_code >= 500:
            wrong.append((method, path, answer.status_code))
    assert wrong == []


def _own_only(role: Role, permission: Permission) -> bool:
    """Whether a 403 may also come from the record being somebody else's."""
    return GRANTS[permission][role].value == "own"
