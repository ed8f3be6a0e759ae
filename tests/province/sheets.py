"""The province as its workbook: one line a fact, so that all can be counted by hand."""

from copy import deepcopy
from typing import Any

from tests.audit_factories import CHECKLIST
from tests.workbooks import Sheets, table

LIST: dict[str, Any] = deepcopy(CHECKLIST) | {
    "id": "dem-tay",
    "band": [
        {"code": "tot", "name": {"vi": "Tốt"}, "min_score": 90, "max_major": 0, "gates_hold": True},
        {"code": "kha", "name": {"vi": "Khá"}, "min_score": 70, "max_major": 1, "gates_hold": True},
        {"code": "trung_binh", "name": {"vi": "Trung bình"}, "min_score": 50},
        {"code": "yeu", "name": {"vi": "Yếu"}, "min_score": 0},
    ],
}
"""Weights: A-01 3 (gate), B-7.2-01 1, B-8.5-01 2, B-9.2-01 2; together 8."""
LIST["criterion"].append(
    {
        "code": "B-9.2-01",
        "part": "B",
        "clause": "9.2",
        "weight": 2,
        "where": "iso_secretary",
        "text": {"vi": "Đánh giá nội bộ đã thực hiện chưa?", "en": "Was the internal audit made?"},
    }
)
for _criterion in LIST["criterion"]:
    _criterion.setdefault("weight", 1)

A, B, C, D = "A-01", "B-7.2-01", "B-8.5-01", "B-9.2-01"
_GRADES = {"o": "conformity", "k": "opportunity", "-": "minor", "x": "major", "0": "not_applicable"}
ANSWERS = {
    "KT-1": "oooo",
    "KT-2": "o--k",
    "KT-3": "oox-",
    "KT-4": " oo0",
    "KT-5": "x-x-",
    "KT-6": "oooo",
    "KT-7": "oooo",
    "KT-8": "oooo",
    "KT-11": "o-ok",
    "KT-12": "oo-o",
    "KT-13": "oo-o",
}
"""Audit → grades of A, B, C, D: o conformity, k opportunity, - minor, x major, 0 not applicable, blank: no answer."""


