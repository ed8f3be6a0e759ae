"""Checklist files: what parses, what is refused and how it is told, versions, published files."""

import copy
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import parse, shipped_problems
from isoaudit.domain.diff import Size, check_step, diff, least_version, predecessor
from isoaudit.domain.digest import criterion_digest, digest_of
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.messages import say
from isoaudit.domain.published import parse_published, place_problems, published_problems
from isoaudit.domain.standard import parse_standard
from isoaudit.domain.vocabulary import Grade

CHECKLISTS = Path(__file__).parents[2] / "checklists"
SHIPPED = sorted(CHECKLISTS.glob("tcvn-*/*.toml"))

MINIMAL = """
id = "thu"
version = "1.0.0"
edition = "iso9001-2015"
title.vi = "Phiếu thử"
title.en = "Trial"
[scoring]
minor = 0.1
[[band]]
code = "tot"
name.vi = "Tốt"
min_score = 90
max_major = 0
gates_hold = true
[[band]]
code = "yeu"
name.vi = "Yếu"
[[criterion]]
code = "A-01"
part = "A"
rule = "declaration"
weight = 3
gate = true
text.vi = "Đã công bố chưa?"
text.en = "Declared?"
[[criterion]]
code = "B-7.2-01"
part = "B"
clause = "7.2"
when = { criterion = "A-01", grade = ["conformity"] }
text.vi = "Có hồ sơ đào tạo không?"
text.en = "Are there training records?"
evidence.vi = ["Quyết định cử đi học"]
"""


def toml(text: str = MINIMAL) -> dict[str, object]:
    return tomllib.loads(text)


def changed(old: str, new: str) -> Checklist:
    assert old in MINIMAL
    return parse(toml(MINIMAL.replace(old, new)))


def test_a_minimal_file_gets_the_defaults() -> None:
    checklist = parse(toml())
    gate, question = checklist.criteria
    assert checklist.scoring.value(Grade.MINOR) == Fraction(1, 10)
    assert checklist.scoring.value(Grade.OPPORTUNITY) == 1
    assert checklist.scoring.value(Grade.NOT_APPLICABLE) is None
    assert [(band.code, band.min_score, band.max_major) for band in checklist.bands] == [
        ("tot", 90, 0),
        ("yeu", 0, None),
    ]
    assert (gate.gate, question.gate, question.weight, question.revision, question.core) == (True, False, 1, 1, False)
    assert question.evidence.items("en") == ("Quyết định cử đi học",)
    assert checklist.criterion("B-7.2-01") is question
    assert checklist.criterion("B-7.2-02") is None


def test_a_condition_opens_its_question() -> None:
    checklist = parse(toml())
    assert [each.code for each in checklist.asked("commune", {})] == ["A-01"]
    assert [each.code for each in checklist.asked("commune", {"A-01": "conformity"})] == ["A-01", "B-7.2-01"]
    assert [each.code for each in checklist.asked("commune", {"A-01": "major"})] == ["A-01"]


