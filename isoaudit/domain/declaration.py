"""Declarations of conformity: the current edition of a unit, and whether it has to declare again (RULES §3).

All functions take one unit's declarations up to the day in question, in order (`Ledger.declarations`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.facts import Declaration, Procedures, Succession
from isoaudit.domain.ledger import by_day
from isoaudit.domain.standard import Standard
from isoaudit.domain.vocabulary import DeclarationKind

_WITHDRAW = DeclarationKind.WITHDRAW


def declares(declaration: Declaration) -> bool:
    """Whether it declares an edition, for the first time or again, rather than withdrawing one."""
    return declaration.kind is not _WITHDRAW


def current_edition(declarations: Sequence[Declaration]) -> str | None:
    """The edition that stands after these declarations.

    Declaring sets it; withdrawing clears it when it names the current one and changes nothing otherwise.
    """
    current: str | None = None
    for each in declarations:
        if declares(each):
            current = each.edition
        elif each.edition == current:
            current = None
    return current


def up_to(declarations: Sequence[Declaration], day: date) -> Sequence[Declaration]:
    """Those of the declarations that were made by that day."""
    if not declarations or declarations[-1].on <= day:
        return declarations
    return [each for each in declarations if each.on <= day]


def last_declared(declarations: Sequence[Declaration]) -> Declaration | None:
    """The last declaration that was not a withdrawal."""
    return next((each for each in reversed(declarations) if declares(each)), None)


def has_declared(declarations: Iterable[Declaration], edition: str) -> bool:
    """Whether this very edition was ever declared."""
    return any(declares(each) and each.edition == edition for each in declarations)


def redeclaration_due(
    declarations: Sequence[Declaration], procedures: Procedures | None, received: Iterable[Succession]
) -> bool:
    """Whether the unit has to declare again.

    True when the TTHC covered (the latest `procedures` known) differ from the scope last declared, or when
    the unit took another over after the day of its last declaration.

    (reading: only a declaration that still stands can be due again; a receiver that never declared is due when
    its status is `to_redeclare`, which the roll-up adds (RULES §2). Scope means the number covered; it is compared
    where both numbers are known. A declaration of the very day of a merger takes the merger into account.)
    """
    last = last_declared(declarations)
    if last is None:
        return False
    outgrown = procedures is not None and last.covered is not None and procedures.covered != last.covered
    if outgrown or any(each.on > last.on for each in received):
        return current_edition(declarations) is not None
    return False


@dataclass(frozen=True, slots=True)
class OlderThanCurrent:
    """A declaration that is refused: its edition is older than the one current at that point."""

    declaration: Declaration
    current: str


def refused(declarations: Iterable[Declaration], editions: Mapping[str, Standard]) -> tuple[OlderThanCurrent, ...]:
    """The declarations of a unit that declare an older edition than the current one, which is refused.

    Give the whole history with the new ones in it: one entered late can make a later one wrong.
    """
    found = []
    current: str | None = None
    for each in sorted(declarations, key=by_day):
        if not declares(each):
            current = None if each.edition == current else current
        elif current is not None and editions[each.edition].order < editions[current].order:
            found.append(OlderThanCurrent(each, current))
        else:
            current = each.edition
    return tuple(found)
