"""What an import did, or would do: counts for each sheet, gaps that are allowed but counted, warnings."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.errors import Refusal

Action = Literal["added", "unchanged", "updated"]


@dataclass(slots=True)
class Counts:
    """Rows of one sheet by what became of them."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0

    def count(self, action: Action) -> None:
        """One more row."""
        setattr(self, action, getattr(self, action) + 1)


@dataclass(slots=True)
class Report:
    """The report of an import. `missing_notes` counts minor and major answers without a note, `missing_reasons`
    answers "not applicable" without one; both are allowed (CONTRACT §3). `warnings` are refusals that were not raised:
    `isoaudit.domain.messages.say` words them. `corrections` counts the cells that were read otherwise than
    written, by kinds that were agreed to; `read_otherwise` names the first thousands of them."""

    name: str
    digest: str
    dry_run: bool
    sheets: dict[str, Counts] = field(default_factory=dict)
    missing_notes: int = 0
    missing_reasons: int = 0
    warnings: list[Refusal] = field(default_factory=list)
    corrections: dict[CorrectionKind, int] = field(default_factory=dict)
    read_otherwise: list[Correction] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether a row was (or would be) written."""
        return any(counts.added or counts.updated for counts in self.sheets.values())

    def total(self) -> Counts:
        """The sums over all sheets."""
        sums: Counter[str] = Counter()
        for counts in self.sheets.values():
            sums.update({"added": counts.added, "unchanged": counts.unchanged, "updated": counts.updated})
        return Counts(sums["added"], sums["unchanged"], sums["updated"])
