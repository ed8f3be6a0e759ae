"""Sections VI to VIII: difficulties and causes, praise and criticism, proposals, next year.

All from the year's figures: what they do not show is not said.
"""

from collections import Counter
from collections.abc import Iterator

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.report_period import following
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import Maintained, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.inspections import not_audited, overdue_units, raised
from isoaudit.export.narrative.phrases import bullets, count, full, named, obliged_where, para, units_where
from isoaudit.export.narrative.reading import last_day_to_keep_up
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.sections.words import unit_names

CAUSES = {
    "A": "việc tuân thủ các quy định về áp dụng hệ thống (kế hoạch, phân công, công bố, báo cáo) chưa được duy trì đều",
    "4": "phạm vi, bối cảnh và các quá trình của hệ thống chưa được xem xét lại khi có thay đổi",
    "5": "vai trò, trách nhiệm của lãnh đạo đối với hệ thống chưa được thể hiện đầy đủ",
    "6": "mục tiêu, rủi ro và việc hoạch định thay đổi chưa được theo dõi thường xuyên",
    "7": "nguồn lực, năng lực của người tham gia và việc quản lý tài liệu, hồ sơ còn hạn chế",
    "8": "việc giải quyết hồ sơ ở một số khâu chưa theo đúng quy trình đã ban hành",
    "9": "việc theo dõi, đánh giá nội bộ và xem xét của lãnh đạo chưa sâu, chưa đúng kỳ",
    "10": "việc phân tích nguyên nhân, khắc phục và cải tiến chưa triệt để",
}
"""What findings under a chapter of the standard (or in part A) point to, in words of our own."""


def assessment(content: ReportContent) -> list[Flow]:
    """The three sections."""
    return [
        Heading(1, "Đánh giá chung"),
        Heading(2, "Khó khăn, hạn chế"),
        *_difficulties(content),
        Heading(2, "Nguyên nhân"),
        *_causes(content),
        Heading(2, "Biểu dương, nhắc nhở"),
        *_praise(content),
        Heading(1, "Kiến nghị, đề xuất"),
        *_proposals(content),
        Heading(1, f"Phương hướng, nhiệm vụ {following(content.period)}"),
        *_next_year(content),
    ]


class _State:
    """The units behind what is difficult, proposed and planned, looked up once."""

    def __init__(self, content: ReportContent) -> None:
        self.annex = annex_name(content, "units")
        behind = (Status.NOT_CONVERTED, Status.CONVERTING) if content.conversion.baseline else ()
        self.old = [name for status in behind for name in units_where(content, status=status)]
        self.failing = units_where(content, maintained=Maintained.FAILING)
        self.idle = obliged_where(content, Status.NOT_STARTED)
        self.building = units_where(content, status=Status.BUILDING)
        self.again = list(
            dict.fromkeys(
                [*units_where(content, status=Status.TO_REDECLARE), *units_where(content, redeclaration_due=True)]
            )
        )
        waiting = units_where(content, maintained=Maintained.NOT_DUE)
        ends = last_day_to_keep_up(content)
        self.waiting, self.lacking = ([], waiting) if ends else (waiting, [])
        self.late = overdue_units(content)
        self.open = content.rollup["nonconformities"]["closing"]
        self.overdue = content.rollup["nonconformities"]["overdue"]
        self.to = content.conversion.to_name


def _difficulties(content: ReportContent) -> list[Flow]:
    state = _State(content)
    told = [
        f"còn {count(len(names))} {words}{named(names, state.annex)}"
        for names, words in (
            (state.old, f"chưa hoàn thành chuyển đổi sang {state.to}"),
            (state.idle, "phải áp dụng nhưng chưa triển khai"),
            (state.failing, "chưa thực hiện đúng việc duy trì, cải tiến"),
            (state.lacking, "chưa ghi nhận đủ các nội dung duy trì, cải tiến của năm khi hết thời hạn"),
            (state.again, "cần công bố lại"),
        )
        if names
    ]
    if state.overdue:
        told.append(f"còn {count(state.overdue, 'tồn tại, hạn chế')} quá thời hạn khắc phục")
    if not told:
        nothing = full("Qua số liệu tổng hợp chưa thấy khó khăn, hạn chế lớn trong xây dựng, áp dụng, duy trì hệ thống")
        return [para(content, "difficulties.none", nothing)]
    return [bullets(content, "difficulties.list", told)]


