"""The report as a Word document: the form of NĐ 30/2020/NĐ-CP as python-docx reads it, and the roll-up's figures."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from isoaudit.domain.numbers import percent_text, share
from isoaudit.domain.vocabulary import Block, Maintained
from isoaudit.export.docx import write_docx
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report, texts
from isoaudit.export.sections.words import status_word

SCRIPTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
STATUSES = (
    "converted",
    "newly_applied",
    "converting",
    "not_converted",
    "stopped",
    "to_redeclare",
    "building",
    "not_started",
)


@pytest.fixture(scope="module")
def written(content: ReportContent) -> Document:
    return read(content)


def read(content: ReportContent) -> Document:
    return docx.Document(BytesIO(write_docx(annual_report(content))))


def lines_of(cell: Any) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def table_under(document: Document, caption: str) -> list[list[str]]:
    """The rows of the table below the caption, as texts."""
    body = list(document.element.body)
    start = next(n for n, each in enumerate(body) if caption in "".join(t.text or "" for t in each.iter(qn("w:t"))))
    found = next(each for each in body[start:] if each.tag == qn("w:tbl"))
    rows = next(table for table in document.tables if table._tbl is found).rows
    return [[cell.text for cell in row.cells] for row in rows]


def test_pages_are_a4_with_the_margins_of_the_decree(written: Document) -> None:
    first, *annexes = written.sections
    assert [round(length.mm) for length in (first.page_width, first.page_height)] == [210, 297]
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert {each.orientation for each in annexes} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    for each in annexes:
        wide = each.orientation is WD_ORIENT.LANDSCAPE
        assert (each.page_width > each.page_height) is wide


def test_pages_are_numbered_at_the_top_but_for_the_first(written: Document) -> None:
    first, *annexes = written.sections
    header = first.header.paragraphs[0]
    assert " PAGE " in [each.text for each in header._p.iter(qn("w:instrText"))]
    assert header.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert not first.first_page_header.paragraphs[0].text
    assert all(each.different_first_page_header_footer for each in written.sections)
    starts = [each._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for each in annexes]
    assert set(starts) == {"1"}


def test_one_typeface_serves_every_script(written: Document) -> None:
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Heading 3", "Table Text", "Caption"):
        fonts = written.styles[name].element.rPr.rFonts
        assert [fonts.get(qn(script)) for script in SCRIPTS] == ["Times New Roman"] * 4
        assert not any("Theme" in key for key in fonts.attrib)
    assert written.styles["Body Text"].font.size.pt == 14
    assert written.styles["Body Text"].paragraph_format.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(written.styles["Body Text"].paragraph_format.first_line_indent.mm, 1) == 12.7
    assert not list(written.element.body.iter(qn("w:rFonts")))


def test_the_head_has_two_columns_and_a_draft_leaves_number_and_day_open(written: Document) -> None:
    left, right = written.tables[0].rows[0].cells
    assert lines_of(left) == ["UBND TỈNH QUẢNG TRỊ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: …/BC-SKHCN"]
    assert lines_of(right) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Trị, ngày … tháng … năm 2020",
    ]
    bold = {run.text: bool(run.bold) for cell in (left, right) for line in cell.paragraphs for run in line.runs}
    assert not bold["UBND TỈNH QUẢNG TRỊ"]
    assert bold["SỞ KHOA HỌC VÀ CÔNG NGHỆ"]
    assert len(list(written.tables[0]._tbl.iter(qn("w:pBdr")))) == 2


def test_an_issued_report_has_number_day_signer_and_says_what_it_replaces(content: ReportContent) -> None:
    paper = replace(
        content.paper, number="137/BC-SKHCN", issued_on=date(2020, 3, 5), signer="Nguyễn Văn A",
        authority_line="KT. GIÁM ĐỐC", signer_title="PHÓ GIÁM ĐỐC", to=("UBND tỉnh Quảng Trị",),
        replaces="100/BC-SKHCN ngày 01/3/2020",
    )  # fmt: skip
    document = read(replace(content, paper=paper))
    left, right = document.tables[0].rows[0].cells
    assert lines_of(left)[-1] == "Số: 137/BC-SKHCN"
    assert lines_of(right)[-1] == "Quảng Trị, ngày 05 tháng 3 năm 2020"
    body = [paragraph.text for paragraph in document.paragraphs]
    assert "Kính gửi: UBND tỉnh Quảng Trị." in body
    assert (
        "Báo cáo này thay thế Báo cáo số 100/BC-SKHCN ngày 01/3/2020. Số liệu và nội dung của báo cáo không thay đổi."
    ) in body
    assert any(text.startswith("(Kèm theo Báo cáo số 137/BC-SKHCN ngày 05/3/2020 của\u00a0") for text in body)
    signature = next(table for table in document.tables if "Nơi nhận:" in table.rows[0].cells[0].text)
    assert lines_of(signature.rows[0].cells[1]) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]
    assert lines_of(signature.rows[0].cells[0])[-1] == "- Lưu: VT."


def test_sections_are_numbered_in_order_and_the_body_ends_with_its_sign(written: Document) -> None:
    headings = [each.text for each in written.paragraphs if each.style.name == "Heading 1"]
    assert [text.split(".")[0] for text in headings] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert all(text == text.upper() for text in headings)
    said = [each.text for each in written.paragraphs if each.style.name in ("Body Text", "Item") and each.text]
    assert said[-1].endswith("./.")
    assert not any(text.endswith("./.") for text in said[:-1])
    assert not [text for text in said if re.search(r"\.\.|  | ,|None|\(\)", text)]


def test_tables_have_fixed_widths_and_a_head_on_every_page(written: Document) -> None:
    for table in written.tables[1:]:
        shape = table._tbl.tblPr
        assert shape.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        whole = int(shape.find(qn("w:tblW")).get(qn("w:w")))
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
        assert abs(sum(widths) - whole) <= len(widths)
        if shape.find(qn("w:tblBorders")) is not None:
            assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)


def test_figures_by_block_are_those_of_the_roll_up(content: ReportContent, written: Document) -> None:
    declared = {row[0]: row[1:] for row in table_under(written, "Bảng 1.")}
    converted = {row[0]: row[1:] for row in table_under(written, "Bảng 2.")}
    kept = {row[0]: row[1:] for row in table_under(written, "Bảng 3.")}
    for block in Block:
        found = content.rollup["blocks"][block]
        considered = found["units"] - found["exempt"]
        assert declared[block.vi] == [
            str(found["units"]), str(found["exempt"]),
            share(found["declared"], considered), percent_text(found["declared"], considered),
            share(found["declared_obliged"], found["obliged"]),
            percent_text(found["declared_obliged"], found["obliged"]),
        ]  # fmt: skip
        done, whole = found["baseline_converted"], found["baseline"]
        assert converted[block.vi] == [str(whole), str(done), percent_text(done, whole), str(found["left_by_merger"])]
        counts = found["maintained"]
        right = counts[Maintained.VERIFIED] + counts[Maintained.REPORTED]
        asked = right + counts[Maintained.NOT_DUE] + counts[Maintained.FAILING]
        assert [kept[block.vi][0], kept[block.vi][-2]] == [str(asked), share(right, asked)]
    assert [declared["Tổng cộng"][place] for place in (3, 5)] == ["–", "–"]
    assert declared["Tổng cộng"][0] == str(content.rollup["total"]["units"])


def test_annexes_list_what_the_figures_counted(content: ReportContent, written: Document) -> None:
    by_title = {table.rows[0].cells[1].text: table for table in written.tables if len(table.rows[0].cells) > 5}
    units = [row.cells[0].text for row in by_title["Tên đơn vị"].rows]
    total = content.rollup["total"]["status"]
    for status in STATUSES:
        word = status_word(status)
        told = sum(int(found.group(1)) for text in units if (found := re.search(rf": {word} \((\d+) đơn vị\)", text)))
        assert told == total[status]
    assert sum(text.isdigit() for text in units) == len(content.rollup["units"])
    findings = [row.cells[0].text for row in by_title["Nội dung số"].rows]
    assert sum(text.isdigit() for text in findings) == len(content.nonconformities)
    tasks = by_title["Nhiệm vụ cụ thể"]
    crosses = [[cell.text for cell in row.cells].count("X") for row in tasks.rows[2:]]
    marked = sum(content.rollup["tasks"][level] for level in ("done_well", "done", "done_late", "not_done"))
    assert (sum(crosses), len(crosses)) == (marked, len(content.tasks))
    assert max(crosses) <= 1


def test_internal_grades_and_bands_are_not_told(content: ReportContent, written: Document) -> None:
    every = "\n".join(t.text or "" for t in written.element.body.iter(qn("w:t")))
    assert "(nhẹ)" not in every
    assert "Xếp loại" not in every
    assert "results.bands" not in [getattr(block, "key", "") for block in annual_report(content).body]


def test_bands_are_told_once_a_decision_makes_them_official(content: ReportContent) -> None:
    decided = annual_report(replace(content, band_decision="Quyết định số 10/QĐ-BCĐ"))
    told = [block.text for block in decided.body if getattr(block, "key", "") == "results.bands"]
    assert told
    assert told[0].startswith("Xếp loại theo Quyết định số 10/QĐ-BCĐ: ")


def test_what_the_office_wrote_stands_in_place_of_the_generated_text(content: ReportContent) -> None:
    edited = read(
        replace(content, edited={"maintain.rest": "Lời của cơ quan thường trực.", "next.list": "- Một;\n- Hai."})
    )
    said = [each.text for each in edited.paragraphs]
    assert "Lời của cơ quan thường trực." in said
    assert said.index("- Hai./.") == said.index("- Một;") + 1


def test_every_paragraph_has_a_key_of_its_own(content: ReportContent) -> None:
    keys = [block.key for block in texts(content)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", key) for key in keys)


def test_text_that_looks_like_markup_stays_text(content: ReportContent) -> None:
    nasty = 'A & B <w:p/> "x" \x07#set page(fill: red)'
    document = read(replace(content, edited={"opening": nasty}))
    assert 'A & B <w:p/> "x" #set page(fill: red)' in [each.text for each in document.paragraphs]


def test_the_package_holds_no_time_of_writing(content: ReportContent) -> None:
    with zipfile.ZipFile(BytesIO(write_docx(annual_report(content)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}T[\d:]+Z", core)) == {"2020-11-18T00:00:00Z"}
