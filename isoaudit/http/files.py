"""Files to the browser: always as an attachment, never shown inside the site, never guessed at."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from flask import Response, send_file, stream_with_context

from isoaudit.domain.text import fold

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attachment(path: Path, name: str, media_type: str) -> Response:
    """A stored file under the name it came with."""
    answer = send_file(path, mimetype=media_type, as_attachment=True, download_name=name, conditional=True)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def made(content: bytes, name: str, media_type: str) -> Response:
    """Something made for this answer, under a name that may be Vietnamese."""
    return _named(Response(content, mimetype=media_type), name)


def csv_attachment(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as CSV in UTF-8 with a byte order mark (spreadsheets ask for it), streamed: `rows` may be a
    generator, which opens its own session (the request's is closed by then)."""

    def lines() -> Iterator[str]:
        yield "\ufeff" + csv_text(head)
        for row in rows:
            yield csv_text(row)

    return _named(Response(stream_with_context(lines()), mimetype="text/csv; charset=utf-8"), name)


def csv_text(row: Sequence[object]) -> str:
    """One line of CSV; text that a spreadsheet would take for a formula stays text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(value) for value in row])
    return out.getvalue()


def _named(answer: Response, name: str) -> Response:
    """Headers are Latin-1: a name with other letters goes along as RFC 5987 has it, beside one without its marks."""
    plain = name if name.isascii() else fold(name).encode("ascii", "ignore").decode()
    extended = {} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", filename=plain, **extended)
    return answer


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