def _causes(content: ReportContent) -> list[Flow]:
    chapters = Counter(each.clause.partition(".")[0] if each.clause else "A" for each in raised(content))
    most = [(chapter, number) for chapter, number in chapters.most_common(3) if chapter in CAUSES]
    if not most:
        nothing = full("Trong kỳ không phát hiện tồn tại, hạn chế nên chưa có cơ sở để nêu nguyên nhân chung")
        return [para(content, "causes.none", nothing)]
    return [
        para(content, "causes.lead", "Các tồn tại, hạn chế phát hiện qua kiểm tra tập trung ở những nguyên nhân sau:"),
        bullets(
            content, "causes.list", [f"{CAUSES[chapter]} ({count(number, 'tồn tại')})" for chapter, number in most]
        ),
    ]


def _praise(content: ReportContent) -> list[Flow]:
    state = _State(content)
    found: list[Flow] = [para(content, "praise.units", full(_praised(content, state.annex)))]
    told = []
    if state.failing:
        told.append(
            f"{count(len(state.failing))} chưa thực hiện đúng việc duy trì, cải tiến{named(state.failing, state.annex)}"
        )
    if state.late:
        annex = annex_name(content, "nonconformities")
        told.append(f"{count(len(state.late))} để quá thời hạn khắc phục tồn tại, hạn chế{named(state.late, annex)}")
    if told:
        found.append(para(content, "praise.criticism", full(f"Nhắc nhở {'; '.join(told)}")))
    else:
        found.append(para(content, "praise.none", full("Không có đơn vị nào phải nhắc nhở trong kỳ")))
    return found


def _praised(content: ReportContent, annex: str) -> str:
    """Who is praised, by a rule that is told with it: the best band where bands are official, else those that keep up
    their system as an inspection has seen, and have no finding open."""
    names = unit_names(content)
    if content.band_decision and content.bands:
        first = content.bands[0]
        best = [
            names[unit["code"]]
            for unit in content.rollup["units"]
            if unit["status"] != Status.EXEMPT and unit["audit"] and (unit["audit"]["band"] or NO_BAND) == first.code
        ]
        if best:
            return f"Biểu dương {count(len(best))} đạt mức {first.name}{named(best, annex)}"
    rule = "thực hiện đúng việc duy trì, cải tiến, đã kiểm chứng qua kiểm tra, không còn tồn tại, hạn chế nào đang mở"
    marred = {each.unit_code for each in content.nonconformities if each.closed_on is None}
    best = [
        names[unit["code"]]
        for unit in content.rollup["units"]
        if unit["status"] != Status.EXEMPT and unit["maintained"] == Maintained.VERIFIED and unit["code"] not in marred
    ]
    if not best:
        return f"Theo số liệu chưa có đơn vị nào đủ căn cứ để biểu dương ({rule})"
    return f"Biểu dương {count(len(best))} {rule}{named(best, annex)}"


def _proposals(content: ReportContent) -> list[Flow]:
    groups = (
        ("province", _above(content), list(_to_province(content))),
        ("agencies", "Với các đơn vị được kiểm tra", list(_to_units(content))),
        ("all", "Với các cơ quan, đơn vị áp dụng hệ thống", list(_to_all(content))),
    )
    found: list[Flow] = []
    for key, title, items in groups:
        if items:
            found += [Heading(2, title), bullets(content, f"proposals.{key}", items)]
    return found