def sheets() -> Sheets:
    """The whole workbook."""
    return {
        "units": table(
            "code | name | kind | parent | valid_from | valid_to",
            "SKH | Sở Khoa học | agency | | 1900-01-01 |",
            "STP | Sở Tư pháp | agency | | 1900-01-01 |",
            "CCT | Chi cục Thủy sản | sub_agency | SKH | 1900-01-01 |",
            "H01 | Huyện Đông | district | | 1900-01-01 |",
            "101 | Xã An | commune | H01 | 1900-01-01 |",
            "102 | Xã Bình | commune | H01 | 1900-01-01 |",
            "104 | Xã Dũng | commune | H01 | 1900-01-01 | 2020-07-01",
            "204 | Thị trấn Dũng | township | H01 | 2020-07-01 |",
            "105 | Xã Em | commune | H01 | 1900-01-01 | 2020-03-01",
            "106 | Xã Gia | commune | H01 | 1900-01-01 | 2020-03-01",
            "105 | Xã Em Gia | commune | H01 | 2020-03-01 |",
            "107 | Xã Hòa | commune | H01 | 1900-01-01 | 2020-03-01",
            "108 | Xã Khe | commune | H01 | 1900-01-01 |",
            "109 | Xã Lam | commune | H01 | 1900-01-01 |",
            "110 | Xã Minh | commune | H01 | 1900-01-01 |",
            "111 | Xã Nam | commune | H01 | 1900-01-01 |",
        ),
        "successions": table(
            "predecessor | successor | on | relation",
            "105 | 105 | 2020-03-01 | consolidated",
            "106 | 105 | 2020-03-01 | consolidated",
            "107 | 101 | 2020-03-01 | absorbed",
            "104 | 204 | 2020-07-01 | continued",
        ),
        "exemptions": table("unit | from | to | reason", "110 | 2019-01-01 | | không phát sinh hồ sơ"),
        "obligations": table("unit | from | to | level", "102 | 2020-02-01 | | planned"),
        "documents": table(
            "number | kind | issuer | date | subject",
            "41/KH-SKH | KH | Sở Khoa học | 2020-09-01 | Kế hoạch kiểm tra năm 2020",
            "8/QĐ-UBND | QĐ | UBND xã Bình | 2020-05-20 | Công bố hệ thống quản lý chất lượng",
        ),
        "declarations": table(
            "unit | edition | kind | date | document | tthc_covered | tthc_total",
            "SKH | iso9001-2008 | declare | 2010-01-04 | | |",
            "SKH | iso9001-2015 | declare | 2020-06-01 | | 54 | 54",
            "STP | iso9001-2008 | declare | 2010-02-05 | | |",
            "CCT | iso9001-2015 | declare | 2019-09-02 | | |",
            "H01 | iso9001-2008 | declare | 2012-03-06 | | |",
            "101 | iso9001-2008 | declare | 2016-04-07 | | |",
            "101 | iso9001-2015 | redeclare | 2020-02-10 | | 120 | 120",
            "102 | iso9001-2015 | declare | 2020-05-20 | 8/QĐ-UBND | 100 | 125",
            "104 | iso9001-2008 | declare | 2017-05-08 | | |",
            "204 | iso9001-2015 | redeclare | 2020-08-03 | | 110 | 118",
            "105 | iso9001-2008 | declare | 2018-06-11 | | |",
            "107 | iso9001-2008 | declare | 2016-07-12 | | |",
            "111 | iso9001-2008 | declare | 2015-08-13 | | |",
            "111 | iso9001-2008 | withdraw | 2020-09-09 | | |",
        ),
        "milestones": table(
            "unit | conversion | step | date",
            *(
                f"SKH | 2008-2015 | {step} | 2020-03-02"
                for step in (
                    *("plan", "steering_board", "training", "documents_issued"),
                    *("policy_objectives", "internal_audit", "management_review"),
                )
            ),
            *(
                f"101 | 2008-2015 | {step} | 2020-01-20"
                for step in ("plan", "steering_board", "training", "documents_issued")
            ),
            "STP | 2008-2015 | plan | 2020-04-02",
            "STP | 2008-2015 | steering_board | 2020-04-03",
            "104 | 2008-2015 | plan | 2020-03-03",
            "204 | 2008-2015 | training | 2020-08-14",
            "109 | 2008-2015 | plan | 2020-04-01",
        ),
        "activities": table(
            "unit | year | kind | date",
            *(
                f"{unit} | {day[:4]} | {kind} | {day}"
                for unit, day in (
                    *(("SKH", "2019-11-04"), ("104", "2019-11-05")),
                    *(("SKH", "2020-09-01"), ("CCT", "2020-09-02"), ("101", "2020-09-03"), ("H01", "2020-09-04")),
                )
                for kind in ("internal_audit", "management_review")
            ),
            "STP | 2020 | internal_audit | 2020-09-07",
            "104 | 2020 | internal_audit | 2020-06-08",
            "204 | 2020 | management_review | 2020-10-12",
        ),
        "procedures": table(
            "unit | as_of | total | covered",
            "SKH | 2020-11-02 | 54 | 54",
            "STP | 2020-11-02 | 40 | 30",
            "H01 | 2020-11-02 | 100 | 90",
            "101 | 2020-11-02 | 120 | 120",
            "204 | 2020-11-02 | 118 | 110",
            "110 | 2020-11-02 | 10 | 10",
        ),
        "programmes": table("year | name | document", "2020 | Kế hoạch kiểm tra năm 2020 | 41/KH-SKH"),
        "audits": table(
            "audit | unit | programme_year | mode | purpose | checklist | version | planned_on | minuted_on",
            *(
                f"{audit} | {unit} | {year} | {mode} | {purpose} | dem-tay | 1.0.0 | {planned} | {minuted}"
                for audit, unit, year, mode, purpose, planned, minuted in (
                    ("KT-1", "SKH", "2020", "on_site", "full", "2020-10-05", "2020-10-05"),
                    ("KT-2", "101", "2020", "on_site", "full", "2020-10-06", "2020-10-06"),
                    ("KT-3", "H01", "2020", "on_site", "full", "2020-10-07", "2020-10-07"),
                    ("KT-4", "102", "2020", "on_site", "full", "2020-10-08", "2020-10-08"),
                    ("KT-5", "111", "2020", "on_site", "full", "2020-10-09", "2020-10-09"),
                    ("KT-6", "101", "", "on_site", "follow_up", "", "2020-11-02"),
                    ("KT-7", "204", "", "files", "full", "", "2020-09-09"),
                    ("KT-8", "109", "", "self", "full", "", "2020-09-10"),
                    ("KT-9", "108", "2020", "on_site", "full", "2020-11-30", ""),
                    ("KT-10", "STP", "2020", "on_site", "full", "2020-10-20", ""),
                    ("KT-11", "104", "", "on_site", "full", "", "2019-11-11"),
                    ("KT-12", "107", "", "on_site", "full", "", "2019-10-10"),
                    ("KT-13", "105", "", "on_site", "full", "", "2019-10-12"),
                )
            ),
        ),
        "answers": table(
            "audit | criterion | grade | note",
            *(
                f"{audit} | {criterion} | {_GRADES[grade]} | {'' if grade in 'ok' else 'thiếu sổ'}"
                for audit, grades in ANSWERS.items()
                for criterion, grade in zip((A, B, C, D), grades, strict=True)
                if grade != " "
            ),
        ),
        "nonconformities": table(
            "audit | criterion | grade | due_on | closed_on | outcome",
            f"KT-11 | {B} | minor | 2020-01-31 | 2020-02-14 | verified",
            f"KT-12 | {C} | minor | 2020-01-31 | 2020-03-01 | transferred",
            f"KT-13 | {C} | minor | 2020-06-30 | |",
            f"KT-2 | {B} | minor | 2020-12-31 | |",
            f"KT-2 | {C} | minor | 2020-12-31 | 2020-11-10 | verified",
            f"KT-3 | {C} | major | 2020-11-10 | |",
            f"KT-3 | {D} | minor | | |",
            f"KT-5 | {A} | major | 2020-12-15 | 2020-11-03 | verified",
            f"KT-5 | {B} | minor | 2020-12-15 | |",
            f"KT-5 | {C} | major | 2020-12-15 | 2020-11-03 | verified",
            f"KT-5 | {D} | minor | 2020-12-15 | |",
        ),
        "tasks": table(
            "year | group | task | due_on | completed_on | content_complete | result | mark | note",
            "2020 | VI. Hiện đại hóa | Ban hành kế hoạch | 2020-02-28 | 2020-02-03 | yes | Đã ban hành | |",
            "2020 | VI. Hiện đại hóa | Tập huấn | 2020-06-30 | 2020-06-29 | no | 02 lớp | |",
            "2020 | VI. Hiện đại hóa | Chuyển đổi | 2020-09-30 | 2020-10-15 | yes | 03 đơn vị | |",
            "2020 | VI. Hiện đại hóa | Báo cáo năm | 2020-12-15 | | | | |",
            "2020 | VI. Hiện đại hóa | Kiểm tra | 2020-10-31 | | | 07 lượt | |",
        ),
    }
