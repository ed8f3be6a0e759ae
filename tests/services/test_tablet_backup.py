"""What tablets brought comes back from a backup, to the last row."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from isoaudit.config import Config, account_key
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.services import backup, integrity, restoring
from tests.conftest import NOW
from tests.services.tablet_visit import CODES, DOSSIER, Visit


def _rows(engine: Engine, name: str) -> list[dict[str, object]]:
    table = next(each for each in backup.tables() if each.name == name)
    with backup.snapshot(engine) as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [{key: backup.plain(value) for key, value in row._mapping.items()} for row in found]


def test_a_backup_holds_what_tablets_brought(
    session: Session, engine: Engine, config: Config, now: datetime, tmp_path: Path
) -> None:
    visit = Visit(session, now)
    visit.report(visit.b, drafts=1)
    visit.answered()
    visit.send(visit.a, visit.a.entry(DOSSIER, {"number": "01"}), visit.a.entry(DOSSIER, None), visit.a.remarks("Tốt"))
    visit.send(visit.b, visit.b.remarks("Chưa tốt"))
    visit.send(visit.a, visit.a.sign(visit.content()))
    visit.send(visit.b, visit.b.answer(CODES[0], grade="conformity", documents=["12/QĐ-UBND"]))
    session.commit()
    file, folder = tmp_path / "sao-luu.zip", tmp_path / "khác"
    backup.make(engine, config.evidence, account_key(config), file, now=NOW)
    folder.mkdir()
    there = Config(instance=folder, database_url=f"sqlite:///{folder / 'isoaudit.sqlite3'}")
    other = make_engine(there.database_url)
    restoring.restore(other, there.instance, there.evidence, file)
    for name in ("device", "audit_device", "entry", "signature", "operation", "answer", "answer_revision"):
        assert _rows(other, name) == _rows(engine, name) != []
    with Sessions(other).reading() as reading:
        assert list(integrity.findings(reading, there.evidence)) == []
    other.dispose()
