"""The annex on administrative reform by itself: its columns, one mark a task, the same bytes again."""

import io
from collections import Counter

import docx
from python_calamine import CalamineWorkbook

from isoaudit.export.layout import ReportContent
from isoaudit.export.reform import KINDS, reform_paper
from isoaudit.export.sections.findings import CROSS, MARKED


def test_the_document_covers_an_annex_across(content: ReportContent) -> None:
    made = KINDS["docx"].write(content)
    assert KINDS["docx"].write(content) == made
    document = docx.Document(io.BytesIO(made))
    assert [section.page_width > section.page_height for section in document.sections] == [False, True]
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[1].cells][3:7] == list(MARKED.values())
    marks = [sum(cell.text == CROSS for cell in row.cells) for row in table.rows[2:]]
    marked = Counter(each.level for each in content.tasks)
    assert sum(marks) == sum(marked[level] for level in MARKED)
    assert max(marks) <= 1
    assert f"tổng số {len(content.tasks):02} nhiệm vụ" in reform_paper(content).body[0].text  # type: ignore[union-attr]


def test_the_workbook_holds_that_sheet_alone(content: ReportContent) -> None:
    made = KINDS["xlsx"].write(content)
    assert KINDS["xlsx"].write(content) == made
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Nhiệm vụ"]
    texts = [cell for row in book.get_sheet_by_name("Nhiệm vụ").to_python() for cell in row]
    assert all(each.task in texts for each in content.tasks)
