"""Addresses of css, scripts and icons that change with their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

from isoaudit.shipped import STATIC

YEAR_SECONDS = 365 * 24 * 3600


def asset(name: str) -> str:
    """The address of a static file, with a digest of its content; a missing file has a plain address."""
    file = STATIC / name
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        return url_for("static", filename=name)
    return url_for("static", filename=name, v=_digest(file, changed))


def init_app(app: Flask) -> None:
    """Give templates `asset`, and let browsers keep what is asked for by its digest."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


@lru_cache(maxsize=256)
def _digest(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response
