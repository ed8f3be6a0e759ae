"""The small checklist of the cases."""

from typing import Any

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import parse

Case = dict[str, Any]


def _criterion(code: str, **more: Any) -> Case:
    rule = {"part": "A", "rule": "declaration"} if code.startswith("A") else {"part": "B", "clause": code[2:5]}
    return {"code": code, "text": {"vi": code, "en": code}, "weight": 1, **rule, **more}


CHECKLIST: Case = {
    "id": "thu",
    "version": "1.0.0",
    "edition": "iso9001-2015",
    "title": {"vi": "Phiếu thử", "en": "Trial"},
    "scoring": {"conformity": 1, "opportunity": 1, "minor": 0.5, "major": 0},
    "band": [
        {"code": "tot", "name": {"vi": "Tốt"}, "min_score": 90, "max_major": 0, "gates_hold": True},
        {"code": "kha", "name": {"vi": "Khá"}, "min_score": 70, "max_major": 1, "gates_hold": True},
        {"code": "trung_binh", "name": {"vi": "Trung bình"}, "min_score": 50},
        {"code": "yeu", "name": {"vi": "Yếu"}, "min_score": 0},
    ],
    "criterion": [
        _criterion("A-01", weight=3, gate=True, core=True),
        _criterion("B-4.1-01", core=True),
        _criterion("B-7.2-01", weight=2, when={"criterion": "B-4.1-01", "grade": ["conformity", "minor"]}),
        _criterion("B-8.5-01", weight=2, applies_to=["commune"]),
        _criterion("B-9.2-01", core=True),
    ],
}


def small_checklist() -> Checklist:
    """The small checklist of the cases."""
    return parse(CHECKLIST)
