"""Heat maps: tables whose cells carry their number and a shade, so that they need no picture beside them.

The shades are classes of committee.css, the tables belong to their pages.
"""

from collections.abc import Sequence


def shade(value: float | None, steps: Sequence[float]) -> str:
    """The class of a heat map's cell: "h0" below the first step, one more from each step on; "" for no value."""
    return "" if value is None else f"h{sum(value >= step for step in steps)}"
