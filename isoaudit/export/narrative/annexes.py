"""The annexes of the yearly report: units by status, results by clause, nonconformities, declarations, documents, the
PAR annex. Those of long lists are in `annex_lists`.

An annex without a line is left out; `annex_name` tells under which number the text cites one. Grades "nặng" and "nhẹ"
and bands stay internal, so no annex has them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, decimal_text, percent_text, share, thousands
from isoaudit.domain.vocabulary import Grade
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative import annex_lists, annex_units, cited, next_plan
from isoaudit.export.narrative.corrections import TITLE, corrections
from isoaudit.export.narrative.elsewhere import marks
from isoaudit.export.narrative.phrases import NBSP
from isoaudit.export.narrative.reading import applicable, fraction, report_number
from isoaudit.export.paper.blocks import Align, Annex, Column, Grid, Line, Weight
from isoaudit.export.paper.reading import roman
from isoaudit.export.sections.findings import CROSS, MARKED, state_words, task_note
from isoaudit.export.sections.words import sentence, unit_names


def _centre(title: str, width: float, group: str = "") -> Column:
    return Column(title, width, Align.CENTRE, group)


def _clauses(content: ReportContent) -> Grid:
    columns = (
        _centre("Điều khoản", 18),
        Column("Nội dung", 62),
        _centre("Nội dung đã kiểm tra", 17),
        _centre("Thực hiện đúng", 15),
        _centre("Khuyến nghị", 15),
        _centre("Tồn tại, hạn chế", 15),
        _centre("Tỷ lệ thực hiện đúng", 17),
        _centre("Điểm (thang 100)", 15),
    )
    rows = [_clause("A", "Tuân thủ quy định về áp dụng hệ thống", content.rollup["part_a"], content.decimals)]
    chapter = ""
    for line in content.rollup["clauses"]:
        number = line["clause"]
        if number.partition(".")[0] != chapter:
            chapter = number.partition(".")[0]
            rows.append(Line((f"{chapter}. {content.clause_titles.get(chapter, '')}".strip(),), Weight.GROUP))
        rows.append(_clause(number, content.clause_titles.get(number, ""), line, content.decimals))
    return Grid(columns, tuple(rows), wide=True)


def _clause(number: str, title: str, line: Json, decimals: int) -> Line:
    whole, right = applicable(line), line[Grade.CONFORMITY]
    return Line(
        (
            number,
            title,
            thousands(whole),
            thousands(right),
            thousands(line[Grade.OPPORTUNITY]),
            thousands(line[Grade.MINOR] + line[Grade.MAJOR]),
            percent_text(right, whole, decimals),
            NOTHING if line["score"] is None else decimal_text(fraction(line["score"]), decimals),
        )
    )


def _nonconformities(content: ReportContent) -> Grid:
    columns = (
        _centre("TT", 10),
        _centre("Nội dung số", 20),
        Column("Tồn tại, hạn chế", 108),
        _centre("Ngày biên bản", 23),
        _centre("Thời hạn khắc phục", 23),
        _centre("Ngày đóng", 23),
        Column("Tình trạng", 45),
    )
    names, others, rows, last = unit_names(content), marks(content), [], ("", "")
    for place, each in enumerate(content.nonconformities, 1):
        name = names.get(each.unit_code, each.unit_name)
        if (name, each.audit) != last:
            last = name, each.audit
            whose = f", {others[each.audit]}" if each.audit in others else ""
            rows.append(Line((f"{name} (cuộc kiểm tra {each.audit}{whose})",), Weight.GROUP))
        days = (short_date(day) if day else "" for day in (each.raised_on, each.due_on, each.closed_on))
        rows.append(Line((str(place), each.criterion, each.about, *days, state_words(each, content.as_of))))
    return Grid(columns, tuple(rows), wide=True)


def _declarations(content: ReportContent) -> Grid:
    columns = (
        _centre("TT", 10),
        Column("Tên đơn vị", 46),
        Column("Hình thức", 28),
        Column("Phiên bản", 32),
        _centre("Ngày công bố", 22),
        Column("Số, ngày văn bản", 48),
        _centre("Phạm vi (TTHC)", 20),
    )
    names = unit_names(content)
    rows = [
        Line(
            (
                str(place),
                names[each.unit_code],
                sentence(each.kind.vi),
                content.editions.get(each.edition, each.edition),
                short_date(each.made_on),
                each.document,
                share(each.covered, each.total) if each.covered is not None and each.total else "",
            )
        )
        for place, each in enumerate(content.declarations, 1)
    ]
    note = "Gồm công bố đang có hiệu lực của từng đơn vị và các lượt công bố, công bố lại, chấm dứt hiệu lực trong kỳ."
    return Grid(columns, tuple(rows), notes=(note,), wide=True).filled()


def tasks(content: ReportContent) -> Grid:
    """The columns and marks of the annex on administrative reform: one X in a row at most."""
    columns = (
        Column("Nhiệm vụ chung", 32),
        Column("Nhiệm vụ cụ thể", 52),
        Column("Kết quả thực hiện", 60),
        *(_centre(words, 20, "Đánh giá kết quả thực hiện (đánh dấu X)") for words in MARKED.values()),
        Column("Ghi chú", 32),
    )
    rows, group = [], ""
    for each in content.tasks:
        crosses = (CROSS if each.level is level else "" for level in MARKED)
        first = each.group if each.group != group else ""
        group = each.group
        rows.append(Line((first, each.task, each.result, *crosses, task_note(each))))
    return Grid(columns, tuple(rows), wide=True)


@dataclass(frozen=True, slots=True)
class _Kind:
    """An annex: its tables, and whether there is anything to print in it."""

    key: str
    title: str
    tables: tuple[Callable[[ReportContent], Grid], ...]
    has_lines: Callable[[ReportContent], bool]
    landscape: bool = True

    def blocks(self, content: ReportContent) -> tuple[Grid, ...]:
        """Its tables that have a line."""
        made = (table(content) for table in self.tables)
        return tuple(grid for grid in made if grid.rows)


_ANNEXES = (
    _Kind("corrections", TITLE, (corrections,), lambda content: bool(content.corrections), landscape=False),
    _Kind(
        "units",
        "Danh sách đơn vị theo tình trạng áp dụng",
        (annex_units.units, annex_units.ended),
        lambda content: bool(content.rollup["units"] or content.rollup["ended"]),
    ),
    _Kind(
        "clauses",
        "Kết quả kiểm tra theo điều khoản",
        (_clauses,),
        lambda content: bool(content.rollup["clauses"]),
        landscape=False,
    ),
    _Kind(
        "nonconformities",
        "Tồn tại, hạn chế cần khắc phục",
        (_nonconformities,),
        lambda content: bool(content.nonconformities),
    ),
    _Kind("declarations", "Danh mục công bố", (_declarations,), lambda content: bool(content.declarations)),
    _Kind(
        "changes",
        "Đơn vị sắp xếp, tổ chức lại",
        (annex_lists.changes,),
        annex_lists.long_changes,
        landscape=False,
    ),
    _Kind(
        "publications",
        "Đơn vị phải rà soát phạm vi công bố theo quyết định công bố TTHC",
        (annex_lists.publications,),
        annex_lists.long_publications,
        landscape=False,
    ),
    _Kind("missed", "Mục tiêu chất lượng không đạt", (annex_lists.missed,), annex_lists.long_missed, landscape=False),
    _Kind(
        "reports",
        "Đơn vị gửi báo cáo trễ hạn, chưa gửi báo cáo",
        (annex_lists.reports,),
        annex_lists.long_reports,
        landscape=False,
    ),
    _Kind("praised", "Đơn vị được biểu dương", (annex_lists.praised,), annex_lists.long_praise, landscape=False),
    _Kind(
        "next_plan",
        "Đơn vị đề xuất đưa vào kế hoạch kiểm tra",
        (next_plan.proposed,),
        next_plan.long_plan,
        landscape=False,
    ),
    _Kind("tasks", "Kết quả thực hiện nhiệm vụ cải cách hành chính", (tasks,), lambda content: bool(content.tasks)),
    _Kind(
        "documents",
        "Danh mục văn bản",
        (lambda content: cited.documents(content, annex_name(content, "declarations")),),
        cited.listed,
    ),
)


def annexes(content: ReportContent) -> tuple[Annex, ...]:
    """Those that have a line, in order."""
    paper = content.paper
    issued = f" ngày {short_date(paper.issued_on)}" if paper.issued_on else " ngày …"
    of = paper.issuer_short or paper.issuer
    whose = f"của {of})".replace(" ", NBSP)  # on an upright page the line breaks before it, not before its last word
    reference = f"(Kèm theo Báo cáo số {report_number(content)}{issued} {whose}"
    return tuple(
        Annex(f"{each.title} {_when(each.key, content)}", reference, each.blocks(content), each.landscape)
        for each in _ANNEXES
        if each.has_lines(content)
    )


def _when(key: str, content: ReportContent) -> str:
    """The period; of the tasks, which stand in the plan of a year, that year; of what is proposed, the next."""
    year = {"tasks": content.year, "next_plan": content.year + 1}.get(key)
    return content.period_name if year is None else f"năm {year}"


def annex_name(content: ReportContent, key: str) -> str:
    """ "Phụ lục II"; without a number when it is the only one, empty when there is no such annex."""
    keys = [each.key for each in _ANNEXES if each.has_lines(content)]
    if key not in keys:
        return ""
    return f"Phụ lục {roman(keys.index(key) + 1)}" if len(keys) > 1 else "Phụ lục"
