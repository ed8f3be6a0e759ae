"""Reports of a handful of units, made by hand: every figure is written here, none is calculated.

`content` starts from a province without units; what a case needs is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from isoaudit.domain.vocabulary import Grade, Maintained, ResultLevel, Status
from isoaudit.export.layout import ConversionNames, Paper, ReportContent, StepName, UnitDetail

STATUSES = [status.value for status in Status if status is not Status.EXEMPT]
NONE = dict.fromkeys([grade.value for grade in Grade], 0)
NO_FINDINGS = {"opening": 0, "raised": 0, "closed": 0, "closing": 0, "overdue": 0, "without_deadline": 0}


def figures(units: int = 0, **known: Any) -> dict[str, Any]:
    """The figures B of CONTRACT §4, all zero but those given; rates are not read by what prints them."""
    status = dict.fromkeys(STATUSES, 0) | known.pop("status", {})
    kept = dict.fromkeys([value.value for value in Maintained], 0) | known.pop("maintained", {})
    tthc = {"units": 0, "full": 0, "covered": 0, "total": 0} | known.pop("tthc", {})
    zero = dict.fromkeys(
        ["exempt", "obliged", "declared", "declared_obliged", "baseline", "baseline_converted", "left_by_merger"], 0
    )
    bands = {"tot": 0, "kha": 0, "trung_binh": 0, "yeu": 0, "none": 0} | known.pop("bands", {})
    return {
        "units": units, **zero, "status": status, "maintained": kept, "tthc": tthc, "bands": bands,
        "audited": 0, "visits": 0, **known,
    }  # fmt: skip


def unit(code: str, name: str, **known: Any) -> dict[str, Any]:
    """A unit of the roll-up: a commune that has not started, unless told otherwise."""
    return {
        "code": code, "name": name, "kind": "commune", "block": "commune", "obligation": "encouraged", "edition": None,
        "status": "not_started", "progress": 0, "missing_steps": [], "maintained": "not_applicable", "missing": [],
        "redeclaration_due": False, "audit": None, "tthc": None, **known,
    }  # fmt: skip


def rollup(
    blocks: Mapping[str, Any], total: Mapping[str, Any], units: Sequence[Any] = (), **known: Any
) -> dict[str, Any]:
    """A roll-up of 2020 as of 18/11/2020."""
    return {
        "province": "Quảng Trị", "year": 2020, "from": "2020-01-01", "as_of": "2020-11-18", "conversion": "2008-2015",
        "digest": "sha256:0", "blocks": blocks, "total": total, "ended": [], "part_a": {**NONE, "score": None},
        "clauses": [], "nonconformities": NO_FINDINGS, "units": list(units),
        "tasks": dict.fromkeys([level.value for level in ResultLevel], 0), **known,
    }  # fmt: skip


def content(blocks: Mapping[str, Any] | None = None, units: Sequence[Any] = (), **known: Any) -> ReportContent:
    """A report. `blocks` are figures by block; with one block the total is that block's."""
    blocks = blocks or {}
    total = known.pop("total", None) or next(iter(blocks.values()), figures())
    said = {name: known.pop(name) for name in ("nonconformities_counts", "clauses", "ended", "part_a") if name in known}
    if "nonconformities_counts" in said:
        said["nonconformities"] = NO_FINDINGS | said.pop("nonconformities_counts")
    made = ReportContent(
        rollup=rollup(blocks, total, units, **said),
        paper=Paper("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Quảng Trị", "UBND TỈNH QUẢNG TRỊ", issuer_code="SKHCN"),
        conversion=ConversionNames(
            "2008-2015", "Chuyển đổi", "TCVN ISO 9001:2008", "TCVN ISO 9001:2015",
            (StepName("declared", "Công bố", 3),), date(2020, 1, 15),
        ),
        units=tuple(UnitDetail(each["code"]) for each in units),
        editions={"iso9001-2008": "TCVN ISO 9001:2008", "iso9001-2015": "TCVN ISO 9001:2015"},
        bands=(),
        clause_titles={"7": "Hỗ trợ", "7.5": "Thông tin dạng văn bản"},
    )  # fmt: skip
    return replace(made, **known)
