"""Declarations of conformity: which edition a unit declared, declared again or withdrew (RULES §3).

A declaration of an edition older than the current one is refused, and so is any change that would make one of those
entered before into such a declaration.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Declaration, Fact, Unit
from isoaudit.domain import facts
from isoaudit.domain.declaration import refused
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.services import library
from isoaudit.services.facts.kinds import Kind, Values
from isoaudit.services.register import one_unit

_NEW = 2**62  # the entry number of one that has none yet: after all others of its day


def _check(session: Session, unit: Unit, values: Values | None, fact: Fact | None) -> Iterator[Refusal]:
    editions = library.standards()
    if values is not None:
        if values["edition"] not in editions:
            choices = library.told(editions)
            yield Invalid("declaration.edition_unknown", field="edition", value=values["edition"], **choices)
            return
        covered, total = values["covered"], values["total"]
        if covered is not None and total is not None and covered > total:
            yield Invalid("procedures.covered_above_total", field="covered", covered=covered, total=total)
    standing = list(
        session.scalars(
            select(Declaration).where(
                Declaration.unit_id.in_(one_unit(session, [unit.id])), Declaration.voided_at.is_(None)
            )
        )
    )
    before = [_plain(each) for each in standing]
    after = [_plain(each) for each in standing if fact is None or each.id != fact.id]
    entry = _NEW if fact is None else fact.id
    if values is not None:
        after.append(facts.Declaration(unit.id, values["edition"], values["kind"], values["made_on"], entry))
    yield from _older(before, after, entry)


def _older(before: Iterable[facts.Declaration], after: Iterable[facts.Declaration], entry: int) -> Iterator[Refusal]:
    """What the change makes wrong; what was wrong before (imported so) is no reason to refuse it."""
    editions = library.standards()
    known = set(refused(before, editions))
    for each in refused(after, editions):
        if each in known:
            continue
        own = each.declaration.entry == entry
        edition, current = editions[each.declaration.edition].name, editions[each.current].name
        yield Invalid(
            "declaration.older" if own else "declaration.makes_older",
            field="edition" if own else None,
            day=short_date(each.declaration.on),
            edition_vi=edition.label("vi"),
            edition_en=edition.label("en"),
            current_vi=current.label("vi"),
            current_en=current.label("en"),
        )


def _plain(row: Declaration) -> facts.Declaration:
    return facts.Declaration(row.unit_id, row.edition, row.kind, row.made_on, row.id)


KIND = Kind("declaration", Declaration, "made_on", ("edition", "kind", "made_on"), check=_check)
