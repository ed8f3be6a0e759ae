"""Number, day and signer that a report gets when it is issued: tidied, completed, refused where they cannot be, and
what a person should look at again. Issuing itself is in `freezing`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import FrozenReport
from isoaudit.domain.documentnumber import clean_number, is_number
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.period import Period
from isoaudit.services import issuers, settings

_RUNNING = re.compile(r"[0-9]+[^\W\d_]{0,2}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a report gets when it is issued. `authority` ("KT. GIÁM ĐỐC") and `title` of who signs, when they are not
    those of the issuer's profile."""

    number: str
    issued_on: date
    signer: str
    authority: str | None = None
    title: str | None = None


def stamp(
    number: str, issued_on: date, signer: str, *, authority: str | None = None, title: str | None = None
) -> Stamp:
    """What was given, tidied. Raises Invalid for a number or signer that is empty or too long."""
    number, signer = clean_number(number), " ".join(signer.split())
    for field, text, most in (("number", number, 64), ("signer", signer, 200)):
        if not text or len(text) > most:
            raise Invalid("report.stamp", field=field, most=most)
    return Stamp(number, issued_on, signer, authority, title)


def completed(session: Session, given: Stamp, issuer: str) -> Stamp:
    """With the sign of this issuer's reports where only a running number was given: 137 becomes 137/BC-SKHCN."""
    sign = issuers.paper(issuers.find(session, issuer), settings.read(session)).issuer_code
    if _RUNNING.fullmatch(given.number) and sign:
        return replace(given, number=f"{given.number}/BC-{sign}")
    return given


def check(session: Session, given: Stamp, period: Period) -> None:
    """Raises Invalid for a day before the period begins: no report on it can be that old. Conflict for a number that
    was given already: each is given once a year."""
    if given.issued_on < period.first:
        day, first = short_date(given.issued_on), short_date(period.first)
        raise Invalid("report.issued_before_period", field="issued_on", day=day, first=first)
    year = given.issued_on.year
    taken = session.scalar(
        select(FrozenReport.id).where(
            FrozenReport.province_id == settings.home_id(session),
            FrozenReport.number == given.number,
            FrozenReport.issued_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    if taken is not None:
        raise Conflict("report.number_taken", field="number", value=given.number, year=year)


def doubts(given: Stamp, typed: Stamp, as_of: date, today: date) -> Iterator[Invalid]:
    """What is possible and yet seldom meant; what is issued stays as it is, so a person looks at it once more. `typed`
    is what was given before it was completed."""
    day = short_date(given.issued_on)
    if given.number != typed.number:
        yield Invalid("report.number_completed", field="number", value=given.number)
    elif not is_number(given.number):
        yield Invalid("report.number_odd", field="number", value=given.number)
    if given.issued_on < as_of:
        yield Invalid("report.issued_before_day", field="issued_on", day=day, as_of=short_date(as_of))
    if given.issued_on > today:
        yield Invalid("report.issued_in_future", field="issued_on", day=day, today=short_date(today))
