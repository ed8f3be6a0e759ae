"""What an import would do, row by row, for the person who decides: rows that are new, and rows that change, old → new.

Bounded: of a million new rows the first thousand of each sheet are shown. The digest says whether what would be done is
still what the person saw.
"""

import hashlib
from dataclasses import dataclass

from isoaudit.services.importing.report import Report

MOST_ADDED = 1_000
MOST_UPDATED = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: column, what stands and what the file says, for each column that changes. A new row has its
    columns with nothing that stands."""

    sheet: str
    row: int
    key: str
    cells: tuple[tuple[str, str, str], ...]


class Listing:
    """The rows that an import would write."""

    def __init__(self) -> None:
        self.added: dict[str, list[Line]] = {}
        self.updated: dict[str, list[Line]] = {}
        self._digest = hashlib.sha256()

    def wants_added(self, sheet: str) -> bool:
        """Whether one more new row of this sheet would be shown."""
        return len(self.added.get(sheet, ())) < MOST_ADDED

    def add(self, line: Line) -> None:
        """A new row."""
        self.added.setdefault(line.sheet, []).append(line)

    def update(self, line: Line) -> None:
        """A row that changes."""
        self._digest.update(f"{line}\n".encode())
        lines = self.updated.setdefault(line.sheet, [])
        if len(lines) < MOST_UPDATED:
            lines.append(line)

    def digest(self, report: Report) -> str:
        """SHA-256 over every change and the counts: another one when other rows would be written."""
        whole = self._digest.copy()
        for name, counts in report.sheets.items():
            whole.update(f"{name} {counts.added} {counts.updated} {counts.unchanged}\n".encode())
        return whole.hexdigest()
