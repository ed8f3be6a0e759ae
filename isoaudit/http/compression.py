"""Answers that are text travel compressed when the browser takes gzip: waitress does not do it by itself.

Small answers, files, streams and what is compressed already are left alone.
"""

import gzip

from flask import Flask, Response, request

SMALLEST_BYTES = 1024
LEVEL = 5
_TEXT = ("text/", "application/json", "application/problem+json", "application/javascript", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress every answer that gains by it. Installed first, so that it runs after all other changes."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not response.mimetype.startswith(_TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if (
        request.method == "HEAD"
        or not request.accept_encodings["gzip"]
        or "Content-Encoding" in response.headers
        or "Content-Range" in response.headers
        or "attachment" in response.headers.get("Content-Disposition", "")
        or response.status_code in {204, 304}
    ):
        return response
    if response.direct_passthrough:
        if not _is_small_file(response):
            return response
        response.direct_passthrough = False
    elif response.is_streamed:
        return response
    content = response.get_data()
    if len(content) < SMALLEST_BYTES:
        return response
    response.set_data(gzip.compress(content, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, weak = response.get_etag()
    if etag is not None and not weak:
        response.set_etag(etag, weak=True)
    return response


def _is_small_file(response: Response) -> bool:
    """Whether a static file is read whole into memory to be compressed: css and scripts are."""
    return request.endpoint == "static" and (response.content_length or 0) < 512 * 1024
