"""Where a list stands: the page asked for, its rows, and the address of this page with other arguments.

Queries are the services' work; this room only counts and links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import current_app, request, url_for

Row = TypeVar("Row")

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page of a list, and its place in the whole; numbers count from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        """The number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first_row(self) -> int:
        """The number of the first row shown; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return (self.number - 1) * self.per_page + len(self.rows)

    def links(self) -> tuple[int | None, ...]:
        """The page numbers to offer: first, last, those around the current one; None stands for a gap."""
        near = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        offered: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            if number - before == 2:
                offered.append(number - 1)
            elif number - before > 2:
                offered.append(None)
            offered.append(number)
        return tuple(offered)


def asked_page() -> int:
    """The page number of this request (`?trang=`): 1 unless a whole number above it."""
    asked = request.args.get("trang", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def cut(rows: Sequence[Row], per_page: int = PER_PAGE) -> Page[Row]:
    """The page of this request out of a whole list; a number past the end gives the last page."""
    last = max(1, -(-len(rows) // per_page))
    number = min(asked_page(), last)
    return Page(rows[(number - 1) * per_page : number * per_page], number, len(rows), per_page)


def address(**changes: str | int | None) -> str:
    """The address of this page with some arguments changed; None takes an argument away.

    Where this address cannot be opened by a link (a page shown again after sending a form), it is that of the page
    above it: /bao-cao-don-vi for /bao-cao-don-vi/nhan.
    """
    return _asked(_opened(), changes)


def carry(endpoint: str, **values: str | int) -> str:
    """The address of another page with the arguments of this one: its rows as a file, the form that changes them."""
    return _asked(url_for(endpoint, **values), {})


def _asked(path: str, changes: Mapping[str, str | int | None]) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    query = urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])
    return f"{path}?{query}" if query else path


def _opened() -> str:
    """The path of this request, or the nearest above it, that a link opens."""
    path, known = request.path, current_app.create_url_adapter(request)
    if request.method in {"GET", "HEAD"} or known is None:
        return path
    while path != "/" and not known.test(path, "GET"):
        path = path.rpartition("/")[0] or "/"
    return path
