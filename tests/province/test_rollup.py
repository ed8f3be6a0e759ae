"""The roll-up of the province, held against what was counted by hand from `sheets`."""

from sqlalchemy.orm import Session

from isoaudit.domain.rollup_json import to_json
from isoaudit.services.rollup import roll_up
from tests.province.conftest import DAY, THEN

NO_BANDS = {"tot": 0, "kha": 0, "trung_binh": 0, "yeu": 0, "none": 0}
NOBODY = {
    "converted": 0,
    "newly_applied": 0,
    "converting": 0,
    "not_converted": 0,
    "stopped": 0,
    "to_redeclare": 0,
    "building": 0,
    "not_started": 0,
}
NOT_KEPT = {"verified": 0, "reported": 0, "not_due": 0, "failing": 0, "not_applicable": 0}

AGENCY = {
    # SKH, STP and the chi cục CCT; none exempt, all mandatory.
    "units": 3,
    "exempt": 0,
    "obliged": 3,
    # SKH had 2008 and declared 2015; CCT declared 2015 first; STP holds 2008 and has two steps.
    "status": NOBODY | {"converted": 1, "newly_applied": 1, "converting": 1},
    # 2008 is accepted until 30/6/2021, so all three.
    "declared": 3,
    "declared_rate": 100,
    "declared_obliged": 3,
    "declared_rate_obliged": 100,
    # On 15/01/2020 SKH and STP held 2008; CCT never declared 2008. SKH converted: 1/2.
    "baseline": 2,
    "baseline_converted": 1,
    "conversion_rate": 50,
    "left_by_merger": 0,
    # SKH did both and was audited; CCT did both; STP lacks the review, which is due on 31/12.
    "maintained": NOT_KEPT | {"verified": 1, "reported": 1, "not_due": 1},
    # KT-1.
    "audited": 1,
    "visits": 1,
    "bands": NO_BANDS | {"tot": 1},
    # SKH 54/54, STP 30/40.
    "tthc": {"units": 2, "full": 1, "covered": 84, "total": 94},
}
DISTRICT = {
    "units": 1,
    "exempt": 0,
    "obliged": 1,
    # H01 holds 2008 and has no step.
    "status": NOBODY | {"not_converted": 1},
    "declared": 1,
    "declared_rate": 100,
    "declared_obliged": 1,
    "declared_rate_obliged": 100,
    "baseline": 1,
    "baseline_converted": 0,
    "conversion_rate": 0,
    "left_by_merger": 0,
    # It did both, but the major of KT-3 is open.
    "maintained": NOT_KEPT | {"failing": 1},
    # KT-3: 62,5 points.
    "audited": 1,
    "visits": 1,
    "bands": NO_BANDS | {"trung_binh": 1},
    "tthc": {"units": 1, "full": 0, "covered": 90, "total": 100},
}
COMMUNE = {
    # An, Bình, Dũng, Em Gia, Khe, Lam, Minh (exempt), Nam; of the seven others only Bình is on the road map.
    "units": 8,
    "exempt": 1,
    "obliged": 1,
    # An and Dũng converted, Bình new, Em Gia took over from Em, Khe nothing, Lam one step, Nam withdrew.
    "status": NOBODY
    | {"converted": 2, "newly_applied": 1, "to_redeclare": 1, "not_started": 1, "building": 1, "stopped": 1},
    # An, Bình, Dũng of seven: 42,857…
    "declared": 3,
    "declared_rate": 42.9,
    "declared_obliged": 1,
    "declared_rate_obliged": 100,
    # An, Dũng, Em Gia (through Em), Nam held 2008 on 15/01/2020; An and Dũng converted: 2/4. On that day An, Dũng, Em,
    # Hòa and Nam would have been in it: 5, so one left by the merger.
    "baseline": 4,
    "baseline_converted": 2,
    "conversion_rate": 50,
    "left_by_merger": 1,
    # Held an edition on 1 January: An (both, audited), Dũng (both, under two names), Nam (neither; due 31/12).
    "maintained": NOT_KEPT | {"verified": 1, "reported": 1, "not_due": 1, "not_applicable": 4},
    # KT-2, KT-4, KT-5 are full ones on site; visits are these, the follow-up KT-6 and the files of KT-7.
    "audited": 3,
    "visits": 5,
    "bands": NO_BANDS | {"kha": 1, "yeu": 1, "none": 1},
    # An 120/120, Dũng 110/118; Minh is exempt.
    "tthc": {"units": 2, "full": 1, "covered": 230, "total": 238},
}
TOTAL = {
    "units": 12,
    "exempt": 1,
    "obliged": 5,
    "status": {
        "converted": 3,
        "newly_applied": 2,
        "converting": 1,
        "not_converted": 1,
        "stopped": 1,
        "to_redeclare": 1,
        "building": 1,
        "not_started": 1,
    },
    "declared": 7,
    "declared_rate": None,
    "declared_obliged": 5,
    "declared_rate_obliged": None,
    "baseline": 7,
    "baseline_converted": 3,
    "conversion_rate": None,
    "left_by_merger": 1,
    "maintained": {"verified": 2, "reported": 2, "not_due": 2, "failing": 1, "not_applicable": 4},
    "audited": 5,
    "visits": 7,
    "bands": {"tot": 1, "kha": 1, "trung_binh": 1, "yeu": 1, "none": 1},
    "tthc": {"units": 5, "full": 2, "covered": 404, "total": 432},
}
SUB_AGENCY = {
    "units": 1,
    "exempt": 0,
    "obliged": 1,
    "status": NOBODY | {"newly_applied": 1},
    "declared": 1,
    "declared_rate": 100,
    "declared_obliged": 1,
    "declared_rate_obliged": 100,
    "baseline": 0,
    "baseline_converted": 0,
    "conversion_rate": None,
    "left_by_merger": 0,
    "maintained": NOT_KEPT | {"reported": 1},
    "audited": 0,
    "visits": 0,
    "bands": NO_BANDS,
    "tthc": {"units": 0, "full": 0, "covered": 0, "total": 0},
}


