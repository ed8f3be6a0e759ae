"""The register of documents: one of each number and day, found by reference, searched without diacritics."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import Document
from isoaudit.domain.documentnumber import is_number
from isoaudit.domain.errors import Conflict, Invalid, Refusals
from isoaudit.services import document_search, documents, settings
from isoaudit.services.facts import declarations, entry
from isoaudit.services.log import COMMAND_LINE
from tests import factories
from tests.services.test_facts import declaration

BY = COMMAND_LINE


def values(number: str = "127/QĐ-UBND", day: date = date(2020, 1, 15), **rest: Any) -> dict[str, Any]:
    given = {"number": number, "kind": "QĐ", "issuer": "UBND tỉnh", "issued_on": day}
    return given | {"subject": "Kế hoạch chuyển đổi năm 2020"} | rest


@pytest.fixture
def three(session: Session, now: datetime) -> list[Document]:
    given = (
        values(),
        values("127/QĐ-UBND", date(2021, 2, 1), subject="Kiện toàn Ban Chỉ đạo ISO"),
        values("166/SKHCN-TĐC", date(2020, 4, 29), kind="CV", subject="Đôn đốc áp dụng"),
    )
    later = now + timedelta(days=100)
    return [documents.enter(session, each, by=BY, now=later) for each in given]


def test_number_and_day_stand_once_in_one_form(session: Session, three: list[Document], now: datetime) -> None:
    with pytest.raises(Invalid, match=r"document\.stands_already"):
        documents.enter(session, values(" 127 / QĐ-UBND "), by=BY, now=now)
    with pytest.raises(Invalid, match=r"document\.field_missing"):
        documents.enter(session, values("1/KH", subject=" "), by=BY, now=now)
    documents.void(session, three[0].id, why="nhập trùng", by=BY, now=now)
    with pytest.raises(Invalid, match=r"document\.voided_already"):
        documents.enter(session, values(), by=BY, now=now)
    documents.restore(session, three[0].id, by=BY, now=now)
    assert three[0].voided_at is None


def test_a_number_looks_like_one_and_no_document_is_of_tomorrow(session: Session, now: datetime) -> None:
    with pytest.raises(Refusals) as refused:
        documents.enter(session, values("abc def", now.date() + timedelta(days=1)), by=BY, now=now)
    assert [each.code for each in refused.value.refusals] == ["document.number_form", "document.issued_later"]
    good = ("127/QĐ-UBND", "19/2014/QĐ-TTg", "58-KL/TW", "12a/BC-BCĐ ISO", "1/KH", "9/KH-X")
    assert [each for each in good if not is_number(each)] == []
    assert [each for each in ("127", "QĐ-UBND", "127/QĐ ngày 1/2/2020", "127/", "1/2") if is_number(each)] == []


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("166/SKHCN-TĐC", 2),
        ("166/skhcn-tdc", 2),
        ("127/QĐ-UBND ngày 15/01/2020", 0),
        ("127/QĐ-UBND, ngày 1/2/2021", 1),
    ],
)
def test_a_reference_means_one_document(session: Session, three: list[Document], typed: str, place: int) -> None:
    assert documents.resolve(session, typed) is three[place]
    assert documents.resolve(session, documents.cited_as(three[place])) is three[place]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("127/QĐ-UBND", "document.several"),
        ("128/QĐ-UBND", "document.unknown"),
        ("127/QĐ-UBND ngày 16/01/2020", "document.unknown"),
        ("127/QĐ-UBND ngày 31/02/2020", "document.unknown"),
    ],
)
def test_a_reference_that_means_none_or_several_is_refused(
    session: Session, three: list[Document], typed: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        documents.resolve(session, typed)
    assert refused.value.code == code
    assert refused.value.details["field"] == "document"


def test_searching_ignores_case_and_diacritics_and_asks_for_every_word(session: Session, three: list[Document]) -> None:
    assert document_search.listing(session, settings.home(session).id, "kien toan ISO") == [three[1]]
    assert document_search.listing(session, settings.home(session).id, "ĐON doc") == [three[2]]
    assert document_search.offer(session, settings.home(session).id, "127") == [three[1], three[0]]
    assert document_search.count(session, settings.home(session).id, kind="QĐ", year=2020) == 1
    assert document_search.listing(session, settings.home(session).id, sort="ngay", rows=2, first=1) == [
        three[2],
        three[1],
    ]
    assert document_search.kinds_and_years(session, settings.home(session).id) == ([("CV", 1), ("QĐ", 2)], [2021, 2020])
    assert document_search.listing(session, settings.home(session).id, "100%") == []


def test_a_document_that_is_cited_is_not_voided(session: Session, three: list[Document], now: datetime) -> None:
    unit = factories.unit(session)
    given = declaration(date(2020, 6, 1), document_id=three[0].id)
    fact = entry.enter(session, declarations.KIND, unit.id, given, by=BY, now=now)
    cited = document_search.citations(session, three[0].id)
    assert [(each.kind, each.unit, each.on) for each in cited] == [("declaration", unit.name, date(2020, 6, 1))]
    with pytest.raises(Invalid, match=r"document\.cited"):
        documents.void(session, three[0].id, why="thử", by=BY, now=now)
    entry.void(session, declarations.KIND, unit.id, fact.id, why="thử", by=BY, now=now)
    documents.void(session, three[0].id, why="thử", by=BY, now=now)
    with pytest.raises(Invalid, match=r"document\.unknown"):
        entry.restore(session, declarations.KIND, unit.id, fact.id, by=BY, now=now)


def test_a_correction_keeps_search_and_history(session: Session, three: list[Document], now: datetime) -> None:
    given = values("128/QĐ-UBND", subject="Ban hành kế hoạch")
    assert documents.correct(session, three[0].id, given, why="sai số", revision=1, by=BY, now=now)
    assert document_search.listing(session, settings.home(session).id, "128 ban hanh") == [three[0]]
    with pytest.raises(Conflict, match=r"fact\.stale"):
        documents.correct(session, three[0].id, values(), why="sai", revision=1, by=BY, now=now)
    assert documents.attach(session, three[0].id, sha256="a" * 64, name="qd128.pdf", why=None, by=BY, now=now)
    with pytest.raises(Invalid, match=r"fact\.why_required"):
        documents.attach(session, three[0].id, sha256="b" * 64, name="khac.pdf", why=None, by=BY, now=now)
