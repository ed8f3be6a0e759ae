"""Pages of audits without JavaScript, and the operations endpoint, as each role sees them."""

import gzip
import re
from datetime import date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from isoaudit.db import Answer, Audit, Nonconformity
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Role
from tests import audit_factories, factories
from tests.conftest import NOW, CountQueries, SignIn


class Visit:
    """A planned audit and the browsers of its people."""

    def __init__(self, app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
        with sessions.writing.begin() as session:
            people = {name: factories.user(session, role=Role.INSPECTOR) for name in ("head", "member", "stranger")}
            people["office"] = factories.user(session, role=Role.OFFICE)
            people["committee"] = factories.user(session, role=Role.COMMITTEE)
            audit = audit_factories.audit(session, head=people["head"], members=(people["member"],))
            self.path = f"/cuoc-kiem-tra/{audit.reference}"
            self.reference = audit.reference
        self.sessions = sessions
        self.browsers: dict[str, FlaskClient] = {
            name: sign_in(app.test_client(), user) for name, user in people.items()
        }
        self.seq = 0
        self.device = str(uuid4())

    def get(self, page: str = "", who: str = "head") -> str:
        """A page that opens."""
        answer = self.browsers[who].get(self.path + page)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, page: str, who: str = "head", expect: int = 303, **form: str) -> str:
        """Send a form."""
        answer = self.browsers[who].post(self.path + page, data=form)
        assert answer.status_code == expect, answer.text
        return answer.text

    def operation(self, value: dict[str, object], criterion: str = "B-7.2-01", **more: object) -> dict[str, object]:
        """The next operation of the browser's device."""
        self.seq += 1
        return {
            "op_id": str(uuid4()),
            "device_id": self.device,
            "seq": self.seq,
            "audit": self.reference,
            "base_revision": 0,
            "kind": "answer",
            "criterion": criterion,
            "value": value,
            "at": "2020-11-18T09:00:00+07:00",
        } | more

    def complete(self) -> None:
        """Answer everything by plain forms."""
        self.post("/tra-loi/A-01", grade="conformity", base="0")
        self.post("/tra-loi/B-7.2-01", grade="minor", note="Thiếu chứng chỉ", due_on="2020-12-31", base="0")
        self.post("/tra-loi/B-8.5-01", grade="not_applicable", reason="Chưa có hồ sơ", base="0")


@pytest.fixture
def visit(app: Flask, sessions: Sessions, sign_in: SignIn) -> Visit:
    return Visit(app, sessions, sign_in)


def test_answering_by_plain_forms_and_minuting(visit: Visit) -> None:
    assert "Vĩnh Giang" in visit.browsers["head"].get("/cuoc-kiem-tra/cua-toi").text
    visit.complete()
    page = visit.get("/tra-loi")
    assert "Thiếu chứng chỉ" in page
    assert 'data-grade="minor"' in page
    assert visit.get("/ket-thuc").count("Lập biên bản") >= 1
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    shown = visit.get()
    assert "đã lập biên bản" in shown
    assert 'id="B-7.2-01"' in shown
    with visit.sessions.reading() as session:
        assert len(session.scalars(select(Nonconformity)).all()) == 1
    again = visit.post("/ket-thuc", expect=409, minuted_on="2020-11-18")
    assert "không thể lập biên bản" in again


def test_what_is_missing_is_listed_with_links(visit: Visit) -> None:
    visit.post("/tra-loi/B-7.2-01", grade="major", base="0")
    page = visit.get("/ket-thuc")
    assert f'href="{visit.path}/tra-loi#B-7.2-01"' in page
    assert "chưa ghi bằng chứng" in page
    assert "chưa trả lời" in page.lower()
    refused = visit.post("/ket-thuc", expect=422, minuted_on="2020-11-18")
    assert "3 việc chưa xong" in refused or "việc chưa xong" in refused


