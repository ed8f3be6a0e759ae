"""Whatever is sent to a form, a page or the operations: a named refusal, never a failure of the server.

Every route that takes a POST gets junk as the role that may use it, for records that exist and for records that do not;
every page gets junk in its address.
"""

import inspect
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import count, product
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from isoaudit.domain.access import GRANTS, Permission
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import ActivityKind, PaperKind, Role
from isoaudit.http.access import access_of
from isoaudit.services import documents, papers, programmes, settings, sync, tasks
from isoaudit.services.audits import life, reading
from isoaudit.services.facts import entry
from isoaudit.services.facts.table import KINDS
from isoaudit.services.log import Actor
from isoaudit.web.forms import account, accounts, audits, committee, facts, office
from tests import audit_factories, factories
from tests.conftest import NOW, SignIn

pytestmark = pytest.mark.thorough

HUGE = "9" * 30
JUNK = {
    "sqlite": ("x" * 3000, HUGE, "-1", "٣", "2020-13-45", "9999-12-31"),
    "postgresql": ("x" * 3000, "a\x00b", HUGE, "-1"),
}
"""What a database may stumble over is sent to each of them; the rest is read before any database is asked."""
BY_HAND = "reason why grade note due_on request text number base rows list step key unit update confirmed offer"
BY_HAND += " tim_van_ban van_ban_chon van_ban_hoi criterion-0 grade-0 reason-0 due_on-0 role-1 contents-1 day-1"
QUERY = "bang bo chon chuyen-doi chuyen_doi da-huy danh-gia den don-vi dien duy-tri edition huyen ke-hoach khoi"
QUERY += " kind lang loai loc muc nam next ngay nhom noi-dung phien-ban so step tai-khoan theme tim tinh-trang trang tu"
QUERY += " tu_nam viec xem xep xep-loai year"
GOOD: dict[str, object] = {"grade": "conformity"}
MINOR: dict[str, object] = {"grade": "minor", "note": "Thiếu chứng chỉ", "due_on": "2020-12-31"}
ANSWERS = {"A-01": GOOD, "B-7.2-01": MINOR, "B-8.5-01": GOOD}
LONG_NAME = b"username,full_name,roles\nthanhvien," + b"x" * 3000 + b",office\n"
CONTENTS = (
    LONG_NAME,
    b"",
    b"\x00",
    b"PK\x03\x04",
    b"\xff\xfe\x00",
    b"username;roles\n\x00;\x00\n",
    b"code,name\n=1,\xff\n",
)
FILES = ("a.xlsx", "units.csv", "../../x.pdf")
BODIES = (b"", b"{", b"[]", b'{"operations": [1]}', b'{"operations": [{"op_id": "\\ud800"}]}', b"\xff")
VALUES: tuple[object, ...] = (
    {},
    {"grade": "a\x00b"},
    {"grade": 1},
    {"grade": "minor", "note": "x" * 20_000},
    {"note": "\ud800"},
    {"note": ["x"]},
    {"due_on": HUGE},
    {"evidence": "x"},
    {"evidence": [HUGE]},
    {"field": "\x00", "text": 1},
)
KINDS_SENT, TARGETS = ("answer", "field", "settle", "\x00"), ("A-01", None, "\ud800", "a\x00b")


def _names() -> list[str]:
    """Every field of every form, and those that views read themselves."""
    found = set(BY_HAND.split())
    for module in (account, accounts, audits, committee, facts, office):
        for _name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, FlaskForm):
                found |= {name for name in dir(form) if hasattr(getattr(form, name), "field_class")}
    steps = ("gia-han", "giai-trinh", "khac-phuc", "tra-lai", "bao-luu", "dong")
    return sorted(found | {f"{step}-{name}" for step in steps for name in ("due_on", "reason", "on_day", "outcome")})


def _written(names: list[str]) -> dict[str, list[str]]:
    """Each name with the same junk, written once: encoding takes longer than most answers."""
    return {on: ["", *(urlencode(dict.fromkeys(names, junk)) for junk in some)] for on, some in JUNK.items()}


FORMS, QUERIES = _written(_names()), _written(QUERY.split())
AS_JSON = {"Accept": "application/json"}
"""The whole page of a refusal is drawn for an empty form; for junk its sentence is enough, in half the time."""


