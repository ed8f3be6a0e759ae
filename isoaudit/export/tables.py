"""The grammar of what is drawn: sheets (or sections of a paper) of tables, whose cells know where their figures
come from.

A writer that can calculate (xlsx) turns `Counted`, `Total`, `Percent` … into formulas over the cells they name; one
that cannot prints their value. What stands in which table is decided in `sections`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from isoaudit.domain.numbers import percent


class Kind(StrEnum):
    """How the cells of a column look."""

    TEXT = "text"
    CENTRE = "centre"
    COUNT = "count"
    DATE = "date"
    PERCENT = "percent"
    SCORE = "score"
    POINTS = "points"
    """A difference of percentages, with its sign."""
    HEAT = "heat"
    """A score on a ground of one of four colours; the number itself is always there."""


class Style(StrEnum):
    """What a row is."""

    BODY = "body"
    SUB = "sub"
    """A part of the line above it: no total adds it."""
    GROUP = "group"
    """A heading inside the table: only its first text counts."""
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it in formulas, `width` is in characters; neighbours with one `group` share a heading."""

    key: str
    title: str
    width: float
    kind: Kind = Kind.TEXT
    group: str = ""


Sign = Literal["=", "<>", "<", "<=", ">", ">="]
"""How a cell stands to the value of a condition."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a column of the table that is counted. None and "" mean empty; only days are before or after one
    another."""

    key: str
    value: str | date | None
    sign: Sign = "="


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of rows of the table `over` on which every condition holds."""

    value: int
    where: tuple[Where, ...]
    over: str = "units"


@dataclass(frozen=True, slots=True)
class Summed:
    """The sum of a column of the table `over`, where every condition holds."""

    value: int
    column: str
    where: tuple[Where, ...]
    over: str = "units"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the body rows of this column, in this table. `rows`: the same figure, told by the rows of a list."""

    value: int
    rows: Counted | Summed | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The sum of cells of the same row, less those of `minus`. `rows`: the same figure, told by the rows of a list."""

    value: int
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    rows: Counted | Summed | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """ "43/45", from two cells of the same row; "–" when the whole is 0."""

    part: int
    whole: int
    part_key: str
    whole_key: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage of two cells of the same row, rounded by RULES §9; "–" when the whole is 0."""

    part: int
    whole: int
    part_key: str
    whole_key: str

    def rounded(self, decimals: int) -> Fraction | None:
        """The percentage as printed."""
        return percent(self.part, self.whole, decimals)


@dataclass(frozen=True, slots=True)
class Difference:
    """A percentage less another one of the same row, in points, as both are printed; "–" when one of them is none."""

    now: Percent
    before: Percent
    now_key: str
    before_key: str

    def rounded(self, decimals: int) -> Fraction | None:
        """The points as printed."""
        now, before = self.now.rounded(decimals), self.before.rounded(decimals)
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Spread:
    """The least ("min") or the median of part/whole over the rows of a table where `where` holds, in percent.

    `value` is exact (0 to 1), None when there is no such row.
    """

    value: Fraction | None
    what: str
    part_key: str
    whole_key: str
    where: Where
    over: str

    def rounded(self, decimals: int) -> Fraction | None:
        """The percentage as printed."""
        return None if self.value is None else percent(self.value, 1, decimals)


Cell = str | int | float | date | None | Counted | Summed | Total | Added | Share | Percent | Difference | Spread


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; missing ones at the end are empty."""

    cells: tuple[Cell, ...]
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `printed` is the number of columns on paper (0: all); the others only serve formulas and filters.

    `notes` stand below it. `filtered`: people filter it on screen. `headless`: it goes on under the titles of the
    table above, whose columns it has.
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    printed: int = 0
    notes: tuple[str, ...] = ()
    filtered: bool = False
    headless: bool = False

    @property
    def on_paper(self) -> int:
        """How many columns are printed."""
        return self.printed or len(self.columns)


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart: one group of bars for each body row of a table, one bar for each of its columns `values`.

    `stacked` bars show parts of a whole; `beside` its table there is room for it, otherwise it stands below all.
    """

    title: str
    table: str
    names: str
    values: tuple[str, ...]
    stacked: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook, or a section of the annex. `frozen` columns stay in view; `repeat` names the table
    whose head is repeated on every page and stays in view.
    """

    name: str
    title: str
    tables: tuple[Table, ...]
    subtitle: str = ""
    charts: tuple[Bars, ...] = ()
    frozen: int = 0
    repeat: str = ""
    first: bool = False