@pytest.mark.parametrize(
    ("planned_on", "offered"),
    [
        (date(2020, 11, 16), NOW.date()),
        (date(2020, 12, 1), NOW.date()),
        (date(2019, 12, 20), date(2019, 12, 20)),
        (None, NOW.date()),
    ],
)
def test_the_day_offered_for_the_minutes(visit: Visit, planned_on: date | None, offered: date) -> None:
    with visit.sessions.writing.begin() as session:
        session.execute(update(Audit).values(planned_on=planned_on))
    found = re.search(r'<input[^>]*name="minuted_on"[^>]*value="(.+?)"', visit.get("/ket-thuc"))
    assert found is not None
    assert found[1] == offered.isoformat()


def test_a_stale_form_is_a_conflict_shown_side_by_side_and_settled_by_the_head(visit: Visit) -> None:
    visit.post("/tra-loi/B-7.2-01", grade="conformity", note="Đủ", base="0")
    visit.post("/tra-loi/B-7.2-01", "member", grade="major", note="Thiếu hết", base="0")
    seen = visit.get("/tra-loi", "member")
    assert "Hai nội dung chưa thống nhất" in seen
    assert "Thiếu hết" in seen
    assert "Chọn nội dung này" not in seen
    assert "Chọn nội dung này" in visit.get("/tra-loi")
    visit.post("/tra-loi/B-7.2-01/chon", "member", expect=403, number="2", base="2")
    visit.post("/tra-loi/B-7.2-01/chon", number="2", base="2")
    page = visit.get("/tra-loi")
    assert "Hai nội dung chưa thống nhất" not in page
    assert 'data-grade="major"' in page
    visit.post("/tra-loi/B-7.2-01/chon", expect=409, number="0", base="3")


def test_general_texts_by_plain_forms(visit: Visit) -> None:
    visit.post("/tra-loi/@remarks", text="Làm tốt", base="0")
    visit.post("/tra-loi/@remarks", "member", text="Chưa tốt", base="0")
    page = visit.get("/tra-loi")
    assert "Làm tốt" in page
    assert "Chưa tốt" in page
    visit.post("/tra-loi/@remarks/chon", number="2", base="2")
    assert "Chưa tốt" in visit.get("/bien-ban")


def test_the_offered_reason_is_one_tap(visit: Visit) -> None:
    visit.post("/tra-loi/B-7.2-01", offer="1", grade="=", base="0")
    with visit.sessions.reading() as session:
        answer = session.scalars(select(Answer)).one()
        assert (answer.grade, answer.reason) == ("not_applicable", "Đơn vị chưa tuyển người mới")


def test_operations_reply_with_the_outcome_of_each(visit: Visit) -> None:
    browser = visit.browsers["head"]
    first = visit.operation({"grade": "minor", "note": "Thiếu"})
    second = visit.operation({"grade": "perfect"}, "A-01")
    reply = browser.post(f"{visit.path}/thao-tac", json={"operations": [first, second]})
    assert reply.status_code == 200
    assert reply.json is not None
    saved, refused = reply.json["operations"]
    assert (saved["outcome"], saved["revision"], saved["audit_revision"]) == ("accepted", 1, 1)
    assert (refused["outcome"], refused["code"]) == ("refused", "operation.grade")
    assert "conformity" in refused["why"]
    again = browser.post(f"{visit.path}/thao-tac", json={"operations": [first]})
    assert again.json is not None
    assert again.json["operations"][0]["outcome"] == "duplicate"


@pytest.mark.parametrize(
    "change",
    [{"op_id": "x"}, {"seq": 0}, {"seq": "1"}, {"base_revision": -1}, {"value": [1]}, {"device_id": None}],
)
def test_a_malformed_batch_names_the_place_and_saves_nothing(visit: Visit, change: dict[str, object]) -> None:
    wrong = visit.operation({"grade": "minor"}, "A-01") | change
    batch = {"operations": [visit.operation({"grade": "minor"}), wrong]}
    reply = visit.browsers["head"].post(f"{visit.path}/thao-tac", json=batch)
    assert reply.status_code == 422
    assert reply.json is not None
    assert reply.json["code"] == "operation.shape"
    assert f"operations.1.{next(iter(change))}" in reply.json["title"]
    with visit.sessions.reading() as session:
        assert session.scalars(select(Answer)).all() == []


