"""Money of a programme year in whole đồng: what must hold for one line, sums over lines, plan against actual."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.numbers import thousands

LARGEST = 10**13
"""Ten thousand billion: what is above was typed with a wrong number of zeros."""
_TYPED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)\s*(?:đ|đồng|vnđ|vnd)?", re.IGNORECASE)

Line = TypeVar("Line")


def typed(text: str) -> int | None:
    """The amount typed: "12500000", "12.500.000", "12 500 000 đồng"; None when it is none of these."""
    match = _TYPED.fullmatch(" ".join(text.split()))
    return int(re.sub(r"\D", "", match[1])) if match else None


def dong(amount: int | None) -> str:
    """An amount as printed, with dots between thousands: "12.500.000"; "–" for none, and a minus in front of less."""
    if amount is None:
        return "–"
    return f"-{thousands(-amount)}" if amount < 0 else thousands(amount)


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts of several lines; what was not stated counts as nothing."""

    lines: int = 0
    estimate: int = 0
    spent: int = 0
    settled: int = 0

    @property
    def left(self) -> int:
        """Of the estimate what is not spent; less than nothing when more was spent."""
        return self.estimate - self.spent

    def plus(self, estimate: int, spent: int | None, settled: int | None) -> "Sums":
        """With one more line."""
        return Sums(self.lines + 1, self.estimate + estimate, self.spent + (spent or 0), self.settled + (settled or 0))


def total(lines: Iterable[Any]) -> Sums:
    """The sums of lines that have `estimate`, `spent`, `settled`."""
    sums = Sums()
    for line in lines:
        sums = sums.plus(line.estimate, line.spent, line.settled)
    return sums


Group = TypeVar("Group", bound=Hashable)


def by(lines: Iterable[Line], group: Callable[[Line], Group]) -> dict[Group, Sums]:
    """The sums of each group, in the order in which groups appear; together they are the total."""
    gathered: dict[Group, list[Line]] = {}
    for line in lines:
        gathered.setdefault(group(line), []).append(line)
    return {key: total(found) for key, found in gathered.items()}


def wrong(values: Mapping[str, Any], today: date) -> Iterator[Invalid]:
    """What a line cannot be: of nobody or of two, without purpose or source, amounts that are too large or of nothing,
    more settled than spent, an amount without its day or a day without its amount, days out of order."""
    if (values.get("unit_id") is None) == (not values.get("team")):
        yield Invalid("money.owner", field="unit")
    for name in ("purpose", "source"):
        if not values.get(name):
            yield Invalid("money.text_missing", field=name)
    estimate, spent, settled = (values.get(name) for name in ("estimate", "spent", "settled"))
    for name in ("estimate", "spent", "settled"):
        if (values.get(name) or 0) > LARGEST:
            yield Invalid("money.too_large", field=name, value=dong(values[name]), most=dong(LARGEST))
    if estimate is None:
        yield Invalid("money.estimate_missing", field="estimate")
    elif not estimate and not spent:
        yield Invalid("money.nothing", field="estimate")
    if settled is not None and settled > (spent or 0):
        yield Invalid("money.settled_above_spent", field="settled", settled=dong(settled), spent=dong(spent or 0))
    for name in ("spent", "settled"):
        day = values.get(f"{name}_on")
        if (values.get(name) is None) is not (day is None):
            yield Invalid("money.day_and_amount", field=f"{name}_on")
        elif day is not None and day > today:
            yield Invalid("fact.in_future", field=f"{name}_on", day=short_date(day))
        elif day is not None and not values["year"] - 1 <= day.year <= values["year"] + 2:
            yield Invalid("money.day_far", field=f"{name}_on", day=short_date(day), year=values["year"])
    first, last = values.get("spent_on"), values.get("settled_on")
    if first is not None and last is not None and last < first:
        yield Invalid("money.settled_before_spent", field="settled_on", day=short_date(last), spent=short_date(first))
