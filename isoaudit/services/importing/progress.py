"""How far an import has come: told now and then to whoever shows it, at little cost."""

from collections.abc import Callable
from typing import Literal

Stage = Literal["reading", "checking", "writing", "finishing"]
Tell = Callable[[Stage, int, int], None]
_STEP = 5_000


class Progress:
    """Rows done of a stage. `tell(stage, done, total)` is called at the beginning of a stage and every few thousand
    rows."""

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell
        self._stage: Stage = "reading"
        self._done = self._total = self._next = 0

    def begin(self, stage: Stage, total: int = 0) -> None:
        """A stage begins."""
        self._stage, self._done, self._total, self._next = stage, 0, total, _STEP
        if self._tell:
            self._tell(stage, 0, total)

    def step(self, rows: int) -> None:
        """So many more rows are done."""
        self._done += rows
        if self._tell and self._done >= self._next:
            self._next = self._done + _STEP
            self._tell(self._stage, min(self._done, self._total), self._total)
