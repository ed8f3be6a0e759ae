"""Province workbooks for the tests: one small, complete example, written as a folder of CSV files or as XLSX, and what
the database holds afterwards in words that do not depend on keys."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit import db

Sheets = dict[str, list[dict[str, str]]]


def table(columns: str, *lines: str) -> list[dict[str, str]]:
    """Rows from columns and lines parted by "|"."""
    names = [each.strip() for each in columns.split("|")]
    rows = []
    for line in lines:
        cells = [each.strip() for each in line.split("|")]
        assert len(cells) == len(names), line
        rows.append(dict(zip(names, cells, strict=True)))
    return rows


def example() -> Sheets:
    """A register with a merger and a reused code, and one year of facts, audits and tasks."""
    return {
        "units": table(
            "code | name | kind | parent | province | valid_from | valid_to",
            "461 | Thành phố Đông Hà | district | | | 1900-01-01 | 2025-07-01",
            "19333 | Phường 1 | ward | 461 | | 1900-01-01 | 2025-07-01",
            "19333 | Phường Đông Hà | ward | | | 2025-07-01 |",
            "19336 | Phường Đông Giang | ward | 461 | tỉnh  Quảng Trị | 1900-01-01 | 2025-07-01",
            "19100 | Xã Cũ | commune | | Quảng Bình | 1900-01-01 | 2025-07-01",
            "19101 | Xã Nối | commune | | | 2025-07-01 |",
            "SKHCN | Sở Khoa học và Công nghệ | agency | | | 1900-01-01 |",
        ),
        "successions": table(
            "predecessor | successor | on | relation",
            "19333 | 19333 | 2025-07-01 | consolidated",
            "19336 | 19333 | 2025-07-01 | consolidated",
            "19100 | 19101 | 2025-07-01 | continued",
        ),
        "exemptions": table(
            "unit | from | to | reason | document | decided_by",
            "19336 | 2020-01-01 | 2021-01-01 | chưa có hồ sơ | 127/QĐ-UBND | UBND tỉnh",
        ),
        "obligations": table("unit | from | to | level | document", "19333 | 2020-01-15 | | planned | 127/QĐ-UBND"),
        "documents": table(
            "number | kind | issuer | date | subject",
            "127/QĐ-UBND | QĐ | UBND tỉnh | 2020-01-15 | Kế hoạch năm 2020",
            "5/QĐ-UBND | Quyết định | UBND phường | 2018-05-02 | Công bố",
            "5/QĐ-UBND | Quyết định | UBND phường | 2020-04-29 | Công bố lại",
        ),
        "declarations": table(
            "unit | edition | kind | date | document | tthc_covered | tthc_total",
            "19333 | iso9001-2008 | declare | 2018-05-02 | 5/QĐ-UBND ngày 02/5/2018 | 100 | 120",
            "19333 | iso9001-2015 | declare | 2020-04-29 | 5/QĐ-UBND ngày 29/04/2020 | 120 | 120",
            "SKHCN | iso9001-2015 | declare | 2019-01-02 | | |",
            "19100 | iso9001-2008 | declare | 2018-05-02 | | |",
        ),
        "milestones": table(
            "unit | conversion | step | date | document", "19333 | 2008-2015 | plan | 2020-02-03 | 127/QĐ-UBND"
        ),
        "activities": table(
            "unit | year | kind | date | document",
            "19333 | 2020 | internal_audit | 2020-10-01 |",
            "SKHCN | 2020 | management_review | 2020-11-01 |",
        ),
        "procedures": table(
            "unit | as_of | total | covered | late",
            "19333 | 2020-11-01 | 120 | 120 | 3",
            "SKHCN | 2020-11-01 | 50 | 49 |",
        ),
        "programmes": table("year | name | document", "2020 | Kế hoạch kiểm tra năm 2020 | 127/QĐ-UBND"),
        "audits": table(
            "audit | unit | programme_year | mode | purpose | checklist | version | planned_on | minuted_on",
            "KT-01 | 19333 | 2020 | on_site | full | thu | 1.0.0 | 2020-09-01 | 2020-09-03",
            "KT-02 | SKHCN | 2020 | files | full | thu | 1.0.0 | 2020-12-01 |",
            "TDG | SKHCN | | self | full | thu | 1.0.0 | | 2020-08-01",
        ),
        "answers": table(
            "audit | criterion | grade | note",
            "KT-01 | A-01 | conformity |",
            "KT-01 | B-7.2-01 | not_applicable | không tuyển người",
            "KT-01 | B-8.5-01 | minor |",
            "TDG | A-01 | major | chưa công bố",
            "KT-02 | A-01 | conformity |",
        ),
        "nonconformities": table(
            "audit | criterion | grade | due_on | closed_on | outcome",
            "KT-01 | B-8.5-01 | minor | 2020-10-03 | 2020-10-10 | verified",
            "KT-01 | A-01 | major | | |",
            "KT-02 | A-01 | minor | 2021-01-31 | |",
        ),
        "tasks": table(
            "year | group | task | due_on | completed_on | content_complete | result | mark | note",
            "2020 | 5 | Tập huấn | 2020-06-30 | 2020-06-15 | yes | 2 lớp | |",
            "2020 | 5 | Kiểm tra | 2020-12-31 | | no | | in_progress | còn 2 đơn vị",
        ),
    }


def folder(path: Path, sheets: Mapping[str, Sequence[Mapping[str, str]]], encoding: str = "utf-8") -> Path:
    """Write the sheets as CSV files below `path`."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def xlsx(path: Path, sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    """Write the sheets as a person would type them: numbers as numbers, days as dates, blank lines, odd headers."""
    book = xlsxwriter.Workbook(str(path))
    day_format, bold = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"bold": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.capitalize() if name != "units" else name)
        for place, column in enumerate(rows[0]):
            sheet.write_string(1, place, f" {column.upper()} ", bold)
        for line, row in enumerate(rows, 3):
            for place, cell in enumerate(row.values()):
                _type(sheet, line, place, cell, day_format)
        sheet.write_blank(5000, 3, None, bold)
    book.add_worksheet("README")
    book.close()
    return path


def _type(sheet: Any, line: int, place: int, cell: str, day_format: Any) -> None:
    if cell.isdigit():
        sheet.write_number(line, place, int(cell))
    elif len(cell) == 10 and cell[4] == cell[7] == "-":
        sheet.write_datetime(line, place, date.fromisoformat(cell), day_format)
    else:
        sheet.write_string(line, place, cell)


_TABLES = (
    db.Unit,
    db.Succession,
    db.Document,
    db.Exemption,
    db.ObligationEntry,
    db.Declaration,
    db.Milestone,
    db.Activity,
    db.Procedures,
    db.Programme,
    db.Audit,
    db.Answer,
    db.AnswerRevision,
    db.Nonconformity,
    db.NonconformityEvent,
    db.Task,
)
_KEYS = {"id", "last_audit", "recorded_at", "created_at", "at", "received_at", "why", "text"}


def content(session: Session) -> dict[str, list[str]]:
    """Everything an import writes, by table, with keys replaced by what they refer to, in an order of its own."""
    session.expire_all()
    units = {row.id: f"{row.code}@{row.valid_from}" for row in session.scalars(select(db.Unit))}
    documents = {row.id: f"{row.number}@{row.issued_on}" for row in session.scalars(select(db.Document))}
    audits = {row.id: row.reference for row in session.scalars(select(db.Audit))}
    programmes = {row.id: row.name for row in session.scalars(select(db.Programme))}
    criteria = {row.id: row.code for row in session.scalars(select(db.CriterionRow))}
    versions = {row.id: f"{row.name} {row.version}" for row in session.scalars(select(db.ChecklistVersion))}
    provinces = {row.id: row.name for row in session.scalars(select(db.Province))}
    names = {"criterion_id": criteria, "checklist_version_id": versions, "province_id": provinces}
    names |= {"unit_id": units, "parent_id": units, "predecessor_id": units, "successor_id": units}
    names |= {"document_id": documents, "audit_id": audits, "programme_id": programmes}
    held: dict[str, list[str]] = {}
    for model in _TABLES:
        rows = session.execute(select(model.__table__)).mappings()
        held[model.__tablename__] = sorted(
            str(
                [
                    (name, names[name].get(value) if name in names else value)
                    for name, value in row.items()
                    if name not in _KEYS
                ]
            )
            for row in rows
        )
    return held
