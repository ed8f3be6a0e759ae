"""A publication decision: added, changed and abolished procedures in one act, and taking it back whole.

A changed procedure becomes a new version from the effective day on; the one before ends on its eve. What units then
have to do is in `following`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure, Document, ProcedureUpdate, Publication, PublicationItem
from isoaudit.domain.catalogue import CatalogueChange
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, NotFound, Refusal, Refusals
from isoaudit.services import documents, log, revisions, settings
from isoaudit.services.catalogue import entries
from isoaudit.services.catalogue.drafting import Draft
from isoaudit.services.records import Records

_ADDED, _CHANGED, _ABOLISHED = CatalogueChange
PUBLICATIONS = Records(
    "publication",
    Publication,
    "publication.unknown",
    lambda row: short_date(row.effective_on),
    ("document_id", "effective_on", "note"),
    counts=False,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication with its decision and how many procedures it adds, changes, abolishes."""

    row: Publication
    document: Document
    counts: Mapping[CatalogueChange, int]


@dataclass(frozen=True, slots=True)
class Item:
    """What a publication does to one procedure; one of the two sides may be missing."""

    row: PublicationItem
    before: CatalogueProcedure | None
    after: CatalogueProcedure | None

    @property
    def version(self) -> CatalogueProcedure:
        """The version to name it by: the new one, or the one abolished."""
        found = self.after or self.before
        assert found is not None
        return found


def publish(
    session: Session,
    drafts: Sequence[Draft],
    *,
    document_id: int,
    effective_on: date,
    note: str | None,
    by: log.Actor,
    now: datetime,
    example: bool = False,
) -> Publication:
    """Enter a publication. Raises `Invalid` or `Refusals` with all that is wrong; then nothing is kept."""
    home = settings.lock_home(session)
    document = documents.get(session, document_id)
    _check_act(session, home, document, effective_on)
    row = Publication(
        province_id=home, document_id=document.id, effective_on=effective_on, note=note or None, example=example
    )
    PUBLICATIONS.enter(session, row, by=by, now=now)
    why = f"Theo {documents.cited_as(document)}"
    problems: list[Refusal] = []
    for each in drafts:
        try:
            before, after = _apply(session, home, each, row, document, why, by=by, now=now)
        except Refusal as refusal:
            found = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
            problems += [Invalid("catalogue.row", field="text", row=each.row, said=one) for one in found]
            continue
        session.add(
            PublicationItem(
                publication_id=row.id,
                change=each.change,
                before_id=None if before is None else before.id,
                after_id=None if after is None else after.id,
                example=example,
            )
        )
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
    session.flush()
    return row


def _check_act(session: Session, home: int, document: Document, effective_on: date) -> None:
    if document.voided_at is not None:
        raise Invalid("document.unknown", field="document", value=document.number)
    if effective_on < document.issued_on:
        day, issued = short_date(effective_on), short_date(document.issued_on)
        raise Invalid("publication.before_decision", field="effective_on", day=day, issued=issued)
    same = select(Publication.id).where(Publication.province_id == home, Publication.document_id == document.id)
    if session.scalar(same.where(Publication.voided_at.is_(None)).limit(1)) is not None:
        raise Invalid("publication.stands_already", field="document", value=documents.cited_as(document))


def _apply(
    session: Session,
    home: int,
    draft: Draft,
    act: Publication,
    document: Document,
    why: str,
    *,
    by: log.Actor,
    now: datetime,
) -> tuple[CatalogueProcedure | None, CatalogueProcedure | None]:
    """Do what the row says; the version before and the one after."""
    day = act.effective_on
    before = _standing(session, home, draft.code, day)
    if draft.change is _ADDED and before is not None:
        raise Invalid("publication.there_already", field="text", value=draft.code)
    if draft.change is not _ADDED and before is None:
        raise Invalid("publication.not_there", field="text", value=draft.code, day=short_date(day))
    if before is not None and before.valid_from == day:
        raise Invalid("publication.same_day", field="text", value=draft.code, day=short_date(day))
    values: dict[str, Any] = {}
    if before is not None and draft.change is _CHANGED:
        values = {name: getattr(before, name) for name in entries.COLUMNS}
        stated = {name: value for name, value in draft.values.items() if name != "valid_from"}
        if all((sorted(value) if isinstance(value, list) else value) == values[name] for name, value in stated.items()):
            raise Invalid("publication.nothing_changes", field="text", value=draft.code)
        values |= stated
    elif before is None:
        values = dict(draft.values)
    if before is not None:
        ended = {"valid_to": day, "ended_by_id": document.id}
        entries.PROCEDURES.correct(session, before, ended, why=why, by=by, now=now)
    if not values:
        return before, None
    values |= {"valid_from": day, "valid_to": None, "document_id": document.id, "ended_by_id": None}
    after = CatalogueProcedure(province_id=home, example=act.example, **entries.checked(session, home, values, None))
    return before, entries.PROCEDURES.enter(session, after, by=by, now=now)


