"""Clause trees and conversions: the shipped files, and what is refused."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from isoaudit.domain.errors import Refusals
from isoaudit.domain.messages import say
from isoaudit.domain.standard import (
    Conversion,
    Standard,
    clause_key,
    correlation_problems,
    parse_conversion,
    parse_standard,
)

CHECKLISTS = Path(__file__).parents[2] / "checklists"


def read(place: str) -> dict[str, object]:
    return tomllib.loads((CHECKLISTS / place).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def standards() -> dict[str, Standard]:
    files = sorted(file.name for file in (CHECKLISTS / "standards").glob("*.toml"))
    return {each.id: each for each in (parse_standard(read(f"standards/{name}")) for name in files)}


@pytest.mark.parametrize("name", sorted(file.name for file in (CHECKLISTS / "conversions").glob("*.toml")))
def test_shipped_conversions_name_clauses_that_exist(standards: dict[str, Standard], name: str) -> None:
    conversion: Conversion = parse_conversion(read(f"conversions/{name}"))
    older, newer = standards[conversion.from_edition], standards[conversion.to_edition]
    assert correlation_problems(conversion, older, newer) == []
    assert older.order < newer.order
    assert [step.code for step in conversion.steps][-1] == "declared"
    assert name == f"{conversion.id}.toml"


def test_what_a_reader_asks_of_an_edition(standards: dict[str, Standard]) -> None:
    edition = standards["iso9001-2015"]
    assert "10.3" in edition
    assert "11.1" not in edition
    assert edition.title("10.3", "en") == "Continual improvement"
    assert edition.title("10.2.1") == edition.title("10.2")
    assert edition.title("99") == ""
    assert standards["iso9001-2026"].title("4.1") == standards["iso9001-2026"].title("4.1", "en") != ""
    assert sorted(["4.10", "4.2", "10.1"], key=clause_key) == ["4.2", "4.10", "10.1"]


def test_an_edition_is_accepted_from_and_until_a_day_inclusive(standards: dict[str, Standard]) -> None:
    older = standards["iso9001-2008"]
    assert older.accepted_on(date(2021, 6, 30))
    assert not older.accepted_on(date(2021, 7, 1))
    assert not standards["iso9001-2026"].accepted_on(date(2030, 1, 1))


def test_a_conversion_keeps_its_day_and_its_nearest_clauses() -> None:
    conversion = parse_conversion(read("conversions/2008-2015.toml"))
    assert conversion.baseline == date(2020, 1, 15)
    assert conversion.older("4.1") == ("4", "5.6")
    assert sum(step.weight for step in conversion.steps) == 100


@pytest.mark.parametrize(
    ("place", "old", "new", "code"),
    [
        ("conversions/2008-2015.toml", 'code = "declared"', 'code = "said"', "checklist.no_declared_step"),
        ("conversions/2008-2015.toml", 'code = "training"', 'code = "plan"', "checklist.code_twice"),
        ("conversions/2008-2015.toml", "weight = 15", "weight = 0", "checklist.not_integer"),
        ("conversions/2008-2015.toml", "baseline = 2020-01-15", 'baseline = "15/01/2020"', "checklist.not_day"),
        ("conversions/2008-2015.toml", 'to = "4.1"', 'to = ""', "checklist.relation_to"),
        ("conversions/2008-2015.toml", 'kind = "new"', 'kind = "other"', "checklist.not_one_of"),
        ("standards/iso9001-2015.toml", 'number = "4"', 'number = "3"', "checklist.code_twice"),
        ("standards/iso9001-2015.toml", 'number = "2"', 'number = "12"', "checklist.clause_order"),
        ("standards/iso9001-2015.toml", "order = 2", 'order = "2"', "checklist.not_integer"),
    ],
)
def test_a_wrong_file_is_refused_by_name(place: str, old: str, new: str, code: str) -> None:
    text = (CHECKLISTS / place).read_text(encoding="utf-8")
    assert old in text
    read_file = parse_conversion if place.startswith("conversions") else parse_standard
    with pytest.raises(Refusals) as caught:
        read_file(tomllib.loads(text.replace(old, new, 1)))
    assert code in {each.code for each in caught.value.refusals}
    assert say(caught.value, "en")
