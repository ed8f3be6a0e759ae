"""What people read: days, numbers and labels in both languages, signs, pages of a list, the frame of a page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from flask import Flask

from isoaudit.domain import vocabulary
from isoaudit.domain.documentwords import BEGINNING
from isoaudit.domain.vocabulary import Grade, Maintained, Status, Word
from isoaudit.web import paging, words

SIGNED = (
    vocabulary.Status,
    vocabulary.Maintained,
    vocabulary.Grade,
    vocabulary.AuditState,
    vocabulary.NonconformityState,
    vocabulary.ResultLevel,
    vocabulary.Obligation,
)


@pytest.fixture(scope="module")
def bare() -> Flask:
    """An app with nothing but the words: no database is needed to write a day."""
    made = Flask("isoaudit")
    made.secret_key = "words"
    words.init_app(made)
    return made


@pytest.fixture
def vietnamese(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(words, "language", lambda: "vi")
    with bare.test_request_context("/"):
        yield


@pytest.fixture
def english(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(words, "language", lambda: "en")
    with bare.test_request_context("/?lang=en"):
        yield


@pytest.mark.usefixtures("vietnamese")
def test_days_and_numbers_in_vietnamese() -> None:
    assert [words.day(date(2020, 2, 7)), words.day(date(2020, 4, 29)), words.day(None)] == [
        "07/02/2020",
        "29/4/2020",
        "–",
    ]
    assert words.day_long(date(2020, 3, 5)) == "ngày 05 tháng 3 năm 2020"
    assert words.moment(datetime(2020, 11, 18, 20, 5, tzinfo=UTC)) == "03:05 19/11/2020"
    assert words.day(datetime(2020, 11, 18, 20, 5, tzinfo=UTC)) == "19/11/2020"
    assert words.since(BEGINNING, date(2019, 7, 1)) == "trước 01/7/2019"
    assert [words.count(12345), words.count(None), words.count_text(5), words.count_text(0)] == [
        "12.345",
        "–",
        "05",
        "không",
    ]
    assert [words.share(43, 45), words.percent(43, 45), words.share_percent(0, 0)] == ["43/45", "95,6%", "–"]
    assert words.score(Fraction(175, 2)) == "87,5"
    assert words.label(Status.CONVERTED) == "đã chuyển đổi"


@pytest.mark.usefixtures("english")
def test_days_and_numbers_in_english() -> None:
    assert [words.day(date(2020, 2, 7)), words.day_long(date(2020, 3, 5))] == ["7 Feb 2020", "5 Mar 2020"]
    assert words.since(BEGINNING, date(2019, 7, 1)) == "before 1 Jul 2019"
    assert [words.count(12345), words.count_text(5), words.percent(43, 45)] == ["12,345", "5", "95.6%"]
    assert words.label(Status.CONVERTED) == "converted"


@pytest.mark.parametrize("kind", SIGNED)
def test_words_of_a_list_differ_by_more_than_colour(kind: type[Word]) -> None:
    shapes = [words.sign(word).icon for word in kind]
    parts = [(words.sign(word).fill, words.sign(word).pattern) for word in kind]
    assert len(set(parts)) == len(parts)
    assert len(set(shapes)) == len(shapes)


def test_words_of_one_code_name_keep_their_own_sign() -> None:
    assert words.sign(Maintained.VERIFIED).icon == "check"
    assert words.sign(Grade.NOT_APPLICABLE) == words.sign(Maintained.NOT_APPLICABLE)
    assert words.sign(vocabulary.Outcome.VERIFIED) == words.PLAIN


@pytest.mark.parametrize(
    ("number", "total", "links"),
    [
        (1, 0, (1,)),
        (1, 120, (1, 2, 3)),
        (1, 400, (1, 2, None, 8)),
        (3, 400, (1, 2, 3, 4, None, 8)),
        (5, 500, (1, None, 4, 5, 6, None, 10)),
        (8, 400, (1, None, 7, 8)),
    ],
)
def test_the_pages_offered(number: int, total: int, links: tuple[int | None, ...]) -> None:
    assert paging.Page([], number, total).links() == links


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 40, 1)]
)
def test_a_page_past_the_list_or_a_wrong_number_still_shows_one(bare: Flask, asked: str, number: int) -> None:
    with bare.test_request_context(f"/?trang={asked}"):
        page = paging.cut(range(120))
    assert page.number == number
    assert page.first_row == (number - 1) * 50 + 1
    assert page.last_row == min(number * 50, 120)


def test_an_address_keeps_the_other_arguments(bare: Flask) -> None:
    with bare.test_request_context("/don-vi?tim=đông+hà&trang=3"):
        assert paging.address(trang=None, xep="-ten") == "/don-vi?tim=%C4%91%C3%B4ng+h%C3%A0&xep=-ten"
        assert paging.address(tim=None, trang=None) == "/don-vi"
