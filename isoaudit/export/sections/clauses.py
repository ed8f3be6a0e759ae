"""Sheet "Kết quả theo điều khoản": answers by clause and grade, scores on coloured grounds."""

from collections.abc import Iterator

from isoaudit.domain.vocabulary import Grade
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.sections.words import or_nothing
from isoaudit.export.tables import Added, Cell, Column, Kind, Percent, Row, Share, Sheet, Style, Table, Total

HEAT = ((90, "từ 90 trở lên"), (70, "từ 70 đến dưới 90"), (50, "từ 50 đến dưới 70"), (0, "dưới 50"))
"""The classes of the colours: lowest score and words, best first."""
GRADE_WORDS = {
    Grade.CONFORMITY: "Thực hiện đúng",
    Grade.OPPORTUNITY: "Khuyến nghị",
    Grade.MINOR: "Tồn tại, hạn chế (nhẹ)",
    Grade.MAJOR: "Tồn tại, hạn chế (nặng)",
    Grade.NOT_APPLICABLE: "Không thuộc phạm vi",
}


def clause_results(content: ReportContent) -> Sheet:
    """The sheet: part A as one line, then every clause with an answer under its chapter."""
    columns = (
        Column("clause", "Điều khoản", 10, Kind.CENTRE),
        Column("title", "Nội dung", 60),
        *(Column(grade.value, word, 13, Kind.COUNT) for grade, word in GRADE_WORDS.items()),
        Column("answers", "Tổng số câu trả lời", 13, Kind.COUNT),
        Column("score", "Điểm (thang 100)", 13, Kind.HEAT),
    )
    keys = tuple(grade.value for grade in GRADE_WORDS)
    part_a = (Row(("A", "Tuân thủ quy định (phần A)", *_figures(content.rollup["part_a"], keys))),)
    rows: list[Row] = []
    chapter = ""
    for line in content.rollup["clauses"]:
        number = line["clause"]
        if number.partition(".")[0] != chapter:
            chapter = number.partition(".")[0]
            rows.append(Row((chapter, content.clause_titles.get(chapter, "")), Style.GROUP))
        rows.append(Row((number, content.clause_titles.get(number, ""), *_figures(line, keys))))
    if rows:
        counts = [sum(line[key] for line in content.rollup["clauses"]) for key in keys]
        rows.append(Row((None, "Cộng phần B", *map(Total, counts), Total(sum(counts)), None), Style.TOTAL))
    return Sheet(
        "Kết quả theo điều khoản",
        f"Kết quả kiểm tra theo điều khoản của tiêu chuẩn {content.period_name}",
        (
            Table("part_a", columns, part_a, "1. Phần A: tuân thủ quy định về áp dụng hệ thống quản lý chất lượng"),
            Table(
                "clauses",
                columns,
                or_nothing(rows),
                "2. Phần B: các điều khoản của tiêu chuẩn",
                notes=(
                    "Số liệu của cuộc kiểm tra toàn diện tại trụ sở gần nhất trong kỳ của mỗi đơn vị. "
                    "Điểm tính theo trọng số của từng nội dung kiểm tra.",
                    "Nền của cột điểm: "
                    + "; ".join(f"{name} ({words})" for name, (_, words) in zip(_GROUNDS, HEAT, strict=True))
                    + ".",
                ),
            ),
            *_weakest(content),
        ),
        frozen=2,
        repeat="clauses",
    )


def _weakest(content: ReportContent) -> Iterator[Table]:
    """The clauses with findings, lowest score first; of equal scores the one with more findings."""
    found = sorted(
        (line for line in content.rollup["clauses"] if _findings(line) and line["score"] is not None),
        key=lambda line: (line["score"], -_findings(line)),
    )[:_WEAKEST]
    if not found:
        return
    columns = (
        Column("clause", "Điều khoản", 10, Kind.CENTRE),
        Column("title", "Nội dung", 60),
        Column("minor", GRADE_WORDS[Grade.MINOR], 13, Kind.COUNT),
        Column("major", GRADE_WORDS[Grade.MAJOR], 13, Kind.COUNT),
        Column("findings", "Cộng tồn tại, hạn chế", 13, Kind.COUNT),
        Column("answers", "Câu trả lời thuộc phạm vi", 13, Kind.COUNT),
        Column("share", "Tồn tại/ câu trả lời", 13, Kind.CENTRE),
        Column("rate", "Tỷ lệ có tồn tại", 13, Kind.PERCENT),
        Column("score", "Điểm (thang 100)", 13, Kind.HEAT),
    )
    rows = []
    for line in found:
        bad, whole = _findings(line), sum(line[grade] for grade in GRADE_WORDS if grade is not Grade.NOT_APPLICABLE)
        rows.append(
            Row(
                (
                    line["clause"],
                    content.clause_titles.get(line["clause"], ""),
                    line[Grade.MINOR],
                    line[Grade.MAJOR],
                    Added(bad, ("minor", "major")),
                    whole,
                    Share(bad, whole, "findings", "answers"),
                    Percent(bad, whole, "findings", "answers"),
                    line["score"],
                )
            )
        )
    yield Table(
        "weakest",
        columns,
        tuple(rows),
        "3. Các điều khoản có kết quả thấp nhất, xếp theo điểm từ thấp lên",
        notes=("Chỉ xét các điều khoản có tồn tại, hạn chế; bằng điểm thì điều có nhiều tồn tại hơn đứng trước.",),
    )


def _findings(line: Json) -> int:
    return int(line[Grade.MINOR]) + int(line[Grade.MAJOR])


_WEAKEST = 5
_GROUNDS = ("xanh", "vàng nhạt", "cam", "đỏ, chữ đậm")


def _figures(line: Json, keys: tuple[str, ...]) -> tuple[Cell, ...]:
    counts = [line[key] for key in keys]
    return (*counts, Added(sum(counts), keys), line["score"])
