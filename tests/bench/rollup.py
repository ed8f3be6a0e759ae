"""The roll-up service against the GROUP BYs that its figures need, and at the size of a country."""

import time
from collections.abc import Callable
from pathlib import Path

from isoaudit.domain.rollup_json import to_json
from isoaudit.services.rollup import roll_up
from tests.bench import Line, median
from tests.bench.data import YEAR, Place, Places

FLOORS = Path(__file__).parent / "floors"
NEEDED = ("unit_grade", "clause_grade", "nonconformity_counts")


def measure(places: Places) -> list[Line]:
    """A province-year anew each time, then from the cache; a country cold and warm."""
    small, large = places.province, places.country
    floor = sum(median(query(small, name)) for name in NEEDED)
    lean = median(query(small, "unit_counts"))
    anew = median(counting(small))
    rolled = roll_up_of(small)()
    return [
        Line(f"tổng hợp, {small.units} đơn vị: tính mới", anew, 3, floor, f"mức sàn: {', '.join(NEEDED)}"),
        Line("  so với riêng phép đếm đơn vị × mức", anew, None, lean, "mức sàn: unit_counts"),
        Line("  lấy lại từ bộ nhớ", median(roll_up_of(small))),
        Line("  viết JSON và mã băm", median(lambda: to_json(rolled))),
        Line(f"tổng hợp, {large.units} đơn vị: lần đầu", cold(large), 1.5),
        Line("  lấy lại từ bộ nhớ", median(roll_up_of(large)), 0.3),
    ]


def query(place: Place, name: str) -> Callable[[], object]:
    """Runs a floor on the place's database."""
    text = (FLOORS / f"{name}.sql").read_text("utf-8")

    def run() -> object:
        with place.sessions.reading() as session:
            return session.connection().exec_driver_sql(text).all()

    return run


def counting(place: Place) -> Callable[[], object]:
    """Counts the year as a page does, but every time anew: what a writing session sees is never kept."""

    def run() -> object:
        with place.sessions.writing() as session:
            return roll_up(session, None, YEAR)

    return run


def roll_up_of(place: Place) -> Callable[[], object]:
    """Asks for the roll-up as a page does."""

    def run() -> object:
        with place.sessions.reading() as session:
            return roll_up(session, None, YEAR)

    return run


def cold(place: Place) -> float:
    """Counting once, with nothing read before on a new connection."""
    place.sessions.engine.dispose()
    start = time.perf_counter()
    counting(place)()
    return time.perf_counter() - start
