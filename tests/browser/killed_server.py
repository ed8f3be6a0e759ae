"""A server that dies on request: `python killed_server.py <port> <folder>`.

A parent has everything loaded and forks the process that serves; when that one has died, another takes its place at
once. The serving process kills itself with SIGKILL, without a goodbye to anybody, when a batch of operations reaches
the point that the file `kill` in the folder names: before its commit, or after it and before the reply. The file is
taken away first, and the point is added to the file `hits`.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import waitress
from flask import Flask, has_request_context, request
from sqlalchemy import event

from isoaudit.app import create_app

BEFORE_COMMIT = "before the commit"
BEFORE_REPLY = "after the commit, before the reply"
PATH = "/tablet/api/v1/operations"


def die_at(point: str, folder: Path) -> None:
    """Die here, when this is the point that was asked for."""
    flag = folder / "kill"
    if not flag.exists() or flag.read_text("utf-8") != point:
        return
    flag.unlink()
    with (folder / "hits").open("a", encoding="utf-8") as hits:
        hits.write(f"{point}\n")
    os.kill(os.getpid(), signal.SIGKILL)


def mined(app: Flask, folder: Path) -> Flask:
    """The application with the two points in it."""

    def committing(_connection: object) -> None:
        if has_request_context() and request.method == "POST" and request.path == PATH:
            die_at(BEFORE_COMMIT, folder)

    event.listen(app.extensions["isoaudit.sessions"].engine, "commit", committing)
    inner = app.wsgi_app

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reply = inner(environ, start_response)
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == PATH:
            die_at(BEFORE_REPLY, folder)
        return reply

    app.wsgi_app = answered  # type: ignore[method-assign]
    return app


def main(port: int, folder: Path) -> None:
    """Serve until terminated."""
    app = mined(create_app(), folder)
    child = 0

    def stop(_signal: int, _frame: object) -> None:
        if child:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            waitress.serve(app, host="127.0.0.1", port=port, threads=4)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        with (folder / "deaths").open("a", encoding="utf-8") as deaths:
            deaths.write(f"{status}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
