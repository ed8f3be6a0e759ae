"""Of section II: declared systems, by block; the declarations of the year."""

from isoaudit.domain.vocabulary import DeclarationKind, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import figures, tables
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import WHO, blocks, count, full, listed, named, para, part, units_where
from isoaudit.export.paper.blocks import Flow


def declared(content: ReportContent) -> list[Flow]:
    """How many declare, what was declared in the year, who has to declare again."""
    told = "; ".join(
        part(found["declared"], found["units"] - found["exempt"], WHO[block], "công bố", content.decimals)
        for block, found in blocks(content)
    )
    obliged = "; ".join(
        part(found["declared_obliged"], found["obliged"], WHO[block], "công bố", content.decimals)
        for block, found in blocks(content)
        if found["obliged"] != found["units"] - found["exempt"] and found["obliged"]
    )
    total = content.rollup["total"]
    whole = total["units"] - total["exempt"]
    if not whole:
        return [para(content, "declared.none", full("Không có đơn vị nào thuộc đối tượng áp dụng để xét việc công bố"))]
    lead = "Về công bố hệ thống quản lý chất lượng phù hợp phiên bản tiêu chuẩn còn được công nhận"
    found: list[Flow] = [
        para(
            content,
            "declared.rate",
            full(f"{lead}: {told}"),
            full(f"Tính riêng số bắt buộc hoặc theo lộ trình: {obliged}") if obliged else "",
        ),
        tables.declared(content),
    ]
    if total["declared"]:
        found.append(figures.declared(content))
    return [*found, para(content, "declared.year", *_of_the_year(content)), *_broken(content)]


def _of_the_year(content: ReportContent) -> tuple[str, ...]:
    made = [each for each in content.declarations if each.made_on >= content.first_day]
    counts = {kind: sum(each.kind is kind for each in made) for kind in DeclarationKind}
    if not made:
        return (full("Trong kỳ chưa ghi nhận lượt công bố, công bố lại nào"),)
    words = (
        (DeclarationKind.DECLARE, "công bố"),
        (DeclarationKind.REDECLARE, "công bố lại"),
        (DeclarationKind.WITHDRAW, "chấm dứt hiệu lực công bố"),
    )
    told = listed([f"{count(counts[kind], 'lượt')} {verb}" for kind, verb in words if counts[kind]])
    annex = annex_name(content, "declarations")
    return (full(f"Trong kỳ có {told}{f' (danh mục tại {annex})' if annex else ''}"),)


def _broken(content: ReportContent) -> list[Flow]:
    """Those that stopped, that have to declare again."""
    told = []
    for status, words in (
        (Status.STOPPED, "đã ngừng áp dụng"),
        (Status.TO_REDECLARE, "tiếp nhận từ đơn vị cũ đã công bố nhưng chưa công bố lại"),
    ):
        names = units_where(content, status=status)
        if names:
            told.append(full(f"Có {count(len(names))} {words}{named(names, annex_name(content, 'units'))}"))
    waiting = units_where(content, status=Status.TO_REDECLARE)
    due = [name for name in units_where(content, redeclaration_due=True) if name not in waiting]
    if due:
        reason = "do số thủ tục hành chính (TTHC) áp dụng khác với phạm vi đã công bố hoặc có thay đổi về tổ chức"
        told.append(
            full(
                f"{'Ngoài ra có' if told else 'Có'} {count(len(due))} cần công bố lại {reason}"
                f"{named(due, annex_name(content, 'units'))}"
            )
        )
    return [para(content, "declared.again", *told)] if told else []
