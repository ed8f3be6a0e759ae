"""The committee's pages: every number leads to what it counts; bad input keeps the form; few queries for many units."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from tests import factories
from tests.conftest import CountQueries, SignIn
from tests.services.test_rollup import bring, sheets

PAGES = (
    "/tong-hop", "/tong-hop/don-vi", "/tong-hop/dieu-khoan", "/tong-hop/dieu-khoan/8.5", "/tong-hop/dieu-khoan/A",
    "/tong-hop/diem-khong-phu-hop", "/tong-hop/luot-kiem-tra", "/tong-hop/nhiem-vu", "/tong-hop/da-ket-thuc",
    "/tong-hop/cach-tinh", "/bao-cao",
)  # fmt: skip


@pytest.fixture
def member(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    """A member of the committee, on an empty installation."""
    user = factories.user(session, role=Role.COMMITTEE)
    session.commit()
    return sign_in(client, user)


@pytest.fixture
def committee(member: FlaskClient, session: Session, tmp_path: Path) -> FlaskClient:
    """The same, with the small province of the roll-up's tests."""
    bring(session, tmp_path / "so", sheets())
    session.commit()
    return member


def links(page: str, inside: str) -> list[tuple[str, int]]:
    """Address and number of the links that are a number, or a part of a chart."""
    found = re.findall(r'<a href="([^"]*)">(?:<title>[^<]*: )?([\d.]+)(?:</title>|</a>)', page)
    counted = [(html.unescape(address), int(number.replace(".", ""))) for address, number in found]
    return [(address, number) for address, number in counted if address.startswith(inside)]


def test_the_dashboard_opens_on_today_in_the_latest_year_and_prints_shares_by_block(committee: FlaskClient) -> None:
    page = committee.get("/tong-hop").text
    assert "Tổng hợp toàn tỉnh năm 2020" in page
    assert "tính đến hết ngày 18/11/2020" in page
    assert 'value="2020-11-18"' in page
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Đã chuyển đổi sang TCVN ISO 9001:2015, trên số thuộc diện chuyển đổi" in text
    assert re.search(r"Cấp xã 50,0% 1 / 2", text)
    assert re.search(r"Toàn tỉnh 2 / 4", text)


@pytest.mark.parametrize("page", ["luot-kiem-tra", "diem-khong-phu-hop?xem=phat-sinh"])
def test_lists_of_visits_and_findings_name_the_district(committee: FlaskClient, page: str) -> None:
    assert '<td data-label="Địa bàn">Thành phố Đông Hà</td>' in committee.get(f"/tong-hop/{page}").text


def test_later_it_opens_on_the_last_day_of_the_latest_year_with_facts(committee: FlaskClient) -> None:
    assert "tính đến hết ngày 31/12/2019" in committee.get("/tong-hop?nam=2019").text
    assert "tính đến hết ngày 05/5/2019" in committee.get("/tong-hop?ngay=2019-05-05").text
    committee.application.config["CLOCK"] = lambda: datetime(2022, 3, 1, 2, tzinfo=UTC)
    with committee.session_transaction() as opened:
        opened.update({key: int(datetime(2022, 3, 1, 2, tzinfo=UTC).timestamp()) for key in ("began", "seen")})
    assert "tính đến hết ngày 31/12/2020" in committee.get("/tong-hop").text


def test_every_number_leads_to_as_many_units(committee: FlaskClient) -> None:
    for day in ("2020-11-18", "2020-12-31"):
        found = links(committee.get(f"/tong-hop?nam=2020&ngay={day}").text, "/tong-hop/don-vi")
        assert len(found) > 40
        for address, number in found:
            shown = committee.get(address).text
            assert re.search(r"(\d+) trên 6 đơn vị", shown).group(1) == str(number), address
            assert shown.count('<tr><th scope="row">') == number, address


def test_counts_of_findings_audits_and_tasks_lead_to_their_lists(committee: FlaskClient) -> None:
    page = committee.get("/tong-hop?nam=2020&ngay=2020-11-18").text
    found = [each for each in links(page, "/tong-hop/") if "/don-vi" not in each[0]]
    assert {address.split("?")[0].rpartition("/")[2] for address, _number in found} == {
        "diem-khong-phu-hop", "luot-kiem-tra", "nhiem-vu",
    }  # fmt: skip
    for address, number in found:
        assert committee.get(address).text.count('<tr><th scope="row">') == number, address


def test_the_clause_table_leads_to_the_answers(committee: FlaskClient) -> None:
    found = links(committee.get("/tong-hop/dieu-khoan?nam=2020").text, "/tong-hop/dieu-khoan/")
    found = [each for each in found if "danh-gia=" in each[0]]
    assert sum(number for _address, number in found) == 7
    for address, number in found:
        assert committee.get(address).text.count('<li><span class="badge') == number, address
    page = committee.get("/tong-hop/dieu-khoan/8.5?nam=2020&danh-gia=minor").text
    assert "thiếu phiếu" in page
    assert "KT-01" in page
    assert committee.get("/tong-hop/dieu-khoan/9.9?nam=2020").status_code == 404


