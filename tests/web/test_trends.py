"""The pages of trends and of clauses by block, and the picture of lines."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from isoaudit.web.linechart import Line, lines
from tests import factories
from tests.conftest import SignIn
from tests.services.test_rollup import bring, sheets


@pytest.fixture
def committee(client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path) -> FlaskClient:
    """A member of the committee, with the small province of the roll-up's tests."""
    user = factories.user(session, role=Role.COMMITTEE)
    bring(session, tmp_path / "so", sheets())
    session.commit()
    return sign_in(client, user)


def test_each_trend_is_a_picture_with_its_numbers_below(committee: FlaskClient) -> None:
    page = committee.get("/tong-hop/dien-bien?nam=2020&ngay=2020-11-18").text
    titles = re.findall(r'<figcaption><h2 id="\w+-name">([^<]*)</h2>', page)
    assert len(titles) == 5
    assert page.count("<figure") == 5
    tables = page.partition("<figure")[2]
    assert re.findall(r'<th scope="col" class="num">(\d{4})</th>', tables)[:5] == [
        "2016",
        "2017",
        "2018",
        "2019",
        "2020",
    ]
    assert "style=" not in tables
    assert "Chưa có năm nào được chốt số liệu" in page


def test_clauses_are_told_by_block(committee: FlaskClient) -> None:
    page = committee.get("/tong-hop/dieu-khoan?nam=2020&ngay=2020-11-18").text
    assert "Điểm theo khối" in page


def test_lines_leave_gaps_and_keep_their_last_values_apart() -> None:
    told = [
        Line("A <1>", "blue", [10.0, None, 100.0], ["10%", "–", "100%"]),
        Line("B", "green", [0.0, 50.0, 99.0], ["0%", "50%", "99%"]),
        Line("C", "amber", [None, None, None], ["–", "–", "–"]),
    ]
    drawn = lines("k", "Tỷ lệ", ["2018", "2019", "2020"], told, 100.0)
    assert drawn.svg.count('stroke="var(--green)"') == 2
    assert 'stroke="var(--blue)"' not in drawn.svg
    assert "A &lt;1&gt;, 2020: 100%" in drawn.svg
    ends = [float(y) for y in re.findall(r'class="row-name" x="89\.80%" y="([\d.]+)"', drawn.svg)]
    assert len(ends) == 2
    assert abs(ends[0] - ends[1]) >= 16
    assert [name for _swatch, name in drawn.legend] == ["A <1>", "B", "C"]
    assert lines("k", "Không", [], [], 0.0).svg.count("<line") == 3
