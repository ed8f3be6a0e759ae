"""Sections VII and VIII: proposals by addressee, next year's tasks. Of what was counted before, only the number is told
again; who they are stands in the sections before and in the annexes.
"""

from collections.abc import Iterator

from isoaudit.domain.numbers import count_text
from isoaudit.domain.report_period import following
from isoaudit.domain.text import fold
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.next_plan import next_plan
from isoaudit.export.narrative.phrases import bullets, count
from isoaudit.export.narrative.state import State
from isoaudit.export.paper.blocks import Flow, Heading


def proposals(content: ReportContent) -> list[Flow]:
    """Section VII without its heading."""
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
    state = State(content)
    if state.old:
        who = f"{count(len(state.old))} đang áp dụng phiên bản cũ"
        yield f"chỉ đạo {who} chuyển đổi xong sang {state.to} trong {following(content.period)}"
    if state.idle:
        yield f"chỉ đạo {count(len(state.idle))} phải áp dụng nhưng chưa triển khai xây dựng hệ thống"
    if state.failing:
        who = f"{count(len(state.failing))} chưa thực hiện đúng việc duy trì, cải tiến"
        yield f"yêu cầu {who} chấn chỉnh và báo cáo kết quả"
    yield f"bố trí kinh phí cho việc xây dựng, duy trì, cải tiến và kiểm tra hệ thống {following(content.period)}"


def _to_units(content: ReportContent) -> Iterator[str]:
    """What is overdue is not asked for twice: in one breath with all that is open, when that is the same."""
    state = State(content)
    what = count(state.open, "tồn tại, hạn chế")
    sent = "gửi minh chứng về cơ quan thường trực"
    if state.open and state.open == state.overdue:
        yield f"khắc phục ngay {what} đang mở, đều đã quá thời hạn; nêu rõ nguyên nhân chậm và {sent}"
    elif state.open and state.overdue:
        late = f"{count_text(state.overdue)} tồn tại, hạn chế đã quá thời hạn"
        yield f"hoàn thành khắc phục {what} đang mở, trong đó xử lý ngay {late}, nêu rõ nguyên nhân chậm; {sent}"
    elif state.open:
        yield f"hoàn thành khắc phục {what} đang mở và {sent}"


def _to_all(content: ReportContent) -> Iterator[str]:
    state = State(content)
    if state.again:
        yield f"công bố lại đối với {count(len(state.again))} có thay đổi về phạm vi hoặc tổ chức"
    if state.waiting:
        who = f"{count(len(state.waiting))} chưa thực hiện đủ"
        yield f"hoàn thành đánh giá nội bộ, xem xét của lãnh đạo đúng hạn trong năm đối với {who}"
    if state.lacking:
        what = f"hồ sơ đánh giá nội bộ, xem xét của lãnh đạo năm {content.year}"
        yield f"bổ sung ngay {what} đối với {count(len(state.lacking))} chưa ghi nhận đủ"
    if state.unsent:
        yield f"gửi ngay báo cáo {state.unsent_period} đối với {count(len(state.unsent))} quá hạn chưa gửi"
    if state.declared:
        yield "cập nhật quy trình khi TTHC được công bố, sửa đổi; gửi báo cáo đúng thời hạn"
    else:
        yield "lập kế hoạch, phân công người và bố trí thời gian xây dựng hệ thống theo lộ trình của tỉnh"


def next_year(content: ReportContent) -> list[Flow]:
    """Section VIII without its heading."""
    state, told = State(content), []
    building = []
    if state.old:
        building.append(f"hoàn thành chuyển đổi sang {state.to} tại {count(len(state.old))}")
    if state.building:
        building.append(f"hoàn thành xây dựng và công bố hệ thống tại {count(len(state.building))}")
    if state.idle:
        building.append(f"triển khai xây dựng hệ thống tại {count(len(state.idle))} phải áp dụng")
    if state.again:
        building.append(f"hướng dẫn {count(len(state.again))} công bố lại")
    if building:
        told.append("; ".join(building))
    following_up = []
    if state.open:
        following_up.append(f"theo dõi, phúc tra việc khắc phục {count(state.open, 'tồn tại, hạn chế')} còn lại")
    if state.lacking:
        what = f"các nội dung duy trì của năm {content.year}"
        following_up.append(f"kiểm tra việc bổ sung {what} tại {count(len(state.lacking))}")
    if following_up:
        told.append("; ".join(following_up))
    planned = next_plan(content, annex_name(content, "next_plan"))
    if planned:
        told.append(planned)
    kept = "duy trì, cải tiến hệ thống tại các đơn vị đã công bố; " if state.declared else ""
    told.append(f"{kept}tổng hợp, báo cáo kết quả theo quy định")
    return [bullets(content, "next.list", told)]