def test_the_list_of_units_is_narrowed_and_sorted_by_the_address(committee: FlaskClient) -> None:
    for query, names in {
        "tim=phuong+am": ["Phường Ám"],
        "tim=STC": ["Sở Tài chính"],
        "huyen=461&xep=-ten": ["Phường Nay", "Phường Ba", "Phường Ám"],
        "khoi=commune&xep=-tien-do": ["Phường Ba", "Phường Nay", "Phường Ám"],
        "xep=diem&nhom=da-kiem-tra": ["Sở Khoa học và Công nghệ", "Phường Nay"],
        "tinh-trang=exempt": ["Sở Tài chính"],
        "xep-loai=tot": ["Phường Nay"],
        "phien-ban=iso9001-2008&dien=encouraged": ["Phường Ba"],
        "huyen=999": [],
    }.items():
        page = committee.get(f"/tong-hop/don-vi?nam=2020&{query}").text
        assert re.findall(r'<tr><th scope="row">(?:<a [^>]*>)?([^<]+)', page) == names, query
        assert ("không có vào ngày này" in page) is (query == "huyen=999")
        assert ("không có TTHC" in page) is ("Sở Tài chính" in names)
    assert committee.get("/tong-hop/don-vi?nam=2020&bang=noi-dung").text.count('class="step"') == 7 * 8


def test_a_bad_value_is_told_and_the_form_is_kept(committee: FlaskClient) -> None:
    for query, said, kept in (
        ("nam=2020&ngay=2021-02-03", "nằm ngoài kỳ tổng hợp", 'value="2021-02-03"'),
        ("nam=2020&ngay=2020-02-31", "không phải một ngày", 'value="2020-02-31"'),
        ("nam=2020&chuyen_doi=1990-1994", "Không có lần chuyển đổi 1990-1994", 'selected value="2020"'),
        ("nam=0000", "Năm 0000 không có số liệu", 'name="nam"'),
        ("nam=<b>", "Năm &lt;b&gt; không có số liệu", 'name="nam"'),
        ("ngay=9999-99-99", "không phải một ngày", 'value="9999-99-99"'),
    ):
        for page in ("/tong-hop", "/tong-hop/don-vi", "/bao-cao/bao-cao-iso.xlsx"):
            answer = committee.get(f"{page}?{query}")
            assert answer.status_code == 422, query
            assert said in answer.text
            assert kept in answer.text, query


def test_changing_only_the_year_takes_the_day_along(committee: FlaskClient) -> None:
    answer = committee.get("/tong-hop/don-vi?nam=2019&ngay=2020-11-18&tu_nam=2020&khoi=commune")
    assert answer.location == "/tong-hop/don-vi?nam=2019&khoi=commune"


def test_an_empty_installation_says_so_on_every_page(member: FlaskClient) -> None:
    answers = {page: member.get(page) for page in PAGES}
    assert {page for page, answer in answers.items() if answer.status_code != 200} == {
        "/tong-hop/dieu-khoan/8.5", "/tong-hop/dieu-khoan/A",
    }  # fmt: skip
    assert "Chưa có đơn vị nào vào ngày 18/11/2020" in answers["/tong-hop"].text
    assert "Chưa có gì để báo cáo" in answers["/bao-cao"].text


def test_a_page_asks_as_much_for_many_units_as_for_few(
    committee: FlaskClient, session: Session, count_queries: CountQueries
) -> None:
    def asked(page: str) -> int:
        assert committee.get(f"{page}?nam=2020&ngay=2020-11-18").status_code == 200
        with count_queries() as queries:
            committee.get(f"{page}?nam=2020&ngay=2020-11-18")
        return len(queries)

    few = {page: asked(page) for page in PAGES}
    for number in range(120):
        factories.unit(session, code=f"U{number}", name=f"Xã {number}")
    session.commit()
    assert {page: asked(page) for page in PAGES} == few
    assert max(few.values()) <= 20
    assert few["/tong-hop"] <= 12


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_file_of_the_report_is_the_same_bytes_every_time(committee: FlaskClient, kind: str, begins: bytes) -> None:
    page = committee.get("/bao-cao?nam=2020").text
    address = html.unescape(re.search(rf'href="(/bao-cao/bao-cao-iso.{kind}[^"]*)"', page).group(1))
    first, second = committee.get(address), committee.get(address)
    assert first.data == second.data
    assert first.data.startswith(begins)
    assert f"bao-cao-iso-2020.{kind}" in first.headers["Content-Disposition"]


def test_only_committee_and_office_may_enter(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    inspector = factories.user(session, role=Role.INSPECTOR)
    session.commit()
    sign_in(client, inspector)
    assert {client.get(page).status_code for page in PAGES} == {403}
