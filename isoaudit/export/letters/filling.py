"""A template filled with facts: a paper in the grammar of papers.

A block with `when` is left out when its field is empty; one with `each` is repeated for every line of a list. What is
left open in a draft (number, day) stays open until it is known.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from isoaudit.export.letters.fields import LISTS, Facts
from isoaudit.export.letters.template import Template
from isoaudit.export.paper.blocks import (
    Align,
    Annex,
    Bullets,
    Column,
    Flow,
    Grid,
    Heading,
    Letterhead,
    Line,
    Paper,
    Prose,
    Recipients,
    Signature,
    Title,
    To,
    Tone,
)
from isoaudit.export.paper.marks import Signed, Signing

_TONES = {"text": Tone.BODY, "basis": Tone.BASIS, "centred": Tone.CENTRED, "note": Tone.NOTE}
_BLANKS = re.compile(r"[ \t]{2,}")
_LOOSE = re.compile(r" +([,;.:)])")


def filled(template: Template, facts: Facts, mark: str = "") -> Paper:
    """The paper. `mark` is printed at the foot of every page."""
    fill = _Fill(facts)
    head, data = template.data.get("head", {}), template.data
    said = {key: fill.text(value) for key, value in head.items()}
    signature, recipients = data.get("signature"), data.get("recipients")
    body = list(fill.blocks(data.get("block", [])))
    sides = [Signed(fill.text(each["title"]), fill.text(each.get("name", ""))) for each in data.get("signing", [])]
    if sides:
        body.append(Signing(tuple(sides)))
    to = [text for text in map(fill.text, data.get("to", [])) if text]
    return Paper(
        subject=fill.text("{references}") or template.name,
        author=facts.texts.get("office", ""),
        dated=facts.issued_on or facts.dated,
        head=Letterhead(
            said.get("parent", ""),
            said.get("issuer", ""),
            facts.number or said.get("number", ""),
            said.get("place", ""),
            facts.dated.year,
            facts.issued_on,
            said.get("about", ""),
        ),
        title=Title(said.get("title", ""), said.get("summary", "") or said.get("about", "") or template.name),
        body=tuple(body),
        signature=_signature(signature, fill, facts) if signature is not None else None,
        recipients=Recipients(
            tuple(text for text in map(fill.text, recipients.get("bodies", [])) if text),
            fill.text(recipients.get("filed", "VT")),
        )
        if recipients is not None
        else None,
        to=To(tuple(to)) if to else None,
        annexes=tuple(fill.annexes(data.get("annex", []))),
        mark=mark,
    )


def _signature(table: Mapping[str, str], fill: "_Fill", facts: Facts) -> Signature:
    name = facts.signer or fill.text(table.get("name", ""))
    return Signature(fill.text(table.get("authority", "")), fill.text(table.get("title", "")), name)


class _Fill:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def text(self, text: str, line: Mapping[str, str] | None = None) -> str:
        """A text with its fields filled in, without the blanks that empty ones leave."""
        whole = text.format_map({**self.facts.texts, **(line or {})})
        lines = (_LOOSE.sub(r"\1", _BLANKS.sub(" ", each)).strip() for each in whole.splitlines())
        return "\n".join(lines).strip()

    def blocks(self, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Flow]:
        """The blocks that are printed."""
        for block in blocks:
            if self._holds(block):
                yield from self._block(block)

    def annexes(self, annexes: Sequence[Mapping[str, Any]]) -> Iterator[Annex]:
        """The annexes that are printed."""
        for each in annexes:
            if self._holds(each):
                blocks = tuple(self.blocks(each.get("block", [])))
                title, reference = self.text(each["title"]), self.text(each.get("reference", ""))
                yield Annex(title, reference, blocks, bool(each.get("landscape", False)))

    def _holds(self, table: Mapping[str, Any]) -> bool:
        name = table.get("when")
        if name is None:
            return True
        return bool(self.facts.lines(name)) if name in LISTS else bool(self.facts.texts.get(name))

    def _block(self, block: Mapping[str, Any]) -> Iterator[Flow]:
        if "columns" in block:
            yield self._table(block)
            return
        lines: Sequence[Mapping[str, str] | None] = self.facts.lines(block["each"]) if "each" in block else [None]
        if "item" in block:
            items = tuple(text for line in lines for text in [self.text(block["item"], line)] if text)
            if items:
                yield Bullets("", items)
            return
        for line in lines:
            if "heading" in block:
                yield Heading(int(block.get("level", 1)), self.text(block["heading"], line))
                continue
            key = next(key for key in _TONES if key in block)
            text, lead = self.text(block[key], line), self.text(block.get("lead", ""), line)
            if text or lead:
                yield Prose(text, lead, _TONES[key])

    def _table(self, block: Mapping[str, Any]) -> Grid:
        columns = tuple(
            Column(self.text(each["title"]), float(each.get("width", 1)), Align(each.get("align", "left")))
            for each in block["columns"]
        )
        rows = tuple(
            Line(tuple(self.text(each["text"], line) or "–" for each in block["columns"]))
            for line in self.facts.lines(block.get("each", ""))
        )
        return Grid(columns, rows, self.text(block.get("caption", "")))
