"""What a browser asks for before anybody signs in: the app's page, its service worker, its manifest. None of it holds
data, so all of it is public; browsers ask each time whether there is a newer one."""

from flask import Blueprint, Response, request

from isoaudit.domain.errors import NotFound
from isoaudit.http.access import public
from isoaudit.tablet import files

pages = Blueprint("tablet", __name__, url_prefix="/tablet")


@pages.get("/")
@public
def index() -> Response:
    """The page of the app."""
    return _answer(files.shell(), "text/html")


@pages.get("/sw.js")
@public
def worker() -> Response:
    """The service worker, with the list of files that it installs. Raises NotFound while the client is not built."""
    try:
        return _answer(files.worker(), "text/javascript")
    except FileNotFoundError:
        raise NotFound("page.not_found") from None


@pages.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """The web app manifest."""
    return _answer(files.manifest(), "application/manifest+json")


def _answer(text: str, media_type: str) -> Response:
    answer = Response(text, mimetype=media_type)
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)
