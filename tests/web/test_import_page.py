"""Importing in the browser: look, read what is wrong and what would change, agree, import; again: nothing changes."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from isoaudit.db import Document, LogEntry, Unit
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Role
from isoaudit.services import importing, log, settings
from isoaudit.services.importing import listing, shelf
from tests import factories
from tests.conftest import NOW, SignIn
from tests.web.conftest import Stored
from tests.workbooks import xlsx

UNITS = "code,name,kind,valid_from\n19333,Phường 1,ward,1900-01-01\n"
Send = Callable[..., TestResponse]


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    """A browser of the standing office."""
    user = factories.user(session, role=Role.OFFICE)
    settings.home(session)
    session.commit()
    return sign_in(client, user)


@pytest.fixture
def send(office: FlaskClient) -> Send:
    """send(text, name="units.csv"): uploads a file; the page that follows."""

    def sending(content: str | bytes, name: str = "units.csv") -> TestResponse:
        data = content.encode() if isinstance(content, str) else content
        return office.post("/nhap-du-lieu", data={"file": (io.BytesIO(data), name)}, follow_redirects=True)

    return sending


def write(office: FlaskClient, page: TestResponse, **ticks: str) -> str:
    """Send the confirmation; what the page that follows says."""
    return office.post(f"{page.request.path}/ghi", data=ticks, follow_redirects=True).text


def test_a_workbook_is_looked_at_and_then_imported(office: FlaskClient, send: Send, stored: Stored) -> None:
    assert "valid_from" in office.get("/nhap-du-lieu").text
    for which in ("trong", "mau"):
        assert office.get(f"/nhap-du-lieu/so/{which}.xlsx").data.startswith(b"PK")
    page = send(UNITS)
    assert "Tệp đúng, chưa ghi gì" in page.text
    assert "Phường 1" in page.text
    assert stored(Unit) == []
    assert "chờ bạn xem và xác nhận" in office.get("/nhap-du-lieu").text
    assert "thêm 1 dòng, sửa 0 dòng" in write(office, page)
    assert "chưa nhập" not in office.get("/nhap-du-lieu").text
    assert [unit.name for unit in stored(Unit)] == ["Phường 1"]
    assert "thêm 1 dòng, sửa 0 dòng" in write(office, page)  # sent twice: told once more, written once
    assert office.post(f"{page.request.path}/xem-lai").status_code == 404
    again = send(UNITS)
    assert "nhập cũng không thay đổi gì" in again.text
    assert "Nhập các dòng này" not in again.text
    assert "units" in office.get("/nhap-du-lieu").text


def test_every_error_is_told_by_sheet_row_column_and_value(office: FlaskClient, send: Send) -> None:
    assert send(UNITS, "units.exe").status_code == 422
    assert office.post("/nhap-du-lieu", data={}).status_code == 422
    page = send(UNITS + "19336,Phường 2,bộ,1900-02-30\n")
    assert "Có 2 chỗ cần sửa, chưa ghi gì" in page.text
    assert "Nhập các dòng này" not in page.text
    for told in ("units", ">3<", ">kind<", ">bộ<", "1900-02-30", "Thị trấn (township)", "Phường (ward)"):
        assert told in page.text
    table = office.get(f"{page.request.path}/cho-can-sua.csv").data.decode("utf-8-sig").splitlines()
    assert table[0] == "Trang tính,Dòng,Cột,Giá trị,Cần sửa"
    assert table[1].startswith("units,3,kind,bộ,")
    assert len(table) == 3
    parent = send("code,name,kind,parent,valid_from\n19333,Phường 1,ward,461,2021-04-05\n").text
    assert "mã “461” từ ngày 05/4/2021 trở đi. Mã này từng dùng: không có" in parent
    dossiers = "unit,as_of,total,covered,resolved,late\n19333,2020-11-01,5,5,1,2\n"
    two = [(io.BytesIO(UNITS.encode()), "units.csv"), (io.BytesIO(dossiers.encode()), "procedures.csv")]
    told = office.post("/nhap-du-lieu", data={"file": two}, follow_redirects=True).text
    assert "procedures" in told
    assert "Invalid" not in told.partition("<main")[2]
    assert "procedure.late" not in told
    assert "không đọc được như một tệp XLSX" in send(b"PK", "so.xlsx").text


def test_readings_are_offered_and_used_only_when_agreed_to(office: FlaskClient, send: Send, stored: Stored) -> None:
    page = send(UNITS + "19336, Phường  2,Phường,01/02/1990\n")
    shown = office.get(page.request.path + "?xem=doc").text
    for told in ("01/02/1990", "1990-02-01", "Từ ngữ thay cho mã", "Phường 2"):
        assert told in shown
    assert "3 chỗ" not in page.text
    refused = write(office, page, **{"doc-word": "y"})
    assert "có thể hiểu là “1990-02-01”" in refused
    assert stored(Unit) == []
    looked = office.post(f"{page.request.path}/xem-lai", follow_redirects=True)
    done = write(office, looked, **{"doc-word": "y", "doc-date": "y"})
    assert "thêm 2 dòng" in done
    assert "Đã đọc theo cách bạn đồng ý" in done
    assert [unit.name for unit in stored(Unit)] == ["Phường 1", "Phường 2"]


def test_what_stands_changes_only_with_a_tick(office: FlaskClient, send: Send, stored: Stored) -> None:
    write(office, send(UNITS))
    page = send(UNITS.replace("Phường 1", "Phường Một"))
    assert "Cập nhật 1 bản ghi đã có" in page.text
    for told in ("Đang là → sẽ thành", "Phường 1", "Phường Một", "19333 | 01/01/1900"):
        assert told in page.text
    assert "--" not in page.text.partition("<main")[2].partition("</main")[0]
    assert "với nội dung khác" in write(office, page)
    page = send(UNITS.replace("Phường 1", "Phường Một"))
    assert "sửa 1 dòng" in write(office, page, update="y")
    assert [unit.name for unit in stored(Unit)] == ["Phường Một"]


def test_words_of_closed_lists_and_days_are_shown_as_people_write_them(office: FlaskClient, send: Send) -> None:
    new = send(UNITS.replace("valid_from\n", "valid_from,valid_to\n").replace("01-01\n", "01-01,2025-07-01\n"))
    assert "Phường (ward)" in new.text
    assert "01/7/2025" in new.text
    write(office, new)
    other = send(UNITS.replace("ward", "commune"))
    assert "Phường (ward) → <strong>Xã (commune)" in other.text
    assert "đang là “Phường (ward)" in write(office, other)
    read = send(UNITS.replace("ward", "Xã"))
    assert "Xã (commune)" in office.get(f"{read.request.path}?xem=doc").text


def test_what_was_shown_is_what_is_written(office: FlaskClient, send: Send, sessions: Sessions, stored: Stored) -> None:
    write(office, send(UNITS))
    page = send(UNITS.replace("Phường 1", "Phường Một"))
    with sessions.writing.begin() as session:
        session.scalars(select(Unit)).one().name = "Phường Nhất"
    assert "đã thay đổi từ lúc bạn xem" in write(office, page, update="y")
    assert [unit.name for unit in stored(Unit)] == ["Phường Nhất"]
    again = office.post(f"{page.request.path}/xem-lai", follow_redirects=True)
    assert "Phường Nhất" in again.text
    assert "sửa 1 dòng" in write(office, again, update="y")


def test_what_was_shown_is_written_also_when_a_reading_is_left_out(
    office: FlaskClient, send: Send, sessions: Sessions, stored: Stored
) -> None:
    """The number is kept as written; the other row, which changes what stands, must still be the one that was shown."""
    head = "number,kind,issuer,date,subject\n"
    new, old = "137/BC-SKHCCN,BC,Sở,2020-11-18,Báo cáo\n", "1/BC-X,BC,Xã,2020-01-02,{}\n"
    write(office, send(head + old.format("Cũ"), "documents.csv"))
    page = send(head + new + old.format("Mới"), "documents.csv")
    with sessions.writing.begin() as session:
        session.scalars(select(Document)).one().subject = "Đã sửa khác"
    assert "đã thay đổi từ lúc bạn xem" in write(office, page, update="y")
    assert [each.subject for each in stored(Document)] == ["Đã sửa khác"]
    again = office.post(f"{page.request.path}/xem-lai", follow_redirects=True)
    assert "thêm 1 dòng, sửa 1 dòng" in write(office, again, update="y")
    assert {each.number for each in stored(Document)} == {"1/BC-X", "137/BC-SKHCCN"}


def test_the_result_tells_what_was_read_otherwise_and_nothing_that_was_not(office: FlaskClient, send: Send) -> None:
    """A number that is kept as written, and those that cite it so, are not read otherwise."""
    head = "number,kind,issuer,date,subject\n137/BC-SKHCCN,BC,Sở,18/11/2020,Báo cáo\n"
    files = {"documents.csv": head, "programmes.csv": "year,name,document\n2020,Kế hoạch,137/BC-SKHCCN\n"}
    sent = [(io.BytesIO(text.encode()), name) for name, text in files.items()]
    page = office.post("/nhap-du-lieu", data={"file": sent}, follow_redirects=True)
    done = write(office, page, **{"doc-date": "y", "doc-cited": "y"})
    assert "Đã đọc theo cách bạn đồng ý: ngày viết theo cách khác (1 ô)." in done
    assert "137/BC-SKHCN”; đã giữ như tệp ghi" in done
    assert "số, ký hiệu của văn bản mới" not in done
    assert "được giữ như tệp ghi: văn bản được dẫn." in done


def test_a_name_without_its_capitals_is_offered_and_may_be_left(
    office: FlaskClient, send: Send, stored: Stored
) -> None:
    page = send(UNITS.replace("Phường", "phường"))
    assert 'name="doc-name" value="y">' in page.text  # not required
    assert "Không đánh dấu: giữ như tệp ghi" in page.text
    assert "có thể là “Phường 1”; đã giữ như tệp ghi" in write(office, page)
    assert [unit.name for unit in stored(Unit)] == ["phường 1"]
    assert "nhập cũng không thay đổi gì" in send(UNITS.replace("Phường", "phường")).text
    taken = send(UNITS.replace("Phường", "phường").replace("19333", "19336"))
    assert "chữ hoa trong tên đơn vị mới (1 ô)" in write(office, taken, **{"doc-name": "y"})
    assert {unit.name for unit in stored(Unit)} == {"phường 1", "Phường 1"}


def test_what_was_imported_by_the_command_is_told_in_words(
    office: FlaskClient, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    importing.import_workbook(session, tmp_path, by=log.COMMAND_LINE, now=NOW)
    session.commit()
    assert "dòng lệnh</td>" in office.get("/nhap-du-lieu").text


def test_tables_come_as_several_files_or_packed_and_a_spreadsheet_by_its_name(
    office: FlaskClient, send: Send, tmp_path: Path, sessions: Sessions
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("so/units.csv", UNITS)
        archive.writestr("so/README.md", "x")
    page = send(packed.getvalue(), "Sổ năm 2020.zip")
    assert "Sổ năm 2020" in page.text
    assert "thêm 1 dòng" in write(office, page)
    assert send(b"PK\x05\x06" + bytes(18), "rong.zip").status_code == 422

    def several(*names: str) -> TestResponse:
        sent = [(io.BytesIO(b"code\n"), name) for name in names]
        return office.post("/nhap-du-lieu", data={"file": sent}, follow_redirects=True)

    assert "Trang successions: thiếu cột bắt buộc" in several("units.csv", "successions.csv").text
    assert several("units.csv", "so.xlsx").status_code == 422
    book = {"units": [{"code": "19336", "name": "Phường 2", "kind": "ward", "valid_from": "1900-01-01"}]}
    sent = send(xlsx(tmp_path / "So tinh.xlsx", book).read_bytes(), "So tinh.xlsx")
    assert "Đã nhập So tinh.xlsx" in write(office, sent)
    with sessions.reading() as session:
        entries = session.scalars(select(LogEntry).where(LogEntry.action == "import").order_by(LogEntry.seq))
        assert [each.subject for each in entries] == ["Sổ năm 2020", "So tinh.xlsx"]


def test_work_that_takes_long_shows_how_far_it_is_and_work_that_broke_off_says_so(
    app: Flask, office: FlaskClient, send: Send, stored: Stored
) -> None:
    page = send(UNITS)
    place = app.config["ISOAUDIT"].instance / "incoming" / page.request.path.rpartition("/")[2]
    state = shelf.read(place)
    state.stage, state.step, state.done, state.total = "importing", "writing", 250, 1000
    shelf.write(place, state)
    shown = office.get(page.request.path)
    assert (shown.mimetype, shown.headers["Refresh"]) == ("text/html", "2")
    for told in ("Đang nhập dữ liệu", "Ghi từng dòng", "250/1.000"):
        assert told in shown.text
    assert "Đang nhập dữ liệu" in write(office, page)
    assert office.post(f"{page.request.path}/xem-lai").status_code == 409
    for sign in ("alive", "state.json"):
        (place / sign).touch()
        os.utime(place / sign, (0, 0))
    assert "bị ngắt giữa chừng" in office.get(page.request.path).text
    (place / "state.json").write_text('{"name": "units", "kept": "otherwise"}', "utf-8")  # by another version
    assert "bị ngắt giữa chừng" in office.get(page.request.path).text
    assert stored(Unit) == []
    assert "Tệp đúng" in office.post(f"{page.request.path}/xem-lai", follow_redirects=True).text


def test_a_file_belongs_to_whoever_sent_it(
    app: Flask, office: FlaskClient, send: Send, session: Session, sign_in: SignIn
) -> None:
    page = send(UNITS)
    other = sign_in(app.test_client(), factories.user(session, role=Role.OFFICE))
    session.commit()
    assert other.get(page.request.path).status_code == 404
    assert other.post(f"{page.request.path}/ghi").status_code == 404
    assert office.get("/nhap-du-lieu/" + "0" * 64).status_code == 404
    assert office.post(f"{page.request.path}/bo", follow_redirects=True).status_code == 200
    assert office.get(page.request.path).status_code == 404


def test_a_long_list_is_shown_a_page_at_a_time(office: FlaskClient, send: Send) -> None:
    rows = "".join(f"X{number},Xã {number},commune,1900-01-01\n" for number in range(10_000))
    page = send("code,name,kind,valid_from\n" + rows)
    assert "10.000" in page.text
    assert "X49" in page.text
    assert "X50 " not in page.text
    assert len(page.data) < 60_000
    second = office.get(page.request.path, query_string={"xem": "them", "trang": "2"}).text
    assert "X50" in second
    assert f"Hiện {listing.MOST_ADDED:,}".replace(",", ".") in second
    many = send("code,name,kind,valid_from\n" + rows.replace("commune", "bộ"))
    assert "Có 10.000 chỗ cần sửa" in many.text
    assert len(many.data) < 60_000
