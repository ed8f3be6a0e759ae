"""The data files that ship with the program: checklist versions, editions of the standard, conversions.

Files are read and checked here; what the database holds of them is the business of `services.checklists`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import parse, shipped_problems
from isoaudit.domain.diff import Difference, check_step, predecessor, version_key
from isoaudit.domain.digest import checklist_digest
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.published import parse_published, path_of, place_problems, published_problems
from isoaudit.domain.standard import (
    DECLARED,
    Conversion,
    Standard,
    correlation_problems,
    parse_conversion,
    parse_standard,
)
from isoaudit.shipped import CHECKLISTS

PUBLISHED = "published.toml"


@dataclass(frozen=True, slots=True)
class ChecklistFile:
    """A checklist file: its path below `checklists/`, its content as TOML gives it, and the values in it."""

    path: str
    data: dict[str, Any]
    checklist: Checklist


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises `Invalid` naming the file when it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise Invalid("checklist.no_file", record=str(path)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid("checklist.not_toml", record=path.name, value=str(error)) from None


def read_checklist(path: Path, root: Path = CHECKLISTS) -> ChecklistFile:
    """A checklist file, parsed. Raises `Refusals` with every problem."""
    data = read_toml(path)
    place = path.resolve()
    below = place.relative_to(root).as_posix() if place.is_relative_to(root) else path.name
    return ChecklistFile(below, data, parse(data))


@cache
def standards(root: Path = CHECKLISTS) -> dict[str, Standard]:
    """The editions of the standard by id, oldest first."""
    read = (parse_standard(read_toml(path)) for path in sorted((root / "standards").glob("*.toml")))
    return {standard.id: standard for standard in sorted(read, key=lambda each: each.order)}


@cache
def conversions(root: Path = CHECKLISTS) -> dict[str, Conversion]:
    """The conversions by id."""
    read = (parse_conversion(read_toml(path)) for path in sorted((root / "conversions").glob("*.toml")))
    return {conversion.id: conversion for conversion in read}


def told(known: Mapping[str, Standard | Conversion]) -> dict[str, str]:
    """What there is to choose from, for a refusal: each name with the code that stands for it, in both languages."""
    return {
        "expected": ", ".join(f"{each.name.vi} ({code})" for code, each in known.items()),
        "expected_en": ", ".join(f"{each.name.en} ({code})" for code, each in known.items()),
    }


def told_steps(conversion: Conversion) -> dict[str, str]:
    """The same for the steps that are entered; what was declared follows from the declaration."""
    typed = [each for each in conversion.steps if each.code != DECLARED]
    return {
        "expected": ", ".join(f"{each.name.vi} ({each.code})" for each in typed),
        "expected_en": ", ".join(f"{each.name.en} ({each.code})" for each in typed),
    }


def checklist_files(root: Path = CHECKLISTS) -> list[ChecklistFile]:
    """Every shipped checklist version, by id and version."""
    paths = (path for path in root.glob("*/*.toml") if path.parent.name not in ("standards", "conversions"))
    files = [read_checklist(path, root) for path in paths]
    return sorted(files, key=lambda each: (each.checklist.id, version_key(each.checklist.version)))


def published(root: Path = CHECKLISTS) -> dict[str, str]:
    """Path → digest of the published files; empty when nothing was published yet."""
    record = root / PUBLISHED
    return parse_published(read_toml(record)) if record.exists() else {}


def check(root: Path = CHECKLISTS) -> list[ChecklistFile]:
    """Check every shipped file: its own problems, its place, its step after the version before it, that no
    published file changed, and that the correlations name clauses that exist. Raises `Refusals` with all of them.
    """
    problems: list[Refusal] = []
    files: list[ChecklistFile] = []
    for path in sorted(root.glob("*/*.toml")):
        if path.parent.name in ("standards", "conversions"):
            continue
        try:
            files.append(read_checklist(path, root))
        except Refusals as refusals:
            problems += refusals.refusals
    for each in files:
        edition = standards(root).get(each.checklist.edition)
        if edition is None:
            problems.append(Invalid("checklist.edition_unknown", record=each.path, value=each.checklist.edition))
        else:
            problems += shipped_problems(each.data, edition)
        problems += place_problems(each.path, each.checklist)
        problems += _step_problems(each, files)
    for conversion in conversions(root).values():
        older, newer = standards(root)[conversion.from_edition], standards(root)[conversion.to_edition]
        problems += correlation_problems(conversion, older, newer)
    problems += published_problems(published(root), _digests(root))
    if problems:
        raise Refusals(problems)
    return files


def step_of(file: ChecklistFile, files: list[ChecklistFile]) -> Difference | None:
    """What changed since the version before it; None for a first version. Raises `Invalid` for too small a step."""
    family = {each.checklist.version: each for each in files if each.checklist.id == file.checklist.id}
    before = predecessor(file.checklist.version, family)
    return None if before is None else check_step(family[before].checklist, file.checklist)


def record(files: list[ChecklistFile], root: Path = CHECKLISTS) -> list[str]:
    """Add the lines of these files to `published.toml`; the paths that were added. Only in a checkout.

    Raises `Refusals` for a file that stands there with another digest: what is published never changes.
    """
    lines = published(root)
    made = {path_of(each.checklist): checklist_digest(each.data) for each in files}
    changed = published_problems({path: digest for path, digest in lines.items() if path in made}, made)
    if changed:
        raise Refusals(changed)
    added = [path for path in made if path not in lines]
    lines |= made
    content = tomli_w.dumps(dict(sorted(lines.items())))
    (root / PUBLISHED).write_text(
        "# Ban hành rồi là không đổi: đường dẫn của tệp = SHA-256 của nội dung (isoaudit checklist publish --record).\n"
        + content,
        "utf-8",
    )
    return added


def _step_problems(file: ChecklistFile, files: list[ChecklistFile]) -> list[Refusal]:
    try:
        step_of(file, files)
    except Refusal as refusal:
        return [refusal]
    return []


def _digests(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): checklist_digest(read_toml(path)) for path in root.glob("*/*.toml")}
