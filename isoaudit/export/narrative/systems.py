"""Section II: who applies a system, then building, converting, declaring and keeping up, block by block."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import tables
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.before import before_and_now
from isoaudit.export.narrative.converting import building, converted
from isoaudit.export.narrative.declaring import declared
from isoaudit.export.narrative.eachyear import each_year
from isoaudit.export.narrative.keeping import maintained
from isoaudit.export.narrative.phrases import blocks, by_block, count, full, para
from isoaudit.export.paper.blocks import Flow, Heading
from isoaudit.export.sections.words import unit_names


def systems(content: ReportContent) -> list[Flow]:
    """The section."""
    found: list[Flow] = [
        Heading(1, "Kết quả xây dựng, áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng"),
        Heading(2, "Đối tượng áp dụng"),
        *_who(content),
        Heading(2, "Công bố hệ thống quản lý chất lượng"),
        *declared(content),
        Heading(2, "Xây dựng, áp dụng mới"),
        *building(content),
        Heading(2, f"Chuyển đổi sang {content.conversion.to_name}"),
        *converted(content),
        Heading(2, "Duy trì, cải tiến"),
        *maintained(content),
    ]
    if content.years.each_year:
        found += [Heading(2, "Kết quả từng năm"), *each_year(content)]
    if content.previous is not None:
        found += [Heading(2, f"So sánh với {content.before_name}"), *before_and_now(content, content.previous)]
    return [*found, Heading(2, "Tỷ lệ phục vụ chấm điểm chỉ số cải cách hành chính"), tables.ratios(content)]


def _who(content: ReportContent) -> list[Flow]:
    total, day = content.rollup["total"], short_date(content.as_of)
    if not total["units"]:
        nothing = full(f"Đến ngày {day} chưa có đơn vị nào trong danh sách theo dõi")
        return [para(content, "who.none", nothing)]
    counts = [(block, found["units"]) for block, found in blocks(content)]
    whole = full(
        f"Đến ngày {day}, toàn tỉnh có {count(total['units'], 'cơ quan, đơn vị')}, gồm: {by_block(content, counts)}"
    )
    reasons = {each.code: each.exemption for each in content.units}
    names = unit_names(content)
    exempt = [
        f"{names[unit['code']]}{': ' + reasons[unit['code']] if reasons.get(unit['code']) else ''}"
        for unit in content.rollup["units"]
        if unit["status"] == Status.EXEMPT
    ]
    left_out = (
        full(
            f"Có {count(len(exempt))} không thuộc đối tượng áp dụng, không tính vào các tỷ lệ"
            f"{_reasons(exempt, content)}"
        )
        if exempt
        else ""
    )
    free = total["units"] - total["exempt"] - total["obliged"]
    must = full(
        f"Số đơn vị bắt buộc áp dụng hoặc theo lộ trình của tỉnh là {count(total['obliged'])}"
        if total["obliged"]
        else "Không có đơn vị nào thuộc diện bắt buộc hoặc theo lộ trình của tỉnh"
    )
    may = full(f"Còn lại {count(free)} thuộc diện khuyến khích áp dụng") if free else ""
    return [para(content, "who.units", whole, left_out), para(content, "who.obliged", must, may)]


def _reasons(exempt: list[str], content: ReportContent) -> str:
    annex = annex_name(content, "units")
    if len(exempt) > 5 and annex:
        return f" (danh sách và lý do tại {annex})"
    return f" ({'; '.join(each.rstrip('.') for each in exempt)})"
