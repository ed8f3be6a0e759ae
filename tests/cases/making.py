"""The inputs of the cases, and what the rules of `isoaudit.domain` make of them."""

import json
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from isoaudit.domain import audit_life, digest, dossiers, entries
from isoaudit.domain.audit import band, score, tally_of
from isoaudit.domain.audit_life import Given
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.errors import Invalid
from isoaudit.domain.merge import linked
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import Grade
from tests.cases.merging import DOSSIER, merge
from tests.cases.minuting import minutes
from tests.cases.small import CHECKLIST, Case, small_checklist

FOLDER = Path(__file__).parent
KINDS = ["commune", "ward"]


def text(content: Case) -> str:
    """A file: one case a line, so that a difference can be read."""
    cases = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in content["cases"])
    shared = "".join(
        f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)},\n"
        for name, each in content.items()
        if name != "cases"
    )
    return f'{{{shared}"cases": [\n{cases}\n]}}\n'


def canonical() -> Case:
    """Canonical JSON, digests, fingerprints, chain."""
    values: list[Any] = [
        *(None, True, False, 0, -7, 2**53 - 1, "", "Đông Hà"),
        "e\u0302\u0301 u\u031b\u0323",
        "ế ự",
        '\u0000\u0001\u001f\b\t\n\f\r"\\/\u007f\u0080\u2028\u2029',
        "🏛️ Một cửa",
        [],
        {},
        [3, [1, 2], "2"],
        {"b": 1, "a": {"d": None, "c": []}, "Đ": 2, "đ": 3},
        {"\U0001f600": 1, "\uff21": 2, "z": 3, "\ue000": 4},
        {"a\u0302": 1, "z": 2},
        {
            "grade": "minor",
            "note": "Thiếu 02 hồ sơ\nở bộ phận một cửa",
            "due_on": "2020-12-31",
            "evidence": ["ab" * 32],
        },
    ]
    cases: list[Case] = [
        {"value": each, "canonical": digest.canonical(each), "digest": digest.digest_of(each)} for each in values
    ]
    chain = ""
    for seq, kind, criterion, value in (
        (1, "answer", "A-01", {"grade": "conformity", "note": "Đủ"}),
        (2, "entry", None, {"entry": DOSSIER, "data": None}),
        (3, "field", None, {"field": "remarks", "text": "Tốt"}),
    ):
        sent = Operation(f"o{seq}", "d", seq, "2020-KT-001", 0, kind, value, criterion, "2020-11-18T02:00:00.000Z")
        chain = linked(chain, sent.fingerprint)
        operation = {name: getattr(sent, name) for name in sent.__slots__}
        cases.append({"operation": operation, "digest": sent.fingerprint, "chain": chain})
    return {
        "about": "value: its canonical JSON and the SHA-256 of it. operation: its fingerprint (digest) and the chain "
        "of the device after it; the cases with an operation follow each other, the chain begins with the empty text.",
        "cases": cases,
    }


def _answers(**grades: str | None) -> dict[str, Case]:
    found = {}
    for each in CHECKLIST["criterion"]:
        key = each["code"].replace("-", "_").replace(".", "_")
        if key in grades:
            found[each["code"]] = {"grade": grades[key], "note": "", "reason": "", "due_on": None, "conflict": False}
    return found


def asked() -> Case:
    """What is asked, missing, counted; score and band."""
    good = dict.fromkeys(("A_01", "B_4_1_01", "B_7_2_01", "B_8_5_01", "B_9_2_01"), "conformity")
    full = _answers(**good)
    lacking = _answers(**good | {"B_4_1_01": "major", "B_9_2_01": "not_applicable", "B_8_5_01": "minor"})
    lacking["B-8.5-01"] |= {"note": "  ", "due_on": "2020-12-31", "conflict": True}
    fixed = json.loads(json.dumps(lacking))
    fixed["B-4.1-01"] |= {"note": "Thiếu", "due_on": "2020-12-31"}
    fixed["B-9.2-01"] |= {"reason": "Chưa đến hạn"}
    fixed["B-8.5-01"] |= {"note": "Thiếu", "conflict": False}
    failing = _answers(**good | {"A_01": "minor"})
    thirds = _answers(**good | {"B_4_1_01": "minor", "B_9_2_01": "major"})
    inputs = [
        ({}, "commune", False),
        ({}, "ward", True),
        (full, "commune", False),
        (_answers(A_01="conformity", B_4_1_01="opportunity"), "ward", False),
        (_answers(A_01=None, B_4_1_01="minor", B_8_5_01="major"), "ward", True),
        *((lacking, kind, core) for kind in KINDS for core in (False, True)),
        (fixed, "commune", False),
        (failing, "commune", False),
        (thirds, "commune", False),
        (_answers(**dict.fromkeys(good, "not_applicable")), "ward", False),
    ]
    return {
        "about": "checklist in the shape of a package. Each case: answers of a unit of that kind (core: the short set) "
        "give the codes asked, what the minutes lack, how many of each grade (none: asked and unanswered), the exact "
        "score as a fraction and the code of the band, null where there is none.",
        "checklist": _package(small_checklist()),
        "cases": [_judged(answers, kind, core) for answers, kind, core in inputs],
    }


def _package(of: Checklist) -> Case:
    return {
        "id": of.id,
        "version": of.version,
        "digest": of.digest,
        "scoring": {grade.value: str(value) for grade, value in of.scoring.values().items()},
        "bands": [
            {"code": each.code, "name": each.name.vi, "min_score": str(each.min_score), "gates_hold": each.gates_hold}
            | {"max_major": each.max_major, "max_minor": each.max_minor}
            for each in of.bands
        ],
        "criteria": [
            {"code": each.code, "part": each.part.value, "clause": each.clause, "rule": each.rule}
            | {"weight": each.weight, "gate": each.gate, "core": each.core, "applies_to": sorted(each.applies_to)}
            | {"when": each.when and {"criterion": each.when.criterion, "grades": sorted(each.when.grades)}}
            for each in of.criteria
        ],
    }