@pytest.mark.parametrize(
    ("old", "new", "code", "record", "field"),
    [
        ("weight = 3", "weight = 4", "checklist.not_integer", "A-01", "weight"),
        ("weight = 3", "weight = true", "checklist.not_integer", "A-01", "weight"),
        ("weight = 3", "wieght = 3", "checklist.key_unknown", "A-01", "wieght"),
        ("gate = true", 'gate = "yes"', "checklist.not_flag", "A-01", "gate"),
        ("gate = true", "gate = true\nna_reason.vi = 'x'", "checklist.gate_na", "A-01", "na_reason"),
        ("gate = true", 'where = "garden"', "checklist.not_one_of", "A-01", "where"),
        ("gate = true", 'applies_to = ["xã"]', "checklist.not_one_of", "A-01", "applies_to"),
        ('code = "B-7.2-01"', 'code = "A-01"', "checklist.code_twice", "A-01", "code"),
        ('code = "B-7.2-01"', "", "checklist.text_missing", "criterion 2", "code"),
        ('clause = "7.2"', 'clause = "7"', "checklist.clause_levels", "B-7.2-01", "clause"),
        ('clause = "7.2"', 'clause = "7.x"', "checklist.form", "B-7.2-01", "clause"),
        ('clause = "7.2"', 'rule = "x"', "checklist.part_b", "B-7.2-01", "clause"),
        ('rule = "declaration"', 'clause = "5.1"', "checklist.part_a", "A-01", "rule"),
        ('part = "A"', 'part = "C"', "checklist.not_one_of", "A-01", "part"),
        ('text.en = "Declared?"', "", "checklist.text_missing", "A-01", "text.en"),
        ('text.vi = "Đã công bố chưa?"', 'text.vi = " "', "checklist.text_missing", "A-01", "text.vi"),
        ('grade = ["conformity"]', 'grade = ["good"]', "checklist.not_one_of", "B-7.2-01 when", "grade"),
        ('grade = ["conformity"]', "grade = []", "checklist.text_missing", "B-7.2-01 when", "grade"),
        ('criterion = "A-01"', 'criterion = "A-99"', "checklist.when_unknown", "B-7.2-01", "when"),
        ('criterion = "A-01"', 'criterion = "B-7.2-01"', "checklist.when_circle", "B-7.2-01", "when"),
        (
            "gate = true",
            'when = { criterion = "B-7.2-01", grade = ["minor"] }',
            "checklist.when_circle",
            "A-01",
            "when",
        ),
        ("min_score = 90", "min_score = 101", "checklist.not_number", "tot", "min_score"),
        ('name.vi = "Yếu"', 'name.vi = "Yếu"\nmin_score = 95', "checklist.bands_order", "yeu", "min_score"),
        ('code = "yeu"', 'code = "none"', "checklist.band_none", "none", "code"),
        ("minor = 0.1", "minor = 1.5", "checklist.not_number", "scoring", "minor"),
        ("minor = 0.1", "minr = 0.5", "checklist.key_unknown", "scoring", "minr"),
        ('version = "1.0.0"', 'version = "1.0"', "checklist.form", "thu", "version"),
        ('title.vi = "Phiếu thử"\ntitle.en = "Trial"', 'title = "x"', "checklist.not_words", "thu", "title"),
        ('["Quyết định cử đi học"]', '"Quyết định"', "checklist.not_list", "B-7.2-01", "evidence.vi"),
    ],
)
def test_a_problem_names_record_and_field(old: str, new: str, code: str, record: str, field: str) -> None:
    with pytest.raises(Refusals) as caught:
        changed(old, new)
    told = [(each.code, each.details["record"], each.details["field"]) for each in caught.value.refusals]
    assert (code, record, field) in told
    for language in ("vi", "en"):
        assert record in say(caught.value, language)


def test_all_problems_are_told_at_once() -> None:
    text = (
        MINIMAL.replace("weight = 3", "weight = 0").replace('"7.2"', '"7"').replace("min_score = 90", 'min_score = "x"')
    )
    with pytest.raises(Refusals) as caught:
        parse(toml(text))
    assert {each.code for each in caught.value.refusals} == {
        "checklist.not_integer",
        "checklist.clause_levels",
        "checklist.not_number",
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda each: (
            st.lists(each)
            | (
                st.dictionaries(
                    st.sampled_from(["id", "criterion", "band", "code", "when", "text", "vi", "scoring"]), each
                )
            )
        ),
        max_leaves=12,
    )
)
def test_no_content_breaks_the_reader(value: object) -> None:
    data = (
        value if isinstance(value, dict) else {"criterion": value, "band": value, "applies_to": value, "scoring": value}
    )
    with pytest.raises(Refusals) as caught:
        parse(data)
    assert say(caught.value)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_shipped_files_are_fit_to_ship(file: Path) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    checklist = parse(data)
    edition = tomllib.loads((CHECKLISTS / "standards" / f"{checklist.edition}.toml").read_text(encoding="utf-8"))
    told = shipped_problems(data, parse_standard(edition))
    assert [say(each) for each in (*told, *place_problems(f"{file.parent.name}/{file.name}", checklist))] == []


def test_a_file_to_ship_states_more() -> None:
    edition = tomllib.loads((CHECKLISTS / "standards" / "iso9001-2015.toml").read_text(encoding="utf-8"))
    text = MINIMAL.replace('clause = "7.2"', 'clause = "7.9"').replace("gate = true", "").replace("chưa?", "chưa.")
    told = shipped_problems(toml(text), parse_standard(edition))
    assert {(each.code, each.details["field"]) for each in told} >= {
        ("checklist.text_missing", "weight"),
        ("checklist.text_missing", "legal_basis"),
        ("checklist.text_missing", "evidence.en"),
        ("checklist.clause_unknown", "clause"),
        ("checklist.not_question", "text.vi"),
    }


