"""The cases shared with the tablet say what the rules say today."""

import json

import pytest

from tests.cases.making import FILES, FOLDER, text


@pytest.mark.parametrize("name", FILES)
def test_the_shared_cases_are_what_the_rules_give(name: str) -> None:
    kept = (FOLDER / name).read_text("utf-8")
    assert json.loads(kept) == json.loads(text(FILES[name]()))
