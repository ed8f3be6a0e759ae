"""Every refusal in the source has a sentence in both languages, which asks for no detail that is not given; and no
sentence stands there that nothing says."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import isoaudit
from isoaudit.domain.messages import MESSAGES

ROOT = Path(isoaudit.__file__).parent
_RAISED = {"Refusal", "NotFound", "Forbidden", "Invalid", "Conflict"}
_GIVEN_BY = {"refuse": {"sheet", "row", "column", "value"}, "note": {"record", "field", "value"}, "warn": set()}
"""Methods that make a refusal of their first argument, and the details that they add themselves."""


@cache
def _nodes() -> list[tuple[str, ast.AST]]:
    """Every call and every text of the program, with the file in which it stands."""
    wanted = (ast.Call, ast.JoinedStr, ast.Constant)
    return [
        (path.relative_to(ROOT).as_posix(), node)
        for path in sorted(ROOT.rglob("*.py"))
        if not {"messages", "node_modules"} & {*path.parts}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, wanted)
    ]


def _refusals() -> Iterator[tuple[str, ast.Call, set[str]]]:
    """Where, the call, and the details given by the one who makes the refusal."""
    for where, call in _nodes():
        if not isinstance(call, ast.Call) or not call.args:
            continue
        function = call.func
        if isinstance(function, ast.Name) and function.id in _RAISED:
            yield f"{where}:{call.lineno}", call, set()
        elif isinstance(function, ast.Attribute) and function.attr in _GIVEN_BY:
            yield f"{where}:{call.lineno}", call, _GIVEN_BY[function.attr]


def _codes(call: ast.Call) -> list[str]:
    """The codes that stand in the call itself: one, or the sides of a choice."""
    first = call.args[0]
    sides = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]


def _asked(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def test_every_refusal_has_a_sentence_in_two_languages() -> None:
    silent = [(where, code) for where, call, _given in _refusals() for code in _codes(call) if code not in MESSAGES]
    assert silent == []
    assert all(vi.strip() and en.strip() for vi, en in MESSAGES.values())


def test_no_sentence_asks_for_what_its_refusal_does_not_tell() -> None:
    wrong = []
    for where, call, given in _refusals():
        if any(keyword.arg is None for keyword in call.keywords):
            continue  # details handed on from elsewhere
        told = given | {str(keyword.arg) for keyword in call.keywords}
        wrong += [
            (where, code, lacking)
            for code in _codes(call)
            for sentence in MESSAGES.get(code, ())
            if (lacking := _asked(sentence) - told)
        ]
    assert wrong == []
    assert [code for code, (vi, en) in MESSAGES.items() if _asked(vi) != _asked(en) and not _halves(vi, en)] == []


def _halves(vi: str, en: str) -> bool:
    """Whether they differ only by words given in each language: `state_vi` or `state` here, `state_en` there."""
    return {each.removesuffix("vi").removesuffix("_") for each in _asked(vi)} == {
        each.removesuffix("en").removesuffix("_") for each in _asked(en)
    }


def test_no_sentence_is_left_over() -> None:
    said: set[str] = set()
    begun: list[str] = []
    for _where, node in _nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begun.append(str(node.values[0].value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said.add(node.value)
    begun = [each for each in begun if "." in each and " " not in each]
    assert [code for code in MESSAGES if code not in said and not code.startswith(tuple(begun))] == []