def _judged(answers: dict[str, Case], kind: str, core: bool) -> Case:
    of = small_checklist()
    grades = {code: Grade(each["grade"]) if each["grade"] else None for code, each in answers.items()}
    given = {
        code: Given(
            grades[code],
            each["note"],
            each["reason"],
            date.fromisoformat(each["due_on"]) if each["due_on"] else None,
            each["conflict"],
        )
        for code, each in answers.items()
    }
    missing = audit_life.missing_for_minutes(of, kind, given, core=core)
    tally = tally_of(of, kind, grades)
    reached = score(tally.weights, of.scoring)
    earned = band(tally, of.bands, reached)
    return {
        "kind": kind,
        "core": core,
        "answers": answers,
        "asked": [each.code for each in of.asked(kind, grades, core=core)],
        "missing": [{"criterion": each.criterion, "lack": each.lack.value} for each in missing],
        "counts": {grade.value: sum(each is grade for each in grades.values()) for grade in Grade}
        | {"none": sum(each.lack is audit_life.Lack.ANSWER for each in missing)},
        "score": None if reached is None else str(reached),
        "band": earned.code if earned else None,
    }


def late() -> Case:
    """Days late of dossiers."""
    days = ("", "2020-02-28", "2020-02-29", "2020-03-01", "2020-12-31", "2021-01-04")
    return {
        "about": "due, returned and as_of (ISO days, empty where there is none) give days late, null when unknown.",
        "cases": [
            {"due": due, "returned": returned, "as_of": as_of, "days": dossiers.days_late(due, returned, as_of)}
            for due, returned, as_of in product(days[:4], days, ("", "2020-03-01"))
        ],
    }


def entry() -> Case:
    """Data of entries, as they are stored or refused."""
    unit_id = "00000000-0000-4000-8000-000000000002"
    inputs: list[tuple[str, Any]] = [
        (DOSSIER, None),
        (DOSSIER, {}),
        (DOSSIER, {"number": "01/HS", "received": "2020-11-02", "due": "2020-11-09", "supplement": True, "member": 3}),
        (DOSSIER, {"finding": "a\u0302"}),
        (DOSSIER, {"due": "09/11/2020"}),
        (DOSSIER, {"apology": "có"}),
        (DOSSIER, {"citizen": "Nguyễn Văn A"}),
        (DOSSIER, {"finding": "CMND 197123456 nộp lại"}),
        (DOSSIER, {"number": "045099001234"}),
        (DOSSIER, {"number": "000.00.19.H50-201116-0012"}),
        (DOSSIER, {"number": "1234567890"}),
        ("dossier/1", {}),
        ("dossier", {}),
        ("word/B-4.1-01", {"stance": "agreed"}),
        ("word/B-4.1-01", {"stance": "reserved", "text": " "}),
        ("word/B-4.1-01", {"stance": "reserved", "text": "Đã có sổ"}),
        ("word/B-4.1-01", {"stance": "maybe", "text": "x"}),
        ("word/B-9.9-99", {"stance": "agreed"}),
        ("assign/A-01", {"user_id": 5}),
        ("assign/A-01", {}),
        ("assign/A-01", {"user_id": "5"}),
        (f"note/{unit_id}", {"text": "Xem lại", "at": "2020-11-18T02:00:00.000Z"}),
        (f"note/{unit_id}", {"text": "x" * 10_001}),
        (f"note/{unit_id}", {"text": "x", "at": "sáng"}),
        (f"unlisted/{unit_id}", {"what": "procedure", "text": "Cấp giấy phép"}),
        ("verify/2019-KT-004:B-4.1-01", {"result": "partly", "text": "Còn thiếu sổ"}),
        ("verify/2019-KT-004", {"result": "done"}),
        (f"photo/{'ab' * 32}", {"latitude": "16.81", "longitude": "-107.1", "blurred": True}),
        (f"photo/{'ab' * 32}", {"latitude": 16.5}),
        (f"photo/{'ab' * 32}", {"latitude": "16,5"}),
        (f"gps/{unit_id}", {"latitude": "16.8", "longitude": "107.1", "accuracy": "12", "at": ""}),
        ("meeting", {"place": "UBND xã", "began": "08:00", "ended": "11:30", "copies": 3, "read_back": True}),
        ("meeting", {"began": "8 giờ"}),
        ("meeting", {"copies": -1}),
        ("meeting/1", {}),
        (f"attendance/{unit_id}", {"meeting": "both", "name": "Lê Văn B", "position": "Chủ tịch", "side": "unit"}),
        ("weather", {}),
    ]
    return {
        "about": "entry and data give the stored form (all keys), or the code of the refusal. criteria: the codes of "
        "the checklist.",
        "criteria": [each["code"] for each in CHECKLIST["criterion"]],
        "cases": [_stored(name, data) for name, data in inputs],
    }


def _stored(name: str, data: Any) -> Case:
    try:
        return {"entry": name, "data": data, "stored": entries.data_of(name, data, small_checklist())}
    except Invalid as refusal:
        return {"entry": name, "data": data, "refused": refusal.code}


FILES: dict[str, Callable[[], Case]] = {
    "canonical.json": canonical,
    "checklist.json": asked,
    "dossiers.json": late,
    "entries.json": entry,
    "merge.json": merge,
    "minutes.json": minutes,
}