def _standing(session: Session, home: int, code: str, day: date) -> CatalogueProcedure | None:
    query = select(CatalogueProcedure).where(
        CatalogueProcedure.province_id == home,
        CatalogueProcedure.code == code,
        CatalogueProcedure.voided_at.is_(None),
        CatalogueProcedure.valid_from <= day,
        or_(CatalogueProcedure.valid_to.is_(None), CatalogueProcedure.valid_to > day),
    )
    return session.scalar(query.with_for_update(key_share=True))


def take_back(session: Session, publication_id: int, *, why: str, by: log.Actor, now: datetime) -> None:
    """Undo a publication entered wrongly: its new versions are voided, those it ended go on, what units did about it is
    voided too. Refused when a later publication rests on it: it ended a version that this one brought in, or brought in
    anew what this one abolished."""
    settings.lock_home(session)
    act = PUBLICATIONS.to_change(session, publication_id)
    found = items(session, act.id)
    made = {each.after.id for each in found if each.after is not None}
    reopened = [(each.before, _end_without(session, act, each.before)) for each in found if each.before is not None]
    later = [each.version.code for each in found if each.after is not None and each.after.valid_to is not None]
    later += [
        row.code
        for row, ends in reopened
        if entries.overlapping(session, row, ends["valid_to"], {row.id, *made}) is not None
    ]
    if later:
        raise Invalid("publication.rested_on", field="why", value=later[0])
    PUBLICATIONS.void(session, act, why=why, by=by, now=now)
    for each in found:
        if each.after is not None and each.after.voided_at is None:
            entries.PROCEDURES.void(session, each.after, why=why, by=by, now=now)
    for row, ends in reopened:
        entries.PROCEDURES.correct(session, row, ends, why=why, by=by, now=now)
    query = select(ProcedureUpdate).where(
        ProcedureUpdate.item_id.in_([each.row.id for each in found]), ProcedureUpdate.voided_at.is_(None)
    )
    for update in session.scalars(query):
        revisions.void(session, update, by=by, now=now, why=why)


def _end_without(session: Session, act: Publication, version: CatalogueProcedure) -> dict[str, Any]:
    """How a version that the act ended stands without it: open, or ended by another publication that stands."""
    query = select(Publication.effective_on, Publication.document_id)
    query = query.join(PublicationItem, PublicationItem.publication_id == Publication.id)
    query = query.where(PublicationItem.before_id == version.id, Publication.voided_at.is_(None))
    other = session.execute(query.where(Publication.id != act.id).order_by(Publication.effective_on).limit(1)).first()
    if other is None:
        return {"valid_to": None, "ended_by_id": None}
    return {"valid_to": other.effective_on, "ended_by_id": other.document_id}


def get(session: Session, publication_id: int) -> Published:
    """One publication, standing or taken back. Raises `NotFound`."""
    found = _found(session, publication_id)
    if not found:
        raise NotFound("publication.unknown")
    return found[0]


def all_of(session: Session) -> list[Published]:
    """The publications of the installation's province, newest first, those taken back last."""
    return sorted(_found(session), key=lambda each: each.row.voided_at is not None)


def _found(session: Session, publication_id: int | None = None) -> list[Published]:
    """All of the province, or the one asked for."""
    query = select(Publication, Document).join(Document, Document.id == Publication.document_id)
    query = query.where(Publication.province_id == settings.home_id(session))
    count = select(PublicationItem.publication_id, PublicationItem.change, func.count().label("count"))
    count = count.group_by(PublicationItem.publication_id, PublicationItem.change)
    if publication_id is not None:
        query = query.where(Publication.id == publication_id)
        count = count.where(PublicationItem.publication_id == publication_id)
    tallies: dict[int, dict[CatalogueChange, int]] = {}
    for act, change, number in session.execute(count):
        tallies.setdefault(act, {})[change] = number
    rows = session.execute(query.order_by(Publication.effective_on.desc(), Publication.id.desc()))
    return [Published(row, document, tallies.get(row.id, {})) for row, document in rows]


def items(session: Session, publication_id: int) -> list[Item]:
    """What a publication does, by change and code."""
    query = select(PublicationItem).where(PublicationItem.publication_id == publication_id)
    rows = session.scalars(query).all()
    keys = {key for row in rows for key in (row.before_id, row.after_id) if key is not None}
    versions = {
        row.id: row for row in session.scalars(select(CatalogueProcedure).where(CatalogueProcedure.id.in_(keys)))
    }
    found = [Item(row, versions.get(row.before_id or 0), versions.get(row.after_id or 0)) for row in rows]
    order = list(CatalogueChange)
    return sorted(found, key=lambda each: (order.index(each.row.change), each.version.code))
