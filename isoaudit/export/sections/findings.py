"""Sheets "Điểm không phù hợp" and "Nhiệm vụ": what is still to be mended, and what became of the year's plan."""

from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Grade, ResultLevel
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import NonconformityRow, TaskRow
from isoaudit.export.sections.words import by_others, numbered, unit_names
from isoaudit.export.tables import Added, Cell, Column, Counted, Kind, Row, Sheet, Style, Table, Where

MARKED = {
    ResultLevel.DONE_WELL: "Hoàn thành tốt (đúng nội dung, đúng hạn)",
    ResultLevel.DONE: "Hoàn thành (đúng hạn, nội dung chưa đầy đủ)",
    ResultLevel.DONE_LATE: "Hoàn thành chậm (đúng nội dung, quá hạn)",
    ResultLevel.NOT_DONE: "Chưa hoàn thành",
}
CROSS = "X"


def nonconformities(content: ReportContent) -> Sheet:
    """The sheet: the account of the period, and the list that it counts."""
    return Sheet(
        "Điểm không phù hợp",
        f"Tồn tại, hạn chế cần khắc phục (điểm không phù hợp) {content.period_name}",
        (_account(content), _list(content)),
        frozen=2,
        repeat="nonconformities",
    )


def _account(content: ReportContent) -> Table:
    counts = content.rollup["nonconformities"]
    start, day = content.first_day, content.as_of
    still_open = Where("closed_on", None)
    columns = (
        Column("number", "TT", 4.5, Kind.CENTRE),
        Column("unit", "Phạm vi", 21),
        Column("opening", "Chuyển từ kỳ trước", 11, Kind.COUNT),
        Column("raised", "Phát hiện trong kỳ", 9, Kind.COUNT),
        Column("closed", "Đã đóng trong kỳ", 7, Kind.COUNT),
        Column("closing", "Còn lại cuối kỳ", 9.5, Kind.COUNT),
        Column("overdue", "Trong đó: quá hạn", 9.5, Kind.COUNT),
        Column("without", "Trong đó: chưa có thời hạn", 9.5, Kind.COUNT),
    )

    def counted(key: str, *where: Where) -> Counted:
        return Counted(counts[key], where, "nonconformities")

    row = Row(
        (
            None,
            "Toàn tỉnh",
            counted("opening", Where("raised_on", start, "<")),
            counted("raised", Where("raised_on", start, ">=")),
            counted("closed", Where("closed_on", start, ">=")),
            Added(counts["closing"], ("opening", "raised"), ("closed",), counted("closing", still_open)),
            counted("overdue", still_open, Where("due_on", day, "<")),
            counted("without_deadline", still_open, Where("due_on", None), Where("unit", "", "<>")),
        ),
        Style.TOTAL,
    )
    return Table(
        "account",
        columns,
        (row,),
        f"1. Tình hình từ ngày {short_date(start)} đến ngày {short_date(day)}",
        notes=("Chuyển từ kỳ trước + phát hiện trong kỳ − đã đóng trong kỳ = còn lại cuối kỳ.",),
    )


def _list(content: ReportContent) -> Table:
    columns: tuple[Column, ...] = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("unit", "Đơn vị", 21),
        Column("audit", "Cuộc kiểm tra", 11, Kind.CENTRE),
        Column("criterion", "Nội dung số", 9, Kind.CENTRE),
        Column("grade", "Mức", 7, Kind.CENTRE),
        Column("raised_on", "Ngày biên bản", 9.5, Kind.DATE),
        Column("due_on", "Thời hạn khắc phục", 9.5, Kind.DATE),
        Column("closed_on", "Ngày đóng", 9.5, Kind.DATE),
        Column("state", "Tình trạng", 13.5),
        Column("about", "Tồn tại, hạn chế", 72),
    )
    names, others = unit_names(content), by_others(content)
    if any(each.audit in others for each in content.nonconformities):
        columns = (*columns[:-1], Column("about", "Tồn tại, hạn chế", 56), Column("by", "Cơ quan khác kiểm tra", 16))
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(each.unit_code, each.unit_name),
            each.audit,
            each.criterion,
            "nhẹ" if each.grade is Grade.MINOR else "nặng",
            each.raised_on,
            each.due_on,
            each.closed_on,
            state_words(each, content.as_of),
            each.about,
            *((others[each.audit],) if each.audit in others else ()),
        )
        for each in content.nonconformities
    ]
    return Table("nonconformities", columns, numbered(rows), "2. Danh sách", filtered=True)


