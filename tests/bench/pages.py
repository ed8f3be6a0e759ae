"""The committee's pages as a browser asks for them, server time only: at the size of a province and of a country."""

import time
from datetime import UTC, datetime

from flask.testing import FlaskClient

from isoaudit.app import create_app
from isoaudit.config import Config
from isoaudit.domain.vocabulary import Role
from isoaudit.http.signin import marks
from isoaudit.services import log, settings
from tests import factories
from tests.bench import Line, median
from tests.bench.data import YEAR, Place, Places

NOW = datetime(YEAR, 12, 31, 2, tzinfo=UTC)


def measure(places: Places) -> list[Line]:
    """The dashboard cold and warm, and the lists behind it.

    Cold is the worst there is: the first page that a new process shows at all, templates compiled on the way. Once
    people work, a roll-up is counted anew when the data have changed.
    """
    lines = []
    for place, cold, warm in ((places.province, None, 0.05), (places.country, 1.5, 0.3)):
        browser = member(place)
        name = f"{place.units} đơn vị"
        start = time.perf_counter()
        get(browser, "/tong-hop")
        lines.append(Line(f"trang tổng hợp, {name}: lần đầu", time.perf_counter() - start, cold))
        lines.append(Line("  khi số liệu vừa đổi", median(lambda: changed(place, browser), times=3), cold))  # noqa: B023
        lines.append(Line("  các lần sau", median(lambda: get(browser, "/tong-hop")), warm))  # noqa: B023 (at once)
        lines.append(Line("  danh sách đơn vị", median(lambda: get(browser, "/tong-hop/don-vi"))))  # noqa: B023
    return lines


def member(place: Place) -> FlaskClient:
    """A member of the committee, signed in on this database, in a process that has counted nothing yet."""
    with place.sessions.writing.begin() as session:
        user = factories.user(session, role=Role.COMMITTEE, now=NOW)
        signed_in = marks(user, NOW)
    app = create_app(Config(instance=place.folder, database_url=place.url, argon2_memory_kib=64))
    app.config.update(CLOCK=lambda: NOW)
    browser = app.test_client()
    with browser.session_transaction() as opened:
        opened.update(signed_in)
    return browser


def changed(place: Place, browser: FlaskClient) -> None:
    """Ask for the dashboard after a change that a roll-up could see."""
    with place.sessions.writing.begin() as session:
        log.append(session, settings.home(session).id, "bench", "", by=log.COMMAND_LINE, now=NOW, counts=True)
    get(browser, "/tong-hop")


def get(browser: FlaskClient, address: str) -> None:
    """Ask for a page; anything but a page is a mistake of the measurement."""
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status}")
