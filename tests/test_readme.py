"""The README's commands, settings and permissions are those of the code."""

import re
from pathlib import Path

import click

from isoaudit.cli import group
from isoaudit.config import OPTIONS
from isoaudit.domain.access import matrix_markdown

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
MAKEFILE = (Path(__file__).resolve().parent.parent / "Makefile").read_text("utf-8")


def _commands(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        return [each for key, child in command.commands.items() for each in _commands(child, f"{name} {key}")]
    return [name]


def test_every_command_is_told_and_every_told_command_exists() -> None:
    known = {name for key, command in group.commands.items() for name in _commands(command, f"isoaudit {key}")}
    table = set(re.findall(r"^\| `(isoaudit [a-z -]+)` \|", README, re.MULTILINE))
    assert table == known
    mentioned = set(re.findall(r"isoaudit (?:[a-z]+)(?: (?:upgrade|publish|check|load|add))?", README))
    heads = {" ".join(name.split()[:2]) for name in known}
    wrong = {each for each in mentioned if each not in known and each not in heads}
    assert {each for each in wrong if each.split()[1] in {"db", "user", "units", "checklist", "demo", "serve"}} == set()


def test_every_setting_is_told_and_every_told_setting_exists() -> None:
    assert set(re.findall(r"ISOAUDIT_[A-Z_0-9]+", README)) == {option.variable for option in OPTIONS}
    for option in OPTIONS:
        assert option.vi in README
        assert option.en in README


def test_the_table_of_rights_is_that_of_the_code() -> None:
    assert matrix_markdown("vi").rstrip() in README


def test_every_make_target_that_is_told_exists() -> None:
    told = set(re.findall(r"`make ([a-z-]+)`", README)) | {"setup", "check", "bench", "lock", "messages"}
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in told)
