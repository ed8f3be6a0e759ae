"""Checklists and audits in OSCAL: what its JSON schema (1.1.3) asks of the members that are written, and that
everything that is referred to is there. The rules stand here in our own words; there is no network in a test."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.vocabulary import Grade, Mode, Purpose
from isoaudit.export.exchange.oscal import catalog, plan
from isoaudit.export.exchange.oscalresults import AuditResults, Found, results
from isoaudit.services import library

AT = datetime(2020, 11, 18, 2, 0, tzinfo=UTC)
SHIPPED = [each.checklist for each in library.checklist_files()]
TOKEN = re.compile(r"[^\W\d][\w.-]*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
METADATA = {"title", "last-modified", "version", "oscal-version"}
NEEDED: dict[str, set[str]] = {
    "catalog": {"uuid", "metadata"},
    "assessment-plan": {"uuid", "metadata", "import-ssp", "reviewed-controls"},
    "assessment-results": {"uuid", "metadata", "import-ap", "results"},
    "metadata": METADATA,
    "import-ssp": {"href"},
    "import-ap": {"href"},
    "reviewed-controls": {"control-selections"},
    "groups": {"title"},
    "controls": {"id", "title"},
    "parts": {"name"},
    "props": {"name", "value"},
    "parties": {"uuid", "type"},
    "tasks": {"uuid", "type", "title"},
    "results": {"uuid", "title", "description", "start", "reviewed-controls"},
    "observations": {"uuid", "description", "methods", "collected"},
    "findings": {"uuid", "title", "description", "target"},
    "target": {"type", "target-id", "status"},
    "status": {"state"},
    "risks": {"uuid", "title", "description", "statement", "status"},
    "relevant-evidence": {"description"},
    "subjects": {"subject-uuid", "type"},
    "resources": {"uuid"},
    "related-observations": {"observation-uuid"},
    "related-risks": {"risk-uuid"},
}
"""Member → what must stand in it (in each of its items)."""


def walk(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every member with its name; items of a list under the list's name."""
    yield name, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, name)


def assert_sound(document: dict[str, Any]) -> None:
    """The rules for any of the documents."""
    (root,) = document
    seen: list[str] = []
    hrefs, resources = [], set()
    for name, value in walk(document):
        assert value not in ("", [], {}) or name == "include-all", name
        if isinstance(value, dict):
            assert NEEDED.get(name, set()) <= value.keys(), name
        if name == "uuid":
            assert UUID(value).version == 5
            seen.append(value)
        if name in ("id", "name", "class", "control-id", "target-id") and isinstance(value, str) and name != "name":
            assert TOKEN.fullmatch(value), value
        if name in ("last-modified", "start", "end", "collected", "deadline"):
            assert MOMENT.fullmatch(value), value
        if name == "value":
            assert value == value.strip()
            assert "\n" not in value
        if name == "href" and value.startswith("#"):
            hrefs.append(value[1:])
        if name == "resources" and isinstance(value, dict):
            resources.add(value["uuid"])
    assert len(seen) == len(set(seen))
    assert set(hrefs) <= resources
    assert document[root]["metadata"]["oscal-version"] == "1.1.3"


@pytest.mark.parametrize("checklist", SHIPPED, ids=lambda each: each.id)
def test_a_checklist_is_a_sound_catalog_and_plan(checklist: Checklist) -> None:
    made = catalog(checklist, library.standards()[checklist.edition], AT)
    assert_sound(made)
    assert_sound(plan(checklist, AT))
    assert made == catalog(checklist, library.standards()[checklist.edition], AT)
    controls = [value for name, value in walk(made) if name == "controls" and isinstance(value, dict)]
    assert [each["id"] for each in controls] == [each.code for each in checklist.criteria]
    identities = [value for name, value in walk(made) if name == "id"]
    assert len(identities) == len(set(identities))
    first, criterion = controls[0], checklist.criteria[0]
    assert first["parts"][0]["prose"] == criterion.text.vi
    assert first["parts"][0]["parts"][0]["prose"] == criterion.text.en
    assert {"name": "weight", "ns": "urn:isoaudit:oscal", "value": str(criterion.weight)} in first["props"]


def test_an_audit_is_sound_results() -> None:
    checklist = SHIPPED[0]
    codes = [each.code for each in checklist.criteria if not each.gate]
    found = (
        Found(codes[0], Grade.CONFORMITY),
        Found(codes[1], Grade.OPPORTUNITY, "Nên\nghi ngày"),
        Found(codes[2], Grade.MINOR, "Thiếu sổ", date(2020, 12, 1), None, True, ("0" * 64,)),
        Found(codes[3], Grade.MAJOR, "Chưa có", None, date(2020, 12, 2), True),
        Found(codes[4], Grade.NOT_APPLICABLE, "Không có hồ sơ"),
    )
    audit = AuditResults(
        *("Quảng Trị", "KT-01", "19333", "Phường 1", checklist, Mode.ON_SITE, Purpose.FULL),
        *(date(2020, 9, 1), date(2020, 9, 3), AT, tuple(codes[:6]), found, "87.5", "kha"),
    )
    made = results(audit)
    assert_sound(made)
    (result,) = made["assessment-results"]["results"]
    assert [each["target"]["status"]["state"] for each in result["findings"]] == [
        *("satisfied", "satisfied", "not-satisfied", "not-satisfied")
    ]
    assert [(each["status"], each.get("deadline", "")[:10]) for each in result["risks"]] == [
        ("open", "2020-12-01"),
        ("closed", ""),
    ]
    observed = {each["uuid"] for each in result["observations"]}
    risks = {each["uuid"] for each in result["risks"]}
    assert len(observed) == 5
    for each in result["findings"]:
        assert {one["observation-uuid"] for one in each["related-observations"]} <= observed
        assert {one["risk-uuid"] for one in each.get("related-risks", [])} <= risks
    statements = {
        value["id"]
        for name, value in walk(catalog(checklist, library.standards()[checklist.edition], AT))
        if name == "parts" and isinstance(value, dict) and value["name"] == "statement"
    }
    assert {each["target"]["target-id"] for each in result["findings"]} <= statements
    assert made == results(audit)
