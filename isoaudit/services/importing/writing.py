"""Writing what was planned: new rows in bulk with their first revision, corrections one by one (RULES §1).

Audits, answers and nonconformities have histories of their own and are written in `auditwriting`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, text

from isoaudit.db import Audit, Base, CriterionRow, Fact, FactRevision, Province, Succession, Unit
from isoaudit.services import revisions, settings
from isoaudit.services.importing.audits import HeldAudit
from isoaudit.services.importing.changes import Change
from isoaudit.services.importing.job import HeldUnit, Job, written

_AT_ONCE = 5_000


def table_of(model: type[Base]) -> Table:
    """The table of a row class."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def write_provinces(job: Job) -> None:
    """Make the rows of provinces that the file names for the first time."""
    for name, held in job.provinces.items():
        if held.id is None:
            held.id = settings.province(job.session, name).id


def write_units(job: Job, changes: list[Change]) -> None:
    """Units, those above before those below them."""
    waiting = [change for change in changes if change.action == "added"]
    while waiting:
        ready = [change for change in waiting if _parent_stands(change)]
        write_new(job, Unit, ready)
        done = {id(change) for change in ready}
        waiting = [change for change in waiting if id(change) not in done]
    write_corrections(job, Unit, changes)


def write(job: Job, model: type[Base], changes: list[Change]) -> None:
    """New rows and corrections of one table."""
    write_new(job, model, [change for change in changes if change.action == "added"])
    write_corrections(job, model, changes)


def write_new(job: Job, model: type[Base], changes: Sequence[Change]) -> None:
    """Insert rows in the order of the file (it is the order of entry), each with its first revision."""
    table = table_of(model)
    stamp: dict[str, Any] = {}
    if "example" in table.c:
        stamp["example"] = job.example
    if issubclass(model, Fact):
        stamp |= {"recorded_at": job.now, "recorded_by": job.by.user_id}
    for start in range(0, len(changes), _AT_ONCE):
        some = changes[start : start + _AT_ONCE]
        rows = [{name: written(value) for name, value in change.draft.values.items()} | stamp for change in some]
        ids = _keys(job, table, len(rows))
        insert_rows(job, model, [{"id": key, **row} for key, row in zip(ids, rows, strict=True)])
        for change, key in zip(some, ids, strict=True):
            change.draft.held.id = key
        _keep_first(job, model, rows, ids)


def _keys(job: Job, table: Table, count: int) -> Sequence[int]:
    """Keys for so many new rows, in order: it is the order of entry."""
    if job.session.get_bind().dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        return sorted(job.session.scalars(select(sequence).select_from(func.generate_series(1, count))))
    last = job.session.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + count)


def write_corrections(job: Job, model: type[Base], changes: Sequence[Change]) -> None:
    """Correct standing rows; what stood before stays as history."""
    for change in changes:
        if change.action != "updated" or change.standing is None:
            continue
        row = job.session.get_one(model, change.standing["id"])
        assert isinstance(row, Fact | Unit | Succession)
        if change.restored and isinstance(row, Fact):
            revisions.restore(job.session, row, by=job.by, now=job.now)
        values = {name: written(value) for name, value in change.differs.items()}
        if values and not isinstance(row, Fact) and not revisions.history(job.session, row):
            _keep_first(job, model, [dict(change.standing)], [row.id])
        revisions.correct(job.session, row, values, by=job.by, now=job.now, why=job.why)


def _parent_stands(change: Change) -> bool:
    unit = change.draft.held
    assert isinstance(unit, HeldUnit)
    return unit.parent is None or unit.parent.id is not None


def _keep_first(job: Job, model: type[Base], rows: list[dict[str, Any]], ids: Sequence[int]) -> None:
    entity = table_of(model).name
    insert_rows(
        job,
        FactRevision,
        [
            {
                "entity": entity,
                "entity_id": key,
                "revision": 1,
                "content": _content(model, row),
                "at": job.now,
                "by": job.by.user_id,
                "why": job.why,
                "example": row.get("example", job.example),
            }
            for row, key in zip(rows, ids, strict=True)
        ],
    )


def _content(model: type[Base], row: dict[str, Any]) -> dict[str, Any]:
    transient = model(**row)
    assert isinstance(transient, Fact | Unit | Succession)
    return revisions.content(transient)


def lock_home(job: Job) -> None:
    """One import at a time: keys that are compared must not be written by another one meanwhile."""
    home = settings.home(job.session)
    job.session.refresh(home, with_for_update=True)
    job.home.id = home.id


