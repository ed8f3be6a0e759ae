"""The documents that a pasted text cites, and which of them the register has already. Reading is `intake.citations`."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, Unit
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.intake.citations import Citation, read_citations
from isoaudit.shipped import REGISTERS

LONGEST = 100_000
"""So many characters may be pasted: some forty pages; more would not pass as a form."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that the text cites; `standing` are the documents of the register with that number, and that day where
    the text tells one."""

    citation: Citation
    standing: tuple[Document, ...]


def read(session: Session, province_id: int, text: str) -> list[Cited]:
    """What a text cites, in its order, each document once. Two queries."""
    codes = session.scalars(select(Unit.code).where(Unit.kind == UnitKind.AGENCY).distinct())
    found = read_citations(text, shipped_issuers() | set(codes))
    known: dict[str, list[Document]] = {}
    for document in session.scalars(
        select(Document).where(
            Document.province_id == province_id,
            Document.number.in_({each.number for each in found}),
            Document.voided_at.is_(None),
        )
    ):
        known.setdefault(document.number, []).append(document)
    return [Cited(each, _standing(each, known.get(each.number, ()))) for each in found]


def _standing(citation: Citation, documents: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(each for each in documents if citation.day is None or each.issued_on == citation.day)


@cache
def shipped_issuers() -> frozenset[str]:
    """The signs of the agencies in the registers that ship with the program."""
    signs = set()
    for path in sorted(REGISTERS.glob("*/units.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            signs |= {row["code"] for row in csv.DictReader(file) if row["kind"] == UnitKind.AGENCY}
    return frozenset(signs)