class World:
    """One record of each kind, and a browser for each role."""

    def __init__(self, app: Flask, session: Session, sign_in: SignIn) -> None:
        self.people = {role: factories.user(session, role=role) for role in Role if role is not Role.UNIT_OFFICER}
        by = Actor.of(self.people[Role.OFFICE], "test")
        home = settings.home(session)
        self.unit = factories.unit(session)
        self.people[Role.UNIT_OFFICER] = factories.user(session, role=Role.UNIT_OFFICER, unit_id=self.unit.id)
        written = {"number": "1/KH-UBND", "kind": "KH", "issuer": "UBND", "subject": "Kế hoạch"}
        written_on = {"issued_on": date(2020, 1, 2)}
        self.document = documents.enter(session, written | written_on, by=by, now=NOW)
        self.programme = programmes.add_programme(
            session, home.id, year=2020, name="Kế hoạch 2020", document_id=self.document.id, by=by, now=NOW
        )
        task = dict.fromkeys(("due_on", "completed_on", "result", "note", "content_complete", "mark"))
        self.task = tasks.enter(session, task | {"year": 2020, "group_name": "VI", "task": "Việc"}, by=by, now=NOW)
        activity = {"kind": ActivityKind.TRAINING, "year": 2020, "done_on": date(2020, 5, 5), "document_id": None}
        self.fact = entry.enter(session, KINDS["activity"], self.unit.id, activity, by=by, now=NOW)
        head, version = self.people[Role.INSPECTOR], audit_factories.checklist(session)
        self.planned, minuted = (
            audit_factories.audit(session, head=head, of=self.unit, version=version) for _place in range(2)
        )
        head_by, device = Actor.of(head, "test"), str(uuid4())
        sheet = papers.Sheet(PaperKind.MINUTES, number="1/BB")
        self.paper = papers.keep(
            session, reading.find(session, home.id, self.planned.reference), sheet, by=head_by, now=NOW
        )
        self.device = device
        operations = [
            Operation(str(uuid4()), device, seq, minuted.reference, 0, "answer", value, code)
            for seq, (code, value) in enumerate(ANSWERS.items(), 1)
        ]
        sync.take(session, home.id, operations, by=head_by, now=NOW)
        life.minute(session, home.id, minuted.reference, minuted_on=NOW.date(), by=head_by, now=NOW)
        self.minuted = minuted.reference
        session.commit()
        self.app, self.sign_in = app, sign_in
        dialect = session.get_bind().dialect.name
        self.forms, self.queries = FORMS[dialect], QUERIES[dialect]

    def browser(self, role: Role) -> FlaskClient:
        """A browser whose session cannot have ended by what was sent before."""
        return self.sign_in(self.app.test_client(), self.people[role])

    def values(self, rule: Rule) -> Iterator[dict[str, object]]:
        """What an address can name: records that exist, records that do not, and junk."""
        known: dict[str, object] = {
            "unit_id": self.unit.id,
            "fact_id": self.fact.id,
            "document_id": self.document.id,
            "programme_id": self.programme.id,
            "task_id": self.task.id,
            "user_id": self.people[Role.COMMITTEE].id,
            "reference": self.minuted if "diem" in rule.rule or "ket-luan" in rule.rule else self.planned.reference,
            "code": "B-7.2-01",
            "step": "dong",
            "slug": "viec-hang-nam",
            "clause": "7.2",
            "name": "thu",
            "version": "1.0.0",
            "number": 1,
            "paper_id": self.paper.id,
            "sha256": "0" * 64,
            "which": "trong",
            "kind": "xlsx",
            **dict.fromkeys(("device", "device_id"), self.device),
            **dict.fromkeys(("entry_id", "recovery_id"), str(uuid4())),
        }
        known["audit"] = known["reference"]
        yield {
            name: known[name]
            if name in known and not isinstance(rule._converters[name], AnyConverter)
            else _other(rule, name, 1, "khong-co")
            for name in rule.arguments
        }
        numbers_only = all(isinstance(each, IntegerConverter) for each in rule._converters.values())
        nothing = ((4711, "khong-co"), (2**31, "a\x00b"), (int(HUGE), "@" + "x" * 300))
        for number, text in nothing[: 2 if numbers_only else 3]:
            bad = {name: _other(rule, name, number, text) for name in rule.arguments}
            if bad:
                yield bad


