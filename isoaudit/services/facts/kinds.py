"""What tells one kind of fact from another: its row, its day, its key, and the rules of its own.

The kinds themselves are in the modules beside this one (`declarations.KIND`, `milestones.KIND`, …); `table` lists them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import Fact, Unit
from isoaudit.domain.errors import Refusal

Values = Mapping[str, Any]
Check = Callable[[Session, Unit, Values | None, Fact | None], Iterable[Refusal]]


def nothing_more(_session: Session, _unit: Unit, _values: Values | None, _fact: Fact | None) -> Iterable[Refusal]:
    """The check of a kind without rules of its own."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. `name` is stable (the audit log uses it), `day` the attribute that holds its day, `key` what may
    stand only once for a unit (the key of CONTRACT §3), `happened` says that its day cannot lie in the future.

    `check(session, unit, values, fact)` gives what is wrong with the values (all of them, also in a correction; None
    when the fact is about to be voided); `fact` is the row that they replace, None for a new one.
    """

    name: str
    row: type[Fact]
    day: str
    key: tuple[str, ...]
    happened: bool = True
    check: Check = nothing_more
