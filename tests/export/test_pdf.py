"""The report as PDF: fonts inside, pages and head as they must be, the same bytes from any process at any time."""

import hashlib
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from isoaudit.export.docx import write_docx
from isoaudit.export.frozen import to_bytes
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report
from isoaudit.export.pdf import write_pdf
from isoaudit.export.pdf.render import TypesettingFailed
from tests.export.small import content as small

DIGESTS = """
import hashlib, sys
from isoaudit.export.files import KINDS
from isoaudit.export.frozen import from_bytes
content = from_bytes(open(sys.argv[1], "rb").read())
for kind, each in KINDS.items():
    print(kind, hashlib.sha256(each.write(content)).hexdigest())
"""


def poppler(program: str, *arguments: str) -> str:
    done = subprocess.run([shutil.which(program) or program, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture(scope="module")
def pdf(content: ReportContent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "report.pdf"
    file.write_bytes(write_pdf(annual_report(content)))
    return file


def test_a_report_is_set_with_nothing_but_what_it_says() -> None:
    made = write_pdf(annual_report(small()))
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid" in made


def test_text_that_looks_like_markup_stays_text() -> None:
    made = annual_report(replace(small(), edited={"opening": '#panic("x") $ * _ \\ ]'}))
    assert write_pdf(made).startswith(b"%PDF")


def test_a_fault_of_the_typesetter_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "paper.typ"
    broken.write_text("#nothing-of-that-name", "utf-8")
    monkeypatch.setattr("isoaudit.export.pdf.render._TEMPLATE", broken)
    with pytest.raises(TypesettingFailed, match="unknown variable"):
        write_pdf(annual_report(small()))


@pytest.mark.office
def test_every_font_is_inside(pdf: Path) -> None:
    lines = poppler("pdffonts", str(pdf)).splitlines()[2:]
    assert lines
    assert all("Tinos" in line and re.search(r"yes yes yes", line) for line in lines)


@pytest.mark.office
def test_the_head_breaks_no_line_and_annexes_count_from_one(pdf: Path, content: ReportContent) -> None:
    pages = poppler("pdftotext", "-layout", str(pdf), "-").split("\f")[:-1]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert re.search(r"SỞ KHOA HỌC VÀ CÔNG NGHỆ +Độc lập - Tự do - Hạnh phúc", pages[0])
    numbers = [page.strip().split(maxsplit=1)[0] for page in pages]
    begins = [place for place, page in enumerate(pages) if page.strip().startswith("Phụ lục")]
    assert len(begins) == len(annual_report(content).annexes)
    for start, end in zip([0, *begins], [*begins, len(pages)], strict=True):
        assert numbers[start + 1 : end] == [str(number) for number in range(2, end - start + 1)]


@pytest.mark.office
def test_word_document_opens_in_libreoffice_with_the_same_words(content: ReportContent, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(write_docx(annual_report(content)))
    subprocess.run(
        [
            shutil.which("soffice") or "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = poppler("pdftotext", "-layout", str(tmp_path / "report.pdf"), "-").split("\f")[:-1]
    assert re.search(r"SỞ KHOA HỌC VÀ CÔNG NGHỆ +Độc lập - Tự do - Hạnh phúc", pages[0])
    assert re.search(r"Số: …/BC-SKHCN +Quảng Trị, ngày … tháng … năm 2020", pages[0])
    signed = next(page for page in pages if "Nơi nhận:" in page)
    assert "./." in signed


@pytest.mark.thorough
def test_two_processes_seconds_apart_write_the_same_bytes(content: ReportContent, tmp_path: Path) -> None:
    stored = tmp_path / "content.json"
    stored.write_bytes(to_bytes(content))
    here = hashlib.sha256(write_pdf(annual_report(content))).hexdigest()
    digests = []
    for pause in (3.1, 0.0):
        run = subprocess.run([sys.executable, "-c", DIGESTS, str(stored)], check=True, capture_output=True, text=True)
        digests.append(run.stdout)
        time.sleep(pause)
    assert digests[0] == digests[1]
    assert f"pdf {here}" in digests[0]
