"""The province workbook written out is read back as what stands: nothing is lost, nothing is another thing."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Unit
from isoaudit.export.xlsx.workbook import Page, write_workbook
from isoaudit.services import checklists, exporting, importing, library, settings, workbook_shape
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.shipped import REGISTERS
from tests import audit_factories
from tests.workbooks import example, folder


@pytest.fixture
def filled(session: Session, now: datetime, tmp_path: Path) -> Session:
    audit_factories.checklist(session)
    importing.import_workbook(session, folder(tmp_path / "so", example()), by=BY, now=now)
    return session


def test_what_is_exported_imports_as_nothing_new(filled: Session, now: datetime, tmp_path: Path) -> None:
    pages = [workbook_shape.page(each.name, list(each.rows)) for each in exporting.workbook(filled)]
    assert {page.name: len(list(page.rows)) for page in pages} == {name: len(rows) for name, rows in example().items()}
    for place in (_folder(tmp_path / "csv", pages), _xlsx(tmp_path / "so.xlsx", pages)):
        report = importing.import_workbook(filled, place, by=BY, now=now)
        assert not report.changed, report


@pytest.mark.parametrize("register", [False, True])
def test_the_example_imports_as_it_is_beside_a_real_register_and_the_empty_one_says_nothing(
    session: Session, now: datetime, tmp_path: Path, register: bool
) -> None:
    recorded = library.published()
    checklists.publish(session, [each for each in library.checklist_files() if each.path in recorded], by=BY, now=now)
    if register:
        importing.import_workbook(session, REGISTERS / "quang-tri", by=BY, now=now)
    before = {unit.id: (unit.name, unit.valid_to, unit.basis) for unit in session.scalars(select(Unit))}
    place = _xlsx(tmp_path / "a.xlsx", workbook_shape.example())
    report = importing.import_workbook(session, place, by=BY, now=now)
    assert (report.total().updated, report.total().unchanged, report.warnings) == (0, 0, [])
    assert {each.name for each in workbook_shape.example()} == set(report.sheets)
    after = {unit.id: (unit.name, unit.valid_to, unit.basis) for unit in session.scalars(select(Unit))}
    assert before.items() <= after.items()
    home = settings.home(session).id
    assert not [
        unit.name for unit in session.scalars(select(Unit)) if "Ví dụ" in unit.name and unit.province_id == home
    ]
    assert not importing.import_workbook(session, place, by=BY, now=now).changed
    empty = _xlsx(tmp_path / "b.xlsx", workbook_shape.empty())
    assert not importing.import_workbook(session, empty, by=BY, now=now).changed


def test_columns_of_closed_lists_offer_their_words() -> None:
    offered = {
        (page.name, column.name): column.words
        for page in workbook_shape.empty()
        for column in page.columns
        if column.kind == "words"
    }
    assert offered["audits", "mode"] == ("on_site", "files", "self")
    assert ("declarations", "edition") in offered


def _xlsx(path: Path, pages: list[Page]) -> Path:
    path.write_bytes(write_workbook(pages))
    return path


def _folder(path: Path, pages: list[Page]) -> Path:
    path.mkdir()
    for page in pages:
        with (path / f"{page.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.name for column in page.columns])
            writer.writerows(page.rows)
    return path
