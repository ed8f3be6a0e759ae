"""The sentences of the minutes, as officials write them: the counterpart of the tablet's model/minutes_words.ts.

Both are held to the same cases (tests/cases/minutes.json). What is gathered and counted for them is in `record`; how it
looks in `sheet`. They are Vietnamese in every language of the screen, since paper is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from isoaudit.domain.documentwords import cited, short_date
from isoaudit.domain.localday import local_day
from isoaudit.domain.numbers import count_text, decimal_text
from isoaudit.domain.vocabulary import Grade

Data = Mapping[str, Any]

GRADES = {
    Grade.CONFORMITY: "thực hiện đúng",
    Grade.OPPORTUNITY: "khuyến nghị",
    Grade.MINOR: "tồn tại, hạn chế",
    Grade.MAJOR: "tồn tại, hạn chế",
    Grade.NOT_APPLICABLE: "không thuộc phạm vi",
}
"""Grades as papers call them (GLOSSARY): how heavy a shortcoming weighs stays internal."""
PART_A = "Phần A. Quy định về áp dụng, công bố"
MODES = {"on_site": "tại trụ sở", "files": "qua hồ sơ, báo cáo", "self": "theo hình thức tự đánh giá"}
_ON_SITE = "tài liệu, hồ sơ và trao đổi trực tiếp tại từng vị trí công việc"
_LOOKED_AT = {"files": "báo cáo, tài liệu, hồ sơ do đơn vị gửi"}
_COMMITTEES = ("district", "commune", "ward", "township", "special_zone")
_INSIDE = re.compile(r"^(Trụ sở|Hội trường|Phòng|Nhà|Trung tâm)(?= )")
_EDITION = re.compile(r"iso9001-(\d{4})")
_END = re.compile(r"[.\s]+$")


def text(value: object) -> str:
    """A text of an entry without the blanks around it; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def standard(edition: str) -> str:
    """The standard that a checklist is about, as paper names it."""
    year = _EDITION.fullmatch(edition)
    return f"TCVN ISO 9001:{year[1]}" if year else "TCVN ISO 9001"


def unit_name(unit: Data) -> str:
    """The unit as paper names it: a territory by its people's committee."""
    name: str = unit["name"]
    if unit["kind"] not in _COMMITTEES or name.startswith("UBND"):
        return name
    return f"UBND {name[:1].lower()}{name[1:]}"


def subject(pack: Data) -> str:
    """What the minutes are about, below their title."""
    named = standard(pack["checklist"]["edition"])
    return (
        "Kiểm tra việc xây dựng, áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng "
        f"theo {named} tại {unit_name(pack['unit'])}"
    )


def basis(pack: Data, typed: str) -> list[str]:
    """The basis as typed, a line each; else the programme of the year."""
    lines = [re.sub(r"[;.\s]+$", "", re.sub(r"^[-–\s]+", "", line)) for line in typed.split("\n")]
    found = [line for line in lines if line]
    plan = pack["programme"]
    if found or not plan:
        return found
    name, number = plan["name"], f"số {plan['document']}" if plan["document"] else ""
    if name.startswith("Kế hoạch"):
        return [f"Thực hiện {name} ({number})" if number else f"Thực hiện {name}"]
    return [" ".join(filter(None, ("Thực hiện Kế hoạch", number, "về", name[:1].lower() + name[1:])))]


def opening(pack: Data, meeting: Data, day: str) -> str:
    """The first sentence: when, where, what. `day` is the day of the minutes in words."""
    unit = unit_name(pack["unit"])
    place = _INSIDE.sub(lambda word: word[0].lower(), text(meeting.get("place"))) or f"trụ sở {unit}"
    return (
        f"Hôm nay, {hour(text(meeting.get('began')))}, {day}, tại {place}, Đoàn kiểm tra tiến hành kiểm tra "
        f"{MODES.get(pack['mode'], '')} việc xây dựng, áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng của "
        f"{unit} (cuộc kiểm tra số {pack['audit']})."
    )


def seen(pack: Data, total: Any) -> str:
    """What was looked at, and how many criteria of each result; those out of scope are told apart."""
    checklist, looked_at = pack["checklist"], _LOOKED_AT.get(pack["mode"], _ON_SITE)
    return (
        f"Đoàn kiểm tra căn cứ {checklist['title']} (phiên bản {checklist['version']}) xem xét {looked_at}. "
        f"Số nội dung thuộc phạm vi đã kiểm tra: {count_text(total.seen - total.outside)} "
        f"(thực hiện đúng: {count_text(total.conformity)}; khuyến nghị: {count_text(total.opportunity)}; "
        f"tồn tại, hạn chế cần khắc phục: {count_text(total.shortcoming)}); "
        f"không thuộc phạm vi: {count_text(total.outside)}."
    )


