"""Cases of the minutes: what was seen on the spot, and what the paper of server and tablet says of it."""

from dataclasses import asdict
from typing import Any

from isoaudit.export.minutes.record import record_of
from tests.cases.small import Case

EARLY, LATE = "0b0c1111-1111-4111-8111-111111111111", "0b0c2222-1111-4111-8111-111111111111"
PHOTO, OTHER = "ab" * 32, "cd" * 32
EMPTY = {"note": "", "reason": "", "due_on": None, "request": "", "evidence": [], "documents": [], "dossiers": []}


def criterion(code: str, clause: str = "", where: str | None = "one_stop") -> Case:
    """A criterion as packages tell it."""
    part = "B" if clause else "A"
    return {"code": code, "part": part, "clause": clause, "where": where, "text": f"Nội dung {code} có đúng không?"}


PACK: Case = {
    "audit": "2020-KT-016",
    "mode": "on_site",
    "programme": {"year": 2020, "name": "Kế hoạch kiểm tra năm 2020", "document": "41/KH-SKHCN"},
    "province": {"name": "Quảng Trị", "steering": "Ban Chỉ đạo ISO tỉnh", "office": "Sở Khoa học và Công nghệ"},
    "unit": {"code": "19429", "name": "Xã A", "kind": "commune", "district": ""},
    "team": [
        {"user_id": 1, "name": "Nguyễn Văn D", "role": "head", "contents": ""},
        {"user_id": 2, "name": "Lê Thị E", "role": "secretary", "contents": ""},
    ],
    "earlier": [{"audit": "2019-KT-004", "criterion": "A-01", "text": "Cũ", "description": "Chưa niêm yết"}],
    "checklist": {
        "id": "thu",
        "version": "1.0.0",
        "digest": "d" * 64,
        "edition": "iso9001-2015",
        "title": "Phiếu thử",
        "criteria": [
            criterion("A-01"),
            criterion("A-02"),
            criterion("B-7.2-01", "7.2"),
            criterion("B-7.2-02", "7.2"),
            criterion("B-8.5-01", "8.5.1", None),
        ],
        "clauses": [{"number": "7", "title": "Hỗ trợ"}, {"number": "8", "title": ""}],
        "places": [{"code": "one_stop", "name": "Bộ phận Một cửa"}],
    },
}
ANSWERS: dict[str, Case] = {
    "A-01": {"grade": "conformity", "evidence": [PHOTO]},
    "A-02": {
        "grade": "major",
        "note": "Không có phiếu kiểm soát",
        "due_on": "2020-12-05",
        "request": "Lập phiếu cho mọi hồ sơ",
        "dossiers": [LATE],
        "documents": ["KH 12/KH-UBND", "Sổ theo dõi"],
        "evidence": [OTHER, PHOTO],
    },
    "B-7.2-01": {"grade": "opportunity", "note": "Nên lưu theo năm"},
    "B-7.2-02": {"grade": "not_applicable", "reason": "Không có"},
    "B-8.5-01": {"grade": "minor", "note": "Sổ để trống\ntừ tháng 6", "due_on": "2021-02-28"},
}
DOSSIER: Case = {
    **dict.fromkeys(("number", "procedure", "field", "received", "due", "returned", "slow_step", "finding"), ""),
    **dict.fromkeys(("supplement", "apology"), False),
    "member": 1,
}
MEETING: Case = {
    "place": "Trụ sở UBND xã A",
    "began": "08:00",
    "ended": "16:30",
    "opening": "Công bố quyết định",
    "closing": "",
    "basis": "- Căn cứ Quyết định số 1;\n\nThực hiện Kế hoạch số 2.",
    "strengths": "Có cố gắng",
    "copies": 3,
    "read_back": True,
}
ENTRIES: dict[str, Case] = {
    "meeting": MEETING,
    "attendance/2": {"meeting": "closing", "name": "Trần Thị B", "position": "Thư ký ISO", "side": "unit"},
    "attendance/3": {"meeting": "opening", "name": "Hồ Văn G", "position": "Phó Chủ tịch UBND xã", "side": "unit"},
    "attendance/4": {"meeting": "both", "name": "Hồ Văn C", "position": "Chủ tịch UBND xã", "side": "unit"},
    "attendance/5": {"meeting": "both", "name": "", "position": "", "side": "unit"},
    f"dossier/{LATE}": DOSSIER
    | {
        "number": "H-02",
        "procedure": "Chứng thực",
        "field": "Chứng thực",
        "received": "2020-10-05",
        "due": "2020-10-06",
    }
    | {"slow_step": "Trình ký", "supplement": True},
    f"dossier/{EARLY}": DOSSIER
    | {"number": "H-01", "procedure": "Khai sinh", "field": "Hộ tịch", "received": "2020-09-02", "due": "2020-09-03"}
    | {"returned": "2020-09-03"},
    "word/A-02": {"stance": "reserved", "text": "Đã lập từ tháng 11"},
    "word/B-7.2-01": {"stance": "opinion", "text": "Chưa có kinh phí"},
    "word/B-8.5-01": {"stance": "agreed", "text": ""},
    f"photo/{PHOTO}": {"criterion": "A-01", "caption": "Bảng niêm yết", "taken_at": "", "blurred": False},
    f"photo/{'ef' * 32}": {"criterion": "", "caption": "Phòng họp", "taken_at": "", "blurred": False},
    "verify/2019-KT-004:A-01": {"result": "partly", "text": "chưa niêm yết"},
    "verify/2018-KT-001:A-02": {"result": "done", "text": ""},
}
FIELDS = {"remarks": "Duy trì đúng", "present": "", "unit_opinion": "Đề nghị tập huấn"}
UNIT: Case = {"side": "unit", "name": "Hồ Văn C", "position": "Chủ tịch UBND xã", "path": "M1 1L2 2"} | {
    "refused": False,
    "reason": "",
}
TEAM = UNIT | {"side": "team", "name": "Nguyễn Văn D", "position": "Trưởng đoàn", "path": "M3 3L4 4"}
REFUSED = UNIT | {"path": "", "refused": True, "reason": "Chờ xin ý kiến."}


