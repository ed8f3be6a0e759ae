"""What differs between two contents of a report row by row: rows of the lists that it prints are found again by their
keys and told as added, gone or changed, with the cells as people read them. The letterhead is one such row.

Which lists there are is in `difference_lists`; figures are compared in `differences`, which also says so when something
differs that has no row here or there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from isoaudit.domain.comparison import Measure
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, thousands
from isoaudit.domain.vocabulary import Word
from isoaudit.export.compared import ComparedFigures
from isoaudit.export.difference_lists import PAPER, SIGNING, ListedRows, Pair
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import CorrectionRow
from isoaudit.export.sections.papers import cited_words
from isoaudit.export.sections.words import unit_names

WHOLE_WORDS = {
    "considered": ("được xem xét", "considered"),
    "obliged": ("trong diện bắt buộc và theo lộ trình", "obliged"),
    "baseline": ("thuộc diện chuyển đổi", "to be converted"),
    "judged": ("được xét việc duy trì", "upkeep judged"),
}
"""The wholes of `ComparedFigures`; its parts are measures."""

Cells = dict[str, str]
"""What a cell is called → its value as printed; without a name, the value speaks for itself."""


def rows(each: ListedRows, old: ReportContent, new: ReportContent, language: str) -> Iterator[CorrectionRow]:
    """The rows of a list that are not the same."""
    cells_of = each.known(old, new)
    then, now = (_keyed(each, cells_of, content, language) for content in (old, new))
    for key in [*now, *(key for key in then if key not in now)]:
        before, after = then.get(key), now.get(key)
        if before is not None and after is not None:
            changed = [name for name in after if before[name] != after[name]]
            before, after = ({name: cells[name] for name in changed} for cells in (before, after))
        if before != after:
            there = NOTHING if then.get(key) and now.get(key) else shown(value=True, language=language)
            yield CorrectionRow(each.where[language == "en"], key, _told(before, there), _told(after, there))


def letterhead(old: ReportContent, new: ReportContent, language: str) -> Iterator[CorrectionRow]:
    """What differs in head and foot of the paper. Number, day, signer are not looked at: each report has its own; how
    it is signed only when both are issued."""
    where = ("Thể thức văn bản", "Form of the paper")[language == "en"]
    both = old.paper.number and new.paper.number
    for name, label in {**PAPER, **(SIGNING if both else {})}.items():
        before, after = (shown(getattr(each.paper, name), language) for each in (old, new))
        if before != after:
            yield CorrectionRow(where, label[language == "en"], before, after)


def shown(value: Any, language: str) -> str:
    """A value as people read it."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, bool):
        return (("không", "no"), ("có", "yes"))[value][language == "en"]
    if isinstance(value, Word):
        return value.label(language)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return thousands(value)
    if isinstance(value, ComparedFigures):
        return _figures(value, language) or NOTHING
    if is_dataclass(value):
        told = (each.name for each in fields(value) if each.name != "code")  # a code stands beside the name it is of
        return ", ".join(shown(getattr(value, name), language) for name in told)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(shown(each, language) for each in value)
    return str(value)


def _figures(value: ComparedFigures, language: str) -> str:
    """What is counted, by name, without what is none."""
    told = {each.value: each.label(language) for each in Measure} | {
        name: words[language == "en"] for name, words in WHOLE_WORDS.items()
    }
    found = {each.name: getattr(value, each.name) for each in fields(value)}
    return "; ".join(f"{told[name]}: {shown(number, language)}" for name, number in found.items() if number)


def _keyed(each: ListedRows, cells: Mapping[str, Pair], content: ReportContent, language: str) -> dict[str, Cells]:
    """Rows by what tells them apart, in words; equal ones are numbered."""
    names, found = unit_names(content), dict[str, Cells]()
    for row in each.of(content):
        key = ", ".join(shown(part, language) for part in each.key(row, names) if part not in ("", None))
        place, free = 1, key
        while free in found:
            place += 1
            free = f"{key} ({place})"
        found[free] = {
            label[language == "en"]: cited_words(row) or NOTHING
            if name == "cited"
            else shown(getattr(row, name), language)
            for name, label in cells.items()
        }
    return found


def _told(cells: Cells | None, there: str) -> str:
    """Cells in a line; `there` says of a row without anything in them that it stands."""
    if cells is None:
        return NOTHING
    said = [f"{name}: {value}" if name else value for name, value in cells.items() if value != NOTHING]
    return "; ".join(said) or there
