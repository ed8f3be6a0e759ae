"""Rate limits shared by all workers: how many changing requests an address may send, how many sign-ins may fail.

Tablets that are signed in are counted by account instead: a whole team synchronises behind the one address of its
office or its phone, and each brings a day of photos in a minute. Counting is in `isoaudit.services.rates`; a limit that
is passed is one line in the audit log, not one per request.
"""

from flask import Flask, Response, current_app, request, session

from isoaudit.domain.errors import Refusal
from isoaudit.http import clock, database
from isoaudit.services import log, rates, settings

POSTS_SECONDS = 60
SIGN_IN_SECONDS = 600
FAILURES_PER_ADDRESS = 50
FAILURES_PER_ACCOUNT = 10
TABLET_TIMES = 5
"""So many times the posts of an address, one account's tablets may send."""
_STEPS = 100
"""In so many steps tablets are counted up to their limit, so that not every piece of a photo writes to the table."""
_NEAR = 100
"""So many posts before the limit, the table is asked before each."""
_REMEMBERED = 10_000


class TooMany(Refusal):
    """Too many requests."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("rate.limited", seconds=seconds)


def init_app(app: Flask, posts_per_minute: int) -> None:
    """Install the general limit; 0 switches it off. Installed after `database`, so that it counts before
    that commits, in one transaction."""
    app.config["POSTS_PER_MINUTE"] = posts_per_minute
    if posts_per_minute:
        app.before_request(_check)
        app.after_request(_count)


def check_sign_in(username: str) -> None:
    """Refuse (TooMany) when this address, or anybody for this account, has failed too often lately."""
    now = clock.now()
    with database.reading() as opened:
        for name, limit in _sign_in_names(username):
            if rates.used(opened, name, SIGN_IN_SECONDS, now) >= limit:
                raise TooMany(rates.wait(SIGN_IN_SECONDS, now))


def failed_sign_in(username: str) -> None:
    """Count a failed sign-in for the address and for the account name, known or not."""
    now = clock.now()
    with database.apart() as opened:
        for name, limit in _sign_in_names(username):
            if rates.count(opened, name, SIGN_IN_SECONDS, now) == limit:
                by = log.Actor(None, "-", _address(), "web")
                log.append(opened, settings.home_id(opened), "sign_in.limited", name, by=by, now=now)


def _sign_in_names(username: str) -> list[tuple[str, int]]:
    return [
        (f"sign_in address {_address()}", FAILURES_PER_ADDRESS),
        (f"sign_in account {username.strip().lower()[:64]}", FAILURES_PER_ACCOUNT),
    ]


def _address() -> str:
    return request.remote_addr or "?"


def _check() -> None:
    """Refuse when the address (or the tablets' account) has used its posts up. The table is asked only when that may be
    so: every count tells this process how many there are, so a worker that does not ask lets through one request at
    most."""
    if request.method in database.SAFE:
        return
    now = clock.now()
    name, limit = _counter()
    window = rates.window(POSTS_SECONDS, now)
    known = _counted().get(name)
    if known is not None and known[0] == window and known[1] + _NEAR < limit:
        return
    with database.reading() as opened:
        if rates.used(opened, name, POSTS_SECONDS, now) >= limit:
            raise TooMany(rates.wait(POSTS_SECONDS, now))


def _count(response: Response) -> Response:
    """Count inside the request's own transaction when it will commit, apart otherwise; one that gave up because others
    hold the database must not wait for them again."""
    if request.method in database.SAFE or response.status_code == TooMany.status or database.gave_up():
        return response
    now = clock.now()
    name, limit = _counter()
    together = _together(name, limit)
    if not together:
        return response
    with database.counting(response) as opened:
        number = rates.count(opened, name, POSTS_SECONDS, now, together)
        if number - together < limit <= number:
            by = log.Actor(None, "-", _address(), "web")
            log.append(opened, settings.home_id(opened), "rate.limited", request.path, by=by, now=now)
    if len(_counted()) > _REMEMBERED:
        _counted().clear()
    _counted()[name] = rates.window(POSTS_SECONDS, now), number
    return response


def _counter() -> tuple[str, int]:
    """What this request is counted under, and the most a minute. The signed cookie says whose tablet it is; whether
    its session still holds is asked later."""
    most = int(current_app.config["POSTS_PER_MINUTE"])
    account = str(session.get("_user_id", "")).partition(":")[0]
    if request.blueprint == database.TABLET and account:
        return f"tablet {account}", most * TABLET_TIMES
    return f"post {_address()}", most


def _together(name: str, limit: int) -> int:
    """How many requests are to be written to the table now: none while this process collects those of a tablet."""
    if not name.startswith("tablet "):
        return 1
    collected: dict[str, int] = current_app.extensions.setdefault("isoaudit.collected", {})
    number = collected.pop(name, 0) + 1
    if number < limit // _STEPS:
        collected[name] = number
        return 0
    return number


def _counted() -> dict[str, tuple[int, int]]:
    """By name: the window in which this process last counted, and the number then."""
    return current_app.extensions.setdefault("isoaudit.counted", {})  # type: ignore[no-any-return]
