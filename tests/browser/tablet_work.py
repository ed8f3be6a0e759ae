"""What the tests of the work screen and its companions share: an audit on the device, criteria that stand alone, the
same person at another device, a second inspector."""

import json
import sqlite3
import uuid
from contextlib import closing
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.tablet import API, Tablet


def take(tablet: Tablet) -> tuple[str, list[dict[str, Any]]]:
    """An audit of which this person is the head, on the device: its reference and its criteria."""
    found = next(each for each in tablet.listed() if each["role"] == "head" and not each["core_only"])
    audit = str(found["audit"])
    tablet.take(audit)
    criteria: list[dict[str, Any]] = tablet.package(audit)["checklist"]["criteria"]
    return audit, criteria


def plain(criteria: list[dict[str, Any]]) -> list[str]:
    """Criteria on which nothing else hangs."""
    parents = {each["when"]["criterion"] for each in criteria if each["when"]}
    return [
        str(each["code"]) for each in criteria if not each["gate"] and not each["when"] and each["code"] not in parents
    ]


def elsewhere(page: Page, audit: str, code: str, value: dict[str, Any]) -> None:
    """The same person answers on another device."""
    empty: dict[str, Any] = {
        "note": "",
        "reason": "",
        "due_on": None,
        "request": "",
        "evidence": [],
        "documents": [],
        "dossiers": [],
    }
    operation = {
        "op_id": str(uuid.uuid4()),
        "device_id": str(uuid.uuid4()),
        "seq": 1,
        "audit": audit,
        "base_revision": 0,
    }
    operation |= {"kind": "answer", "criterion": code, "value": empty | value, "at": "2020-11-17T08:00:00+07:00"}
    token = page.request.get(f"{API}/session").json()["csrf"]
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    said = page.request.post(f"{API}/operations", data=json.dumps({"operations": [operation]}), headers=headers).json()
    assert said["operations"][0]["outcome"] == "accepted", said


def colleague(site: Site, full_name: str) -> str:
    """A second inspector, a member of every team of the first, with the same password; the name of the account."""
    with closing(sqlite3.connect(site.instance / "isoaudit.sqlite3", timeout=30)) as database, database:
        of = "(SELECT id FROM user_account WHERE username = 'kiemtra')"
        names = [row[1] for row in database.execute("PRAGMA table_info(user_account)") if row[1] != "id"]
        copied = ", ".join(names)
        given = ", ".join({"username": "'thanhvien'", "full_name": "?"}.get(name, name) for name in names)
        row = f"INSERT INTO user_account ({copied}) SELECT {given} FROM user_account WHERE username = 'kiemtra'"
        new = database.execute(row, (full_name,)).lastrowid
        database.execute(
            f"INSERT INTO user_role (user_id, role) SELECT ?, role FROM user_role WHERE user_id = {of}", (new,)
        )
        database.execute(
            "INSERT INTO team_member (province_id, audit_id, user_id, role)"
            f" SELECT province_id, audit_id, ?, 'member' FROM team_member WHERE user_id = {of}",
            (new,),
        )
    site.accounts["thanhvien"] = site.accounts["kiemtra"]
    return "thanhvien"
