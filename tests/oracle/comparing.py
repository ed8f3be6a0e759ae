"""Bringing a folder into a test database, rolling it up there, and telling where the oracle sees it otherwise."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.vocabulary import Grade, Role
from isoaudit.services import checklists, documents, importing, library, log, settings
from isoaudit.services.audits import life
from isoaudit.services.rollup import roll_up
from tests import factories
from tests.conftest import NOW
from tests.oracle.register import Province
from tests.oracle.rollup import Rollup
from tests.oracle.rows import Data, Notice

MOST_TOLD = 12
Ask = tuple[date, str]


@cache
def _shipped() -> list[library.ChecklistFile]:
    return library.checklist_files()


def bring(session: Session, folder: Path) -> importing.Report:
    """Publish the shipped checklists when audits need them, then import the folder."""
    if (folder / "audits.csv").exists():
        checklists.publish(session, _shipped(), by=log.COMMAND_LINE, now=NOW)
    return importing.import_workbook(session, folder, by=log.COMMAND_LINE, now=NOW)


def conclude(session: Session, notice: Notice) -> None:
    """The office records a notice of conclusion."""
    now = datetime.combine(notice.on, time(8), UTC)
    home, by = settings.home(session).id, log.Actor.of(factories.user(session, role=Role.OFFICE), "")
    given = {
        "number": f"{notice.audit.removeprefix('KT-')}/TB-SKHCN",
        "kind": "TB",
        "issuer": "Sở",
        "subject": "Kết luận kiểm tra",
    }
    document = documents.enter(session, given | {"issued_on": notice.on}, by=by, now=now)
    changes = [
        life.GradeChange(
            code, Grade(grade), "Theo giải trình", "Xem lại", notice.due_on if grade in ("minor", "major") else None
        )
        for code, grade in notice.grades.items()
    ]
    life.conclude(
        session,
        home,
        notice.audit,
        concluded_on=notice.on,
        document_id=document.id,
        grade_changes=changes,
        by=by,
        now=now,
    )


def rolled_up(session: Session, day: date, conversion: str = "2008-2015") -> Data:
    """The roll-up JSON as another program reads it."""
    content: Data = json.loads(json.dumps(to_json(roll_up(session, None, day.year, day, conversion))))
    return content


def compare(session: Session, folder: Path, asks: list[Ask], notices: Sequence[Notice] = ()) -> None:
    """Fails with the first differences of every roll-up asked for, and the facts of the units that differ."""
    province = Province(folder, notices=notices)
    told: list[str] = []
    for day, conversion in asks:
        got, wanted = rolled_up(session, day, conversion), Rollup(province, day, conversion).content()
        found = list(differences(got, wanted))
        told += [f"{day} {conversion} {place}: product {a!r}, oracle {b!r}" for place, a, b in found[:MOST_TOLD]]
        codes = {place.split("[")[1].split("]")[0] for place, _, _ in found if place.startswith("units[")}
        for code in sorted(codes)[:3]:
            told += facts(province, code, day)
        if told:
            break
    assert not told, "\n".join(told)


def differences(got: Any, wanted: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place at which two JSON values differ; units are named by their codes, a differing order on its own."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        for key in {**got, **wanted}:
            below = f"{place}.{key}" if place else key
            if key not in got or key not in wanted:
                yield below, got.get(key, "nothing"), wanted.get(key, "nothing")
            else:
                yield from differences(got[key], wanted[key], below)
    elif isinstance(got, list) and isinstance(wanted, list) and all(isinstance(each, dict) for each in got + wanted):
        names = [[str(each.get("code") or each.get("clause")) for each in side] for side in (got, wanted)]
        if names[0] != names[1]:
            yield f"order of {place}", names[0], names[1]
        else:
            for name, one, other in zip(names[0], got, wanted, strict=True):
                yield from differences(one, other, f"{place}[{name}]")
    elif got != wanted or type(got) is not type(wanted):
        yield place, got, wanted


def facts(province: Province, code: str, day: date) -> Iterator[str]:
    """Everything that the folder says of the unit of that code on that day, and of those before it."""
    unit = province.find(code, day)
    rows = province.chain(unit, day)
    before = province.predecessors(unit, day)
    for row in sorted(rows | set(before)):
        yield f"  {'predecessor' if row in before else 'own row'} {province.units[row]}"
        of_row: list[object] = [s for s in province.successions if row in (s.predecessor, s.successor)]
        sheets = (province.declarations, province.exemptions, province.obligations, province.milestones)
        for sheet in (*sheets, province.activities, province.procedures):
            of_row += [each for each in sheet if each.unit == row]
        of_row += [
            f"audit {a.reference} {a.mode} {a.purpose} {a.minuted_on}"
            for a in province.audits.values()
            if a.unit == row
        ]
        of_row += [
            f"{n.grade} of {n.audit.reference}, due {n.due_on}, closed {n.closed_on}"
            for n in province.nonconformities
            if n.audit.unit == row and n.grade == "major"
        ]
        yield from (f"    {each}" for each in of_row)
