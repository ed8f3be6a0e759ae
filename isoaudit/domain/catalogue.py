"""The province's catalogue of administrative procedures (TTHC), its words and its pure rules: who settles a procedure,
what a publication decision means for a unit, and whether the unit then has to review the scope that it declared.

That is not yet "cần công bố lại" (re-declaration due, RULES §3), which rests on the unit's own number of TTHC covered
or on a merger, and is `declaration.redeclaration_due`: a decision says what changes, the unit's figures whether its
scope did.

Rows and their history are elsewhere (`db.catalogue`, `services.catalogue`); counts of TTHC that units state themselves
are in `procedure_counts`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.vocabulary import Word


class ProcedureLevel(Word):
    """The level of government that settles a procedure."""

    PROVINCE = "province", "cấp tỉnh", "province"
    DISTRICT = "district", "cấp huyện", "district"
    COMMUNE = "commune", "cấp xã", "commune"


class ProcedureLink(Word):
    """Whether a procedure passes through several bodies (CONTRACT §3, sheet `procedures`)."""

    NOT_LINKED = "not_linked", "không liên thông", "not linked"
    SAME_LEVEL = "linked_same_level", "liên thông cùng cấp", "linked at the same level"
    BETWEEN_LEVELS = "linked_between_levels", "liên thông các cấp", "linked between levels"


class OnlineLevel(Word):
    """How far a procedure can be settled online (FACTS §2)."""

    FULL = "full", "toàn trình", "fully online"
    PARTIAL = "partial", "một phần", "partly online"
    INFORMATION = "information", "cung cấp thông tin", "information only"


class CatalogueChange(Word):
    """What a publication decision does to a procedure."""

    ADDED = "added", "mới ban hành", "added"
    CHANGED = "changed", "sửa đổi, bổ sung", "changed"
    ABOLISHED = "abolished", "bãi bỏ", "abolished"


class Redeclaration(Word):
    """What a publication asks of a unit's declaration of conformity."""

    REVIEW = "review", "phải rà soát phạm vi công bố", "to review the declared scope"
    TO_CHECK = "to_check", "phải đối chiếu TTHC bãi bỏ với phần đã công bố", "to check the scope for abolished ones"
    WHEN_BUILT = "when_built", "rà soát phạm vi khi xong quy trình mới", "to review once procedures are built"
    DONE = "done", "đã công bố lại", "declared again"
    NOT_ASKED = "not_asked", "không phải rà soát", "no review asked"
    NOT_DECLARED = "not_declared", "chưa công bố", "not declared yet"


@dataclass(frozen=True, slots=True)
class Competence:
    """Who settles a procedure: kinds of units, and single units by the key of their row in the register."""

    kinds: frozenset[str]
    unit_ids: frozenset[int]

    def takes_in(self, kind: str, rows: Collection[int]) -> bool:
        """Whether a unit of that kind settles it; `rows` are the register's rows that are this one unit."""
        return kind in self.kinds or not self.unit_ids.isdisjoint(rows)


def change_for(
    before: Competence | None, after: Competence | None, kind: str, rows: Collection[int]
) -> CatalogueChange | None:
    """What one item of a publication means for one unit; None when it does not concern it.

    A procedure that passes from one body to another is abolished for the first and added for the second.
    """
    had = before is not None and before.takes_in(kind, rows)
    has = after is not None and after.takes_in(kind, rows)
    if had and has:
        return CatalogueChange.CHANGED
    if had:
        return CatalogueChange.ABOLISHED
    return CatalogueChange.ADDED if has else None


@dataclass(frozen=True, slots=True)
class Scope:
    """The last declaration of a unit that still stands: its day, and how many TTHC of how many it covers."""

    on: date
    covered: int | None
    total: int | None

    @property
    def whole(self) -> bool:
        """Whether it covers every procedure of the unit, so that each one abolished was among them."""
        return self.covered is not None and self.covered == self.total


def redeclaration(
    changes: Iterable[tuple[CatalogueChange, date | None]], effective_on: date, declared: Scope | None
) -> Redeclaration:
    """Whether a unit has to review its declared scope because of a publication, as the TTHC covered may now differ from
    it (RULES §3); `changes` are what it means for the unit, each with the day on which the unit was done with it.

    A procedure whose content changes leaves the scope as it is. One abolished narrows it on the effective day, when it
    was covered: certain for a declaration of all TTHC, to be checked for one of a part. One added widens it on the day
    on which the unit has its own procedure for it. A declaration of that day or later takes it into account.
    """
    listed = list(changes)
    narrowed = any(change is CatalogueChange.ABOLISHED for change, _done in listed)
    built = [done for change, done in listed if change is CatalogueChange.ADDED and done is not None]
    to_build = any(change is CatalogueChange.ADDED and done is None for change, done in listed)
    if not (narrowed or built or to_build):
        return Redeclaration.NOT_ASKED
    if declared is None:
        return Redeclaration.NOT_DECLARED
    if any(done > declared.on for done in built):
        return Redeclaration.REVIEW
    if narrowed and effective_on > declared.on:
        return Redeclaration.REVIEW if declared.whole else Redeclaration.TO_CHECK
    return Redeclaration.WHEN_BUILT if to_build else Redeclaration.DONE
