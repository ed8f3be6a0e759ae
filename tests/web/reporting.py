"""The life of a report as the office leads it through its pages: drafted, approved, issued; for the tests of several
files."""

import html
import re
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from isoaudit.domain.vocabulary import Role
from isoaudit.services import importing, log
from tests import factories
from tests.conftest import NOW, SignIn
from tests.services.test_rollup import bring, sheets
from tests.workbooks import folder as workbook
from tests.workbooks import table

STAMP = {"number": "137/BC-SKHCN", "issued_on": "2020-11-19", "signer": "Trần Ngọc Lân", "sure": "y"}


def office_of(client: FlaskClient, session: Session, sign_in: SignIn, place: Path) -> FlaskClient:
    """The standing office, with the small province of the roll-up's tests."""
    person = factories.user(session, role=Role.OFFICE)
    session.commit()
    signed_in = sign_in(client, person)
    bring(session, place / "so", sheets())
    session.commit()
    return signed_in


def words(answer: TestResponse) -> str:
    """What a page says."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def downloaded(office: FlaskClient, address: str) -> bytes:
    """A file."""
    with office.get(address) as answer:
        return answer.data


def draft(office: FlaskClient, **typed: str) -> str:
    """A new draft; its address."""
    form = {"kind": "nam", "year": "2020", "as_of": "2020-11-18", "conversion": "2008-2015", "issuer": "so", **typed}
    answer = office.post("/bao-cao/lap", data=form)
    assert answer.status_code == 303, words(answer)
    return str(answer.location)


def approve(office: FlaskClient, address: str) -> TestResponse:
    seen = re.search(r'name="seen" value="(\w+)"', office.get(address).text).group(1)
    return office.post(f"{address}/duyet", data={"seen": seen}, follow_redirects=True)


def issue(office: FlaskClient, address: str, **typed: str) -> TestResponse:
    """Issue an approved report: the page goes on by itself until all files are written; the last page."""
    answer = office.post(f"{address}/phat-hanh", data={**STAMP, **typed})
    if seen := re.search(r'name="seen"[^>]*value="([^"]+)"', answer.text):  # asked once more
        answer = office.post(f"{address}/phat-hanh", data={**STAMP, **typed, "seen": html.unescape(seen.group(1))})
    for _ in range(5):
        sealed = re.search(r'name="sealed" value="([^"]+)"', answer.text)
        if answer.status_code != 200 or sealed is None:
            break
        answer = office.post(f"{address}/phat-hanh/tiep", data={"sealed": html.unescape(sealed.group(1))})
    return office.get(answer.location) if answer.status_code == 303 else answer


def more(session: Session, place: Path) -> None:
    """A declaration comes in late."""
    late = table("unit | edition | kind | date", "102 | iso9001-2015 | declare | 2020-11-10")
    importing.import_workbook(session, workbook(place / "them", {"declarations": late}), by=log.COMMAND_LINE, now=NOW)
    session.commit()
