"""The sheet `documents`, and how other rows cite a document.

By its number, or as "number ngày dd/mm/yyyy" where numbers recur.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select

from isoaudit.db import Document
from isoaudit.domain.documentnumber import clean_number, parse_reference
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.schemas.workbooktable import TypedSheet
from isoaudit.services.documents import fold_of
from isoaudit.services.importing.changes import Change, Draft, Target, compare, stored
from isoaudit.services.importing.job import Held, Job, RowCheck

DOCUMENTS = Target("documents", Document, ("province_id", "number", "issued_on"), derived=("fold",))
_KINDS = {
    written.casefold(): kind.value for kind in DocumentKind for written in (kind.value, kind.vi, kind.en, kind.name)
}


class DocumentBook:
    """The documents of the sheet and of the register, by number and date. `broken` holds numbers whose own row of the
    sheet is wrong."""

    def __init__(self) -> None:
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
        found = self.by_number.get(number)
        if found and day in found:
            return found[day]
        if found and day is None and len(found) == 1:
            return next(iter(found.values()))
        if number in self.broken:
            check.bad = True
        elif day is not None:
            check.refuse("importing.document_unknown", "document", cited)
        elif found:
            days = "; ".join(document_label(number, each) for each in sorted(found))
            check.refuse("importing.document_ambiguous", "document", cited, expected=days)
        else:
            check.refuse("importing.document_unknown", "document", cited)
        return None


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
    for row in sheet.rows:
        if not row.good:
            book.broken.add(clean_number(row.values["number"] or ""))
            continue
        values = dict(row.values)
        values["number"] = clean_number(values["number"])
        number, day = values["number"], values["issued_on"]
        held = book.by_number.get(number, {}).get(day) or Held(None, document_label(number, day))
        book.add(number, day, held)
        values["kind"] = _KINDS.get(values["kind"].casefold(), values["kind"])
        values["fold"] = fold_of(number, values["subject"])
        drafts.append(Draft(row.number, {"province_id": job.home, **values}, held))
    return compare(job, DOCUMENTS, drafts, standing)


def document_label(number: str, day: date) -> str:
    """How a document is cited beyond doubt."""
    return f"{number} ngày {short_date(day)}"


def show(book: DocumentBook, column: str, value: Any) -> str:
    """How a message shows a standing value of a row that cites a document."""
    return book.labels.get(value, "") if column == "document_id" else "" if value is None else str(value)
