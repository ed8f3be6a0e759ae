"""The sheet `documents`, and how other rows cite a document.

By its number, or as "number ngày dd/mm/yyyy" where numbers recur.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select

from isoaudit.db import Document
from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.documentnumber import clean_number, parse_reference
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.intake.citations import read_citations
from isoaudit.schemas.workbooktable import TypedRow, TypedSheet
from isoaudit.services.documents import fold_of
from isoaudit.services.importing.changes import Change, Draft, Target, compare, stored
from isoaudit.services.importing.job import Held, Job, RowCheck, told

DOCUMENTS = Target("documents", Document, ("province_id", "number", "issued_on"), derived=("fold",))
_KINDS = {
    written.casefold(): kind.value for kind in DocumentKind for written in (kind.value, kind.vi, kind.en, kind.name)
}


class DocumentBook:
    """The documents of the sheet and of the register, by number and date. `broken` holds numbers whose own row of the
    sheet is wrong; `issuers` are the signs of the province's bodies."""

    def __init__(self, issuers: Collection[str] = ()) -> None:
        self.issuers = frozenset(issuers)
        self.by_number: dict[str, dict[date, Held]] = defaultdict(dict)
        self.labels: dict[int, str] = {}
        self.broken: set[str] = set()

    def add(self, number: str, day: date, held: Held) -> None:
        """One more document."""
        self.by_number[number][day] = held
        if held.id is not None:
            self.labels[held.id] = held.label

    def of_row(self, check: RowCheck) -> Held | None:
        """The document that a row cites; None without one. Refuses an unknown or ambiguous one."""
        cited = check.values["document"]
        if cited is None:
            return None
        number, day = parse_reference(cited)
        found = self._find(number, day)
        if isinstance(found, Held):
            return found
        if number in self.broken:
            check.bad = True
        elif found == "importing.document_ambiguous":
            days = "; ".join(document_label(number, each) for each in sorted(self.by_number[number]))
            check.refuse(found, "document", cited, expected=days)
        elif meant := self._meant(cited):
            check.understood(CorrectionKind.CITED, "document", meant.label)
            return meant
        else:
            check.refuse(found, "document", cited)
        return None

    def _find(self, number: str, day: date | None) -> Held | str:
        found = self.by_number.get(number, {})
        if day is not None:
            return found.get(day, "importing.document_unknown")
        if len(found) == 1:
            return next(iter(found.values()))
        return "importing.document_ambiguous" if found else "importing.document_unknown"

    def _meant(self, cited: str) -> Held | None:
        """The one document that these words cite, when their number is a slip of the pen or stands among others."""
        citations = read_citations(cited, self.issuers)
        found = self._find(citations[0].number, citations[0].day) if len(citations) == 1 else None
        return found if isinstance(found, Held) else None

    def likely(self, number: str) -> str | None:
        """The number probably meant by one that no document of the register has; None when there is no doubt."""
        citations = read_citations(number, self.issuers) if number not in self.by_number else []
        if len(citations) != 1 or clean_number(citations[0].as_written) != number or citations[0].number == number:
            return None
        return citations[0].number


def plan_documents(job: Job, sheet: TypedSheet | None, book: DocumentBook) -> list[Change]:
    """What becomes of the rows of `documents`. Afterwards `book` holds the register as it will stand."""
    standing: list[dict[str, Any]] = []
    if job.home.id is not None:
        query = select(Document.__table__).where(Document.province_id == job.home.id)
        standing = stored(job.session, query)
    for each in standing:
        if each["voided_at"] is None:
            held = Held(each["id"], document_label(each["number"], each["issued_on"]))
            book.add(each["number"], each["issued_on"], held)
    if sheet is None:
        return []
    drafts = []
    meant = {row.number: _meant(job, row, book) for row in sheet.rows if row.good}
    for row in sheet.rows:
        if not row.good:
            book.broken.add(clean_number(row.values["number"] or ""))
            continue
        values = dict(row.values)
        values["number"] = meant[row.number]
        number, day = values["number"], values["issued_on"]
        held = book.by_number.get(number, {}).get(day) or Held(None, document_label(number, day))
        book.add(number, day, held)
        values["kind"] = _KINDS.get(values["kind"].casefold(), values["kind"])
        values["fold"] = fold_of(number, values["subject"])
        drafts.append(Draft(row.number, {"province_id": job.home, **values}, held))
    return compare(job, DOCUMENTS, drafts, standing)


def _meant(job: Job, row: TypedRow, book: DocumentBook) -> str:
    """The number of a row as it is to be kept."""
    number = clean_number(row.values["number"])
    likely = book.likely(number)
    if likely is not None:
        correction = Correction(CorrectionKind.NUMBER, "documents", row.number, "number", number, likely)
        if job.problems.suggest(correction):
            return likely
        job.warn("importing.number_doubtful", sheet="documents", row=row.number, value=number, read=likely)
    return number


def document_label(number: str, day: date) -> str:
    """How a document is cited beyond doubt."""
    return f"{number} ngày {short_date(day)}"


def show(book: DocumentBook, column: str, value: Any) -> str:
    """How a message shows a standing value of a row that cites a document."""
    return book.labels.get(value, "") if column == "document_id" else told(value)
