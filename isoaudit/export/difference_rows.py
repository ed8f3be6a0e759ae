"""One thing that differs, and how the differences of one subject become one line as an official would write it.

What is compared is in `differences` (figures), `unit_differences` and `list_differences`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from isoaudit.domain.numbers import NOTHING
from isoaudit.domain.vocabulary import Block
from isoaudit.export.narrative.phrases import WHO
from isoaudit.export.rows import CorrectionRow
from isoaudit.export.sections.words import sentence

Pair = tuple[str, str]
"""Vietnamese and English."""


@dataclass(frozen=True, slots=True)
class Place:
    """Of what something is told: `where` is the group it is told in, `what` the line's name. Lines are told apart by
    `key` when names may recur. `head`: lines that say the same under it become one, which names them all; `twin` is
    the group's name for a line that another group repeats word for word."""

    where: str
    what: str
    key: str = ""
    head: str | None = None
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not the same, as printed in each; "–" where there is none. Without a name (`part`) the value
    speaks for itself."""

    place: Place
    part: str
    before: str
    after: str


Figures = Iterable[tuple[Place, str, str]]
"""Where, the name of the value in the line, and the value as printed."""


def block_words(block: Block, language: str) -> str:
    """The units of a block as the report calls them."""
    return block.en if language == "en" else sentence(WHO[block.value])


def against(then: Figures, now: Figures) -> Iterator[Difference]:
    """The values that are not the same. Those of now give the order; what is only in one is "–" in the other."""
    before, after = _known(then), _known(now)
    for key in [*after, *(key for key in before if key not in after)]:
        place, _value = after.get(key) or before[key]
        old, new = (some[key][1] if key in some else NOTHING for some in (before, after))
        if old != new:
            yield Difference(place, key[2], old, new)


def _known(figures: Figures) -> dict[tuple[str, str, str], tuple[Place, str]]:
    return {(place.where, place.key or place.what, part): (place, value) for place, part, value in figures}


def lines(found: Iterable[Difference]) -> tuple[CorrectionRow, ...]:
    """A line for each subject, in the order in which groups and subjects come up."""
    gathered: dict[tuple[str, str], list[Difference]] = {}
    for each in found:
        gathered.setdefault((each.place.where, each.place.key or each.place.what), []).append(each)
    told = [
        (
            several[0].place,
            _told((each.part, each.before) for each in several),
            _told((each.part, each.after) for each in several),
        )
        for several in gathered.values()
    ]
    rows = [*_joined(_twins(told))]
    groups = [*dict.fromkeys(row.where for row in rows)]
    return tuple(sorted(rows, key=lambda row: groups.index(row.where)))


def _told(parts: Iterable[tuple[str, str]]) -> str:
    said = [": ".join(filter(None, (part, value))) for part, value in parts if value != NOTHING]
    return "; ".join(said) or NOTHING


Told = tuple[Place, str, str]
Key = tuple[str, ...]


def _twins(told: Iterable[Told]) -> Iterator[Told]:
    """Lines that two groups have alike are told once, in a group of both."""
    known: dict[Key, Told] = {}
    for place, before, after in told:
        same: Key = (place.where, place.key or place.what)
        if place.twin:
            same = (place.twin, place.head or "", place.what, before, after)
        known[same] = (replace(place, where=place.twin) if same in known else place, before, after)
    return iter(known.values())


def _joined(told: Iterable[Told]) -> Iterator[CorrectionRow]:
    """Lines under one head that say the same become one."""
    several: dict[Key, list[Told]] = {}
    for each in told:
        place, before, after = each
        alone = (place.where, place.key or place.what)
        same: Key = alone if place.head is None else (place.where, place.head, before, after)
        several.setdefault(same, []).append(each)
    for (place, before, after), *others in several.values():
        names = "; ".join([place.what, *(other.what for other, _before, _after in others)])
        yield CorrectionRow(place.where, f"{place.head}: {names}" if place.head else names, before, after)
