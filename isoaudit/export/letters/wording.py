"""The words that facts bring into papers, as officials write them; how heavy a shortcoming weighs stays internal.

Sentences of a paper are in its template; only what changes with the facts is here.
"""

import re
from collections.abc import Sequence
from datetime import date

from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.documentwords import long_date, short_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import Grade, NonconformityState, Outcome, PaperKind, TeamRole

DOTS, DAY_DOTS = "……", "……/……/……"
LONG_DAY_DOTS = "ngày …… tháng …… năm ……"
EVERYBODY = "Toàn thể"
ASKED = "Khắc phục, báo cáo kèm minh chứng"
"""What is asked when the minutes name nothing of their own."""
UNITS = "Các cơ quan, đơn vị được kiểm tra (danh sách kèm theo)"
"""Whom a letter to several units goes to."""
ON_DUTY = "nhiệm vụ được giao"
_CITED = {
    PaperKind.DECISION: ("Quyết định", "QĐ"),
    PaperKind.SCHEDULE: ("Thông báo", "TB"),
    PaperKind.NOTICE: ("Thông báo kết luận", "TB"),
    PaperKind.MINUTES: ("Biên bản kiểm tra", "BB"),
    PaperKind.TEAM_REPORT: ("Báo cáo kết quả kiểm tra", "BC"),
    PaperKind.REQUEST: ("Công văn", ""),
    PaperKind.REMEDY: ("Báo cáo khắc phục của đơn vị", ""),
}
TEAM = "ĐKT"
_OF_TEAM = (PaperKind.MINUTES, PaperKind.TEAM_REPORT)
"""Papers that the team numbers itself."""
_IMPORTED = re.compile(r"(.+) sha256:[0-9a-f]{64}")
_ROLES = {TeamRole.HEAD: "Trưởng đoàn", TeamRole.MEMBER: "Thành viên", TeamRole.SECRETARY: "Thư ký"}
_STATES = {
    NonconformityState.OPEN: "chưa khắc phục",
    NonconformityState.ANSWERED: "đơn vị đã nêu biện pháp, đang khắc phục",
    NonconformityState.IMPLEMENTED: "đơn vị báo cáo đã khắc phục, chờ kiểm chứng",
    NonconformityState.CLOSED: "đã kết thúc",
}
_OUTCOMES = {
    Outcome.VERIFIED: "đã khắc phục, đã kiểm chứng",
    Outcome.TRANSFERRED: "chuyển đơn vị kế thừa",
    Outcome.ENDED_WITH_UNIT: "kết thúc cùng đơn vị",
}
_RESULTS = {
    Grade.CONFORMITY: "không ghi là tồn tại, hạn chế",
    Grade.OPPORTUNITY: "chuyển thành khuyến nghị",
    Grade.NOT_APPLICABLE: "không thuộc phạm vi kiểm tra",
}


def cited(kind: PaperKind, number: str, issued_on: date | None, issuer_code: str) -> str:
    """A paper as another one cites it: its number and day, dots where they are not known."""
    name, letters = _CITED[kind]
    usual = f"{DOTS}/{letters}-{TEAM if kind in _OF_TEAM else issuer_code}" if letters else DOTS
    return f"{name} số {number or usual} ngày {day(issued_on)}"


def proof(said: str, document: str) -> str:
    """The evidence of a correction as paper names it: the document with number and day, what was seen. A record that
    came with a file of data names the file, not its digest."""
    found = _IMPORTED.fullmatch(said)
    told = f"ghi theo tệp số liệu {found[1]}" if found and not document else "" if found else said
    return "; ".join(filter(None, (document, told)))


def programme(name: str, number: str, issued_on: date | None) -> str:
    """The programme of a year with its document, as bases name it."""
    named = name if name.startswith("Kế hoạch") else f"Kế hoạch {name[:1].lower()}{name[1:]}"
    return f"{named} (số {number} ngày {day(issued_on)})" if number else named


def several(number: int) -> str:
    """Many units in place of a name."""
    return f"{count_text(number)} đơn vị (danh sách kèm theo)"


def located(unit: str, district: str) -> str:
    """A commune with its district, as letters name it: names of communes recur."""
    return f"{unit}, {district[:1].lower()}{district[1:]}" if district else unit


def seat(unit: str) -> str:
    """Where a unit is met."""
    return f"trụ sở {unit}"


def day(on: date | None) -> str:
    """A day in a sentence, dots for none."""
    return short_date(on) if on else DAY_DOTS


def span(first: date | None, last: date | None) -> str:
    """A day, or from the first to the last one; dots for none."""
    if first is None or last is None:
        return f"từ ngày {DAY_DOTS} đến ngày {DAY_DOTS}"
    if first == last:
        return long_date(first)
    return f"từ ngày {short_date(first)} đến ngày {short_date(last)}"


def lowered(issuer: str) -> str:
    """ "SỞ NỘI VỤ" as running text writes it; what is not in capitals stays."""
    return issuer.capitalize() if issuer.isupper() else issuer


def role(of: TeamRole) -> str:
    """A role in the team."""
    return _ROLES[of]


def person(name: str, position: str, of: TeamRole, *, last: bool) -> str:
    """Somebody in a list of the team."""
    told = ", ".join(filter(None, (f"Ông (bà) {name}", position, _ROLES[of])))
    return f"{told}{'.' if last else ';'}"


def attendant(name: str, position: str, *, last: bool) -> str:
    """Somebody of the unit in a list of those present."""
    told = ", ".join(filter(None, (f"Ông (bà) {name}", position)))
    return f"{told}{'.' if last else ';'}"


def contents(clauses: Sequence[str], rules: bool, number: int) -> str:
    """What is checked in a session, by the clauses that its criteria belong to; empty for no criteria."""
    parts = ["quy định về áp dụng, công bố"] if rules else []
    if clauses:
        parts.append(f"điều {', '.join(clauses)}")
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]} ({count_text(number)} nội dung)" if told else ""


def result(before: Grade | None, after: Grade) -> str:
    """What the decision on a contested finding means."""
    if before is after and after not in NONCONFORMING:
        return "giữ nguyên như biên bản"
    return _RESULTS.get(after, "giữ nguyên là tồn tại, hạn chế")


def corrected(state: NonconformityState, outcome: Outcome | None) -> str:
    """What became of a shortcoming."""
    return _OUTCOMES[outcome] if outcome else _STATES[state]


def again(missing: int) -> str:
    """Why a unit that was inspected by its files is proposed for the next programme."""
    return f"còn {count_text(missing)} nội dung đã yêu cầu bổ sung, khắc phục" if missing else "đã đủ nội dung"
