"""A checklist as XLSForm: what ODK's converter asks of a form holds, and nothing of the checklist is lost."""

import io
import re
from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from isoaudit.domain.checklist import Checklist, Criterion, Lists, Part, When, Words
from isoaudit.domain.vocabulary import Grade, Where
from isoaudit.export.exchange.xlsform import write_xlsform
from isoaudit.services import library

Rows = list[dict[str, str]]
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LABELS = ("label::Tiếng Việt (vi)", "label::English (en)")
SHIPPED = {each.checklist.id: each.checklist for each in library.checklist_files()}
TRIAL = Checklist(
    "thu",
    "1.0.0",
    "iso9001-2015",
    Words("Phiếu thử", "Trial"),
    (
        Criterion("A-01", Part.A, "", "rule", Words("Có không?", "Is it?"), gate=True, where=Where.LEADER),
        Criterion(
            "B-7.2-01",
            Part.B,
            "7.2",
            "",
            Words("Đủ không?", "Enough?"),
            applies_to=frozenset({"commune", "ward"}),
            when=When("A-01", frozenset({Grade.MINOR, Grade.MAJOR})),
            evidence=Lists(("Sổ", "Hồ sơ"), ("Register", "Files")),
        ),
    ),
    applies_to=frozenset({"commune", "ward"}),
)


def read(checklist: Checklist) -> dict[str, Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsform(checklist, library.standards()[checklist.edition])))
    found = {}
    for name in book.sheet_names:
        head, *rows = book.get_sheet_by_name(name).to_python()
        found[name] = [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]
    return found


@pytest.mark.parametrize("checklist", [*SHIPPED.values(), TRIAL], ids=lambda each: each.id)
def test_the_form_is_whole(checklist: Checklist) -> None:
    form = read(checklist)
    assert list(form) == ["survey", "choices", "settings"]
    survey, choices = form["survey"], form["choices"]
    open_groups: list[str] = []
    defined: set[str] = set()
    lists = {row["list_name"] for row in choices}
    for row in survey:
        kind, name = row["type"], row["name"]
        if kind == "end_group":
            assert open_groups.pop() == name
            continue
        assert NAME.fullmatch(name), name
        assert name not in defined, name
        for expression in (row["relevant"], row["required"]):
            assert set(re.findall(r"\$\{([^}]*)\}", expression)) <= defined, (name, expression)
            assert expression.count("(") == expression.count(")")
            assert expression.count("'") % 2 == 0
        defined.add(name)
        if kind == "begin_group":
            open_groups.append(name)
        if kind.startswith("select_one "):
            assert kind.partition(" ")[2] in lists
        if kind not in ("start", "end"):
            assert all(row[label] for label in LABELS), name
    assert open_groups == []
    assert max(Counter((row["list_name"], row["name"]) for row in choices).values()) == 1
    assert all(row[label] for row in choices for label in LABELS)
    (settings,) = form["settings"]
    assert (settings["form_id"], settings["version"]) == (checklist.id, checklist.version)
    assert settings["default_language"] == LABELS[0].partition("::")[2]
    labels = [row[LABELS[0]] for row in survey if row["type"].startswith("select_one grade")]
    assert labels == [f"{each.code}. {each.text.vi}" for each in checklist.criteria]


def test_conditions_gates_and_evidence_arrive() -> None:
    form = read(TRIAL)
    by_name = {row["name"]: row for row in form["survey"] if row["type"] != "end_group"}
    assert by_name["A_01"]["type"] == "select_one grade_gate"
    gate = [row["name"] for row in form["choices"] if row["list_name"] == "grade_gate"]
    assert gate == ["conformity", "opportunity", "minor", "major"]
    assert by_name["screen_B_7_2_01"]["relevant"] == (
        "(${unit_kind} = 'commune' or ${unit_kind} = 'ward') and (${A_01} = 'minor' or ${A_01} = 'major')"
    )
    assert by_name["B_7_2_01"]["hint::Tiếng Việt (vi)"] == "Sổ; Hồ sơ"
    assert by_name["A_01"]["hint::English (en)"] == "Leader"
    assert by_name["clause_7_2"][LABELS[0]].startswith("7.2 ")
    assert by_name["B_7_2_01_due_on"]["relevant"] == "${B_7_2_01} = 'minor' or ${B_7_2_01} = 'major'"
    assert "not_applicable" not in by_name["A_01_note"]["required"]
    assert "not_applicable" in by_name["B_7_2_01_note"]["required"]
    assert [row["name"] for row in form["choices"] if row["list_name"] == "unit_kind"] == ["commune", "ward"]


def test_the_same_version_gives_the_same_bytes() -> None:
    standard = library.standards()[TRIAL.edition]
    assert write_xlsform(TRIAL, standard) == write_xlsform(TRIAL, standard)
