"""Measures every area, or those named: `python -m tests.bench [area …]`. Prints a table; never fails for being slow."""

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

from tests import bench
from tests.bench import Line
from tests.bench.data import Places

HEAD = ("việc", "đo được", "mức sàn", "tỷ lệ", "đích", "đạt", "")


def areas() -> dict[str, str]:
    """The modules beside this one that measure something, by name."""
    names = (module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__")
    return {name: f"{bench.__name__}.{name}" for name in sorted(names)}


def cells(line: Line) -> tuple[str, ...]:
    """A line of the table."""
    target = ""
    if line.target is not None:
        target = f"≤ {line.target:g}×" if line.ratio is not None else f"≤ {told(line.target)}"
    held = {None: "", True: "có", False: "CHƯA"}[line.held]
    return (
        line.what,
        told(line.measured),
        "" if line.floor is None else told(line.floor),
        "" if line.ratio is None else f"{line.ratio:.2f}×",
        target,
        held,
        line.note,
    )


def told(seconds: float) -> str:
    """A time as people read it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def main(wanted: list[str]) -> None:
    """Measure and print."""
    known = areas()
    if unknown := set(wanted) - known.keys():
        sys.exit(f"không có phần đo: {', '.join(sorted(unknown))}; có: {', '.join(known)}")
    rows = [HEAD]
    with tempfile.TemporaryDirectory(prefix="isoaudit-bench-") as folder:
        places = Places(Path(folder))
        for name, module in known.items():
            measure = getattr(importlib.import_module(module), "measure", None)
            if measure is not None and (not wanted or name in wanted):
                rows += [cells(line) for line in measure(places)]
        places.close()
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
