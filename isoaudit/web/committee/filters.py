"""The filters of the list of units: read from the address, kept in links, told in words.

They narrow the lines of the roll-up and never ask the database. An unknown value lets nothing pass and is said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import request
from flask_babel import gettext as _
from flask_babel import pgettext

from isoaudit.domain.figures import NO_BAND, Rollup, UnitLine
from isoaudit.domain.text import fold, sort_key
from isoaudit.domain.vocabulary import Block, Maintained, Obligation, Status, UnitKind, Word
from isoaudit.web.committee.groups import GROUPS
from isoaudit.web.words import label

NO_EDITION = "khong"
NO_DISTRICT = "khong"
ORDERS = ("ten", "tinh-trang", "tien-do", "duy-tri", "diem")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its argument in the address, its name, its choices (value → words), and whom a value lets pass."""

    argument: str
    name: str
    choices: Mapping[str, str]
    passes: Callable[[UnitLine, str], bool]

    @property
    def value(self) -> str:
        """What this request asks for; empty for all."""
        return request.args.get(self.argument, "")

    @property
    def said(self) -> str:
        """The value in words; as it stands when it is unknown."""
        return self.choices.get(self.value, self.value)

    @property
    def known(self) -> bool:
        """Whether the value is one of the choices, or none."""
        return not self.value or self.value in self.choices


def filters(
    rollup: Rollup, districts: Mapping[int, tuple[str, str]], editions: Iterable[tuple[str, str]]
) -> tuple[Filter, ...]:
    """The filters that make sense for this roll-up."""
    blocks: dict[str, str] = {block.value: label(block) for block in Block if block in rollup.blocks}
    if rollup.sub_agencies is not None:
        blocks[UnitKind.SUB_AGENCY.value] = label(UnitKind.SUB_AGENCY)
    codes = {key: code for key, (code, _name) in districts.items()}
    named = dict(districts.values())
    return (
        Filter("khoi", _("Khối"), blocks, _in_block),
        Filter(
            "huyen",
            _("Địa bàn"),
            {**named, NO_DISTRICT: _("không trực thuộc cấp huyện")} if named else {},
            lambda line, value: codes.get(line.unit.parent_id or 0, NO_DISTRICT) == value,
        ),
        Filter("tinh-trang", _("Tình trạng"), _words(Status), lambda line, value: line.status == value),
        Filter("dien", _("Diện áp dụng"), _words(Obligation), lambda line, value: line.obligation == value),
        Filter(
            "phien-ban",
            pgettext("tiêu chuẩn", "Phiên bản"),
            {**dict(editions), NO_EDITION: _("chưa hoặc không còn công bố")},
            lambda line, value: (line.edition or NO_EDITION) == value,
        ),
        Filter(
            "duy-tri",
            _("Duy trì, cải tiến"),
            _words(Maintained),
            lambda line, value: not line.exempt and line.maintained == value,
        ),
        Filter("xep-loai", _("Xếp loại"), bands(rollup), _in_band),
        Filter("nhom", _("Nhóm"), {key: str(group.name) for key, group in GROUPS.items()}, _in_group),
    )


def bands(rollup: Rollup) -> dict[str, str]:
    """Code → name of the bands that the roll-up counts, best first, in the language of the request."""
    audits = (line.audit for line in rollup.units if line.audit is not None)
    given = {audit.band.code: audit.band for audit in audits if audit.band is not None}
    named = {code: label(band.name) for code, band in given.items()}
    shipped = {"tot": _("Tốt"), "kha": _("Khá"), "trung_binh": _("Trung bình"), "yeu": _("Yếu")}
    names = {**shipped, **named, NO_BAND: _("chưa đủ căn cứ")}
    return {code: names.get(code, code) for code in rollup.total.bands}


def narrowed(rollup: Rollup, applied: Sequence[Filter]) -> list[UnitLine]:
    """The lines that every filter and the search let pass, in the order asked for."""
    asked = [(each.passes, each.value) for each in applied if each.value and each.known]
    if not all(each.known for each in applied):
        return []
    lines = [line for line in rollup.units if all(passes(line, value) for passes, value in asked)]
    wanted = fold(request.args.get("tim", "")).split()
    if wanted:
        lines = [line for line in lines if _found(line, wanted)]
    return _ordered(lines, request.args.get("xep", ""))


def _found(line: UnitLine, wanted: Sequence[str]) -> bool:
    text = fold(f"{line.unit.name} {line.unit.code}")
    return all(word in text for word in wanted)


def _ordered(lines: list[UnitLine], asked: str) -> list[UnitLine]:
    key = asked.removeprefix("-")
    if key not in ORDERS:
        return lines
    down = asked.startswith("-")
    if key in ("diem", "duy-tri"):  # what has no value stays last, whichever way
        lacking = [line for line in lines if _KEYS[key](line) is None]
        lines = [line for line in lines if _KEYS[key](line) is not None]
        return [*sorted(lines, key=_KEYS[key], reverse=down), *lacking]
    return sorted(lines, key=_KEYS[key], reverse=down)


def _score(line: UnitLine) -> Fraction | None:
    return None if line.audit is None else line.audit.score


def _upkeep(line: UnitLine) -> int | None:
    return None if line.exempt or line.maintained is Maintained.NOT_APPLICABLE else _UPKEEP[line.maintained]


_STATUSES = {status: place for place, status in enumerate(Status)}
_UPKEEP = {value: place for place, value in enumerate(Maintained)}
_KEYS: dict[str, Callable[[UnitLine], object]] = {
    "ten": lambda line: line.unit.order or sort_key(line.unit.name),
    "tinh-trang": lambda line: _STATUSES[line.status],
    "tien-do": lambda line: Fraction(line.progress[0], line.progress[1] or 1),
    "duy-tri": _upkeep,
    "diem": _score,
}


def _words(kind: type[Word]) -> dict[str, str]:
    return {word.value: label(word) for word in kind}


def _in_block(line: UnitLine, value: str) -> bool:
    return line.block == value or line.unit.kind == value


def _in_band(line: UnitLine, value: str) -> bool:
    if line.exempt or line.audit is None:
        return False
    return (NO_BAND if line.audit.band is None else line.audit.band.code) == value


def _in_group(line: UnitLine, value: str) -> bool:
    return line in GROUPS[value]
