"""The province as tiles: each unit once, in its area, with its state and what is wrong in words."""

import re
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from isoaudit.web.tilemap import LONGEST, Tile, cut, draw
from tests import factories
from tests.conftest import SignIn
from tests.services.test_rollup import bring, sheets


def test_every_unit_is_a_tile_that_says_why(
    client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path
) -> None:
    user = factories.user(session, role=Role.COMMITTEE)
    bring(session, tmp_path / "so", sheets())
    session.commit()
    page = sign_in(client, user).get("/tong-hop/dia-ban?nam=2020&ngay=2020-11-18").text
    told = re.findall(r'<a href="/don-vi/\d+[^"]*"><svg.*?</svg><span class="unseen">([^<]*)</span>', page)
    assert len(told) == 6
    assert any(re.match("Sở Khoa học và Công nghệ: .*, có tồn tại quá hạn khắc phục \\(1\\)$", each) for each in told)
    areas = re.findall(r'<h2 id="area-\d+">([^<]*)</h2>', page)
    assert areas == ["Sở, ban, ngành", "Cấp huyện", "Thành phố Đông Hà"]
    assert "style=" not in page.partition("<main")[2]
    assert 'class="in-bar" x="75" y="18">P. Ba</text>' in page


def test_a_tile_cuts_what_is_too_long_and_says_all_of_it_beside() -> None:
    tile = Tile("X" * 30, "trạng thái", "việc", "pale", "dots", wanting=True, about="Xã <A>: mọi điều", href=None)
    drawn = draw("k", tile)
    assert cut("X" * 30) == f"{'X' * (LONGEST - 1)}…"
    assert "▲ việc" in drawn
    assert drawn.count("Xã &lt;A&gt;: mọi điều") == 2
    assert "url(#k-dots)" in drawn
