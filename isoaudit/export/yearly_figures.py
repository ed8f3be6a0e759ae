"""Each figure that a report prints of money, reports owed, objectives and publications, with where it stands: what
`differences` compares. In Vietnamese and English."""

from collections.abc import Iterator

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.money import dong
from isoaudit.domain.numbers import NOTHING, thousands
from isoaudit.domain.vocabulary import Block
from isoaudit.export.difference_rows import block_words
from isoaudit.export.yearly import YearRecords

_WHERE = {
    "money": ("Kinh phí", "Money"),
    "reports": ("Chế độ báo cáo", "Reports owed"),
    "objectives": ("Mục tiêu chất lượng", "Quality objectives"),
    "each_year": ("Kết quả từng năm", "Year by year"),
    "publications": ("Quyết định công bố TTHC", "Publications of procedures"),
}
_MONEY = {
    "estimate": ("dự toán", "estimate"),
    "spent": ("đã chi", "spent"),
    "settled": ("đã quyết toán", "settled"),
}
_REPORTS = {
    "owed": ("phải gửi", "owed"),
    "on_time": ("đúng hạn", "on time"),
    "came_late": ("trễ hạn", "late"),
    "not_sent": ("chưa gửi", "not sent"),
    "waiting": ("chưa đến hạn", "not due"),
}
_OBJECTIVES = {
    "units": ("đơn vị", "units"),
    "objectives": ("mục tiêu", "objectives"),
    "met": ("đạt", "met"),
    "missed": ("không đạt", "missed"),
    "open": ("chưa có kết quả", "without result"),
}
_EACH_YEAR = {
    "units": ("đơn vị", "units"),
    "considered": ("đơn vị xem xét", "units considered"),
    "declared": ("đã công bố", "declared"),
    "baseline": ("thuộc diện chuyển đổi", "to convert"),
    "converted": ("đã chuyển đổi", "converted"),
    "judged": ("thuộc diện xét duy trì", "asked to keep up"),
    "kept": ("duy trì, cải tiến đúng", "kept up"),
    "audited": ("đơn vị được kiểm tra", "units audited"),
    "visits": ("lượt kiểm tra", "visits"),
    "raised": ("tồn tại phát hiện", "findings raised"),
    "closed": ("tồn tại đã đóng", "findings closed"),
    "closing": ("tồn tại còn lại", "findings left"),
}
_PUBLICATIONS = {
    "added": ("TTHC mới", "added"),
    "changed": ("TTHC sửa đổi", "changed"),
    "abolished": ("TTHC bãi bỏ", "abolished"),
    "asked": ("quy trình phải cập nhật", "procedures to update"),
    "done": ("quy trình đã cập nhật", "procedures updated"),
}


def figures(years: YearRecords, language: str) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Where and of what, the name of the figure, the figure as printed; nothing where nothing was entered."""
    side = language == "en"
    where = {key: words[side] for key, words in _WHERE.items()}
    for money in years.money:
        for name, words in _MONEY.items():
            yield (where["money"], f"{money.owner}, {money.source}"), words[side], dong(getattr(money, name))
    for report in years.reports:
        block = block_words(Block(report.block), language)
        for name, words in _REPORTS.items():
            yield (where["reports"], f"{report.period}, {block}"), words[side], thousands(getattr(report, name))
    for objective in years.objectives:
        block = block_words(Block(objective.block), language)
        for name, words in _OBJECTIVES.items():
            yield (where["objectives"], block), words[side], thousands(getattr(objective, name))
    for year in years.each_year:
        for name, words in _EACH_YEAR.items():
            number = getattr(year, name)
            told = NOTHING if number is None else thousands(number)
            yield (where["each_year"], f"{year.year}"), words[side], told
        source = [year.number, *(short_date(day) for day in (year.issued_on, year.as_of) if day is not None)]
        from_report = ("báo cáo, ngày ký, ngày chốt", "report, issued on, as of")[side]
        yield (where["each_year"], f"{year.year}"), from_report, ", ".join(filter(None, source)) or NOTHING
    for each in years.publications:
        for name, words in _PUBLICATIONS.items():
            yield (where["publications"], each.document), words[side], thousands(getattr(each, name))
        redeclare = ("đơn vị phải rà soát phạm vi công bố", "units to review the declared scope")[side]
        yield (where["publications"], each.document), redeclare, thousands(len(each.redeclare))
