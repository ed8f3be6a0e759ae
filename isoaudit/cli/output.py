"""How commands print data: aligned tables for people, JSON for programs."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Cách in."
)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headings, columns aligned."""
    texts = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *texts, strict=True)]
    for row in (list(head), ["─" * width for width in widths], *texts):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def dump(value: object) -> None:
    """Print a value as JSON, dates as ISO text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