@pytest.mark.parametrize("who", ["stranger", "office", "committee"])
def test_only_the_team_writes_and_others_read(visit: Visit, who: str) -> None:
    page = visit.get("/tra-loi", who)
    assert "<fieldset" in page
    assert " disabled" in page
    visit.post("/tra-loi/A-01", who, expect=403, grade="conformity", base="0")
    assert "Lập biên bản</button>" not in visit.get("/ket-thuc", who)


def test_an_unknown_audit_and_an_unknown_criterion_are_refused_by_name(visit: Visit) -> None:
    answer = visit.browsers["head"].get("/cuoc-kiem-tra/2020-KT-999")
    assert answer.status_code == 404
    assert "2020-KT-999" in answer.text
    assert "Z-01" in visit.post("/tra-loi/Z-01", expect=422, grade="minor", base="0")


def test_the_record_speaks_the_words_of_minutes(visit: Visit) -> None:
    visit.complete()
    record = visit.get("/bien-ban")
    article = record[record.index("<article") : record.index("</article")]
    assert "Tồn tại, hạn chế" in article
    assert "Thiếu chứng chỉ" in article
    assert "không phù hợp" not in article.lower()
    assert "nhẹ" not in article
    assert "nặng" not in article


def test_cancel_and_reopen_ask_for_a_reason(visit: Visit) -> None:
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    visit.post("/mo-lai", expect=422, reason=" ")
    visit.post("/mo-lai", "member", expect=403, reason="Nhầm")
    visit.post("/mo-lai", reason="Nhập nhầm")
    assert "Nhập nhầm" in visit.get()
    visit.post("/huy", "office", reason="Bão")
    assert "Bão" in visit.get()


def test_pages_are_compressed_and_make_a_fixed_number_of_queries(
    visit: Visit, count_queries: CountQueries, now: datetime
) -> None:
    pages = ("/tra-loi", "", "/bien-ban", "/ket-thuc")
    before = {}
    for page in pages:
        visit.get(page)
        with count_queries() as counted:
            visit.get(page)
        before[page] = len(counted)
    visit.complete()
    for page in pages:
        with count_queries() as counted:
            visit.get(page)
        assert len(counted) <= before[page], page
    answer = visit.browsers["head"].get(f"{visit.path}/tra-loi", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Vĩnh Giang" in gzip.decompress(answer.data).decode()


def test_the_answer_page_by_position_core_and_filter(visit: Visit) -> None:
    visit.post("/tra-loi/A-01", grade="conformity", base="0")
    assert "Bộ phận Một cửa" in visit.get("/tra-loi?xep=vi-tri")
    core = visit.get("/tra-loi?bo=rut-gon")
    assert 'id="B-7.2-01"' in core
    assert 'id="B-8.5-01"' not in core
    left = visit.get("/tra-loi?loc=chua")
    assert 'id="A-01"' not in left
    assert 'id="B-8.5-01"' in left


def test_what_is_refused_without_javascript_is_asked_again_with_what_was_typed(visit: Visit) -> None:
    page = visit.post(
        "/tra-loi/B-7.2-01?bo=day-du", expect=422, grade="minor", note="Thiếu <3", due_on="31/12/2020", base="0"
    )
    for kept in (
        "Thiếu &lt;3",
        'value="31/12/2020"',
        "không phải một ngày",
        'aria-invalid="true"',
        "?bo=day-du#B-7.2-01",
    ):
        assert kept in page
    assert re.search(r"<input checked[^>]*value=\"minor\"", page)
    visit.post("/tra-loi/B-7.2-01", grade="minor", note="Thiếu <3", due_on="2020-12-31", base="0")
    assert "Thiếu &lt;3" in visit.get("/tra-loi")
    long = visit.post("/tra-loi/@remarks", expect=422, text="dài " * 5000, base="0")
    assert "dài dài" in long
    assert 'aria-invalid="true"' in long
