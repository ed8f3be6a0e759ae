"""The register as pages read it: any day, any block, search without diacritics, mergers followed both ways."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from isoaudit.domain.errors import NotFound
from isoaudit.domain.vocabulary import Block, Relation
from isoaudit.services import importing, log, register
from isoaudit.shipped import REGISTERS
from tests.conftest import NOW

D2020, D2025 = date(2020, 11, 18), date(2025, 7, 1)


@pytest.fixture
def filled(session: Session) -> Session:
    """A session on the shipped register."""
    importing.import_workbook(session, REGISTERS / "quang-tri", by=log.COMMAND_LINE, now=NOW)
    return session


@pytest.fixture
def queries(engine: Engine) -> Iterator[list[str]]:
    """The statements sent since."""
    sent: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    yield sent
    event.remove(engine, "before_cursor_execute", _note)


def test_units_are_listed_by_block_and_district(filled: Session) -> None:
    lines = register.as_of(filled, D2020)
    assert register.count_by_block(lines) == {Block.AGENCY: 20, Block.DISTRICT: 10, Block.COMMUNE: 125}
    assert [line.block for line in lines] == sorted((line.block for line in lines), key=list(Block).index)
    district = next(each for each in register.districts(filled, D2020) if each.code == "461")
    below = register.as_of(filled, D2020, district_id=district.id)
    assert [line.name for line in below][:2] == ["Phường 1", "Phường 2"]
    assert {line.parent_name for line in below} == {"Thành phố Đông Hà"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dong ha", {"Thành phố Đông Hà"}),
        ("ĐÔNG hà", {"Thành phố Đông Hà"}),
        ("skhcn", {"Sở Khoa học và Công nghệ"}),
        ("skhdt", {"Sở Kế hoạch và Đầu tư"}),
        ("19333", {"Phường 1"}),
        ("%", set()),
    ],
)
def test_search_ignores_case_and_diacritics(filled: Session, words: str, expected: set[str]) -> None:
    assert {line.name for line in register.as_of(filled, D2020, search=words)} == expected


def test_both_meanings_of_a_reused_code_are_found(filled: Session) -> None:
    before, after = (register.find(filled, "19333", day) for day in (D2020, D2025))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Phường 1", "Phường Đông Hà")
    assert [each.name for each in register.meanings(filled, "19333")] == ["Phường 1", "Phường Đông Hà"]
    assert register.find(filled, "19333", date(1899, 1, 1)) is None


def test_a_unit_of_the_other_province_is_found_as_a_predecessor_only(filled: Session) -> None:
    assert register.as_of(filled, D2020, search="quảng bình") == []
    assert len(register.as_of(filled, D2020, province="Quảng Bình")) == 145


def test_history_follows_mergers_transitively_both_ways(filled: Session) -> None:
    now = register.find(filled, "19537", D2025)
    assert now is not None
    history = register.history(filled, now.id)
    codes = {each.before.code for each in history.earlier}
    assert "19549" in codes
    assert {each.on for each in history.earlier} >= {date(2025, 3, 1), D2025}
    assert history.earlier[0].on == D2025
    assert history.later == ()
    old = register.find(filled, "19549", D2020)
    assert old is not None
    assert [each.after.code for each in register.history(filled, old.id).later][-1] == "19537"
    island = register.find(filled, "471", D2020)
    assert island is not None
    assert [each.relation for each in register.history(filled, island.id).later] == [Relation.CONTINUED]
    with pytest.raises(NotFound):
        register.history(filled, 0)


def test_pages_cover_the_list_once(filled: Session) -> None:
    whole = [line.id for line in register.as_of(filled, D2020, block=Block.COMMUNE)]
    first = register.page(filled, D2020, block=Block.COMMUNE)
    assert (first.total, first.pages, len(first.lines)) == (125, 3, 50)
    rest = [register.page(filled, D2020, block=Block.COMMUNE, number=number).lines for number in (1, 2, 3)]
    assert [line.id for lines in rest for line in lines] == whole
    assert register.page(filled, D2020, block=Block.COMMUNE, number=99).number == 3


def test_no_function_asks_once_for_every_row(filled: Session, queries: list[str]) -> None:
    unit = register.find(filled, "19537", D2025)
    assert unit is not None
    for ask in (
        lambda: register.as_of(filled, D2020),
        lambda: register.page(filled, D2020),
        lambda: register.history(filled, unit.id),
        lambda: register.find(filled, "19333", D2020),
    ):
        queries.clear()
        ask()
        assert len(queries) <= 3


def test_the_register_tells_from_its_first_change_on(filled: Session) -> None:
    assert register.known_from(filled) == date(2020, 1, 1)
