"""The lists of the minutes: who was there, results by part, sampled dossiers, photos, earlier findings.

Shapes and order are those of the tablet's (see `record`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.dossiers import days_late
from isoaudit.export.minutes.words import Data, part, text

_VERIFIED = {"done": "đã khắc phục", "partly": "đã khắc phục một phần", "not_done": "chưa khắc phục"}
_LINE = {
    "conformity": "conformity",
    "opportunity": "opportunity",
    "minor": "shortcoming",
    "major": "shortcoming",
    "not_applicable": "outside",
}
_FIRST = re.compile(r"trưởng đoàn|bí thư|chủ tịch|giám đốc|trưởng")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody present; `meeting` says which meeting, when it was only one."""

    name: str
    position: str
    meeting: str


@dataclass(slots=True)
class Result:
    """Counts of a part of the checklist."""

    name: str
    seen: int = 0
    conformity: int = 0
    opportunity: int = 0
    shortcoming: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """A sampled dossier: `number` is its place in the list, `code` its own, `late` whole days."""

    id: str
    number: int
    code: str
    procedure: str
    field: str
    received: str
    due: str
    returned: str
    late: int
    found: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, by its number in the list."""

    number: int
    sha256: str
    code: str
    caption: str
    taken: str


def dossier_rows(entries: Mapping[str, Data], as_of: str) -> list[Dossier]:
    """The dossiers in the order of the day received, then of their numbers; `as_of` counts for those not returned."""

    def order(item: tuple[str, Data]) -> tuple[str, str, str]:
        return text(item[1].get("received")) or "9999", text(item[1].get("number")), item[0]

    rows = []
    for place, (name, data) in enumerate(sorted(_under(entries, "dossier/"), key=order), 1):
        due, returned = text(data.get("due")), text(data.get("returned"))
        late = days_late(due, returned, as_of) or 0
        rows.append(
            Dossier(
                id=name.removeprefix("dossier/"),
                number=place,
                code=text(data.get("number")),
                procedure=text(data.get("procedure")),
                field=text(data.get("field")),
                received=short(text(data.get("received"))),
                due=short(due),
                returned=short(returned),
                late=late,
                found=_found(data) or _plain(late, returned),
            )
        )
    return rows


def _found(data: Data) -> str:
    slow = text(data.get("slow_step"))
    parts = [
        f"khâu chậm: {slow}" if slow else "",
        "có phiếu yêu cầu bổ sung" if data.get("supplement") is True else "",
        "có phiếu xin lỗi và hẹn lại" if data.get("apology") is True else "",
        text(data.get("finding")),
    ]
    joined = "; ".join(each for each in parts if each)
    return joined[:1].upper() + joined[1:]


def _plain(late: int, returned: str) -> str:
    if late:
        return "Trả kết quả quá hạn" if returned else "Quá hạn, chưa trả kết quả"
    return "–" if returned else "Đang giải quyết"


def people(entries: Mapping[str, Data], side: str) -> list[Person]:
    """Those present of one side, heads first."""
    meetings = {"opening": "dự họp khai mạc", "closing": "dự họp kết thúc"}
    found = [
        Person(text(data["name"]), text(data.get("position")), meetings.get(text(data.get("meeting")), ""))
        for _, data in _under(entries, "attendance/")
        if data.get("side") == side and text(data.get("name"))
    ]
    return sorted(found, key=_rank)


def _rank(person: Person) -> int:
    """Heads before the others."""
    position = person.position.lower()
    if _FIRST.match(position):
        return 0
    return 1 if position.startswith("phó") else 3 if position.startswith("thư ký") else 2


def results_of(checklist: Data, answers: Mapping[str, Data]) -> tuple[list[Result], Result]:
    """Counts by part and chapter, and their sum."""
    titles = {each["number"]: each["title"] for each in checklist["clauses"]}
    rows: dict[str, Result] = {}
    total = Result("Cộng")
    for each in checklist["criteria"]:
        grade = answers.get(each["code"], {}).get("grade")
        if not grade:
            continue
        chapter = "" if each["part"] == "A" else each["clause"].split(".")[0]
        name = part(chapter, titles.get(chapter, ""))
        for line in (rows.setdefault(name, Result(name)), total):
            line.seen += 1
            setattr(line, _LINE[grade], getattr(line, _LINE[grade]) + 1)
    return list(rows.values()), total


def photos_of(checklist: Data, answers: Mapping[str, Data], entries: Mapping[str, Data]) -> list[Photo]:
    """Every photo once: those of answers in the order of the checklist, then the others."""
    found: dict[str, str] = {}
    for each in checklist["criteria"]:
        for sha256 in answers.get(each["code"], {}).get("evidence", ()):
            found.setdefault(sha256, each["code"])
    for name, data in _under(entries, "photo/"):
        found.setdefault(name.removeprefix("photo/"), text(data.get("criterion")))
    told = {sha256: entries.get(f"photo/{sha256}") or {} for sha256 in found}
    return [
        Photo(place, sha256, code, text(told[sha256].get("caption")), text(told[sha256].get("taken_at")))
        for place, (sha256, code) in enumerate(found.items(), 1)
    ]


def verified(earlier: Iterable[Data], entries: Mapping[str, Data]) -> list[dict[str, str]]:
    """The earlier findings that were looked at again, with what became of them."""
    known = {f"verify/{each['audit']}:{each['criterion']}": each["description"] for each in earlier}
    found = []
    for name, seen in _under(entries, "verify/"):
        audit, _, code = name.removeprefix("verify/").partition(":")
        result, said = _VERIFIED.get(text(seen.get("result")), ""), text(seen.get("text"))
        found.append(
            {
                "text": known.get(name) or f"Nội dung {code}, cuộc kiểm tra số {audit}",
                "result": f"{result}: {said}" if said else result,
            }
        )
    return found


def _under(entries: Mapping[str, Data], prefix: str) -> list[tuple[str, Data]]:
    """The entries of one type, in the order of their names."""
    found = [(name, data) for name, data in entries.items() if name.startswith(prefix) and data is not None]
    return sorted(found, key=itemgetter(0))


def short(day: str) -> str:
    """An ISO day as tables write it; "" for none."""
    return short_date(date.fromisoformat(day)) if day else ""