def test_blocks_and_total(province: Session) -> None:
    made = to_json(roll_up(province, None, 2020, DAY))
    assert made["blocks"] == {"agency": AGENCY, "district": DISTRICT, "commune": COMMUNE}
    assert made["total"] == TOTAL
    assert made["lines"] == {"sub_agency": SUB_AGENCY}


def test_what_ended_what_was_answered_and_what_is_open(province: Session) -> None:
    made = to_json(roll_up(province, None, 2020, DAY))
    # Dũng only changed its name; the three others are listed with the status of 29 February.
    assert made["ended"] == [
        {"code": "105", "name": "Xã Em", "ended_on": "2020-03-01", "status": "not_converted"},
        {"code": "106", "name": "Xã Gia", "ended_on": "2020-03-01", "status": "not_started"},
        {"code": "107", "name": "Xã Hòa", "ended_on": "2020-03-01", "status": "not_converted"},
    ]
    nothing = {"conformity": 0, "opportunity": 0, "minor": 0, "major": 0, "not_applicable": 0}
    # KT-1 to KT-5; KT-4 left A-01 open: (3+3+3+0)/12.
    assert made["part_a"] == nothing | {"conformity": 3, "major": 1, "score": 75}
    assert made["clauses"] == [
        {"clause": "7.2", **nothing, "conformity": 3, "minor": 2, "score": 80},  # (1+1+1 + 0,5+0,5)/5
        {"clause": "8.5", **nothing, "conformity": 2, "minor": 1, "major": 2, "score": 50},  # (2+2 + 1)/10
        # (2 + 2 + 1+1)/8; KT-4 says not applicable
        {"clause": "9.2", **nothing, "conformity": 1, "opportunity": 1, "minor": 2, "not_applicable": 1, "score": 75},
    ]
    # From 2019: those of Dũng, Hòa and Em. Raised: 2 at An, 2 at Đông, 4 at Nam. Closed: Dũng's, Hòa's, one at An, two
    # at Nam. Overdue: Em's and the major at Đông, whose minor has no deadline.
    assert made["nonconformities"] == {
        "opening": 3,
        "raised": 8,
        "closed": 5,
        "closing": 6,
        "overdue": 2,
        "without_deadline": 1,
    }
    assert made["tasks"] == {"done_well": 1, "done": 1, "done_late": 1, "in_progress": 1, "not_done": 1}


