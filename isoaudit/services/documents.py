"""The register of official documents: entering, correcting, voiding, and the one that a reference means.

Lists, searches and what cites a document are in `document_search`; the file itself is kept by `services.vault`, here
are only its digest and name.
"""

import unicodedata
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document
from isoaudit.domain.documentnumber import clean_number, is_number, parse_reference
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.localday import local_day
from isoaudit.domain.text import fold
from isoaudit.services import document_search, log, revisions, settings
from isoaudit.services.records import Records


def cited_as(document: Document) -> str:
    """How a document is named so that it can be found again: "137/BC-SKHCN ngày 19/11/2020"."""
    return f"{document.number} ngày {short_date(document.issued_on)}"


DOCUMENTS = Records(
    "document", Document, "document.not_found", cited_as, ("number", "kind", "issuer", "issued_on", "subject")
)


def enter(session: Session, values: dict[str, Any], *, by: log.Actor, now: datetime) -> Document:
    """Enter a document: number, kind, issuer, issued_on, subject. Number and day together stand only once; the number
    looks like one and the day is not after today."""
    home = settings.home(session)
    clean = cleaned(values)
    _check_plausible(clean, now)
    _check_unique(session, home.id, clean, None)
    return DOCUMENTS.enter(session, Document(province_id=home.id, **clean), by=by, now=now)


def correct(
    session: Session,
    document_id: int,
    values: dict[str, Any],
    *,
    why: str | None,
    revision: int | None = None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Give a document new values; False when nothing differs. What an import brought in may stay as it is."""
    document = DOCUMENTS.to_change(session, document_id, revision)
    clean = cleaned(values)
    _check_plausible({name: value for name, value in clean.items() if value != getattr(document, name)}, now)
    _check_unique(session, document.province_id, clean, document.id)
    return DOCUMENTS.correct(session, document, clean, why=why, by=by, now=now)


def void(session: Session, document_id: int, *, why: str, by: log.Actor, now: datetime) -> Document:
    """Take a document out of the register; refused while standing records cite it."""
    document = DOCUMENTS.to_change(session, document_id)
    cited = len(document_search.citations(session, document.id))
    if cited:
        raise Invalid("document.cited", value=cited_as(document), count=cited)
    return DOCUMENTS.void(session, document, why=why, by=by, now=now)


def restore(session: Session, document_id: int, *, by: log.Actor, now: datetime) -> Document:
    """Undo a voiding."""
    return DOCUMENTS.restore(session, DOCUMENTS.to_restore(session, document_id), by=by, now=now)


def attach(
    session: Session, document_id: int, *, sha256: str, name: str, why: str | None, by: log.Actor, now: datetime
) -> bool:
    """Say which stored file is the document; replacing one needs a reason, as every correction."""
    document = DOCUMENTS.to_change(session, document_id)
    reason = why if document.file_sha256 else (why or name)
    values = {"file_sha256": sha256, "file_name": unicodedata.normalize("NFC", name)[-200:]}
    if not revisions.correct(session, document, values, by=by, now=now, why=reason):
        return False
    DOCUMENTS.tell(session, "attach", document, by=by, now=now, sha256=sha256, why=why)
    return True


def get(session: Session, document_id: int) -> Document:
    """The document, standing or voided. Raises `NotFound`."""
    return DOCUMENTS.get(session, document_id)


def resolve(session: Session, typed: str) -> Document:
    """The standing document that `number` or `number ngày dd/mm/yyyy` means (CONTRACT §3). Raises `Invalid` for an
    unknown one, and for a number that several bear. Capitals need not be right."""
    number, day = parse_reference(typed)
    home = settings.home(session)
    query = select(Document).where(Document.province_id == home.id, Document.voided_at.is_(None))
    query = query.where(Document.fold.contains(fold(number), autoescape=True))
    near = [each for each in session.scalars(query) if fold(each.number) == fold(number)]
    exact = [each for each in near if each.number == number] or near
    found = [each for each in exact if day is None or each.issued_on == day]
    if len(found) > 1:
        raise Invalid("document.several", field="document", value=number, example=cited_as(found[0]))
    if not found:
        raise Invalid("document.unknown", field="document", value=typed.strip())
    return found[0]


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a document from what was typed, with the text for searching. Raises `Invalid` for a gap."""
    clean: dict[str, Any] = {"number": clean_number(str(values["number"] or "")), "issued_on": values["issued_on"]}
    for name in ("kind", "issuer", "subject"):
        clean[name] = " ".join(unicodedata.normalize("NFC", str(values[name] or "")).split())
    for name, value in clean.items():
        if not value:
            raise Invalid("document.field_missing", field=name)
    clean["fold"] = fold_of(clean["number"], clean["subject"])
    return clean


def fold_of(number: str, subject: str) -> str:
    """The text by which a document is searched; the importer keeps the same."""
    return fold(f"{number} {subject}")


def _check_plausible(clean: dict[str, Any], now: datetime) -> None:
    wrong: list[Refusal] = []
    if "number" in clean and not is_number(clean["number"]):
        wrong.append(Invalid("document.number_form", field="number", value=clean["number"]))
    if "issued_on" in clean and clean["issued_on"] > local_day(now):
        wrong.append(Invalid("document.issued_later", field="issued_on", value=short_date(clean["issued_on"])))
    if wrong:
        raise Refusals(wrong)


def _check_unique(session: Session, province_id: int, clean: dict[str, Any], own_id: int | None) -> None:
    same = session.scalar(
        select(Document).where(
            Document.province_id == province_id,
            Document.number == clean["number"],
            Document.issued_on == clean["issued_on"],
            Document.id != (own_id or 0),
        )
    )
    if same is not None:
        code = "document.stands_already" if same.voided_at is None else "document.voided_already"
        raise Invalid(code, field="number", value=cited_as(same))
