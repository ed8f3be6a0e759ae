"""What the tests of pages share: looking into the database beside the app."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from isoaudit.db.engine import Sessions

Stored = Callable[[type], list[Any]]


@pytest.fixture
def stored(sessions: Sessions) -> Stored:
    """stored(Row): the rows that stand in the database now, in order of entry."""

    def reading(row: Any) -> list[Any]:
        with sessions.reading() as opened:
            return list(opened.scalars(select(row).order_by(row.id)))

    return reading