def test_every_unit(province: Session) -> None:
    made = to_json(roll_up(province, None, 2020, DAY))
    told = {
        each["name"]: (each["status"], each["progress"], each["maintained"], each["redeclaration_due"], each["audit"])
        for each in made["units"]  # type: ignore[attr-defined]
    }

    def audit(name: str, score: float, band: str | None, minor: int, major: int) -> dict[str, object]:
        return {"audit": name, "score": score, "band": band, "minor": minor, "major": major}

    # Steps weigh 10, 10, 15, 20, 10, 15, 10 and 10 for declaring 2015.
    assert told == {
        "Chi cục Thủy sản": ("newly_applied", 10, "reported", False, None),
        "Sở Khoa học": ("converted", 100, "verified", False, audit("KT-1", 100, "tot", 0, 0)),
        "Sở Tư pháp": ("converting", 20, "not_due", False, None),
        # (3 + 1 + 0 + 1)/8
        "Huyện Đông": ("not_converted", 0, "failing", False, audit("KT-3", 62.5, "trung_binh", 1, 1)),
        # (3 + 0,5 + 1 + 2)/8 = 81,25, half up; it took in Hòa after declaring
        "Xã An": ("converted", 65, "verified", True, audit("KT-2", 81.3, "kha", 2, 0)),
        # (1 + 2)/3, but the question of weight 3 has no answer
        "Xã Bình": ("newly_applied", 10, "not_applicable", False, audit("KT-4", 100, None, 0, 0)),
        "Thị trấn Dũng": ("converted", 35, "reported", False, None),
        "Xã Em Gia": ("to_redeclare", 0, "not_applicable", True, None),
        "Xã Khe": ("not_started", 0, "not_applicable", False, None),
        "Xã Lam": ("building", 10, "not_applicable", False, None),
        "Xã Minh": ("exempt", 0, "not_applicable", False, None),
        # (0 + 0,5 + 0 + 1)/8 = 18,75
        "Xã Nam": ("stopped", 0, "not_due", False, audit("KT-5", 18.8, "yeu", 2, 2)),
    }


def test_the_year_before_has_the_units_of_the_year_before(province: Session) -> None:
    made = to_json(roll_up(province, None, 2019, THEN))
    blocks: dict[str, dict[str, object]] = made["blocks"]  # type: ignore[assignment]
    # Ten communes, Minh exempt; An, Dũng, Em, Hòa, Nam of nine had declared: 55,55…
    told = {name: (each["units"], each["declared"], each["declared_rate"]) for name, each in blocks.items()}
    assert told == {"agency": (3, 3, 100), "district": (1, 1, 100), "commune": (10, 5, 55.6)}
    # Five communes held an edition on 1 January 2019; Dũng did both and was audited, the others still had that day.
    assert blocks["commune"]["maintained"] == NOT_KEPT | {"verified": 1, "not_due": 4, "not_applicable": 4}
    assert blocks["agency"]["maintained"] == NOT_KEPT | {"reported": 1, "not_due": 1, "not_applicable": 1}
    assert blocks["commune"]["audited"] == 3
    assert (blocks["commune"]["baseline"], blocks["commune"]["baseline_converted"]) == (5, 0)