def state_words(each: NonconformityRow, day: date) -> str:
    """Where a nonconformity stands on the day, in words."""
    if each.closed_on is not None:
        words = "Đã đóng" + (f": {each.outcome.vi}" if each.outcome else "")
    elif each.due_on is None:
        words = "Đang mở, chưa có thời hạn"
    else:
        words = "Đang mở, quá hạn" if each.due_on < day else "Đang mở, trong hạn"
    return words + ("; đơn vị bảo lưu ý kiến" if each.contested else "")


def tasks(content: ReportContent) -> Sheet:
    """The sheet, in the form of the annex on administrative reform: four marks, one X in a row at most."""
    group = "Đánh giá kết quả thực hiện (đánh dấu X)"
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("group", "Nhiệm vụ chung", 22),
        Column("task", "Nhiệm vụ cụ thể", 33),
        Column("due_on", "Thời hạn", 10, Kind.DATE),
        Column("completed_on", "Ngày hoàn thành", 10, Kind.DATE),
        Column("result", "Kết quả thực hiện", 31),
        *(Column(level.value, words, 10.5, Kind.CENTRE, group) for level, words in MARKED.items()),
        Column("note", "Ghi chú", 16),
    )
    counts = content.rollup["tasks"]
    rows = list(numbered([_task(each) for each in content.tasks]))
    if content.tasks:
        crossed = [Counted(counts[level], (Where(level.value, CROSS),), "tasks") for level in MARKED]
        rows.append(Row((None, "Tổng cộng", None, None, None, None, *crossed), Style.TOTAL))
    return Sheet(
        "Nhiệm vụ",
        f"Kết quả thực hiện nhiệm vụ về áp dụng hệ thống quản lý chất lượng năm {content.year}",
        (Table("tasks", columns, tuple(rows)), _levels(content)),
        frozen=3,
        repeat="tasks",
    )


def _levels(content: ReportContent) -> Table:
    """The levels with their counts; those without a mark are under way."""
    counts = content.rollup["tasks"]
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("level", "Mức", 22),
        Column("tasks", "Số nhiệm vụ", 33, Kind.CENTRE),
    )
    unmarked = (Where("task", "", "<>"), *(Where(level.value, None) for level in MARKED))
    rows = [
        Row((number, level.vi, Counted(counts[level], (Where(level.value, CROSS),), "tasks")))
        for number, level in enumerate(MARKED, 1)
    ]
    waiting = ResultLevel.IN_PROGRESS
    rows.append(Row((len(rows) + 1, waiting.vi, Counted(counts[waiting], unmarked, "tasks"))))
    return Table("levels", columns, tuple(rows), "Tổng hợp theo mức kết quả")


def _task(each: TaskRow) -> tuple[Cell, ...]:
    return (
        each.group,
        each.task,
        each.due_on,
        each.completed_on,
        each.result,
        *(CROSS if each.level is level else None for level in MARKED),
        task_note(each),
    )


def task_note(each: TaskRow) -> str:
    """What the last column says of a task: that it is under way, and the note."""
    if each.level is not ResultLevel.IN_PROGRESS:
        return each.note
    words = "Đang thực hiện" + (f", hạn {short_date(each.due_on)}" if each.due_on else "")
    return f"{words}. {each.note}" if each.note else words
