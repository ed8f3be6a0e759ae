"""Rows of the file against rows that stand: what is new, what is the same, what differs (CONTRACT §3).

A key that stands with other content is refused unless corrections are allowed. A row that was voided on purpose is
such other content too: an old file must not bring it back unasked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from isoaudit.db import Base
from isoaudit.domain.errors import Invalid
from isoaudit.domain.fields import shown
from isoaudit.schemas.workbooktable import column_names, in_words
from isoaudit.services.importing.job import Held, Job, Show, told, written
from isoaudit.services.importing.listing import Line
from isoaudit.services.importing.report import Action

_COLUMN_OF = {"unit_id": "unit", "document_id": "document", "parent_id": "parent", "province_id": "province"}
_COLUMN_OF |= {"predecessor_id": "predecessor", "successor_id": "successor", "programme_id": "programme_year"}
_COLUMN_OF |= {"checklist_version_id": "version"}


@dataclass(slots=True)
class Draft:
    """A row of the file in the columns of the database; references are `Held`."""

    row: int
    values: dict[str, Any]
    held: Held


@dataclass(slots=True)
class Change:
    """What becomes of a draft. `differs` holds the columns that change, `restored` that it had been voided."""

    draft: Draft
    action: Action
    differs: dict[str, Any] = field(default_factory=dict)
    restored: bool = False
    standing: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The table behind a sheet: the columns of its key, and those that count only where the file fills them, and
    those that follow from others."""

    sheet: str
    model: type[Base]
    key: tuple[str, ...]
    soft: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()

    def column(self, name: str) -> str:
        """A column of the table as the file names it."""
        return column_names(self.sheet).get(name) or _COLUMN_OF.get(name, name)


def identity(value: Any) -> Any:
    """A value as part of a key: rows that do not stand yet are only themselves."""
    key = written(value)
    return value if key is None and isinstance(value, Held) else key


def plain(_column: str, value: Any) -> str:
    """How a message shows a value that stands."""
    return told(value)


def stored(session: Session, query: Select[Any]) -> list[dict[str, Any]]:
    """The rows of a query as plain dicts."""
    found = session.execute(query)
    names = list(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def compare(
    job: Job, target: Target, drafts: Sequence[Draft], standing: Iterable[Mapping[str, Any]], show: Show = plain
) -> list[Change]:
    """What becomes of each draft. Refuses keys that the file gives twice, and other content without `update`."""
    stands: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in standing:
        key = tuple(row[column] for column in target.key)
        if key not in stands or stands[key].get("voided_at") is not None or row.get("voided_at") is None:
            stands[key] = row
    seen: dict[tuple[Any, ...], int] = {}
    changes = []
    for draft in drafts:
        key = tuple(identity(draft.values[column]) for column in target.key)
        if key in seen:
            refuse_twice(job, target, draft, seen[key])
            continue
        seen[key] = draft.row
        found = stands.get(key)
        if found is None:
            changes.append(Change(draft, "added"))
            continue
        if draft.held.id is None:
            draft.held.id = found.get("id")
        changes.append(against(job, target, draft, found, show))
    counts = job.report.sheets[target.sheet]
    for change in changes:
        counts.count(change.action)
        if change.action == "added":
            list_added(job, target, change.draft)
    return changes


def list_added(job: Job, target: Target, draft: Draft) -> None:
    """A new row, for those who look before they write."""
    if job.listing.wants_added(target.sheet):
        cells = tuple(
            (target.column(name), "", _told(value))
            for name, value in draft.values.items()
            if name not in target.derived and name not in target.key and value is not None
        )
        job.listing.add(Line(target.sheet, draft.row, _key(target, draft), cells))


def against(job: Job, target: Target, draft: Draft, found: Mapping[str, Any], show: Show = plain) -> Change:
    """What becomes of a draft whose key stands. Refuses other content without `update`."""
    differs = {
        column: value
        for column, value in draft.values.items()
        if column not in target.key
        and identity(value) != found[column]
        and not (column in target.soft and value is None)
    }
    if differs.keys() <= set(target.derived):
        differs = {}
    restored = found.get("voided_at") is not None
    if not differs and not restored:
        return Change(draft, "unchanged", standing=found)
    told = [column for column in differs if column not in target.derived]
    cells = tuple((target.column(name), show(name, found[name]), _told(differs[name])) for name in told)
    line = Line(target.sheet, draft.row, _key(target, draft), cells)
    where = {"sheet": target.sheet, "row": draft.row, "key": line.key}
    if job.update:
        job.listing.update(line)
    elif restored:
        job.problems.append(Invalid("importing.voided", **where, reason=shown(found.get("void_reason") or "")))
    else:
        names = ", ".join(name for name, _stands, _value in cells)
        vi, en = (_both(target, cells, language) for language in ("vi", "en"))
        told_so = {"column": names, "stands": vi[0], "value": vi[1], "stands_en": en[0], "value_en": en[1]}
        job.problems.append(Invalid("importing.differs", **where, **told_so))
    return Change(draft, "updated", differs, restored, found)


def _both(target: Target, cells: Iterable[tuple[str, str, str]], language: str) -> tuple[str, str]:
    """What stands, and what the file says, in words."""
    worded = [[in_words(target.sheet, cell[0], text, language) for text in cell[1:]] for cell in cells]
    return " | ".join(each[0] for each in worded), " | ".join(each[1] for each in worded)


def refuse_twice(job: Job, target: Target, draft: Draft, first: int) -> None:
    """A key that stands already in row `first` of the file."""
    columns = ", ".join(target.column(column) for column in target.key)
    job.problems.append(
        Invalid(
            "importing.key_twice",
            sheet=target.sheet,
            row=draft.row,
            column=columns,
            value=_key(target, draft),
            first=first,
        )
    )


def _key(target: Target, draft: Draft) -> str:
    return " | ".join(_told(draft.values[column]) for column in target.key if column != "province_id")


def _told(value: Any) -> str:
    return told(value.label if isinstance(value, Held) else value)
