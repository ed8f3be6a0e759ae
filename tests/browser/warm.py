"""`isoaudit serve` from a process that has imported everything already: starting Python and importing takes longer than
most of what a test of the browser asks of its server. Only the start is spared: each server is a process of its own,
with its own environment, and ends by a signal.

What `isoaudit` does when it is started from nothing is tested in tests/cli and tests/test_wheel.py.
"""

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from isoaudit.cli import main

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def start(port: int, environment: dict[str, str], log: Path, compiled: Path) -> BaseProcess:
    """A server on that port. What it says goes to the end of `log`; the templates that it compiles are kept in
    `compiled` for the next one."""
    server = _PROCESSES.Process(target=_serve, args=(port, environment, log, compiled), daemon=True)
    server.start()
    return server


def _serve(port: int, environment: dict[str, str], log: Path, compiled: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    Flask.jinja_options = Flask.jinja_options | {"bytecode_cache": FileSystemBytecodeCache(str(compiled))}
    sys.argv = ["isoaudit", "serve", "--port", str(port)]
    main()
