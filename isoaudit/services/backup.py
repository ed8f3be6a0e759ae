"""`isoaudit backup`: everything of an instance in one file, while it is being served, portable between SQLite and
PostgreSQL. Restoring is in `restoring`.

A zip: `manifest.json` (last), `tables/<name>.jsonl` (one row a line, of one consistent moment), `evidence/<sha256>`,
`account-key` (without it nobody's authenticator works) and `recovery-key.pem` (without it no forgotten PIN of a tablet
can be helped): the file is to be kept as carefully as a key.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, select

from isoaudit import __version__, migrations
from isoaudit.db import Base
from isoaudit.domain.errors import Conflict
from isoaudit.services import recovery_key as recovery_keys
from isoaudit.services.integrity import file_digest

FORMAT = 1
MANIFEST, KEY = "manifest.json", "account-key"
_ROWS, _PIECE = 1000, 1024 * 1024


@dataclass(slots=True)
class Made:
    """What a backup holds; `damaged` names files of the vault that are not what their digest says."""

    rows: int = 0
    files: int = 0
    damaged: list[str] = field(default_factory=list)


def tables() -> list[Table]:
    """Every table, each after those that it points to. Left out are rate counters, which mean nothing elsewhere, and
    grade sheets, which are made anew from the answers."""
    return [table for table in Base.metadata.sorted_tables if table.name not in ("rate_counter", "grade_sheet")]


def make(
    engine: Engine, evidence: Path, account_key: str, target: Path, *, now: datetime, recovery_key: bytes | None = None
) -> Made:
    """Write the backup to `target` (mode 0600), whole or not at all; an instance that no tablet has asked yet has no
    recovery key. Raises Conflict when the file exists."""
    if target.exists():
        raise Conflict("backup.exists", name=str(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
                made = _fill(opened, engine, evidence, account_key, recovery_key, now)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(draft, target)
        except FileExistsError:
            raise Conflict("backup.exists", name=str(target)) from None
    finally:
        draft.unlink(missing_ok=True)
    return made


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that reads the database as it is at one moment, while others write."""
    if engine.dialect.name == "sqlite":
        reading = engine.execution_options(isoaudit_reading=True)
    else:
        reading = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading.connect() as connection:
        yield connection


def plain(value: Any) -> Any:
    """A column's value as JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _fill(
    opened: zipfile.ZipFile,
    engine: Engine,
    evidence: Path,
    account_key: str,
    recovery_key: bytes | None,
    now: datetime,
) -> Made:
    made = Made()
    about: dict[str, Any] = {"tables": {}, "files": {}}
    with snapshot(engine) as connection:
        about["migration"] = migrations.current(connection)
        for table in tables():
            rows, digest = _table(opened, connection, table)
            about["tables"][table.name] = {"rows": rows, "sha256": digest}
            made.rows += rows
    for path in sorted(evidence.glob("??/*")):
        if len(path.name) != 64:
            continue  # a draft of an upload under way
        if file_digest(path) != path.name:
            made.damaged.append(path.name)
            continue
        info = zipfile.ZipInfo(f"evidence/{path.name}", (1980, 1, 1, 0, 0, 0))
        with path.open("rb") as source, opened.open(info, "w", force_zip64=True) as out:
            _copy(source, out)
        about["files"][path.name] = path.stat().st_size
        made.files += 1
    opened.writestr(KEY, account_key)
    if recovery_key is not None:
        opened.writestr(recovery_keys.FILE, recovery_key)
        about["recovery_key"] = hashlib.sha256(recovery_key).hexdigest()
    about |= {
        "format": FORMAT,
        "program": __version__,
        "made_at": now.isoformat(),
        "account_key": hashlib.sha256(account_key.encode()).hexdigest(),
    }
    opened.writestr(MANIFEST, json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True))
    return made


def _table(opened: zipfile.ZipFile, connection: Connection, table: Table) -> tuple[int, str]:
    """Write one table; its number of rows and the SHA-256 of its lines."""
    made, rows = hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS)
    with opened.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in connection.execute(query):
            values = {name: plain(value) for name, value in row._mapping.items()}
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            out.write(line)
            made.update(line)
            rows += 1
    return rows, made.hexdigest()


def _copy(source: IO[bytes], out: IO[bytes]) -> None:
    while piece := source.read(_PIECE):
        out.write(piece)
