"""What time it is for a request: the one place of the web that looks at a clock. Tests set `CLOCK` in the app's
configuration."""

from datetime import UTC, date, datetime

from flask import current_app

from isoaudit.domain.localday import local_day


def now() -> datetime:
    """The moment, aware, UTC: what services take as `now`."""
    clock = current_app.config.get("CLOCK")
    return clock() if clock else datetime.now(UTC)


def today() -> date:
    """The day in Vietnam."""
    return local_day(now())
