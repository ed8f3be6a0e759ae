"""What an import finds wrong, and what it can understand only with a person's word. Bounded: a file may have a million
errors.

A refusal names sheet, row, column, value and what is expected; which kinds of reading there are, and why some are not
asked about, is in `domain.corrections`.
"""

from collections import Counter
from collections.abc import Collection

from isoaudit.domain.corrections import Correction, CorrectionKind
from isoaudit.domain.errors import Conflict, Invalid, Refusal, Refusals
from isoaudit.schemas.workbook import SHEETS

MOST_KEPT = 20_000
"""So many refusals, and so many corrections, are kept to be told one by one; the rest is counted."""
MOST_TOLD = 200
"""So many refusals a command tells."""
_PLACES = {name: place for place, name in enumerate(SHEETS)}


class Problems:
    """The refusals and corrections of one import. `accepted` are the kinds of reading that a person agreed to."""

    def __init__(self, accepted: Collection[CorrectionKind] = ()) -> None:
        self.accepted = frozenset(accepted) | {CorrectionKind.SPELLING}
        self.kept: list[Refusal] = []
        self.total = 0
        self.corrections: list[Correction] = []
        self.offered: Counter[CorrectionKind] = Counter()

    def __bool__(self) -> bool:
        return self.total > 0

    def append(self, refusal: Refusal) -> None:
        """One more refusal."""
        self.total += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(refusal)

    def suggest(self, correction: Correction) -> bool:
        """A cell that is right as it stands but probably means something else: whether the reading is to be used."""
        self.offered[correction.kind] += 1
        if len(self.corrections) < MOST_KEPT:
            self.corrections.append(correction)
        return correction.kind in self.accepted

    def offer(self, correction: Correction) -> None:
        """A cell that is wrong but can be understood: a refusal, unless the reading was agreed to. The reading is used
        either way, so that one slip is told once."""
        if self.suggest(correction):
            return
        self.append(
            Invalid(
                "importing.offered",
                sheet=correction.sheet,
                row=correction.row,
                column=correction.column,
                value=correction.written,
                read=correction.read,
                kind=correction.kind.vi,
                kind_en=correction.kind.en,
            )
        )

    def in_order(self) -> list[Refusal]:
        """The refusals that were kept, by sheet and row."""
        return sorted(self.kept, key=lambda each: (_PLACES[str(each.details["sheet"])], each.details["row"]))

    def read_in_order(self) -> list[Correction]:
        """The corrections that were kept, by sheet and row."""
        return sorted(self.corrections, key=lambda each: (_PLACES[each.sheet], each.row))

    def raise_any(self) -> None:
        """Raises `Refusals`, with no more of them than a person reads, when there is one."""
        if not self.total:
            return
        told = self.in_order()[:MOST_TOLD]
        if self.total > len(told):
            told.append(Invalid("importing.more", count=self.total - len(told)))
        raise Refusals(told)


class Settled:
    """For going through rows again that were checked before: there is nothing left to tell."""

    def append(self, refusal: Refusal) -> None:
        """A row that was right is wrong now: the file is another one."""
        raise Conflict("importing.file_changed", value=refusal.details.get("sheet", ""))

    def offer(self, _correction: Correction) -> None:
        """It was agreed to before."""
