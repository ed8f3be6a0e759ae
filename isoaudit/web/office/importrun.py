"""The work of looking at a file and of importing it, in a thread of its own: a million rows take longer than a browser
waits. The request that began it waits a moment, and most files are done by then.

Decision of 22/11/2026: a thread beside the requests instead of a queue of jobs. The work belongs to one upload in the
instance folder of this server, is all or nothing in the database, and is simply begun again when the server is stopped
meanwhile; a queue would add a table and a process and save none of that. How far it is, is kept by
`services.importing.shelf`.
"""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import OperationalError

from isoaudit.db.engine import Sessions
from isoaudit.domain.corrections import CorrectionKind
from isoaudit.domain.errors import Conflict, Refusal
from isoaudit.http import database
from isoaudit.services import importing, incoming
from isoaudit.services.importing import shelf
from isoaudit.services.log import Actor

PATIENCE = 2.0
"""Seconds that the request waits for the work to end. In tests it waits for the end."""
_SIGN_OF_LIFE = 2.0
_at_work: dict[Path, threading.Thread] = {}
_lock = threading.Lock()

Work = Callable[[shelf.State], None]


def look(place: Path, *, by: Actor, now: datetime) -> None:
    """Look at a file that was just kept, or once more at one that waits."""
    sessions: Sessions = current_app.extensions["isoaudit.sessions"]

    def work(state: shelf.State) -> None:
        with sessions.reading() as session:
            outlook = importing.look(session, incoming.workbook(place), by=by, now=now, tell=_teller(place, state))
        shelf.put(place, outlook, state)

    _begin(place, shelf.State(incoming.workbook(place).name), work)


def bring(place: Path, *, update: bool, accept: list[CorrectionKind], by: Actor, now: datetime) -> None:
    """Import a file that was looked at, as it was shown, or not at all. Where a reading that was shown is left out,
    what is written is not what was shown: that nothing else has changed is then seen by looking again beforehand."""
    sessions: Sessions = current_app.extensions["isoaudit.sessions"]
    state = shelf.read(place)
    shown = state.digest
    as_shown = state.kinds.keys() <= {CorrectionKind.SPELLING, *accept}
    state.stage = "importing"

    def work(state: shelf.State) -> None:
        with sessions.writing.begin() as session:
            if not as_shown:
                importing.refuse_moved_on(session, incoming.workbook(place), shown, by=by, now=now)
            report = importing.import_workbook(
                session,
                incoming.workbook(place),
                by=by,
                now=now,
                update=update,
                accept=accept,
                expected=shown if as_shown else None,
                tell=_teller(place, state),
            )
        agreed = [kind for kind in accept if kind in state.kinds]
        state.take(report)
        state.needless = [kind for kind in agreed if kind not in state.kinds]
        state.stage = "imported"
        shelf.write(place, state)
        incoming.empty(place)

    _begin(place, state, work)


def _begin(place: Path, state: shelf.State, work: Work) -> None:
    database.release()  # the request must not hold what the work needs
    logger = current_app.logger

    def run() -> None:
        done = threading.Event()
        pulse = threading.Thread(target=_pulse, args=(place, done), daemon=True)
        pulse.start()
        try:
            _settle(place, state, work, logger.error)
        finally:
            done.set()
            pulse.join()
            with _lock:
                _at_work.pop(place, None)

    with _lock:
        if place in _at_work or (shelf.exists(place) and shelf.read(place).working):
            raise Conflict("incoming.busy")
        shelf.write(place, state)
        thread = _at_work[place] = threading.Thread(target=run, name=f"import-{place.name[:8]}", daemon=True)
        thread.start()
    thread.join(None if current_app.testing else PATIENCE)


def _settle(place: Path, state: shelf.State, work: Work, complain: Callable[..., None]) -> None:
    """Do the work; whatever keeps it from its end is told on the page."""
    try:
        work(state)
        return
    except Refusal as refusal:
        found = shelf.refused(refusal)
        state.stage, state.problems, state.told = "refused", len(found), refusal.code
        told = found
    except OperationalError as error:
        complain("import %s", place.name, exc_info=error)
        state.stage, state.problems, told = "refused", 1, [Conflict("database.busy")]
    except Exception as error:
        request_id = secrets.token_hex(4)
        complain("import %s", request_id, exc_info=error)
        state.stage, state.problems, told = "refused", 1, [Refusal("unexpected", request_id=request_id)]
    with suppress(FileNotFoundError):  # the upload was thrown away meanwhile
        shelf.put_refusals(place, told)
        shelf.write(place, state)


def _pulse(place: Path, done: threading.Event) -> None:
    while not done.wait(_SIGN_OF_LIFE):
        with suppress(FileNotFoundError):
            shelf.alive(place)


def _teller(place: Path, state: shelf.State) -> importing.Tell:
    def tell(step: str, done: int, total: int) -> None:
        state.step, state.done, state.total = step, done, total
        shelf.write(place, state)

    return tell