def test_the_layout_of_a_file_leaves_its_digest() -> None:
    other = MINIMAL.replace('title.vi = "Phiếu thử"\ntitle.en = "Trial"', "").replace(
        "[scoring]", '[title]\nen = "Trial" # chú thích\nvi = "Phiếu thử"\n[scoring]'
    )
    assert parse(toml(other)).digest == parse(toml()).digest
    assert changed("Phiếu thử", "Phiếu khác").digest != parse(toml()).digest


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        ("Đã công bố chưa?", "Đơn vị đã công bố chưa?", Size.PATCH),
        ('title.en = "Trial"', 'title.en = "Test"', Size.PATCH),
        ("gate = true", "gate = true\ncore = true\nwhere = 'leader'\nlegal_basis = ['QĐ 1']", Size.PATCH),
        ("gate = true", "gate = true\nrevision = 2", Size.MAJOR),
        ("weight = 3", "weight = 2", Size.MAJOR),
        ("gate = true", "", Size.MAJOR),
        ('clause = "7.2"', 'clause = "7.3"', Size.MAJOR),
        ('rule = "declaration"', 'rule = "posting"', Size.MAJOR),
        ('grade = ["conformity"]', 'grade = ["minor"]', Size.MAJOR),
        ("gate = true", "gate = true\napplies_to = ['commune']", Size.MAJOR),
        ("minor = 0.1", "minor = 0.2", Size.MAJOR),
        ("max_major = 0", "max_major = 1", Size.MAJOR),
        ('code = "B-7.2-01"', 'code = "B-7.2-02"', Size.MAJOR),
        ("[[band]]", "[[criterion]]\ncode='A-02'\npart='A'\nrule='x'\ntext.vi='?'\ntext.en='?'\n[[band]]", Size.MINOR),
        ("minor = 0.1", "minor = 0.10\nmajor = 0", Size.NONE),
    ],
)
def test_a_change_asks_for_its_step(old: str, new: str, size: Size) -> None:
    before, after = parse(toml()), parse(toml(MINIMAL.replace(old, new, 1)))
    assert diff(before, after).size is size
    needed = least_version("1.0.0", size)
    fit = MINIMAL.replace(old, new, 1).replace('"1.0.0"', f'"{needed}"')
    assert check_step(before, parse(toml(fit))).size is size
    if size is not Size.NONE:
        with pytest.raises(Invalid, match=r"checklist\.step_too_small") as caught:
            check_step(before, after)
        assert needed in say(caught.value)


def test_a_version_never_goes_back_and_is_compared_with_the_one_before() -> None:
    with pytest.raises(Invalid):
        check_step(parse(toml()), changed('"1.0.0"', '"0.9.0"'))
    with pytest.raises(Invalid, match=r"checklist\.other_id"):
        diff(parse(toml()), changed('id = "thu"', 'id = "khac"'))
    assert predecessor("1.10.0", ["1.2.0", "1.9.3", "2.0.0"]) == "1.9.3"
    assert predecessor("1.0.0", ["1.0.0"]) is None


@given(st.permutations(range(2)))
def test_a_version_does_not_differ_from_itself(order: list[int]) -> None:
    data = toml()
    assert not diff(parse(data), parse(copy.deepcopy(data)))
    turned = {**data, "criterion": [data["criterion"][place] for place in order]}  # type: ignore[index]
    found = diff(parse(data), parse(turned))
    assert found.size is (Size.NONE if order == [0, 1] else Size.PATCH)
    assert {criterion_digest(each) for each in parse(data).criteria} == {
        criterion_digest(each) for each in parse(turned).criteria
    }


def test_a_published_file_never_changes() -> None:
    digest, other = digest_of("a"), digest_of("b")
    published = parse_published({"thu/1.0.0.toml": digest, "thu/1.1.0.toml": f"sha256:{other}"})
    assert (
        published_problems(published, {"thu/1.0.0.toml": digest, "thu/1.1.0.toml": other, "new/1.0.0.toml": "x"}) == []
    )
    told = published_problems(published, {"thu/1.0.0.toml": other})
    assert [each.code for each in told] == ["checklist.published_changed", "checklist.published_missing"]
    with pytest.raises(Refusals):
        parse_published({"thu/1.0.0.toml": "abc"})
