"""Charts and heat maps: what a reader of the picture, of the table and of the page with eyes shut is told."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.web import charts, heatmap

SVG = "{http://www.w3.org/2000/svg}"
SERIES = [charts.Series("đã chuyển đổi", "green"), charts.Series("chưa chuyển đổi", "brown", "bars")]


def tree(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def widths(chart: charts.Chart, css: str) -> list[float]:
    return [
        float(rect.get("width", "").rstrip("%"))
        for rect in tree(chart).iter(f"{SVG}rect")
        if css in rect.get("class", "").split()
    ]


@given(st.lists(st.integers(0, 12_000), min_size=2, max_size=2))
def test_the_parts_of_a_bar_fill_it_by_their_shares(values: list[int]) -> None:
    drawn = charts.stacked("k", "Tình trạng", SERIES, [charts.Bar("Cấp xã", values)])
    parts = widths(drawn, "bar")
    assert len(parts) == sum(1 for value in values if value)
    assert sum(parts) == pytest.approx(100 if any(values) else 0, abs=0.01)


def test_a_bar_says_everything_in_words_and_in_a_table() -> None:
    drawn = charts.stacked(
        "k",
        "Tình trạng <2015>",
        SERIES,
        [charts.Bar("Sở, ban, ngành", (17, 3), ("/a?x=1&y=2", None)), charts.Bar("Cấp huyện", (0, 0))],
        corner="Khối",
    )
    root = tree(drawn)
    assert root.findtext(f"{SVG}title") == "Tình trạng <2015>"
    assert root.findtext(f"{SVG}desc") == ("Sở, ban, ngành: đã chuyển đổi 17, chưa chuyển đổi 3; Cấp huyện: –")
    link = root.find(f"{SVG}a")
    assert link is not None
    assert link.get("href") == "/a?x=1&y=2"
    assert link.findtext(f"{SVG}title") == "Sở, ban, ngành, đã chuyển đổi: 17"
    assert list(drawn.head) == ["Khối", "đã chuyển đổi", "chưa chuyển đổi"]
    assert [(cell.text, cell.href) for cell in drawn.rows[0].cells] == [("17", "/a?x=1&y=2"), ("3", None)]


def test_colour_is_never_the_only_sign() -> None:
    drawn = charts.stacked("k", "Tình trạng", SERIES, [charts.Bar("Cấp xã", (50, 50))])
    fills = [rect.get("fill") for rect in tree(drawn).iter(f"{SVG}rect")]
    assert "url(#k-bars)" in fills
    assert {text.text for text in tree(drawn).iter(f"{SVG}text")} >= {"50", "Cấp xã"}


def test_a_picture_obeys_the_content_security_policy() -> None:
    drawn = charts.stacked("k", "Tình trạng", SERIES, [charts.Bar("Cấp xã", (50, 50))])
    assert "style" not in drawn.svg
    assert "script" not in drawn.svg


@pytest.mark.parametrize(
    ("value", "shade"), [(0, "h0"), (49.9, "h0"), (50, "h1"), (89.9, "h3"), (90, "h4"), (100, "h4"), (None, "")]
)
def test_the_shade_of_a_cell(value: float | None, shade: str) -> None:
    assert heatmap.shade(value, (50, 70, 80, 90)) == shade