def _path(app: Flask, rule: Rule, values: dict[str, object], method: str) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def _other(rule: Rule, name: str, number: int, text: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return number if isinstance(converter, IntegerConverter) else text


def _rules(app: Flask, method: str) -> list[tuple[Rule, Role]]:
    """The rules that take the method, each with a role that may use it."""
    found = []
    for rule in app.url_map.iter_rules():
        asked = access_of(app, rule.endpoint)
        if method in (rule.methods or ()) and rule.endpoint != "static":
            role = next(iter(GRANTS[asked])) if isinstance(asked, Permission) else Role.OFFICE
            found.append((rule, role))
    return found


def _failures(answer: TestResponse, told: object) -> list[object]:
    answer.close()
    return [] if answer.status_code < 500 else [(answer.status_code, told)]


@pytest.fixture
def world(app: Flask, session: Session, sign_in: SignIn) -> World:
    app.config["POSTS_PER_MINUTE"] = 10**6
    return World(app, session, sign_in)


def test_junk_in_forms_is_refused_and_never_a_failure(app: Flask, world: World) -> None:
    wrong: list[object] = []
    for rule, role in _rules(app, "POST"):
        for place, values in enumerate(world.values(rule)):
            path = _path(app, rule, values, "POST")
            for form in world.forms if place == 0 else world.forms[1:2]:
                answer = world.browser(role).post(
                    path, data=form, content_type="application/x-www-form-urlencoded", headers=AS_JSON if form else {}
                )
                wrong += _failures(answer, (path[:60], form[:40]))
    assert wrong == []


def test_junk_files_and_junk_json_are_refused(app: Flask, world: World) -> None:
    wrong: list[object] = []
    for rule, role in _rules(app, "POST"):
        path, browser = _path(app, rule, next(world.values(rule)), "POST"), world.browser(role)
        takes_files = path.endswith(("/nhap", "/nhap-du-lieu", "/tep"))
        for content, name in product(CONTENTS, FILES) if takes_files else ():
            data = {"file": (BytesIO(content), name), "on": "2020-11-18"}
            wrong += _failures(browser.post(path, data=data), (path, content, name))
        for body in BODIES if path.endswith("/thao-tac") else BODIES[-1:]:
            wrong += _failures(browser.post(path, data=body, content_type="application/json"), (path, body))
    assert wrong == []


def test_junk_operations_are_refused(world: World) -> None:
    wrong: list[object] = []
    reference, numbers, device = world.planned.reference, count(1), str(uuid4())
    browser = world.browser(Role.INSPECTOR)
    for value, kind, target in product(VALUES, KINDS_SENT, TARGETS):
        sent = {"op_id": str(uuid4()), "device_id": device, "seq": next(numbers), "audit": reference, "at": "\ud800"}
        sent |= {"base_revision": 0, "kind": kind, "criterion": target, "value": value}
        answer = browser.post(f"/cuoc-kiem-tra/{reference}/thao-tac", json={"operations": [sent]})
        wrong += _failures(answer, sent)
    assert wrong == []


def test_junk_in_addresses_is_no_failure(app: Flask, world: World) -> None:
    wrong: list[object] = []
    for rule, role in _rules(app, "GET"):
        for place, values in enumerate(world.values(rule)):
            path = _path(app, rule, values, "GET")
            for query in world.queries[: None if place == 0 else 1]:
                answer = world.browser(role).get(path, query_string=query, buffered=True)
                wrong += _failures(answer, (path[:60], query[:40]))
    assert wrong == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_asking_for_the_head_of_a_page_is_looking(app: Flask, world: World) -> None:
    wrong: list[object] = []
    for rule, role in _rules(app, "GET"):
        path = _path(app, rule, next(world.values(rule)), "GET")
        looked, asked = world.browser(role).get(path, buffered=True), world.browser(role).head(path, buffered=True)
        if (asked.status_code, asked.location) != (looked.status_code, looked.location):
            wrong.append((path, asked.status_code, looked.status_code))
    assert wrong == []


def test_a_reason_that_is_refused_is_asked_for_again_with_what_was_typed(world: World) -> None:
    document = f"/van-ban/{world.document.id}/huy"
    fact, task = f"/don-vi/{world.unit.id}/viec-hang-nam/{world.fact.id}/huy", f"/nhiem-vu/{world.task.id}/huy"
    cancel, reopen = f"/cuoc-kiem-tra/{world.planned.reference}/huy", f"/cuoc-kiem-tra/{world.minuted}/mo-lai"
    steps = [(fact, "why"), (task, "why"), (cancel, "reason"), (reopen, "reason")]
    for path, name in steps:
        browser = world.browser(Role.INSPECTOR if path is reopen else Role.OFFICE)
        empty = browser.post(path, data={name: "  "})
        assert (empty.status_code, f'id="{name}-error"' in empty.text) == (422, True), path
        assert f'name="{name}"' in empty.text
    too_long = world.browser(Role.OFFICE).post(fact, data={"why": "Nhập nhầm " * 60})
    assert (too_long.status_code, "Nhập nhầm Nhập nhầm" in too_long.text) == (422, True)
    cited = world.browser(Role.OFFICE).post(document, data={"why": "Nhập trùng"})
    assert (cited.status_code, "Nhập trùng" in cited.text) == (422, True)
    for path, name in steps:
        browser = world.browser(Role.INSPECTOR if path is reopen else Role.OFFICE)
        assert browser.post(path, data={name: "Nhập nhầm"}).status_code in (302, 303), path
