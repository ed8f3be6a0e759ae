"""Sheet "Xếp loại": bands by block, and every unit audited in the period from the highest score down."""

from isoaudit.domain.figures import NO_BAND
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import NOT_EXEMPT, TOTAL, band_words, block_lines, by_others, unit_names
from isoaudit.export.tables import Added, Column, Counted, Kind, Row, Sheet, Style, Table, Total, Where


def ranking(content: ReportContent) -> Sheet:
    """The sheet "Xếp loại": bands by block, and every unit audited in the period."""
    words = band_words(content)
    lines = list(block_lines(content))
    columns = (
        Column("number", "TT", 6, Kind.CENTRE),
        Column("band", "Xếp loại", 40),
        *(Column(f"block_{place}", name, 14, Kind.COUNT) for place, (name, *_) in enumerate(lines)),
        Column("all", TOTAL, 14, Kind.COUNT),
    )
    added = tuple(f"block_{place}" for place, (_, style, _, _) in enumerate(lines) if style is Style.BODY)
    total = content.rollup["total"]
    rows = []
    for number, (code, name) in enumerate(words.items(), 1):
        named = (NOT_EXEMPT, Where("band", name))
        counts = (Counted(figures["bands"].get(code, 0), (*where, *named)) for _, _, figures, where in lines)
        whole = total["bands"].get(code, 0)
        rows.append(Row((number, name, *counts, Added(whole, added, rows=Counted(whole, named)))))
    audited = (NOT_EXEMPT, Where("audit", "", "<>"))
    totals = (
        Total(figures["audited"], Counted(figures["audited"], (*where, *audited))) for _, _, figures, where in lines
    )
    rows.append(Row((None, TOTAL, *totals, Total(total["audited"], Counted(total["audited"], audited))), Style.TOTAL))
    return Sheet(
        "Xếp loại",
        f"Kết quả xếp loại các đơn vị được kiểm tra {content.period_name}",
        (
            Table("bands", columns, tuple(rows), "1. Số đơn vị theo mức xếp loại", notes=_band_notes(content)),
            _ranked(content, words),
        ),
        frozen=2,
        repeat="ranked",
        subtitle=f"Theo {content.band_decision}" if content.band_decision else "Xếp loại để quản lý nội bộ",
    )


def _band_notes(content: ReportContent) -> tuple[str, ...]:
    return tuple(f"{band.name}: {band.conditions}." for band in content.bands if band.conditions)


def _ranked(content: ReportContent, words: dict[str, str]) -> Table:
    details, names = {detail.code: detail for detail in content.units}, unit_names(content)
    columns: tuple[Column, ...] = (
        Column("number", "TT", 6, Kind.CENTRE),
        Column("name", "Tên đơn vị", 40),
        Column("score", "Điểm", 14, Kind.SCORE),
        Column("band", "Xếp loại", 14, Kind.CENTRE),
        Column("minor", "Tồn tại, hạn chế (nhẹ)", 14, Kind.COUNT),
        Column("major", "Tồn tại, hạn chế (nặng)", 14, Kind.COUNT),
        Column("audit", "Cuộc kiểm tra", 20, Kind.CENTRE),
        Column("minuted_on", "Ngày biên bản", 12, Kind.DATE),
    )
    others = by_others(content)
    shown = {unit["audit"]["audit"] for unit in content.rollup["units"] if unit["audit"]}
    if shown & others.keys():
        columns = (*columns, Column("by", "Cơ quan khác kiểm tra", 26))
    rows: list[Row] = []
    for block in Block:
        audited = [
            unit
            for unit in content.rollup["units"]
            if unit["block"] == block and unit["audit"] and unit["status"] != Status.EXEMPT
        ]
        if audited:
            rows.append(Row((None, block.vi), Style.GROUP))
        audited.sort(key=lambda unit: -1 if unit["audit"]["score"] is None else unit["audit"]["score"], reverse=True)
        for number, unit in enumerate(audited, 1):
            audit = unit["audit"]
            rows.append(
                Row(
                    (
                        number,
                        names[unit["code"]],
                        audit["score"],
                        words[audit["band"] or NO_BAND],
                        audit["minor"],
                        audit["major"],
                        audit["audit"],
                        details[unit["code"]].minuted_on,
                        *((others[audit["audit"]],) if audit["audit"] in others else ()),
                    )
                )
            )
    none = Row((None, "Chưa có đơn vị nào được kiểm tra toàn diện tại trụ sở."), Style.GROUP)
    return Table("ranked", columns, tuple(rows) or (none,), "2. Các đơn vị được kiểm tra, theo điểm từ cao xuống")
