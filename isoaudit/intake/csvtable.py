"""One CSV file, UTF-8 with or without a byte order mark, as numbered rows of text, read from the disk as they are asked
for: a file of a million rows takes no more memory than one of ten.

What the cells mean is not known here.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from isoaudit.domain.errors import Invalid

_LONGEST_CELL = 100_000
_LONGEST_HEAD = 1 << 20
_CHUNK = 1 << 20


class _Watched(io.RawIOBase):
    """Bytes on their way to the reader: a zero byte, which no text has, ends the reading."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is read from, and nothing else."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes. Raises `UnicodeError` at a zero byte."""
        data = self._stream.read(len(buffer))
        if b"\0" in data:
            raise UnicodeError
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()
        super().close()


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with their numbers as a spreadsheet shows them, from 1. Raises `Invalid` naming the file,
    when it comes to the place that cannot be read.

    A semicolon parts the cells when the header has semicolons and no comma, as spreadsheets set to Vietnamese write it.
    """
    return _rows(path.name, lambda: path.open("rb", buffering=0))


def read_csv(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a small file that is in memory already."""
    return list(_rows(name, lambda: io.BytesIO(data)))


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _rows(name: str, opened: Callable[[], BinaryIO]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    try:
        delimiter = _delimiter(opened())
        with _text(opened()) as stream:
            for number, cells in enumerate(csv.reader(stream, delimiter=delimiter, strict=True), 1):
                yield number, cells
    except UnicodeError:
        raise Invalid("importing.not_utf8", value=name) from None
    except csv.Error:
        raise Invalid("importing.not_csv", value=name, row=number + 1) from None


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(_Watched(stream), _CHUNK), encoding="utf-8-sig", newline="")


def _delimiter(stream: BinaryIO) -> str:
    with _text(stream) as text:
        while line := text.readline(_LONGEST_HEAD):
            if line.strip():
                return ";" if ";" in line and "," not in line else ","
    return ","
