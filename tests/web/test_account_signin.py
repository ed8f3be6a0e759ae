"""Signing in and out as people do it: right and wrong passwords, the lock, the second factor, duties."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from isoaudit.db import LogEntry, User
from isoaudit.domain.vocabulary import Role
from isoaudit.services.accounts import second_factor
from tests.conftest import NOW, CountQueries, SignIn
from tests.factories import PASSWORD, user

NEW = "Một câu đủ dài, số 7"


def entered(client: FlaskClient, username: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/dang-nhap", data={"username": username, "password": password, **more})


def _actions(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(LogEntry.action).order_by(LogEntry.seq)))


def passed_on(app: Flask, passed: timedelta) -> datetime:
    app.config["CLOCK"] = lambda: NOW + passed
    return NOW + passed


def _code(app: Flask, account: User, moment: datetime) -> str:
    assert account.totp_secret is not None
    secret = second_factor.secret_of(app.extensions["isoaudit.account_key"], account.id, account.totp_secret)
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def office(session: Session) -> User:
    made = user(session, role=Role.OFFICE, username="vanthu")
    session.commit()
    return made


@pytest.fixture
def administrator(session: Session) -> User:
    made = user(session, role=Role.ADMINISTRATOR, username="quantri")
    session.commit()
    return made


def test_the_right_password_signs_in_and_is_logged(client: FlaskClient, office: User, session: Session) -> None:
    answer = entered(client, " VanThu ", next="/tai-khoan")
    assert (answer.status_code, answer.location) == (302, "/tai-khoan")
    page = client.get("/tai-khoan")
    assert page.status_code == 200
    assert office.full_name in page.text
    assert client.post("/dang-xuat").location == "/dang-nhap"
    assert client.get("/tai-khoan").location == "/dang-nhap?next=/tai-khoan"
    assert _actions(session) == ["sign_in", "sign_out"]
    entry = session.scalars(select(LogEntry)).first()
    assert entry is not None
    assert (entry.source, entry.destination, entry.account) == ("127.0.0.1", "web", "vanthu")


def test_signing_out_ends_the_session_on_copies_of_its_cookie_and_no_other(
    app: Flask, client: FlaskClient, office: User, sign_in: SignIn, count_queries: CountQueries
) -> None:
    sign_in(client, office)
    other = sign_in(app.test_client(), office)
    copied = client.get_cookie("isoaudit")
    assert copied is not None
    client.post("/dang-xuat")
    client.set_cookie("isoaudit", copied.value)
    with count_queries() as queries:
        assert client.get("/tai-khoan").location == "/dang-nhap?next=/tai-khoan"
    assert len([each for each in queries if "user_account" in each]) == 1
    assert other.get("/tai-khoan").status_code == 200


def test_unknown_account_and_wrong_password_get_the_same_answer(client: FlaskClient, office: User) -> None:
    wrong = entered(client, "vanthu", "sai")
    unknown = entered(client, "khongco", "sai")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text.replace("vanthu", "") == unknown.text.replace("khongco", "")


def test_five_failures_lock_until_an_administrator_unlocks(
    app: Flask, client: FlaskClient, office: User, administrator: User, sign_in: SignIn, session: Session
) -> None:
    for _attempt in range(5):
        assert entered(client, "vanthu", "sai").status_code == 422
    refused = entered(client, "vanthu")
    assert refused.status_code == 422
    assert "khóa" in refused.text
    boss = sign_in(app.test_client(), administrator)
    assert "bị khóa" in boss.get("/quan-tri/tai-khoan?tinh-trang=locked").text
    assert boss.post(f"/quan-tri/tai-khoan/{office.id}/mo-khoa").status_code == 302
    assert entered(client, "vanthu").status_code == 302
    assert _actions(session) == [*["sign_in.failed"] * 5, "account.lock", "sign_in.closed", "account.unlock", "sign_in"]


def test_the_first_password_must_be_changed_before_anything_else(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    user(session, username="moi", must_change=True)
    session.commit()
    entered(client, "moi")
    for address in ("/tai-khoan", "/tro-giup", "/"):
        assert client.get(address).location == "/tai-khoan/mat-khau"
    other = app.test_client()
    entered(other, "moi")
    short = client.post("/tai-khoan/mat-khau", data={"old": PASSWORD, "new": "ngan", "again": "ngan"})
    assert short.status_code == 422
    assert "14 ký tự" in short.text
    differing = client.post("/tai-khoan/mat-khau", data={"old": PASSWORD, "new": NEW, "again": NEW + "!"})
    assert "không giống nhau" in differing.text
    wrong = client.post("/tai-khoan/mat-khau", data={"old": "sai", "new": NEW, "again": NEW})
    assert wrong.status_code == 422
    done = client.post("/tai-khoan/mat-khau", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert done.status_code == 302
    assert client.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").location.startswith("/dang-nhap")
    assert entered(other, "moi", PASSWORD).status_code == 422
    assert entered(other, "moi", NEW).status_code == 302


def test_an_administrator_sets_up_the_second_factor_first(app: Flask, client: FlaskClient, session: Session) -> None:
    boss = user(session, role=Role.ADMINISTRATOR, username="quantri", second_factor=False)
    session.commit()
    entered(client, "quantri")
    assert client.get("/quan-tri/tai-khoan").location == "/tai-khoan/xac-thuc-hai-lop"
    page = client.get("/tai-khoan/xac-thuc-hai-lop")
    assert 'src="data:image/svg+xml' in page.text
    found = re.search(r'class="code">([A-Z2-7 ]+)<', page.text)
    assert found is not None
    authenticator = pyotp.TOTP(found[1].replace(" ", ""))
    assert client.post("/tai-khoan/xac-thuc-hai-lop", data={"otp": "000000"}).status_code == 422
    codes = client.post("/tai-khoan/xac-thuc-hai-lop", data={"otp": authenticator.at(NOW)})
    recovery = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", codes.text)
    assert len(recovery) == second_factor.CODES
    assert client.get("/quan-tri/tai-khoan").status_code == 200

    session.refresh(boss)
    session.commit()
    assert authenticator.secret not in str(boss.totp_secret), "the database alone must not give the second factor"
    other = app.test_client()
    assert "Mã xác thực" in entered(other, "quantri").text
    assert other.get("/tai-khoan").location.startswith("/dang-nhap"), "half signed in is not signed in"
    assert other.post("/dang-nhap/xac-thuc", data={"otp": authenticator.at(NOW)}).status_code == 422, "used once"
    assert other.post("/dang-nhap/xac-thuc", data={"otp": recovery[0].lower()}).status_code == 302
    third = app.test_client()
    entered(third, "quantri")
    assert third.post("/dang-nhap/xac-thuc", data={"otp": recovery[0]}).status_code == 422, "used up"
    later = passed_on(app, timedelta(seconds=90))
    assert third.post("/dang-nhap/xac-thuc", data={"otp": authenticator.at(later)}).status_code == 302


def test_wrong_codes_count_as_failures_and_lock(app: Flask, client: FlaskClient, administrator: User) -> None:
    entered(client, "quantri")
    for _attempt in range(5):
        assert client.post("/dang-nhap/xac-thuc", data={"otp": "000000"}).status_code == 422
    right = _code(app, administrator, NOW)
    assert client.post("/dang-nhap/xac-thuc", data={"otp": right}).status_code == 422
    assert entered(client, "quantri").status_code == 422


def test_the_second_factor_is_turned_off_only_where_the_password_stands_alone(
    client: FlaskClient, session: Session, administrator: User, sign_in: SignIn
) -> None:
    person = user(session, username="canbo", second_factor=True)
    session.commit()
    off = "/tai-khoan/xac-thuc-hai-lop/tat"
    assert sign_in(client, person).post(off, data={"password": "sai"}).status_code == 422
    assert client.post(off, data={"password": PASSWORD}).status_code == 302
    session.refresh(person)
    session.commit()
    assert person.totp_secret is None
    assert sign_in(client, administrator).post(off, data={"password": PASSWORD}).status_code == 422


def test_plain_http_away_from_this_machine_is_refused(client: FlaskClient, office: User) -> None:
    for answer in (
        client.get("/dang-nhap", base_url="http://iso.quangtri.gov.vn"),
        client.post(
            "/dang-nhap",
            base_url="http://192.168.1.9:8000",
            data={"username": "vanthu", "password": PASSWORD},
        ),
    ):
        assert answer.status_code == 403
        assert "HTTPS" in answer.text
    safe = client.post(
        "/dang-nhap", base_url="https://iso.quangtri.gov.vn", data={"username": "vanthu", "password": PASSWORD}
    )
    assert safe.status_code == 302
    cookie = safe.headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize("target", ["https://x.vn/", "//x.vn", "/\\x.vn", "/\tx", "javascript:alert(1)", "x"])
def test_signing_in_never_leads_to_another_site(client: FlaskClient, office: User, target: str) -> None:
    assert entered(client, "vanthu", next=target).location == "/"


def test_too_many_failures_from_one_address_have_to_wait(app: Flask, client: FlaskClient, office: User) -> None:
    answers = [entered(client, f"ten{number}", "sai").status_code for number in range(51)]
    assert answers == [422] * 50 + [429]
    waiting = entered(client, "vanthu")
    assert waiting.status_code == 429
    assert "chờ" in waiting.text
    passed_on(app, timedelta(minutes=11))
    assert entered(client, "vanthu").status_code == 302


@pytest.mark.parametrize(
    ("role", "passed", "signs_in"),
    [(Role.OFFICE, 45, True), (Role.OFFICE, 46, False), (Role.ADMINISTRATOR, 44, True)],
)
def test_an_account_unused_for_45_days_is_closed(
    app: Flask, client: FlaskClient, session: Session, role: Role, passed: int, signs_in: bool
) -> None:
    user(session, role=role, username="lauroi")
    session.commit()
    passed_on(app, timedelta(days=passed))
    assert (entered(client, "lauroi").status_code < 400) is signs_in


def test_an_administrator_renews_the_password_after_two_months(
    app: Flask, client: FlaskClient, administrator: User, sign_in: SignIn, session: Session
) -> None:
    administrator.password_changed_at = NOW - timedelta(days=61)
    session.commit()
    sign_in(client, administrator)
    assert client.get("/quan-tri/tai-khoan").location == "/tai-khoan/mat-khau"
    assert client.post("/tai-khoan/mat-khau", data={"old": PASSWORD, "new": NEW, "again": NEW}).status_code == 302
    assert client.get("/quan-tri/tai-khoan").status_code == 200
