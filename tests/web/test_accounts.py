"""What the administrator does with accounts: adding, editing, closing, resetting, importing, exporting; and the log."""

import io
import re

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import Unit, User
from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.services import settings
from isoaudit.services.accounts.hashing import Hasher
from isoaudit.web import accounts_file
from tests.conftest import NOW, SignIn
from tests.factories import PASSWORD, user

ACCOUNTS = "/quan-tri/tai-khoan"


@pytest.fixture
def commune(session: Session) -> Unit:
    made = Unit(
        province_id=settings.home(session).id,
        code="19333",
        name="Phường Đông Hà",
        kind=UnitKind.WARD,
        valid_from=NOW.date(),
        fold="phuong dong ha",
        sort_key="x",
    )
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def boss(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    made = user(session, role=Role.ADMINISTRATOR, username="quantri")
    session.commit()
    return sign_in(client, made)


def _form(**values: object) -> dict[str, object]:
    return {"username": "moi", "full_name": "Đỗ Văn Mới", "language": "vi", "tie": "officer"} | values


def test_a_new_account_shows_its_password_once_and_works(boss: FlaskClient, commune: Unit, session: Session) -> None:
    sent = _form(roles=["unit_officer", "inspector"], unit="19333", unit_on="2020-11-18")
    shown = boss.post(f"{ACCOUNTS}/them", data=sent)
    found = re.search(r"<code>(\S{4}-\S{4}-\S{4}-\S{4})</code>", shown.text)
    assert found is not None
    made = session.scalar(select(User).where(User.username == "moi"))
    assert made is not None
    assert {row.role for row in made.roles} == {Role.UNIT_OFFICER, Role.INSPECTOR}
    assert [row.unit_id for row in made.memberships] == [commune.id]
    session.commit()
    assert found[1] not in boss.get(f"{ACCOUNTS}/{made.id}").text
    boss.post("/dang-xuat")
    assert boss.post("/dang-nhap", data={"username": "moi", "password": found[1]}).status_code == 302
    assert boss.get("/tai-khoan").location == "/tai-khoan/mat-khau"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "Có dấu"}, "chữ thường không dấu"),
        ({"username": "QuanTri"}, "đã có"),
        ({"full_name": " "}, "thiếu họ và tên"),
        ({"roles": []}, "chưa chọn vai trò"),
        ({"roles": ["unit_officer"]}, "điền mã đơn vị"),
        ({"unit": "99999", "unit_on": "2020-11-18"}, "Không có đơn vị mã “99999” vào ngày 18/11/2020"),
        ({"email": "x"}, "thư điện tử chưa đúng"),
    ],
)
def test_a_wrong_account_is_refused_with_the_reason_and_what_was_typed(
    boss: FlaskClient, session: Session, change: dict[str, object], said: str
) -> None:
    answer = boss.post(f"{ACCOUNTS}/them", data=_form(roles=["office"], position="Chuyên viên") | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Chuyên viên" in answer.text
    assert session.scalar(select(func.count()).select_from(User)) == 1


def test_a_change_of_role_ends_sessions_and_units_can_be_let_go(
    boss: FlaskClient, commune: Unit, session: Session, sign_in: SignIn
) -> None:
    officer = user(session, role=Role.UNIT_OFFICER, unit_id=commune.id)
    session.commit()
    theirs = sign_in(boss.application.test_client(), officer)
    assert theirs.get("/tai-khoan").status_code == 200
    sent = _form(username=officer.username, full_name="Tên khác", roles=["inspector"])
    assert boss.post(f"{ACCOUNTS}/{officer.id}", data=sent).status_code == 302
    session.expire_all()
    assert [row.role for row in officer.roles] == [Role.INSPECTOR]
    assert officer.memberships[0].until == NOW.date()
    session.commit()
    assert theirs.get("/tai-khoan").location.startswith("/dang-nhap")
    again = sent | {"roles": ["unit_officer"], "unit": "19333", "unit_on": "2020-11-18"}
    assert boss.post(f"{ACCOUNTS}/{officer.id}", data=again).status_code == 302
    session.expire_all()
    assert [row.until for row in officer.memberships] == [None]


def test_administrators_cannot_shut_themselves_out(boss: FlaskClient, session: Session) -> None:
    own = session.scalar(select(User.id))
    session.commit()
    assert boss.post(f"{ACCOUNTS}/{own}", data=_form(roles=["office"])).status_code == 422
    assert boss.post(f"{ACCOUNTS}/{own}/ngung").status_code == 422
    assert boss.post(f"{ACCOUNTS}/{own}/cap-lai").status_code == 422


def test_disabling_ends_sessions_and_resetting_gives_a_new_first_password(
    boss: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    person = user(session, username="canbo", second_factor=True)
    session.commit()
    theirs = sign_in(boss.application.test_client(), person)
    assert boss.post(f"{ACCOUNTS}/{person.id}/ngung").status_code == 302
    assert theirs.get("/tai-khoan").location.startswith("/dang-nhap")
    assert theirs.post("/dang-nhap", data={"username": "canbo", "password": PASSWORD}).status_code == 422
    assert boss.post(f"{ACCOUNTS}/{person.id}/ngung").status_code == 409
    assert boss.post(f"{ACCOUNTS}/{person.id}/mo-lai").status_code == 302
    shown = boss.post(f"{ACCOUNTS}/{person.id}/cap-lai").text
    found = re.search(r"<code>(\S{4}-\S{4}-\S{4}-\S{4})</code>", shown)
    assert found is not None
    assert theirs.post("/dang-nhap", data={"username": "canbo", "password": PASSWORD}).status_code == 422
    assert theirs.post("/dang-nhap", data={"username": "canbo", "password": found[1]}).location == "/"
    assert boss.post(f"{ACCOUNTS}/999999/cap-lai").status_code == 404


def test_the_list_searches_without_diacritics_sorts_and_pages(boss: FlaskClient, session: Session) -> None:
    for number in range(60):
        user(session, username=f"nguoi{number:02}", full_name=f"Nguyễn Thị Số {number:02}")
    user(session, username="dat", full_name="Đỗ Đình Đạt", role=Role.INSPECTOR)
    session.commit()
    assert "Đỗ Đình Đạt" in boss.get(f"{ACCOUNTS}?tim=do+dat").text
    assert "Đỗ Đình Đạt" not in boss.get(f"{ACCOUNTS}?tim=do+dat&vai-tro=office").text
    assert "Không có tài khoản nào khớp" in boss.get(f"{ACCOUNTS}?tinh-trang=disabled").text
    names = re.findall(r"Số (\d\d)</a>", boss.get(f"{ACCOUNTS}?tim=so&xep=-tai-khoan&trang=2").text)
    assert names == [f"{number:02}" for number in range(9, -1, -1)]


def test_the_export_lists_every_account_and_no_formula(boss: FlaskClient, session: Session) -> None:
    user(session, username="ten", full_name="=1+1", role=Role.INSPECTOR)
    session.commit()
    answer = boss.get(f"{ACCOUNTS}/danh-sach.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    head, *lines = answer.text.removeprefix("\ufeff").splitlines()
    assert head.startswith("Loại (vai trò),Tên đăng nhập,Tình trạng,Người dùng,Chức vụ,Đơn vị,Ngày kích hoạt")
    assert any(line.startswith("Thành viên đoàn kiểm tra,ten,đang dùng,'=1+1,,,18/11/2020") for line in lines)


def _send(boss: FlaskClient, text: str, name: str = "ds.csv"):
    sent = {"on": "2020-11-18", "file": (io.BytesIO(text.encode()), name)}
    return boss.post(f"{ACCOUNTS}/nhap", data=sent)


def test_accounts_come_from_a_file_all_or_none(boss: FlaskClient, commune: Unit, session: Session) -> None:
    bad = _send(
        boss,
        "username,full_name,roles,unit\nmot,Một,inspector,\nmot,Lặp,office,\nba,,office,\nbon,Bốn,vua,\n"
        "nam,Năm,unit_officer,\nsau,Sáu,unit_officer,1\n",
    )
    assert bad.status_code == 422
    for said in (
        "Dòng 3, cột username: Tên tài khoản “mot” lặp lại",
        "Dòng 4, cột full_name",
        "Dòng 5, cột roles: Vai trò “vua” không có",
        "Dòng 6, cột unit",
        "Dòng 7, cột unit: Không có đơn vị mã “1”",
    ):
        assert said in bad.text
    assert session.scalar(select(func.count()).select_from(User)) == 1
    session.commit()
    good = _send(boss, "username;full_name;roles;unit\nmot;Một;Thành viên đoàn kiểm tra;\nhai;Hai;unit_officer;19333\n")
    assert good.status_code == 200
    passwords = re.findall(r"<code>(\S{4}-\S{4}-\S{4}-\S{4})</code>", good.text)
    assert len(set(passwords)) == 2
    assert 'download="mat-khau-ban-dau.csv"' in good.text
    assert session.scalar(select(func.count()).select_from(User)) == 3


def test_while_first_passwords_are_hashed_nobody_waits(boss: FlaskClient, app: Flask) -> None:
    held = []

    class Watching(Hasher):
        def hash(self, password: str) -> str:
            held.append("session" in g and g.session.in_transaction())
            return super().hash(password)

    app.extensions["isoaudit.hasher"] = Watching(64)
    assert _send(boss, "username,full_name,roles\nmot,Một,office\nhai,Hai,office\n").status_code == 200
    assert held == [False, False]


def test_many_first_passwords_are_hashed_in_several_requests(
    boss: FlaskClient, commune: Unit, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts_file, "SECONDS", 0.0)
    session.commit()
    answer = _send(boss, "username,full_name,roles,unit\nmot,Một,office,\nhai,Hai,unit_officer,19333\nba,Ba,office,\n")
    for done in (1, 2):
        assert f"Đã tạo mật khẩu ban đầu cho {done} người" in answer.text
        assert session.scalar(select(func.count()).select_from(User)) == 1
        session.commit()
        sealed = re.search(r'name="passwords" value="([^"]+)"', answer.text)
        assert sealed is not None
        answer = boss.post("/quan-tri/tai-khoan/nhap/tiep", data={"passwords": sealed[1]})
    assert len(set(re.findall(r"<code>(\S{4}-\S{4}-\S{4}-\S{4})</code>", answer.text))) == 3
    assert session.scalar(select(func.count()).select_from(User)) == 4
    session.commit()
    for wrong in (sealed[1], sealed[1] + "x", ""):  # sent twice; changed; none
        assert boss.post("/quan-tri/tai-khoan/nhap/tiep", data={"passwords": wrong}).status_code == 422


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "không có dòng nào"),
        ("username,roles\nx,office\n", "thiếu cột full_name"),
        ("username,full_name,roles,tuổi\nx,x,office,5\n", "tuổi"),
    ],
)
def test_a_wrong_file_is_refused(boss: FlaskClient, text: str, said: str) -> None:
    answer = _send(boss, text)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_log_tells_refusals_and_can_be_filtered(boss: FlaskClient, session: Session, sign_in: SignIn) -> None:
    person = user(session, username="canbo")
    session.commit()
    theirs = sign_in(boss.application.test_client(), person)
    assert theirs.get(ACCOUNTS).status_code == 403
    assert theirs.post(f"{ACCOUNTS}/them").status_code == 403
    log = boss.get("/quan-tri/nhat-ky?tai-khoan=canbo&viec=refused&tu=2020-11-18&den=2020-11-18").text
    assert f"GET {ACCOUNTS}" in log
    assert f"POST {ACCOUNTS}/them" in log
    assert "Không có dòng nào khớp" in boss.get("/quan-tri/nhat-ky?den=2020-11-17").text
    lines = boss.get("/quan-tri/nhat-ky/nhat-ky.csv?tai-khoan=canbo").text.splitlines()
    assert len(lines) == 3
    assert "127.0.0.1,web,canbo,refused" in lines[1]
