"""Migration 0003 on a database in use: nothing that was there is lost, and it ends as the program's own tables."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from isoaudit import migrations
from isoaudit.db.engine import make_engine

DAY, HOUR = "2020-11-16", "2020-11-16 02:00:00+00:00"
SAID = {"number": 1, "device_id": "d", "op_id": "o1", "value": {"field": "remarks", "text": "Làm tốt"}}
AGAINST = {"number": 2, "device_id": "d", "op_id": "o2", "value": {"field": "remarks", "text": "Chưa tốt"}}
TEXTS = {"remarks": {"latest": 2, "standing": SAID, "contenders": [AGAINST]}}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database at migration 0002."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
        migrations.upgrade(engine, "0002")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgresql_url")
    server = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE at_0002"))
    engine = make_engine(url.replace("/postgres?", "/at_0002?"))
    migrations.upgrade(engine, "0002")
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE at_0002"))
    server.dispose()


def _put(connection: Connection, table: str, **given: Any) -> None:
    """A row as the tables of migration 0002 take it: what is not given is empty, 0 or "x"."""
    values = dict(given)
    for column in inspect(connection).get_columns(table):
        if column["name"] not in values and not column["nullable"] and column.get("default") is None:
            kind = str(column["type"]).upper()
            blank: object = "x"
            if kind.startswith(("INT", "BIGINT")):
                blank = 1 if column["name"].endswith("_id") else 0
            elif kind.startswith("BOOL"):
                blank = False
            elif kind.startswith(("DATETIME", "TIMESTAMP")):
                blank = HOUR
            elif kind.startswith("DATE"):
                blank = DAY
            elif kind.startswith("JSON"):
                blank = "{}"
            values[column["name"]] = blank
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def _fill(connection: Connection) -> None:
    _put(connection, "province", id=1)
    _put(connection, "user_account", id=1, username="head")
    _put(connection, "unit", id=1, kind="ward", valid_to=None)
    _put(connection, "checklist_version", id=1)
    _put(connection, "device", id="d", label="Máy 1", last_seq=2)
    shared = {"mode": "on_site", "purpose": "full", "created_by": 1}
    for number, texts in ((1, TEXTS), (2, {})):
        kept = json.dumps(texts)
        _put(connection, "audit", id=number, reference=f"KT-{number}", field_revisions=kept, state="minuted", **shared)
    for each in (SAID, AGAINST):
        number = each["number"]
        of = {"province_id": 1, "device_id": "d", "audit_id": 1, "kind": "field", "target": "@remarks", "by": 1}
        _put(connection, "operation", op_id=f"o{number}", seq=number, digest=str(number) * 64, **of)


def test_a_database_in_use_is_brought_up(old: Engine) -> None:
    with old.begin() as connection:
        _fill(connection)
    migrations.upgrade(old)
    with old.begin() as connection:
        assert migrations.differences(connection) == []
        assert connection.execute(text("SELECT reference, state FROM audit ORDER BY id")).all() == [
            ("KT-1", "minuted"),
            ("KT-2", "minuted"),
        ]
        (kept,) = connection.execute(text("SELECT * FROM entry")).all()
        value, contenders = (json.loads(each) if isinstance(each, str) else each for each in (kept[4], kept[5]))
        assert (kept.target, kept.revision, kept.by, kept.op_id) == ("remarks", 2, 1, "o1")
        assert value == {"text": "Làm tốt"}
        assert [(each["number"], each["value"], each["by"]) for each in contenders] == [(2, {"text": "Chưa tốt"}, 1)]
        first = hashlib.sha256(("1" * 64).encode()).hexdigest()
        chain = hashlib.sha256((first + "2" * 64).encode()).hexdigest()
        assert connection.execute(text("SELECT name, chain FROM device")).one() == ("Máy 1", chain)
        connection.execute(text("UPDATE audit SET state = 'signed' WHERE id = 2"))
    for refused in (
        "UPDATE audit SET state = 'unheard' WHERE id = 2",
        "INSERT INTO entry (province_id, audit_id, target, revision, contenders, at) VALUES (1, 9, 'x', 1, '[]', 'x')",
        "DELETE FROM operation",
        "DELETE FROM audit WHERE id = 1",
    ):
        with pytest.raises(DBAPIError), old.begin() as connection:
            connection.execute(text(refused))