def _above(content: ReportContent) -> str:
    """Whom the first proposals are for: nobody proposes to himself."""
    issuer = fold(f"{content.paper.issuer} {content.paper.issuer_short}")
    if "uy ban nhan dan tinh" in issuer or "ubnd tinh" in issuer:
        return "Giao Ban Chỉ đạo, cơ quan thường trực và các đơn vị liên quan"
    return "Với UBND tỉnh" if "ban chi dao" in issuer else "Với UBND tỉnh và Ban Chỉ đạo"


def _to_province(content: ReportContent) -> Iterator[str]:
    state = _State(content)
    if state.old:
        who = f"{count(len(state.old))} chưa hoàn thành chuyển đổi sang {state.to}"
        yield f"chỉ đạo {who} thực hiện xong trong {following(content.period)}"
    if state.idle:
        yield f"chỉ đạo {count(len(state.idle))} phải áp dụng nhưng chưa triển khai xây dựng hệ thống"
    if state.failing:
        who = f"{count(len(state.failing))} chưa thực hiện đúng việc duy trì, cải tiến"
        yield f"yêu cầu {who} chấn chỉnh và báo cáo kết quả"
    yield f"bố trí kinh phí cho việc xây dựng, duy trì, cải tiến và kiểm tra hệ thống {following(content.period)}"


def _to_units(content: ReportContent) -> Iterator[str]:
    state = _State(content)
    if state.open:
        what = f"{count(state.open, 'tồn tại, hạn chế')} đang mở"
        yield f"hoàn thành khắc phục {what} và gửi minh chứng về cơ quan thường trực"
    if state.overdue:
        yield f"xử lý ngay {count(state.overdue, 'tồn tại, hạn chế')} đã quá thời hạn, nêu rõ nguyên nhân chậm"


def _to_all(content: ReportContent) -> Iterator[str]:
    state = _State(content)
    if state.again:
        yield f"công bố lại đối với {count(len(state.again))} có thay đổi về phạm vi hoặc tổ chức"
    if state.waiting:
        who = f"{count(len(state.waiting))} chưa thực hiện đủ"
        yield f"hoàn thành đánh giá nội bộ, xem xét của lãnh đạo đúng hạn trong năm đối với {who}"
    if state.lacking:
        what = f"hồ sơ đánh giá nội bộ, xem xét của lãnh đạo năm {content.year}"
        yield f"bổ sung ngay {what} đối với {count(len(state.lacking))} chưa ghi nhận đủ"
    yield "cập nhật quy trình khi TTHC được công bố, sửa đổi; gửi báo cáo đúng thời hạn"


def _next_year(content: ReportContent) -> list[Flow]:
    state, told = _State(content), []
    if state.old:
        told.append(f"hoàn thành chuyển đổi sang {state.to} tại {count(len(state.old))}")
    if state.building:
        told.append(f"hoàn thành xây dựng và công bố hệ thống tại {count(len(state.building))}")
    if state.idle:
        told.append(f"triển khai xây dựng hệ thống tại {count(len(state.idle))} phải áp dụng")
    if state.lacking:
        told.append(
            f"kiểm tra việc bổ sung các nội dung duy trì của năm {content.year} tại {count(len(state.lacking))}"
        )
    if state.again:
        told.append(f"hướng dẫn {count(len(state.again))} công bố lại")
    if state.open:
        told.append(f"theo dõi, phúc tra việc khắc phục {count(state.open, 'tồn tại, hạn chế')} còn lại")
    rest = not_audited(content)
    if rest:
        told.append(f"đưa vào kế hoạch kiểm tra các đơn vị đã công bố nhưng chưa được kiểm tra trong năm ({rest})")
    told.append("duy trì, cải tiến hệ thống tại các đơn vị đã công bố; tổng hợp, báo cáo kết quả theo quy định")
    return [bullets(content, "next.list", told)]
