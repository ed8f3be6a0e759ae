"""Files to the browser: always as an attachment, never shown inside the site, never guessed at."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from flask import Response, send_file, stream_with_context

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attachment(path: Path, name: str, media_type: str) -> Response:
    """A stored file under the name it came with."""
    answer = send_file(path, mimetype=media_type, as_attachment=True, download_name=name, conditional=True)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def csv_attachment(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as CSV in UTF-8 with a byte order mark (spreadsheets ask for it), streamed: `rows` may be a
    generator, which opens its own session (the request's is closed by then)."""

    def lines() -> Iterator[str]:
        yield "\ufeff" + csv_text(head)
        for row in rows:
            yield csv_text(row)

    answer = Response(stream_with_context(lines()), mimetype="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def csv_text(row: Sequence[object]) -> str:
    """One line of CSV; text that a spreadsheet would take for a formula stays text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
