"""A package has everything to work without a network, in a fixed number of queries, and is known by its digest."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import Audit, ChecklistVersion, Entry, Unit
from isoaudit.domain.vocabulary import AuditState
from isoaudit.schemas.packages import PackageSchema, PackagesSchema
from isoaudit.services import settings
from isoaudit.services.audits import life
from isoaudit.services.log import Actor
from tests import audit_factories
from tests.conftest import NOW, CountQueries
from tests.tablet.conftest import API, CODES, Tablet, Team


def listed(tablet: Tablet) -> list[dict[str, Any]]:
    """The list of packages."""
    told = tablet.browser.get(f"{API}/packages")
    assert told.status_code == 200
    assert PackagesSchema().validate(told.get_json()) == {}
    found: list[dict[str, Any]] = told.get_json()["packages"]
    return found


def package(tablet: Tablet, audit: str) -> dict[str, Any]:
    """A whole package, of the documented shape."""
    told = tablet.browser.get(f"{API}/packages/{audit}")
    assert told.status_code == 200
    found: dict[str, Any] = told.get_json()
    assert PackageSchema().validate(found) == {}
    assert told.headers["ETag"].removeprefix("W/") == f'"{found["digest"]}"'
    return found


def another(session: Session, team: Team, planned_on: date) -> str:
    """One more audit of the same unit and the same head."""
    of, version = session.query(Unit).one(), session.query(ChecklistVersion).one()
    head = session.merge(team.people["head"])
    return audit_factories.audit(session, head=head, of=of, version=version, planned_on=planned_on).reference


def test_a_planned_audit_has_all_that_the_office_knows(team: Team) -> None:
    found = package(team.member, team.audit)
    assert (found["audit"], found["state"], found["role"], found["revision"]) == (team.audit, "planned", "member", 0)
    assert found["unit"] == {"code": "19348", "name": "Xã Vĩnh Giang", "kind": "commune", "district": ""}
    assert [each["role"] for each in found["team"]] == ["head", "member"]
    checklist = found["checklist"]
    assert [each["code"] for each in checklist["criteria"]] == list(CODES)
    assert checklist["scoring"] == {"conformity": "1", "opportunity": "1", "minor": "0.5", "major": "0"}
    assert [each["code"] for each in checklist["places"]] == ["one_stop", "leader"]
    assert {"number": "7.2", "title": "Năng lực"} in checklist["clauses"]
    assert (found["answers"], found["entries"], found["fields"], found["signature"]) == ({}, {}, {}, None)
    (line,) = listed(team.member)
    assert (line["digest"], line["asked"], line["answered"]) == (found["digest"], 3, 0)


def test_only_the_team_takes_it_along(team: Team) -> None:
    assert listed(team.stranger) == []
    told = team.stranger.browser.get(f"{API}/packages/{team.audit}")
    assert (told.status_code, told.get_json()["code"]) == (404, "package.unknown")
    assert team.head.browser.get(f"{API}/packages/khong-co").status_code == 404


def test_nothing_is_sent_twice(team: Team) -> None:
    address = f"{API}/packages/{team.audit}"
    first = team.head.browser.get(address)
    etag = f'"{first.get_json()["digest"]}"'
    again = team.head.browser.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    packed = team.head.browser.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": f"W/{etag}"})
    assert packed.status_code == 304


def test_conflicts_have_both_values(team: Team) -> None:
    said = {"grade": "minor", "note": "Thiếu chữ ký"}
    team.head.send(team.head.operation(team.audit))
    before = package(team.head, team.audit)
    team.member.send(team.member.operation(team.audit, value=said))
    found = package(team.head, team.audit)
    assert found["digest"] != before["digest"]
    answer = found["answers"]["A-01"]
    assert (answer["conflict"], answer["revision"], answer["by"]) == (True, 2, team.people["head"].id)
    assert answer["value"]["grade"] == "conformity"
    (waits,) = answer["contenders"]
    assert (waits["revision"], waits["by"], waits["device_id"]) == (2, team.people["member"].id, team.member.id)
    assert (waits["value"]["grade"], waits["value"]["note"]) == ("minor", "Thiếu chữ ký")
    assert waits["at"].startswith("2020-11-18T02:00:00")


def test_entries_texts_and_files(team: Team) -> None:
    photo, name = "ab" * 32, "dossier/6f6b3f3e-0b1c-4f4e-9f57-0d4f6e1f2a10"
    dossier = {"number": "H01", "procedure": "Đăng ký khai sinh", "received": "2020-11-02", "due": "2020-11-05"}
    send = team.head
    taken = send.send(
        send.operation(team.audit, None, kind="entry", value={"entry": name, "data": dossier}),
        send.operation(team.audit, None, kind="field", value={"field": "remarks", "text": "Nhìn chung tốt"}),
        send.operation(team.audit, value={"grade": "conformity", "evidence": [photo], "dossiers": [name[8:]]}),
    ).get_json()
    assert [each["outcome"] for each in taken["operations"]] == ["accepted"] * 3
    found = package(team.member, team.audit)
    assert found["entries"][name]["value"]["procedure"] == "Đăng ký khai sinh"
    assert found["fields"]["remarks"]["value"] == "Nhìn chung tốt"
    assert found["evidence"] == {photo: {"size": 0, "complete": False, "lost": None}}
    assert found["answers"]["A-01"]["value"]["dossiers"] == [name[8:]]
    assert found["catalogue"] == {"procedures": ["Đăng ký khai sinh"]}
    send.send(send.operation(team.audit, None, kind="entry", base_revision=1, value={"entry": name, "data": None}))
    assert package(team.member, team.audit)["entries"][name]["value"] is None


def test_what_was_found_last_time_comes_along(team: Team, session: Session) -> None:
    send = team.head
    minor = {"grade": "minor", "note": "Chưa có chứng chỉ", "due_on": "2020-11-19", "request": "Cử đi học"}
    send.send(
        send.operation(team.audit),
        send.operation(team.audit, "B-7.2-01", value=minor),
        send.operation(team.audit, "B-8.5-01"),
    )
    by = Actor.of(team.people["head"], "test")
    life.minute(session, settings.home(session).id, team.audit, minuted_on=date(2020, 11, 18), by=by, now=NOW)
    later = another(session, team, date(2020, 11, 20))
    session.commit()
    (finding,) = package(send, later)["earlier"]
    assert (finding["audit"], finding["criterion"], finding["overdue"]) == (team.audit, "B-7.2-01", False)
    assert (finding["text"], finding["description"]) == ("Công chức có chứng chỉ không?", "Chưa có chứng chỉ")
    assert package(send, later)["previous"]["B-7.2-01"] == {
        "grade": "minor",
        "note": "Chưa có chứng chỉ",
        "request": "Cử đi học",
        "minuted_on": "2020-11-18",
    }
    assert package(send, team.audit)["previous"] == {}


def test_a_fixed_number_of_queries(team: Team, session: Session, count_queries: CountQueries) -> None:
    """However many audits, answers, entries, devices: the same number of statements."""
    package(team.head, team.audit)
    listed(team.head)
    with count_queries() as few:
        package(team.head, team.audit)
    with count_queries() as few_listed:
        listed(team.head)
    for name in CODES:
        team.head.send(team.head.operation(team.audit, name))
        team.member.send(team.member.operation(team.audit, name, value={"grade": "minor"}))
    team.head.report(team.audit)
    team.member.report(team.audit)
    home = settings.home(session).id
    key = session.query(Audit.id).scalar()
    for number in range(30):
        values = {"revision": 1, "value": {"procedure": f"TTHC {number}"}, "contenders": [], "at": NOW}
        session.add(Entry(province_id=home, audit_id=key, target=f"dossier/{number}", **values))
    for day in range(17, 24):
        another(session, team, date(2020, 11, day))
    session.commit()
    with count_queries() as many:
        package(team.head, team.audit)
    with count_queries() as many_listed:
        assert len(listed(team.head)) == 8
    assert len(many) == len(few) <= 18
    assert len(many_listed) == len(few_listed) == len(few)


def test_minutes_of_a_month_ago_are_no_longer_listed(team: Team, session: Session) -> None:
    audit = session.query(Audit).one()
    for minuted_on, found in ((date(2020, 10, 20), 1), (date(2020, 10, 1), 0)):
        audit.state, audit.minuted_on = AuditState.CONCLUDED, minuted_on
        session.commit()
        assert len(listed(team.head)) == found
    assert package(team.head, team.audit)["state"] == "concluded"
