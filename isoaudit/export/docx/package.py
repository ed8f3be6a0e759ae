"""The bytes of a DOCX: the same content is the same file, whenever and by whichever process it is written."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx.document import Document
from docx.opc.package import OpcPackage

from isoaudit.export.paper.blocks import Paper

_BODY = "word/document.xml"
_PLACEHOLDER = re.compile(rb"<\?table (\d+)\?>")
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip can hold."""


def set_properties(document: Document, paper: Paper) -> None:
    """Title, author and days of the file, from the paper alone."""
    day = datetime(paper.dated.year, paper.dated.month, paper.dated.day)  # noqa: DTZ001 (the format has no zone)
    kept = document.core_properties
    kept.title, kept.subject, kept.author = paper.title.summary, paper.subject, paper.author
    kept.last_modified_by, kept.comments, kept.keywords, kept.language = paper.author, "", "", "vi-VN"
    kept.created = kept.modified = day
    kept.revision = 1


def placeholder(place: int) -> str:
    """What stands in the document for a table that is put in when the package is written."""
    return f"<?table {place}?>"


def to_bytes(document: Document, tables: Sequence[str]) -> bytes:
    """The package with its tables, written anew with fixed times; the picture of python-docx's template is left out.

    Tables are put in as text: moved into a document as elements, a table of two thousand rows takes ten seconds.
    """
    _without_thumbnail(document.part.package)
    stream, written = BytesIO(), BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            content = source.read(name)
            if name == _BODY:
                content = _PLACEHOLDER.sub(lambda found: tables[int(found[1])].encode(), content)
            target.writestr(entry, content, compresslevel=6)
    return written.getvalue()


def _without_thumbnail(package: OpcPackage) -> None:
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