def dossiers(rows: Sequence[Any]) -> str:
    """How many dossiers were drawn, from how many fields, how many late."""
    if not rows:
        return ""
    fields = len({each.field for each in rows if each.field})
    of = f" thuộc {count_text(fields)} lĩnh vực" if fields else ""
    late = sum(each.late > 0 for each in rows)
    return f"Đoàn kiểm tra chọn xem xét {count_text(len(rows))} hồ sơ{of}; số hồ sơ quá hạn: {count_text(late)}."


def asks(unit: str, shortcomings: int) -> str:
    """What the team asks of the unit, above the table of requests."""
    if not shortcomings:
        return "Đoàn kiểm tra đề nghị đơn vị tiếp tục duy trì, cải tiến Hệ thống quản lý chất lượng theo quy định."
    return (
        f"Đoàn kiểm tra đề nghị {unit} khắc phục các tồn tại, hạn chế nêu tại mục IV trong thời hạn dưới đây và báo "
        "cáo kết quả bằng văn bản, kèm bằng chứng, về Cơ quan thường trực ISO."
    )


def unit_word(stances: Sequence[str]) -> str:
    """On how many findings the unit agrees, has an opinion, reserves one."""
    told = [
        f"{words} {count_text(stances.count(stance))} nội dung"
        for stance, words in (
            ("agreed", "nhất trí với"),
            ("opinion", "có ý kiến đối với"),
            ("reserved", "bảo lưu ý kiến đối với"),
        )
        if stance in stances
    ]
    if not told:
        return ""
    listed = told[0] if len(told) == 1 else f"{'; '.join(told[:-1])} và {told[-1]}"
    kept = (
        " Nội dung bảo lưu được Đoàn kiểm tra báo cáo cấp có thẩm quyền xem xét tại thông báo kết luận."
        if "reserved" in stances
        else ""
    )
    return f"Đối với các nội dung nêu tại mục IV và mục V, đơn vị {listed}.{kept}"


def closing(meeting: Data, marks: Iterable[Data], reserved: bool) -> str:
    """The last sentences: when it ended, read back, agreed or refused, how many copies."""
    read = (
        "đã được đọc lại cho những người có tên nêu trên cùng nghe"
        if meeting.get("read_back") is True
        else "đã được những người có tên nêu trên cùng xem"
    )
    refused = [_refusal(each) for each in marks if each.get("refused")]
    kept = ", trừ các nội dung bảo lưu nêu tại mục VII," if reserved else ""
    agreed = f"; {'; '.join(refused)}" if refused else f", thống nhất nội dung{kept} và cùng ký tên dưới đây"
    given = meeting.get("copies")
    copies = given if isinstance(given, int) and given > 0 else 2
    share = (
        f", có giá trị như nhau; đơn vị được kiểm tra giữ 01 bản, Đoàn kiểm tra giữ {count_text(copies - 1)} bản"
        if copies > 1
        else ""
    )
    return (
        f"Việc kiểm tra kết thúc {hour(text(meeting.get('ended')))} cùng ngày. Biên bản {read}{agreed}. "
        f"Biên bản được lập thành {count_text(copies)} bản{share}./."
    )


def decided(number: str, issued_on: date | None) -> str:
    """The decision that set up the team, as a basis."""
    return f"Căn cứ Quyết định số {cited(number, issued_on)} về việc thành lập Đoàn kiểm tra"


def source(body: str, number: str, issued_on: date | None) -> str:
    """Where the minutes of an inspection by another body come from."""
    named = f" số {number} ngày {short_date(issued_on)}" if number and issued_on else ""
    return f"Ghi lại theo văn bản{named} của {body}; bản chính do cơ quan đã kiểm tra lưu giữ."


def taken(at: str) -> str:
    """When a photo was taken, by the device's clock; "" when it does not tell."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    day = local_day(moment) if moment.tzinfo else moment.date()
    return f"chụp ngày {short_date(day)}"


def part(clause: str, title: str) -> str:
    """The heading above the criteria of a clause; of part A for none."""
    return f"Điều {clause}. {title}".removesuffix(". ") if clause else PART_A


def score(points: Fraction | None, band: str, decision: str) -> str:
    """Score and band, once the committee has decided that they may be told."""
    named = band.lower() or "chưa đủ căn cứ xếp loại"
    return f"Điểm đánh giá: {decimal_text(points)}/100; xếp loại: {named} (theo {decision})."


def amendment(digest: str | None) -> str:
    """Which minutes these replace; "" when none."""
    return f"Biên bản này thay thế biên bản đã ký có mã nội dung {digest[:16]}…." if digest else ""


def hour(time: str) -> str:
    """ "hồi 08 giờ 30 phút"; dots where no hour is known."""
    hours, _, minutes = time.partition(":")
    return f"hồi {hours} giờ {minutes} phút" if hours and minutes else "hồi …… giờ …… phút"


def _refusal(mark: Data) -> str:
    who = "đại diện đơn vị được kiểm tra" if mark["side"] == "unit" else "Trưởng đoàn"
    return f"{who} không ký biên bản, lý do: {_END.sub('', mark['reason'])}"
