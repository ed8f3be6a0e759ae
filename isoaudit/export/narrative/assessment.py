"""Section VI: difficulties and causes, praise and criticism; VII and VIII stand in `proposals`.

All from the year's figures: what they do not show is not said.
"""

from collections import Counter

from isoaudit.domain.report_period import following
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.inspections import raised
from isoaudit.export.narrative.merits import praised
from isoaudit.export.narrative.phrases import bullets, count, full, named, para
from isoaudit.export.narrative.proposals import next_year, proposals
from isoaudit.export.narrative.reading import PLACES
from isoaudit.export.narrative.state import State
from isoaudit.export.paper.blocks import Flow, Heading

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
        *proposals(content),
        Heading(1, f"Phương hướng, nhiệm vụ {following(content.period)}"),
        *next_year(content),
    ]


def _difficulties(content: ReportContent) -> list[Flow]:
    """Numbers only: the units are named where the sections before tell of them."""
    state = State(content)
    told = [
        f"còn {count(len(names))} {words} ({PLACES[where]})"
        for names, words, where in (
            (state.old, f"đang áp dụng phiên bản cũ, chưa chuyển đổi xong sang {state.to}", "converted"),
            (state.idle, "phải áp dụng nhưng chưa triển khai", "building"),
            (state.stopped, "đã ngừng áp dụng", "declared"),
            (state.failing, "chưa thực hiện đúng việc duy trì, cải tiến", "maintained"),
            (
                state.lacking,
                "chưa ghi nhận đủ các nội dung duy trì, cải tiến của năm khi hết thời hạn",
                "maintained",
            ),
            (state.again, "cần công bố lại", "declared"),
        )
        if names
    ]
    if state.overdue:
        told.append(f"còn {count(state.overdue, 'tồn tại, hạn chế')} quá thời hạn khắc phục ({PLACES['findings']})")
    if state.unsent:
        told.append(f"còn {count(len(state.unsent))} quá hạn chưa gửi báo cáo {state.unsent_period}")
    if not told:
        nothing = full("Qua số liệu tổng hợp chưa thấy khó khăn, hạn chế lớn trong xây dựng, áp dụng, duy trì hệ thống")
        return [para(content, "difficulties.none", nothing)]
    return [bullets(content, "difficulties.list", told)]


def _causes(content: ReportContent) -> list[Flow]:
    chapters = Counter(each.clause.partition(".")[0] if each.clause else "A" for each in raised(content))
    most = [(chapter, number) for chapter, number in chapters.most_common(3) if chapter in CAUSES]
    if not most:
        visited = content.rollup["total"]["visits"]
        why = "không phát hiện tồn tại, hạn chế" if visited else "chưa có cuộc kiểm tra nào được lập biên bản"
        nothing = full(f"Trong kỳ {why} nên chưa có cơ sở để nêu nguyên nhân chung")
        return [para(content, "causes.none", nothing)]
    return [
        para(
            content, "causes.lead", "Các tồn tại, hạn chế phát hiện qua kiểm tra gắn với những nguyên nhân chủ yếu sau:"
        ),
        bullets(
            content, "causes.list", [f"{CAUSES[chapter]} ({count(number, 'tồn tại')})" for chapter, number in most]
        ),
    ]


def _praise(content: ReportContent) -> list[Flow]:
    state = State(content)
    annex = annex_name(content, "units")
    found: list[Flow] = [para(content, "praise.units", *map(full, praised(content, annex_name(content, "praised"))))]
    reminded = (
        (state.failing, "chưa thực hiện đúng việc duy trì, cải tiến", annex),
        (state.idle, "phải áp dụng nhưng chưa triển khai", annex),
        (state.late, "để quá thời hạn khắc phục tồn tại, hạn chế", annex_name(content, "nonconformities")),
        (state.unsent, f"quá hạn chưa gửi báo cáo {state.unsent_period}", annex_name(content, "reports")),
    )
    told = [f"{count(len(names))} {words}{named(names, where)}" for names, words, where in reminded if names]
    if told:
        found.append(para(content, "praise.criticism", full(f"Nhắc nhở {'; '.join(told)}")))
    else:
        found.append(para(content, "praise.none", full("Không có đơn vị nào phải nhắc nhở trong kỳ")))
    return found
