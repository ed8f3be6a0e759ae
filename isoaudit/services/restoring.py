"""`isoaudit restore`: a backup into an empty instance. Every digest is checked before anything is written; then all of
it is there, or nothing. What a backup holds is told in `backup`.

Decision: tablets bring what they had sent since the backup by themselves, and are judged by the usual rules. A value
typed on revision 5 may then meet a 5 that was given anew, to a value that somebody entered after the restore: it
counts as typed on that one and stands; the other is in the history. An epoch given at each restore and sent along
with packages could tell that the number is of before, but not whose value it was: all that comes back is of before,
and nearly all of it meets the very value on which it was typed, so every target that two devices wrote since the
backup would become a conflict to be settled by hand. Only an operation that names the operation it was typed on would
tell the two apart, and those of CONTRACT §5 name a number. So the command says what keeps numbers from being given
anew: let tablets sync before anybody goes on.
"""

import base64
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Date, Engine, Enum, LargeBinary, Table, bindparam, func, insert, select, text

from isoaudit import migrations
from isoaudit.db import Base, Instant
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.services import recovery_key, vault
from isoaudit.services.backup import FORMAT, KEY, MANIFEST, tables

_ROWS, _PIECE = 500, 1024 * 1024


def restore(engine: Engine, instance: Path, evidence: Path, source: Path) -> dict[str, Any]:
    """Bring the backup `source` into the empty database and folder; an empty database is migrated first.

    Returns the backup's manifest. Raises Invalid (unreadable, changed, other migration), Conflict (not empty).
    """
    try:
        with zipfile.ZipFile(source) as opened:
            about = _checked(opened, source.name)
            _require_empty(engine, evidence)
            with engine.connect() as connection:
                fresh = migrations.current(connection) is None
            if fresh:
                migrations.upgrade(engine)
            written = _files(opened, about, evidence)
            try:
                with engine.begin() as connection:
                    for table in tables():
                        _table(connection, opened, table)
                    if engine.dialect.name == "postgresql":
                        _sequences(connection)
                    _key(instance / KEY, opened.read(KEY))
                    if "recovery_key" in about:
                        _key(instance / recovery_key.FILE, opened.read(recovery_key.FILE))
            except BaseException:
                for path in written:
                    path.unlink(missing_ok=True)
                raise
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Invalid("backup.unreadable", name=source.name, reason=str(error) or type(error).__name__) from error
    return about


def _checked(opened: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """The manifest, after every part of the file has been compared with it."""
    about: dict[str, Any] = json.loads(opened.read(MANIFEST))
    if about.get("format") != FORMAT:
        raise ValueError(f"format {about.get('format')}")
    if about["migration"] != migrations.newest():
        raise Invalid("backup.migration", name=name, theirs=about["migration"], ours=migrations.newest())
    wanted = {f"tables/{table}.jsonl": entry["sha256"] for table, entry in about["tables"].items()}
    wanted |= {f"evidence/{sha256}": sha256 for sha256 in about["files"]} | {KEY: about["account_key"]}
    there = set(opened.namelist()) - {MANIFEST}
    if "recovery_key" in about:
        wanted[recovery_key.FILE] = about["recovery_key"]
    for part in sorted(there ^ wanted.keys()):
        raise Invalid("backup.changed", name=name, part=part)
    if about["tables"].keys() != {table.name for table in tables()}:
        raise ValueError("tables")
    for part, digest in wanted.items():
        with opened.open(part) as stream:
            if _digest(stream) != digest:
                raise Invalid("backup.changed", name=name, part=part)
    return about


def _digest(stream: IO[bytes]) -> str:
    made = hashlib.sha256()
    while piece := stream.read(_PIECE):
        made.update(piece)
    return made.hexdigest()


def _require_empty(engine: Engine, evidence: Path) -> None:
    with engine.connect() as connection:
        at = migrations.current(connection)
        if at is not None and at != migrations.newest():
            raise Conflict("backup.target_behind", at=at)
        if at is not None:
            for table in tables():
                if connection.execute(select(1).select_from(table).limit(1)).first():
                    raise Conflict("backup.not_empty", table=table.name)
    if any(evidence.glob("??/*")):
        raise Conflict("backup.files_there", folder=str(evidence))


def _files(opened: zipfile.ZipFile, about: dict[str, Any], evidence: Path) -> list[Path]:
    written = []
    for sha256 in about["files"]:
        target = vault.path(evidence, sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with opened.open(f"evidence/{sha256}") as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out, _PIECE)
        written.append(target)
    return written


def _table(connection: Connection, opened: zipfile.ZipFile, table: Table) -> None:
    """Insert a table's rows, in the order of their keys. A column that points into its own table at a row that is not
    there yet is filled in at the end; a row that must not be changed once it stands points at an earlier one."""
    own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    keys = list(table.primary_key.columns)
    later: list[dict[str, Any]] = []
    with opened.open(f"tables/{table.name}.jsonl") as stream:
        for rows in _batches(stream, table):
            for row in rows:
                if any(row[column.name] is not None and not _earlier(row, column.name, keys) for column in own):
                    later.append(
                        {f"k_{key.name}": row[key.name] for key in keys} | {f"v_{c.name}": row[c.name] for c in own}
                    )
                    row.update(dict.fromkeys((column.name for column in own), None))
            connection.execute(insert(table), rows)
    if later:
        found = [key == bindparam(f"k_{key.name}") for key in keys]
        values: dict[str, Any] = {column.name: bindparam(f"v_{column.name}") for column in own}
        connection.execute(table.update().where(*found).values(values), later)


def _earlier(row: dict[str, Any], name: str, keys: list[Any]) -> bool:
    """Whether the row that this one points at has been inserted: rows come in the order of their keys."""
    return len(keys) == 1 and row[name] < row[keys[0].name]


def _batches(stream: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in stream:
        values = json.loads(line)
        rows.append({column.name: _value(column.type, values[column.name]) for column in table.columns})
        if len(rows) == _ROWS:
            yield rows
            rows = []
    if rows:
        yield rows


def _value(kind: Any, value: Any) -> Any:
    """A column's value from its JSON."""
    if value is None:
        return None
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return kind.enum_class(value) if isinstance(kind, Enum) and kind.enum_class else value


def _sequences(connection: Connection) -> None:
    """PostgreSQL counts on from the greatest key that was restored."""
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            name = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            greatest = connection.scalar(select(func.max(column))) if name else None
            if greatest is not None:
                connection.execute(text("SELECT setval(:name, :greatest)"), {"name": name, "greatest": greatest})


def _key(file: Path, content: bytes) -> None:
    """A key of the backup takes the place of one made for the empty instance."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    draft.replace(file)
