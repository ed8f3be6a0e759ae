"""Reading a template of a paper: its shape and every field that its texts name are checked, and refused in words.

A template is data (`templates/papers/*.toml`; another province puts a file of the same name into the folder `papers` of
its instance). How it is filled is in `filling`.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.vocabulary import PaperKind
from isoaudit.export.letters.fields import LISTS, TEXTS
from isoaudit.export.paper.blocks import Align

_KEYS = frozenset(("kind", "name", "many", "head", "to", "block", "annex", "signature", "recipients", "signing"))
_TABLES: Mapping[str, frozenset[str]] = {
    "head": frozenset(("parent", "issuer", "number", "place", "about", "title", "summary")),
    "signature": frozenset(("authority", "title", "name")),
    "recipients": frozenset(("bodies", "filed")),
}
SAID = ("text", "basis", "centred", "note", "item", "heading")
"""The keys of a block that say what it is; or it has `columns` and is a table."""
_BLOCK = frozenset((*SAID, "lead", "level", "when", "each", "columns", "caption"))
_COLUMN = frozenset(("title", "width", "text", "align"))
_ANNEX = frozenset(("title", "reference", "landscape", "block", "when"))
_SIDE = frozenset(("title", "name"))


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was checked: the kind of paper, its name, whether it may be for several units, its tables."""

    file: str
    kind: PaperKind
    name: str
    many: bool
    data: Mapping[str, Any]


def parse(data: Mapping[str, Any], file: str) -> Template:
    """The template in a file. Raises Refusals: `paper.template` for a wrong shape, `paper.template_field` for every
    field that does not exist."""
    return _Check(file).template(data)


class _Check:
    def __init__(self, file: str) -> None:
        self.file = file
        self.wrong: list[Refusal] = []

    def template(self, data: Mapping[str, Any]) -> Template:
        self._keys(data, _KEYS, "")
        for name, allowed in _TABLES.items():
            table = data.get(name, {})
            self._keys(table, allowed, name)
            for key, value in self._mapping(table).items():
                self._texts(value, f"{name}.{key}")
        self._texts(data.get("to", []), "to")
        for side in self._sequence(data.get("signing", []), "signing"):
            self._keys(side, _SIDE, "signing")
            for key, value in self._mapping(side).items():
                self._texts(value, f"signing.{key}")
        self._blocks(data.get("block", []), "block")
        for annex in self._sequence(data.get("annex", []), "annex"):
            self._keys(annex, _ANNEX, "annex")
            for key in ("title", "reference"):
                self._texts(self._mapping(annex).get(key, ""), f"annex.{key}")
            self._when(annex, "annex")
            self._blocks(self._mapping(annex).get("block", []), "annex.block")
        kind = data.get("kind")
        if kind not in {each.value for each in PaperKind}:
            self._refuse("kind", kind)
        if not isinstance(data.get("name"), str) or not data.get("name"):
            self._refuse("name", data.get("name"))
        if self.wrong:
            raise Refusals(self.wrong)
        return Template(self.file, PaperKind(str(kind)), str(data["name"]), bool(data.get("many", False)), data)

    def _blocks(self, blocks: object, place: str) -> None:
        for block in self._sequence(blocks, place):
            self._keys(block, _BLOCK, place)
            block = self._mapping(block)
            if ("columns" in block) + sum(key in block for key in SAID) != 1:
                self._refuse(place, ", ".join(sorted(map(str, block))) or "–")
            self._when(block, place)
            each = block.get("each")
            if each is not None and each not in LISTS:
                self._field(str(each), LISTS)
            inside = LISTS.get(str(each), {}) if each is not None else {}
            for key in (*SAID, "lead", "caption"):
                if key in block:
                    self._texts(block[key], f"{place}.{key}", {} if key == "caption" else inside)
            for column in self._sequence(block.get("columns", []), f"{place}.columns"):
                self._keys(column, _COLUMN, f"{place}.columns")
                align, width = (self._mapping(column).get(key) for key in ("align", "width"))
                if align not in (None, *Align) or not isinstance(width or 1, int | float):
                    self._refuse(f"{place}.columns", align if align not in (None, *Align) else width)
                self._texts(self._mapping(column).get("title", ""), f"{place}.title")
                self._texts(self._mapping(column).get("text", ""), f"{place}.text", inside)

    def _when(self, table: object, place: str) -> None:
        name = self._mapping(table).get("when")
        if name is not None and name not in TEXTS and name not in LISTS:
            self._field(str(name), {**TEXTS, **LISTS})

    def _texts(self, value: object, place: str, inside: Mapping[str, str] | None = None) -> None:
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                if not isinstance(text, bool | int | float):
                    self._refuse(place, text)
                continue
            known = {**TEXTS, **(inside or {})}
            for name in self._named(text, place):
                if name not in known:
                    self._field(name, known)

    def _named(self, text: str, place: str) -> Sequence[str]:
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            self._refuse(place, text)
            return ()
        if any(spec or conversion for _text, _name, spec, conversion in parts):
            self._refuse(place, text)
        return [name for _text, name, _spec, _conversion in parts if name is not None]

    def _keys(self, table: object, allowed: frozenset[str], place: str) -> None:
        if not isinstance(table, Mapping):
            self._refuse(place, table)
            return
        for key in table:
            if key not in allowed:
                self._refuse(f"{place}.{key}".lstrip("."), "–", ", ".join(sorted(allowed)))

    def _mapping(self, value: object) -> Mapping[str, Any]:
        return value if isinstance(value, Mapping) else {}

    def _sequence(self, value: object, place: str) -> Sequence[Any]:
        if not isinstance(value, list):
            self._refuse(place, value)
            return ()
        return value

    def _refuse(self, place: str, value: object, expected: str = "") -> None:
        self.wrong.append(
            Invalid("paper.template", record=self.file, field=place, value=str(value)[:80], expected=expected or "–")
        )

    def _field(self, name: str, known: Mapping[str, object]) -> None:
        expected = ", ".join(sorted(known))
        self.wrong.append(Invalid("paper.template_field", record=self.file, value=name[:60], expected=expected))
