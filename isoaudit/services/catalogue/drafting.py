"""Rows of a table of procedures into values of the catalogue: words, units and numbers found or refused by line and
column. Nothing is written.

Forgiving where it is safe: words in Vietnamese or as code names, whatever the diacritics; "15 ngày" for 15.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Unit
from isoaudit.domain.catalogue import CatalogueChange, OnlineLevel, ProcedureLevel, ProcedureLink
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import BLOCK_OF, Block, UnitKind, Word
from isoaudit.intake import procedure_table
from isoaudit.services import settings

KINDS_AT = {
    ProcedureLevel.DISTRICT: [UnitKind.DISTRICT.value],
    ProcedureLevel.COMMUNE: [kind.value for kind, block in BLOCK_OF.items() if block is Block.COMMUNE],
}
"""Who settles the procedures of a level when a table does not say: all units of that level."""
_LEVELS = {fold(level.vi): kinds for level, kinds in KINDS_AT.items()}
_ALIASES: dict[type[Word], dict[str, Word]] = {
    CatalogueChange: {
        "moi": CatalogueChange.ADDED,
        "them": CatalogueChange.ADDED,
        "ban hanh moi": CatalogueChange.ADDED,
        "sua doi": CatalogueChange.CHANGED,
        "sua": CatalogueChange.CHANGED,
        "thay the": CatalogueChange.CHANGED,
        "bai bo": CatalogueChange.ABOLISHED,
        "bo": CatalogueChange.ABOLISHED,
    },
    ProcedureLevel: {
        "tinh": ProcedureLevel.PROVINCE,
        "huyen": ProcedureLevel.DISTRICT,
        "xa": ProcedureLevel.COMMUNE,
    },
    ProcedureLink: {"khong": ProcedureLink.NOT_LINKED},
    OnlineLevel: {},
}
_DAYS = re.compile(r"(\d{1,4})(\s*(ngay|ngay lam viec))?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row understood: what it does (None outside a publication), its code, and the values that it states."""

    row: int
    change: CatalogueChange | None
    code: str
    values: Mapping[str, Any]


def draft(session: Session, text: str, day: date, *, publication: bool) -> list[Draft]:
    """The rows of the text, in force from `day` unless a row says otherwise. A publication's rows each say what they
    do, and state only what they change. Raises `Refusals` naming line and column of all that is wrong."""
    rows = procedure_table.read(text)
    problems: list[Refusal] = []
    found: list[Draft] = []
    if not rows:
        raise Invalid("catalogue.no_rows", field="text")
    known = codes(session, day)
    for number, cells in rows:
        reader = _Row(number, cells, known, problems)
        change = reader.word("change", CatalogueChange, required=True) if publication else None
        code = cells.get("code", "")
        if not code:
            reader.wrong("code", "")
        elif any(each.code == code for each in found):
            problems.append(Invalid("catalogue.code_twice", field="text", row=number, value=code))
        values = (
            {}
            if change is CatalogueChange.ABOLISHED
            else reader.values(day, whole=change is not CatalogueChange.CHANGED)
        )
        found.append(Draft(number, change, code, values))
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
    return found


class _Row:
    """One row being understood; what cannot be is added to the problems."""

    def __init__(
        self, number: int, cells: Mapping[str, str], codes: Mapping[str, int], problems: list[Refusal]
    ) -> None:
        self.number, self.cells, self.codes, self.problems = number, cells, codes, problems

    def wrong(self, column: str, value: str, expected: str = "") -> None:
        heading = procedure_table.COLUMNS[column][0]
        self.problems.append(
            Invalid("catalogue.cell", field="text", row=self.number, column=heading, value=value, expected=expected)
            if value
            else Invalid("catalogue.cell_missing", field="text", row=self.number, column=heading)
        )

    def values(self, day: date, *, whole: bool) -> dict[str, Any]:
        """What the row states; with `whole`, everything that a version needs."""
        stated: dict[str, Any] = {"code": self.cells.get("code", "")}
        for name in ("name", "field"):
            if self.cells.get(name) or whole:
                stated[name] = self._text(name)
        level = self.word("level", ProcedureLevel, required=whole)
        readers: dict[str, Callable[[], Any]] = {
            "link": lambda: self.word("link", ProcedureLink),
            "online": lambda: self.word("online", OnlineLevel),
            "deadline_days": self._days,
            "valid_from": self._day,
        }
        if level is not None:
            stated["level"] = level
        stated |= {name: reader() for name, reader in readers.items() if self.cells.get(name)}
        if self.cells.get("units"):
            stated["kinds"], stated["unit_ids"] = self._units()
        elif whole and level in KINDS_AT:
            stated["kinds"], stated["unit_ids"] = KINDS_AT[level], []
        elif whole and level is not None:
            self.wrong("units", "")
        return {"valid_from": day} | stated if whole else stated

    def word(self, column: str, kind: type[Word], *, required: bool = False) -> Any:
        """The member of the list that the cell means."""
        text = self.cells.get(column, "")
        known = {fold(name): each for each in kind for name in (each.value, each.vi, each.en)} | _ALIASES[kind]
        found = known.get(fold(text))
        if found is None and (text or required):
            self.wrong(column, text, ", ".join(each.vi for each in kind))
        return found

    def _text(self, column: str) -> str:
        text = self.cells.get(column, "")
        if not text:
            self.wrong(column, "")
        return text

    def _days(self) -> int | None:
        text = self.cells["deadline_days"]
        match = _DAYS.fullmatch(fold(text))
        if match is None:
            self.wrong("deadline_days", text, "15")
        return int(match[1]) if match else None

    def _day(self) -> date | None:
        text = self.cells["valid_from"]
        try:
            if "/" in text:
                day, month, year = map(int, text.split("/"))
                return date(year, month, day)
            return date.fromisoformat(text)
        except ValueError:
            self.wrong("valid_from", text, "01/6/2020")
            return None

    def _units(self) -> tuple[list[str], list[int]]:
        kinds: list[str] = []
        ids: list[int] = []
        by_name = {fold(name): each.value for each in UnitKind for name in (each.value, each.vi)}
        for part in re.split(r"[;,\n]", self.cells["units"]):
            token = part.strip()
            if fold(token) in _LEVELS:
                kinds += _LEVELS[fold(token)]
            elif fold(token) in by_name:
                kinds.append(by_name[fold(token)])
            elif token.upper() in self.codes:
                ids.append(self.codes[token.upper()])
            elif token:
                self.wrong("units", token, "SKHCN; cấp xã; phường")
        return sorted(set(kinds)), sorted(set(ids))


def codes(session: Session, day: date) -> dict[str, int]:
    """The units of the installation's province by code, as of the day or the first later one (RULES §2)."""
    home = settings.home_id(session)
    query = select(Unit.code, Unit.id).where(
        Unit.province_id == home, or_(Unit.valid_to.is_(None), Unit.valid_to > day)
    )
    found: dict[str, int] = {}
    for code, key in session.execute(query.order_by(Unit.valid_from)):
        found.setdefault(code.upper(), key)
    return found
