"""What can be asked of a report before it is made: its period, day, conversion and issuer; the issuers that ship."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain import report_period
from isoaudit.domain.errors import Invalid
from isoaudit.domain.period import Period
from isoaudit.services import issuers, reports
from isoaudit.services.log import COMMAND_LINE as BY

OUTLINE = reports.Outline(Period.of_year(2020), date(2020, 11, 18))


@pytest.mark.parametrize(
    ("outline", "code"),
    [
        (replace(OUTLINE, as_of=date(2021, 1, 1)), "rollup.day_outside_period"),
        (replace(OUTLINE, period=report_period.years(2020, 2015)), "report.period"),
        (replace(OUTLINE, issuer="khong-co"), "issuer.unknown"),
        (replace(OUTLINE, conversion="1-2"), "rollup.conversion_unknown"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_an_outline_that_cannot_be_is_refused(
    session: Session, now: datetime, outline: reports.Outline, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        reports.create(session, outline, by=BY, now=now)
    assert caught.value.code == code


def test_every_shipped_issuer_is_whole(session: Session) -> None:
    values = {"province": "Quảng Trị", "parent_body": "UBND", "issuer": "SỞ", "issuer_code": "S", "place": "Đông Hà"}
    values |= {"authority_line": "", "signer_title": "GIÁM ĐỐC", "signer": "", "committee": "Ban Chỉ đạo"}
    for each in issuers.listed(session).values():
        told = str(issuers.paper(each, values))
        assert "{" not in told
        assert issuers.Issuer.of({field: getattr(each, field) for field in each.__slots__}) == each
