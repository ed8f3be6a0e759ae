"""One session per request, and the commit rule: POST, PUT, PATCH and DELETE with a status below 400 commit,
everything else rolls back, so GET never writes. Security events use `apart`, a short transaction of their own.

Requests whose bodies come slowly (blueprints in `LOOKS_FIRST`) only read until they have called `release`: who sends is
asked before the body is read, and nobody waits for it meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from isoaudit.db.engine import Sessions

SAFE = {"GET", "HEAD", "OPTIONS"}
TABLET = "tablet_api"
LOOKS_FIRST = {TABLET}


def init_app(app: Flask, sessions: Sessions) -> None:
    """Give the app its sessions and the commit rule."""
    app.extensions["isoaudit.sessions"] = sessions
    app.after_request(_finish)
    app.teardown_request(_close)


def session() -> Session:
    """The session of this request, opened when first asked for."""
    if "session" not in g:
        looks_first = request.blueprint in LOOKS_FIRST and "released" not in g
        g.looks = request.method in SAFE or gave_up() or looks_first
        g.session = _sessions().reading() if g.looks else _sessions().writing()
    return cast(Session, g.session)


def release() -> None:
    """Let go of what the request has read so far; the session that is opened next may write. Called before a body is
    read that may come slowly: SQLite has one writer at a time. Nothing may have been changed yet."""
    g.released = True
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()


def give_up() -> None:
    """Let go of what the request wanted to write, because others hold what it needs: from here on it only reads, so
    that the page that says so, with who is signed in, does not wait for them again."""
    g.gave_up = True
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()


def gave_up() -> bool:
    """Whether the request does not write any more."""
    return "gave_up" in g


@contextmanager
def apart() -> Iterator[Session]:
    """A short writing transaction of its own (sign-in, refusal, failure counts); the request's session is rolled
    back first when it holds SQLite's write lock, so call it only when the request's own work is void or not begun."""
    if "session" in g and request.method not in SAFE:
        g.session.rollback()
    with _sessions().writing.begin() as own:
        yield own


@contextmanager
def reading() -> Iterator[Session]:
    """A short reading session, which never waits for a writer."""
    with _sessions().reading() as own:
        yield own


@contextmanager
def counting(response: Response) -> Iterator[Session]:
    """The request's own session when its work is about to be committed, a transaction of its own otherwise."""
    if "session" in g and not g.looks and response.status_code < 400:
        yield g.session
    else:
        with apart() as own:
            yield own


def _sessions() -> Sessions:
    return cast(Sessions, current_app.extensions["isoaudit.sessions"])


def _finish(response: Response) -> Response:
    open_session: Session | None = g.get("session")
    if open_session is not None:
        if request.method not in SAFE and response.status_code < 400:
            open_session.commit()
        else:
            open_session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    open_session: Session | None = g.pop("session", None)
    if open_session is not None:
        open_session.close()
