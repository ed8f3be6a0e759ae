"""A paper as PDF: its blocks as JSON, set by the template `paper.typ` in a child process.

In a process of its own the typesetter gives its memory back, and a fault of it ends one request and no server. Fonts
are those of the built client files; none of the machine's are looked at, so that the bytes are the same everywhere.
"""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import (
    MOTTO,
    NATION,
    Bullets,
    Flow,
    Grid,
    Heading,
    Line,
    PageBreak,
    Paper,
    Para,
    Picture,
    Prose,
    Weight,
)
from isoaudit.export.paper.charts import faces
from isoaudit.export.paper.marks import Photo, Photos, Signed, Signing
from isoaudit.export.paper.photos import size, suffix
from isoaudit.export.paper.reading import closing, held, numbering, roman, signs

_TEMPLATE = Path(__file__).resolve().parent / "paper.typ"
_CHILD = Path(__file__).resolve().parent / "typeset.py"
_LONGEST = 120
"""Seconds after which the child is ended."""


class TypesettingFailed(RuntimeError):
    """The typesetter ended with an error; its message is told."""


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF; the same paper gives the same bytes. Raises TypesettingFailed, Invalid (no fonts)."""
    fonts = {file.parent for file in faces()}
    moment = datetime.combine(paper.dated, time(), UTC)
    order = {
        "template": str(_TEMPLATE),
        "fonts": sorted(map(str, fonts)),
        "timestamp": int(moment.timestamp()),
        "paper": json.dumps(_paper(paper), ensure_ascii=False),
        "files": _files(paper),
    }
    done = subprocess.run(  # noqa: S603 (our own interpreter and our own file)
        [sys.executable, "-I", str(_CHILD)],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=_LONGEST,
        check=False,
    )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingFailed(done.stderr.decode("utf-8", "replace").strip()[-2000:])
    return done.stdout


def _paper(paper: Paper) -> Mapping[str, Any]:
    head = paper.head
    return {
        "nation": NATION,
        "motto": MOTTO,
        "head": asdict(head) | {"issued_on": None, "signs": signs(head), "line": form.issuer_line(head)},
        "title": asdict(paper.title),
        "to": list(paper.to.bodies) if paper.to else [],
        "body": _kept(_flow(closing(paper.body), form.TEXT)),
        "signature": asdict(paper.signature) if paper.signature else None,
        "recipients": list(paper.recipients.lines) if paper.recipients else [],
        "annexes": [
            {
                "number": roman(place) if len(paper.annexes) > 1 else "",
                "title": each.title.upper(),
                "reference": each.reference,
                "landscape": each.landscape,
                "blocks": _flow(each.blocks, form.TEXT_LANDSCAPE if each.landscape else form.TEXT),
            }
            for place, each in enumerate(paper.annexes, 1)
        ],
        "mark": paper.mark,
        "author": paper.author,
        "subject": paper.subject,
        "form": {name.lower(): value for name, value in vars(form).items() if isinstance(value, int | float | tuple)},
    }


def _flow(blocks: Sequence[Flow], whole: float) -> list[Mapping[str, Any]]:
    made = [_block(block, label, whole) for label, block in zip(numbering(blocks), blocks, strict=True)]
    return [dict(each) | {"kept": True} if held(blocks, place) else each for place, each in enumerate(made)]


def _kept(blocks: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The last words stay together with what follows, so that no signature is alone."""
    return [*blocks[:-1], *(dict(block) | {"kept": True} for block in blocks[-1:])]


def _block(block: Flow, label: str, whole: float) -> Mapping[str, Any]:
    if isinstance(block, Heading):
        text = block.text.upper() if block.level == 1 else block.text
        return {"kind": "heading", "level": block.level, "text": f"{label} {text}"}
    if isinstance(block, Para):
        return {"kind": "paras", "texts": [line for line in block.text.splitlines() if line.strip()]}
    if isinstance(block, Bullets):
        return {"kind": "paras", "texts": [f"- {item}" for item in block.items]}
    if isinstance(block, Prose):
        texts = [line for line in block.text.splitlines() if line.strip()] or [""]
        return {"kind": "prose", "texts": texts, "lead": block.lead, "tone": block.tone.value}
    if isinstance(block, Signing):
        return {"kind": "signing", "sides": [_side(each) for each in block.sides]}
    if isinstance(block, Photos):
        return {"kind": "photos", "pictures": [_photo(each) for each in block.pictures]}
    if isinstance(block, Grid):
        return _grid(block, whole)
    if isinstance(block, Picture):
        width = min(block.width, whole)
        return {"kind": "picture", "svg": block.svg, "alt": block.alt, "caption": block.caption, "width": width}
    if isinstance(block, PageBreak):
        return {"kind": "break"}
    raise TypeError(f"no such block: {block!r}")


def _side(signed: Signed) -> Mapping[str, Any]:
    told = {name: getattr(signed, name) for name in ("title", "name", "position", "svg", "note")}
    return told | {"alt": f"Chữ ký của {signed.name}"}


def _photo(photo: Photo) -> Mapping[str, Any]:
    return {"file": _file(photo) if size(photo.content) else "", "caption": photo.caption}


def _file(photo: Photo) -> str:
    return f"{photo.sha256}{suffix(photo.content)}"


def _files(paper: Paper) -> Mapping[str, str]:
    """The photos that the child lays beside its template: name → content in base64."""
    flows = [paper.body, *(annex.blocks for annex in paper.annexes)]
    every = [each for flow in flows for block in flow if isinstance(block, Photos) for each in block.pictures]
    return {_file(each): b64encode(each.content).decode("ascii") for each in every if size(each.content)}


def _grid(grid: Grid, whole: float) -> Mapping[str, Any]:
    return {
        "kind": "grid",
        "caption": grid.caption,
        "notes": list(grid.notes),
        "size": form.TABLE_WIDE if grid.wide else form.TABLE,
        "widths": form.widths(grid, whole),
        "aligns": [column.align.value for column in grid.columns],
        "head": _head(grid),
        "rows": [_row(line, len(grid.columns)) for line in grid.rows],
    }


def _head(grid: Grid) -> list[Mapping[str, Any]]:
    """The cells of the head: text, columns and rows that it spans; those of the second row come last."""
    rows = 2 if grid.grouped else 1
    upper: list[Mapping[str, Any]] = []
    lower: list[Mapping[str, Any]] = []
    before = ""
    for place, column in enumerate(grid.columns):
        if not column.group:
            upper.append({"text": column.title, "x": place, "columns": 1, "rows": rows})
        else:
            if column.group != before:
                span = 1
                while place + span < len(grid.columns) and grid.columns[place + span].group == column.group:
                    span += 1
                upper.append({"text": column.group, "x": place, "columns": span, "rows": 1})
            lower.append({"text": column.title, "x": place, "columns": 1, "rows": 1, "second": True})
        before = column.group
    return [*upper, *lower]


def _row(line: Line, columns: int) -> Mapping[str, Any]:
    if line.weight is Weight.GROUP:
        return {"weight": "group", "cells": [line.heading]}
    return {"weight": line.weight.value, "cells": [*line.cells, *[""] * (columns - len(line.cells))][:columns]}