def refresh_statistics(job: Job) -> None:
    """Let PostgreSQL know how the tables that answers refer to have grown; otherwise it checks each of their keys by a
    plan made while those tables were empty (measured: 33 s instead of 9 s for 100,000 answers)."""
    if job.session.get_bind().dialect.name == "postgresql":
        for model in (Audit, CriterionRow, Province, Unit):
            job.session.execute(text(f"ANALYZE {table_of(model).name}"))


def audit_of(change: Change) -> HeldAudit:
    """The audit that a planned row is, or belongs to."""
    audit = change.draft.held
    assert isinstance(audit, HeldAudit)
    return audit


def insert_rows(job: Job, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows whose keys are known; all of them have the same columns."""
    if rows:
        names = tuple(rows[0])
        inserter = Inserter(job, model, names)
        for start in range(0, len(rows), _AT_ONCE):
            inserter.write([tuple(row[name] for name in names) for row in rows[start : start + _AT_ONCE]])


class Inserter:
    """Inserts rows of one table whose keys are known. PostgreSQL takes them as a stream (COPY), which is several times
    as quick. `same` are columns, after the named ones, that have one value in all rows of `write_ready`."""

    def __init__(
        self, job: Job, model: type[Base], names: Sequence[str], same: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        names = (*names, *same)
        table, self._connection = table_of(model), job.session.connection()
        dialect = self._connection.dialect
        quote = dialect.identifier_preparer.quote
        self._copies = dialect.name == "postgresql"
        kinds = [table.c[name].type.dialect_impl(dialect) for name in names]
        self._binders = dict(zip(names, (kind.bind_processor(dialect) for kind in kinds), strict=True))
        self._processors = [(place, bind) for place, bind in enumerate(self._binders.values()) if bind is not None]
        into = f"{quote(table.name)} ({', '.join(quote(name) for name in names)})"
        marks = ", ".join("?" for _ in names)
        self._same = tuple(self._ready(name, value) for name, value in same.items())
        self._end = "".join(f"\t{_copied(cell)}" for cell in self._same) + "\n"
        self._statement = f"COPY {into} FROM STDIN" if self._copies else f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608

    def write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert these rows, cells in the order of the names; values pass through the types of their columns as in any
        other statement."""
        if not rows:
            return
        if not self._copies:
            self._connection.exec_driver_sql(self._statement, [tuple(self._bound(row)) for row in rows])
            return
        with self._stream() as stream:
            for row in rows:
                stream.write_row(self._bound(row))

    def write_ready(self, rows: Sequence[tuple[int | str | None, ...]]) -> None:
        """Insert rows whose cells are numbers and text as the database takes them, at less cost."""
        if rows and self._copies:
            end = self._end
            lines = ["\t".join([_copied(cell) for cell in row]) + end for row in rows]
            with self._stream() as stream:
                stream.write("".join(lines))
        elif rows:
            self._connection.exec_driver_sql(self._statement, [row + self._same for row in rows])

    def _ready(self, name: str, value: Any) -> int | str | None:
        """A value of a column as `write_ready` takes it."""
        bind = self._binders[name]
        if bind is not None:
            value = bind(value)
        if isinstance(value, bool):
            return ("t" if value else "f") if self._copies else int(value)
        return value.isoformat() if isinstance(value, date) else value

    def _bound(self, row: tuple[Any, ...]) -> list[Any]:
        cells = list(row)
        for place, process in self._processors:
            cells[place] = process(cells[place])
        return cells

    @contextmanager
    def _stream(self) -> Iterator[Any]:
        raw = self._connection.connection.cursor()
        with raw.copy(self._statement) as stream:
            yield stream
        raw.close()


_ODD = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(cell: int | str | None) -> str:
    """A cell in the text form of COPY."""
    if cell is None:
        return "\\N"
    if cell.__class__ is int:
        return str(cell)
    assert isinstance(cell, str)
    return cell.translate(_ESCAPED) if _ODD.search(cell) else cell


def place_of(model: type[Base], values: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """The condition that finds the row or rows of one criterion of one audit."""
    table = table_of(model)
    return [table.c[name] == values[name] for name in ("province_id", "audit_id", "criterion_id")]


def numbers_of(job: Job, model: type[Base], changes: Sequence[Change]) -> dict[tuple[int, ...], int]:
    """The greatest `number` in the history of each standing row: province, audit and, where it has one, criterion."""
    audits = {(audit_of(change).province.id, audit_of(change).id) for change in changes}
    table = table_of(model)
    key = [column for column in table.primary_key if column.name != "number"]
    numbers: dict[tuple[int, ...], int] = {}
    for province, audit in sorted(audits, key=str):
        query = select(*key, func.max(table.c.number)).where(table.c.province_id == province, table.c.audit_id == audit)
        for row in job.session.execute(query.group_by(*key)):
            numbers[tuple(row[:-1])] = row[-1]
    return numbers
