"""What differs between two contents of a report row by row: rows of the lists that it prints are found again by their
keys and told as added, gone or changed, with the cells as people read them. The letterhead is one such row.

Which lists there are is in `difference_lists`; figures are compared in `differences`, which also says so when something
differs that has no row here or there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from isoaudit.domain.comparison import Measure
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, thousands
from isoaudit.domain.vocabulary import Block, Word
from isoaudit.export.compared import ComparedFigures
from isoaudit.export.difference_lists import PAPER, SIGNING, ListedRows
from isoaudit.export.difference_rows import Difference, Place, block_words
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.papers import cited_words
from isoaudit.export.sections.words import unit_names
from isoaudit.export.yearly import LateReport

WHOLE_WORDS = {
    "considered": ("được xem xét", "considered"),
    "obliged": ("trong diện bắt buộc và theo lộ trình", "obliged"),
    "baseline": ("thuộc diện chuyển đổi", "to be converted"),
    "judged": ("được xét việc duy trì", "upkeep judged"),
}
"""The wholes of `ComparedFigures`; its parts are measures."""

_EMPTY = ("chưa ghi", "not recorded")
_LATE = ("trễ {} ngày", "{} days late")
_NOT_SENT = ("chưa gửi, quá hạn {} ngày", "not sent, {} days overdue")

Cells = dict[str, str]
"""What a cell is called → its value as printed; without a name, the value speaks for itself."""


def rows(each: ListedRows, old: ReportContent, new: ReportContent, language: str) -> Iterator[Difference]:
    """The rows of a list that are not the same, cell by cell."""
    known = {**old.editions, **unit_names(old), **new.editions, **unit_names(new)}
    then, now = _keyed(each, (old, new), known, language)
    for key in [*now, *(key for key in then if key not in now)]:
        before, after = then.get(key), now.get(key)
        if before != after:
            yield from _changed(each, key, before, after, language)


def _changed(each: ListedRows, key: tuple[str, str], before: Any, after: Any, language: str) -> Iterator[Difference]:
    """The cells of a row that differ; all that a row holds when it came or went, at least that it is there."""
    side, (head, what) = language == "en", key
    twin = each.twin[side] if each.twin else ""
    place = Place(each.where[side], what, f"{head}\n{what}" if head else what, head if each.joined else None, twin)
    if before is not None and after is not None:
        was = _cells(each, before, language, beside=after)
        now = _cells(each, after, language, beside=before)
        names = [name for name in {**was, **now} if was.get(name, NOTHING) != now.get(name, NOTHING)]
        for some in (was, now):
            if names and all(some.get(name, NOTHING) == NOTHING for name in names):
                some[names[0]] = _EMPTY[side]  # the row is there: as a whole it is not "–"
        for name in names:
            yield Difference(place, name, was.get(name, NOTHING), now.get(name, NOTHING))
        return
    found = _cells(each, after if before is None else before, language)
    found = {name: value for name, value in found.items() if value != NOTHING} or {
        "": shown(value=True, language=language)
    }
    for name, value in found.items():
        yield Difference(place, name, *((NOTHING, value) if before is None else (value, NOTHING)))


def _cells(each: ListedRows, row: Any, language: str, *, beside: Any = None) -> Cells:
    """The cells of a row by name. Without a row beside it, what it has not is left out; with one, of cells that hold
    several things those that only one of both has are told.
    """
    alone = beside is None
    found: Cells = {}
    for name, words in each.cells.items():
        label, value = words[language == "en"], getattr(row, name)
        if name == "cited":
            found[label] = cited_words(row) or NOTHING
        elif isinstance(value, ComparedFigures):
            told = figures(value, language)
            found |= {
                f"{label}, {what}" if label else what: thousands(number)
                for what, number in told.items()
                if number or not alone
            }
        elif alone and isinstance(value, bool):
            found |= {label: ""} if value else {}
        else:
            found[label] = shown(value if alone else _own(value, getattr(beside, name)), language)
    return found


def _own(value: Any, other: Any) -> Any:
    """Of several things those that the other has not; all when they differ in order or number only."""
    if not isinstance(value, tuple) or not isinstance(other, tuple) or set(value) == set(other):
        return value
    return tuple(each for each in value if each not in other)


def _keyed(
    each: ListedRows, contents: Sequence[ReportContent], known: Mapping[str, str], language: str
) -> list[dict[tuple[str, str], Any]]:
    """The rows of each content by what tells them apart, in words (head and name); where that is not enough, with the
    unit's code; equal ones are numbered."""
    told = [[(row, _key(each, row, known, language)) for row in each.of(content)] for content in contents]
    counted = [Counter(key for _row, key in some) for some in told]
    found = []
    for some in told:
        keyed: dict[tuple[str, str], Any] = {}
        for row, (head, what) in some:
            code = getattr(row, "unit_code", getattr(row, "code", ""))
            twice = any(count[head, what] > 1 for count in counted)
            name = f"{what} ({('mã', 'code')[language == 'en']} {code})" if twice and code else what
            place, free = 1, name
            while (head, free) in keyed:
                place += 1
                free = f"{name} ({place})"
            keyed[head, free] = row
        found.append(keyed)
    return found


def _key(each: ListedRows, row: Any, known: Mapping[str, str], language: str) -> tuple[str, str]:
    parts = [_part(part, language) for part in each.key(row, known) if part not in ("", None)]
    return ("", ", ".join(parts)) if not each.joined else (", ".join(parts[:-1]), parts[-1])


def _part(part: Any, language: str) -> str:
    if isinstance(part, date):
        return f"{('ngày ', '')[language == 'en']}{shown(part, language)}"
    if isinstance(part, tuple):
        return " ".join(_part(each, language) for each in part)
    return shown(part, language)


def letterhead(old: ReportContent, new: ReportContent, language: str) -> Iterator[Difference]:
    """What differs in head and foot of the paper. Number, day, signer are not looked at: each report has its own; how
    it is signed only when both are issued."""
    where = ("Thể thức văn bản", "Form of the paper")[language == "en"]
    both = old.paper.number and new.paper.number
    for name, label in {**PAPER, **(SIGNING if both else {})}.items():
        before, after = (shown(getattr(each.paper, name), language) for each in (old, new))
        if before != after:
            yield Difference(Place(where, label[language == "en"]), "", before, after)


def shown(value: Any, language: str) -> str:
    """A value as people read it."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, bool):
        return (("không", "no"), ("có", "yes"))[value][language == "en"]
    if isinstance(value, Block):
        return block_words(value, language)
    if isinstance(value, Word):
        return value.label(language)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return thousands(value)
    if isinstance(value, LateReport):
        words = _LATE if value.sent else _NOT_SENT
        return f"{value.unit} ({words[language == 'en'].format(value.days)})"
    if is_dataclass(value):
        told = (each.name for each in fields(value) if each.name != "code")  # a code stands beside the name it is of
        return ", ".join(shown(getattr(value, name), language) for name in told)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(shown(each, language) for each in value)
    return str(value)


def figures(value: ComparedFigures, language: str) -> dict[str, int]:
    """What is counted, by name."""
    told = {each.value: each.label(language) for each in Measure} | {
        name: words[language == "en"] for name, words in WHOLE_WORDS.items()
    }
    return {told[each.name]: getattr(value, each.name) for each in fields(value)}