def content(**more: Any) -> Case:
    """A content as it is signed."""
    answers = [{"criterion": code, "value": EMPTY | value} for code, value in ANSWERS.items()]
    made = {
        "audit": PACK["audit"],
        "minuted_on": "2020-11-05",
        "answers": answers,
        "entries": ENTRIES,
        "fields": FIELDS,
    }
    return made | more


def signing(*marks: Case, amends: str | None = None) -> Case:
    """What is known of a signing."""
    return {"digest": "3f" * 32, "minuted_on": "2020-11-05", "signatures": list(marks), "amends": amends}


def minutes() -> Case:
    """Drafts and signed minutes, full and bare."""
    bare = [{"criterion": "A-01", "value": EMPTY | {"grade": "conformity"}}]
    agreed = {name: each for name, each in ENTRIES.items() if not name.startswith(("word/", "attendance/"))}
    inputs: list[tuple[str, Case, Case, Case | None]] = [
        ("signed", PACK, content(), signing(UNIT, TEAM)),
        ("draft", PACK, content(), None),
        ("refused", PACK, content(), signing(REFUSED, TEAM)),
        ("amended", PACK, content(), signing(UNIT, TEAM, amends="9a" * 32)),
        ("nobody written down", PACK, content(entries=agreed), signing(UNIT, TEAM)),
        (
            "bare",
            PACK
            | {"programme": {"name": "Kiểm tra năm 2020", "document": None}, "earlier": [], "mode": "files"}
            | {"unit": {"name": "Sở Nội vụ", "kind": "agency"}},
            content(answers=bare, entries={}, fields={}),
            None,
        ),
    ]
    cases = [
        {
            "name": name,
            "pack": pack,
            "content": told,
            "signing": marks,
            "minutes": _camel(asdict(record_of(pack, told, marks))),
        }
        for name, pack, told, marks in inputs
    ]
    return {"cases": cases}


def _camel(record: Case) -> Case:
    """The names of the record's sections as the tablet has them."""
    return {word + "".join(each.title() for each in rest): value for (word, *rest), value in _split(record)}


def _split(record: Case) -> list[tuple[list[str], Any]]:
    return [(name.split("_"), value) for name, value in record.items()]
