"""What is kept beside a file that waits to be imported: how far the work on it has come, and what was found, so that
pages can show it a piece at a time.

Small files in the folder of the upload, written whole and swapped in; lists are one JSON value a line. They are thrown
away with the upload, and nothing rests on them: an import looks at everything anew.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.services.importing.listing import Line
from isoaudit.services.importing.outlook import Outlook
from isoaudit.services.importing.report import Report

Stage = Literal["looking", "looked", "importing", "imported", "refused", "failed"]
SILENT = 60
"""Seconds without a sign of life after which work counts as broken off."""
FORM = 1
"""Grows when what is kept here takes another form: what another version of the program left is looked at anew."""
_STATE, _ALIVE = "state.json", "alive"
PROBLEMS, CORRECTIONS = "problems", "corrections"


@dataclass(slots=True)
class State:
    """Where the file stands. `step`, `done` and `total` tell how far the work has come; `counts` are sheet → [added,
    changed, unchanged]; `digest` is that of the outlook; `told` is why it was refused. `kinds` counts corrections:
    those offered while the file waits, those made once it is imported; `needless` are kinds that were agreed to and
    then found nothing."""

    name: str
    stage: Stage = "looking"
    step: str = "reading"
    done: int = 0
    total: int = 0
    counts: dict[str, list[int]] = field(default_factory=dict)
    problems: int = 0
    digest: str = ""
    kinds: dict[str, int] = field(default_factory=dict)
    missing_notes: int = 0
    missing_reasons: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)
    told: str = ""
    needless: list[str] = field(default_factory=list)
    form: int = FORM

    def total_of(self, place: int) -> int:
        """The sum over all sheets: 0 added, 1 changed, 2 unchanged."""
        return sum(counts[place] for counts in self.counts.values())

    @property
    def changed(self) -> bool:
        """Whether a row would be, or was, written."""
        return bool(self.total_of(0) + self.total_of(1))

    @property
    def working(self) -> bool:
        """Whether somebody is at work on it."""
        return self.stage in ("looking", "importing")

    def take(self, report: Report) -> None:
        """The figures of a report."""
        self.counts = {name: [each.added, each.updated, each.unchanged] for name, each in report.sheets.items()}
        self.missing_notes, self.missing_reasons = report.missing_notes, report.missing_reasons
        self.warnings = [_plain(each) for each in report.warnings]
        self.kinds = {kind.value: count for kind, count in report.corrections.items()}


def warned(state: State) -> list[Refusal]:
    """What the report warns of."""
    return [_refusal(each) for each in state.warnings]


def write(place: Path, state: State) -> None:
    """Keep the state."""
    draft = place / f".{_STATE}"
    draft.write_text(json.dumps(asdict(state), ensure_ascii=False, default=str), "utf-8")
    os.replace(draft, place / _STATE)


def read(place: Path) -> State:
    """The state; work that gives no sign of life any more, or that another version of the program did, counts as
    failed."""
    data = json.loads((place / _STATE).read_text("utf-8"))
    if data.get("form") != FORM:
        return State(data["name"], "failed")
    state = State(**data)
    if state.working and time.time() - _last_sign(place) > SILENT:
        state.stage = "failed"
    return state


def exists(place: Path) -> bool:
    """Whether work on this file was ever begun."""
    return (place / _STATE).is_file()


def alive(place: Path) -> None:
    """A sign of life of whoever works on it."""
    (place / _ALIVE).touch()


def put(place: Path, outlook: Outlook, state: State) -> None:
    """Keep an outlook in place of an older one."""
    for old in place.glob("*.jsonl"):
        old.unlink()
    put_refusals(place, outlook.problems.in_order())
    _lines(place, CORRECTIONS, (asdict(each) for each in outlook.problems.read_in_order()))
    for what, lists in (("added", outlook.listing.added), ("updated", outlook.listing.updated)):
        for sheet, lines in lists.items():
            _lines(place, f"{what}-{sheet}", (asdict(line) for line in lines))
    state.take(outlook.report)
    state.problems, state.digest, state.stage = outlook.problems.total, outlook.digest, "looked"
    write(place, state)


def put_refusals(place: Path, refusals: Iterable[Refusal]) -> None:
    """Keep what was wrong."""
    _lines(place, PROBLEMS, (_plain(each) for each in refusals))


def refusals(place: Path, start: int = 0, stop: int | None = None) -> list[Refusal]:
    """A stretch of what was wrong."""
    return [_refusal(each) for each in _read(place, PROBLEMS, start, stop)]


def corrections(place: Path, start: int = 0, stop: int | None = None) -> list[Correction]:
    """A stretch of what would be read otherwise than written."""
    found = _read(place, CORRECTIONS, start, stop)
    return [Correction(**{**each, "kind": CorrectionKind(each["kind"])}) for each in found]


def lines(place: Path, what: Literal["added", "updated"], sheet: str, start: int, stop: int) -> list[Line]:
    """A stretch of the rows of a sheet that would be new, or change."""
    found = _read(place, f"{what}-{sheet}", start, stop)
    return [Line(**{**each, "cells": tuple(tuple(cell) for cell in each["cells"])}) for each in found]


def kept(place: Path, name: str) -> int:
    """How many lines of a list are kept."""
    file = place / f"{name}.jsonl"
    if not file.is_file():
        return 0
    with file.open("rb") as stream:
        return sum(1 for _line in stream)


def refused(refusal: Refusal) -> list[Refusal]:
    """The refusals in one."""
    return refusal.refusals if isinstance(refusal, Refusals) else [refusal]


def _lines(place: Path, name: str, values: Iterable[dict[str, Any]]) -> None:
    with (place / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
        for value in values:
            stream.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def _read(place: Path, name: str, start: int, stop: int | None) -> Iterator[dict[str, Any]]:
    file = place / f"{name}.jsonl"
    if file.is_file():
        with file.open(encoding="utf-8") as stream:
            for line in islice(stream, start, stop):
                yield json.loads(line)


def _last_sign(place: Path) -> float:
    return max((file.stat().st_mtime for file in (place / _ALIVE, place / _STATE) if file.is_file()), default=0.0)


def _plain(refusal: Refusal) -> dict[str, Any]:
    """A refusal as JSON has it; one among its details likewise."""
    details = {
        name: _plain(value) if isinstance(value, Refusal) else value if isinstance(value, int | str) else str(value)
        for name, value in refusal.details.items()
    }
    return {"code": refusal.code, "details": details}


def _refusal(plain: dict[str, Any]) -> Refusal:
    details = {name: _refusal(value) if isinstance(value, dict) else value for name, value in plain["details"].items()}
    return Invalid(plain["code"], **details)
