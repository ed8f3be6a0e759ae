"""`make bench`: how fast it is, as ratios to floors measured in the same run on the same databases (issue, section 9).

Every module beside this one that has `measure(places) -> list[Line]` is one area; adding a module adds an area.
Nothing here is asserted in a test: speed depends on the machine, ratios less so.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing. Times in seconds (medians); `target` is the most it may take.

    With a `floor`, `target` is a ratio to it, otherwise seconds.
    """

    what: str
    measured: float
    target: float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes."""
        return None if not self.floor else self.measured / self.floor

    @property
    def held(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return (self.measured if self.ratio is None else self.ratio) <= self.target


def median(call: Callable[[], object], times: int = 9, warm: int = 1) -> float:
    """The median time of a call in seconds, after `warm` calls that are not counted."""
    for _ in range(warm):
        call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
