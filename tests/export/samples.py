"""Reports to write in tests: the shipped register with made-up but plausible facts, the same on every run.

`year_2020` is a whole province (155 units in 2020); `province` makes one of any size for measuring. The roll-up is the
domain's own, so what the workbook calculates can be held against it.
"""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from isoaudit.domain import evaluation, nonconformity
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import parse
from isoaudit.domain.facts import Answers, Facts, Marking, TaskFact, Unit
from isoaudit.domain.rollup import roll_up
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.scope import Scope
from isoaudit.domain.standard import parse_conversion, parse_standard
from isoaudit.domain.unit import in_force
from isoaudit.domain.vocabulary import (
    Block,
    UnitKind,
)
from isoaudit.export.layout import (
    BandName,
    ChecklistUsed,
    ConditionName,
    ConversionNames,
    Paper,
    ReportContent,
    StepName,
    UnitDetail,
)
from isoaudit.export.rows import DocumentRow, NonconformityRow, TaskRow
from isoaudit.shipped import CHECKLISTS, REGISTERS
from tests.export.sample_facts import NEW, OLD, made_up

PROVINCE = "Quảng Trị"


def _toml(path: str) -> dict[str, object]:
    return tomllib.loads((CHECKLISTS / path).read_text("utf-8"))


def register(day: date) -> list[Unit]:
    """The units of the shipped register that are in force on a day, and those that ended shortly before."""
    units = []
    with (REGISTERS / "quang-tri" / "units.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
            start = date.fromisoformat(row["valid_from"])
            unit = Unit(number, row["code"], row["name"], UnitKind(row["kind"]), PROVINCE, start, end)
            if (row["province"] or PROVINCE) == PROVINCE and (in_force(unit, day) or end == date(2020, 1, 1)):
                units.append(unit)
    start = date(1900, 1, 1)
    units.append(Unit(9001, "CCTĐC", "Chi cục Tiêu chuẩn Đo lường Chất lượng", UnitKind.SUB_AGENCY, PROVINCE, start))
    return units


def year_2020(*, example: bool = True) -> ReportContent:
    """The province on 18/11/2020, with everything that a report can hold."""
    return _content(register(date(2020, 11, 18)), date(2020, 11, 18), Random(2020), example=example)


def province(units: int) -> ReportContent:
    """A province with this many units, every one of them audited."""
    kinds = (UnitKind.AGENCY, UnitKind.DISTRICT, *[UnitKind.COMMUNE] * 8)
    made = [
        Unit(n, f"U{n:05}", f"Đơn vị số {n}", kinds[n % 10], PROVINCE, date(1900, 1, 1)) for n in range(1, units + 1)
    ]
    return _content(made, date(2020, 12, 31), Random(units), every=True)


def _content(
    units: Sequence[Unit], day: date, random: Random, *, example: bool = False, every: bool = False
) -> ReportContent:
    conversion = parse_conversion(_toml("conversions/2008-2015.toml"))
    editions = {each.id: each for each in (parse_standard(_toml(f"standards/{name}.toml")) for name in (OLD, NEW))}
    checklist = parse(_toml("tcvn-iso-9001-2015-commune/1.0.0.toml"))
    facts, answers, procedures = made_up(units, checklist, [step.code for step in conversion.steps], day, random, every)
    facts = replace(facts, editions=editions, checklists={"c": Marking(checklist.scoring, checklist.bands)})
    scope = Scope(facts, province=PROVINCE, year=day.year, as_of=day)
    counted = {audit.id for audit in scope.audits.values()}
    rollup = roll_up(scope, conversion=conversion, answers=Answers(answers.tallies, answers.clauses if counted else ()))
    districts = [unit.name for unit in units if unit.kind is UnitKind.DISTRICT]
    declared = {each.unit_id: each.on for each in facts.declarations}
    return ReportContent(
        rollup=to_json(rollup),
        paper=Paper(
            "Sở Khoa học và Công nghệ",
            PROVINCE,
            "Ủy ban nhân dân tỉnh Quảng Trị",
            "Sở KH&CN",
            "Ban Chỉ đạo ISO tỉnh",
            "137/BC-SKHCN",
            date(2020, 11, 19),
            "Trần Ngọc Lân",
            "Giám đốc",
        ),
        conversion=ConversionNames(
            conversion.id,
            conversion.name.vi,
            editions[OLD].name.vi,
            editions[NEW].name.vi,
            tuple(StepName(step.code, step.name.vi, step.weight) for step in conversion.steps),
            conversion.baseline,
            "Quyết định số 127/QĐ-UBND ngày 15/01/2020",
        ),
        units=tuple(
            UnitDetail.of(
                line,
                district=districts[line.unit.id % len(districts)] if line.block is Block.COMMUNE else "",
                declared_on=declared.get(line.unit.id) if line.edition else None,
                exemption="Năm 2020 không phát sinh nhiệm vụ giải quyết thủ tục hành chính" if line.exempt else "",
            )
            for line in rollup.units
        ),
        editions={each.id: each.name.vi for each in editions.values()},
        bands=tuple(BandName(each.code, each.name.vi, f"từ {each.min_score} điểm") for each in checklist.bands),
        clause_titles={clause.number: editions[NEW].title(clause.number) for clause in editions[NEW].clauses},
        conditions=tuple(ConditionName(each.kind.vi, date(day.year, 12, 31)) for each in facts.conditions),
        checklists=(ChecklistUsed(checklist.id, checklist.version, checklist.title.vi, "3f" * 32),),
        nonconformities=tuple(_nonconformities(facts, checklist, units, scope)),
        tasks=_tasks(facts.tasks, day),
        procedures=procedures,
        documents=DOCUMENTS,
        example=example,
    )


def _nonconformities(facts: Facts, checklist: Checklist, units: Sequence[Unit], scope: Scope) -> list[NonconformityRow]:
    names = {unit.id: unit for unit in units}
    found = []
    for each in facts.nonconformities:
        if (each.closed_on and each.closed_on < scope.period.first) or each.raised_on > scope.as_of:
            continue
        criterion = checklist.criterion(each.criterion)
        closed = nonconformity.closed_by(each, scope.as_of) and each.closed_on
        found.append(
            NonconformityRow(
                f"KT-{each.raised_on.year}-{each.audit_id:03}",
                names[each.unit_id].code,
                names[each.unit_id].name,
                each.criterion,
                f"Chưa đạt: {criterion.text.vi if criterion else 'hồ sơ chưa lưu theo trình tự thời gian'}",
                each.grade,
                each.raised_on,
                nonconformity.deadline(each, scope.as_of),
                max(closed, each.raised_on) if closed else None,
                each.outcome if closed else None,
            )
        )
    return found


_WORDS = (
    (
        "Triển khai áp dụng TCVN ISO 9001:2015 tại cơ quan Sở",
        "Quyết định số 144/QĐ-SKHCN ngày 15/5/2020 ban hành tài "
        "liệu nội bộ của hệ thống quản lý chất lượng; Kế hoạch số 15/KH-SKHCN ngày 27/02/2020.",
        "",
    ),
    (
        "Triển khai tại Ủy ban nhân dân xã, phường, thị trấn theo lộ trình năm 2020",
        "Tập huấn cho 16 xã, phường, thị trấn xây dựng mới; báo cáo tổng hợp số 137/BC-SKHCN.",
        "",
    ),
    ("Kiểm tra tình hình áp dụng tại các cơ quan hành chính", "Kế hoạch số 41/KH-SKHCN ngày 14/9/2020.", ""),
    ("Hướng dẫn chuyển đổi phiên bản", "Công văn số 166/SKHCN-TĐC ngày 29/4/2020.", ""),
    ("Tổng hợp kinh phí năm sau", "", ""),
    ("=Nhiệm vụ có dấu bằng ở đầu", "+ đã trao đổi\n- chưa có văn bản", "Chờ ý kiến Sở Tài chính"),
)


def _tasks(facts: Sequence[TaskFact], day: date) -> tuple[TaskRow, ...]:
    return tuple(
        TaskRow(
            "VI. Hiện đại hóa hành chính",
            words[0],
            evaluation.result_level(each, day),
            each.due_on,
            each.completed_on if each.completed_on and each.completed_on <= day else None,
            words[1],
            words[2],
        )
        for each, words in zip(facts, _WORDS, strict=True)
        if each.year == day.year
    )


_ISSUER = "Sở Khoa học và Công nghệ"
DOCUMENTS = (
    DocumentRow(
        "127/QĐ-UBND",
        "Quyết định",
        "Ủy ban nhân dân tỉnh Quảng Trị",
        date(2020, 1, 15),
        "Kế hoạch chuyển đổi áp dụng TCVN ISO 9001:2015 tại các cơ quan hành chính nhà nước",
    ),
    DocumentRow("08/KH-SKHCN", "Kế hoạch", _ISSUER, date(2020, 2, 3), "Duy trì, cải tiến hệ thống năm 2020"),
    DocumentRow("15/KH-SKHCN", "Kế hoạch", _ISSUER, date(2020, 2, 27), "Áp dụng hệ thống trong hoạt động của Sở"),
    DocumentRow("166/SKHCN-TĐC", "Công văn", _ISSUER, date(2020, 4, 29), "Hướng dẫn chuyển đổi"),
    DocumentRow("41/KH-SKHCN", "Kế hoạch", _ISSUER, date(2020, 9, 14), "Kiểm tra hoạt động áp dụng, duy trì, cải tiến"),
)
