"""The paper of minutes: all that was seen, signed and photographed, the same bytes each time."""

import re
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from isoaudit.export.docx import write_docx
from isoaudit.export.minutes import Besides, Outcome, Record, minutes_paper, record_of
from isoaudit.export.paper.charts import png
from isoaudit.export.paper.photos import printable, size
from isoaudit.export.pdf import write_pdf
from tests.cases.minuting import OTHER, PACK, PHOTO, REFUSED, TEAM, UNIT, content, signing

SHOT = png('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>')
BESIDES = Besides(
    date(2020, 11, 5),
    "12/BB-ĐKT",
    outcomes=(Outcome("", "Điều 7.2. Năng lực"), Outcome("B-7.2-01", "Có chứng chỉ không?", "thực hiện đúng")),
    photos={PHOTO: SHOT, OTHER: SHOT[:-40]},
)


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(PACK, content(), signing(UNIT, TEAM))


def words(file: bytes) -> str:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        body = archive.read("word/document.xml").decode()
    return "\n".join(re.sub("<[^>]+>", "", each) for each in body.split("</w:p>"))


def pictures(file: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return [name for name in archive.namelist() if name.startswith("word/media/")]


def test_everything_of_the_record_is_on_paper(record: Record) -> None:
    text = words(write_docx(minutes_paper(record, BESIDES)))
    for said in (
        *("12/BB-ĐKT", record.opening, record.seen, record.closing, record.unit_word, record.digest),
        *("Hồ Văn C, Chủ tịch UBND xã", "H-02", "Không có phiếu kiểm soát", "Lập phiếu cho mọi hồ sơ", "05/12/2020"),
        *("Bằng chứng: tài liệu đã xem: KH 12/KH-UBND; Sổ theo dõi; hồ sơ số 02", "ảnh số 01, 02"),
        *("bảo lưu ý kiến: Đã lập từ tháng 11", "IV. TỒN TẠI, HẠN CHẾ CẦN KHẮC PHỤC", "Có cố gắng"),
        *("Phụ lục I", "B-7.2-01", "Phụ lục II", "Ảnh số 01; nội dung A-01; Bảng niêm yết"),
    ):
        assert said in text, said
    assert text.count("./.") == 1
    assert "DỰ THẢO" not in text
    assert "điểm đánh giá" not in text.lower()


def test_it_is_told_as_it_went_and_what_is_out_of_scope_is_not_counted_as_checked() -> None:
    told = content()
    entries = told["entries"] | {"meeting": told["entries"]["meeting"] | {"closing": "Đoàn trình bày kết quả"}}
    text = words(write_docx(minutes_paper(record_of(PACK, content(entries=entries)), BESIDES)))
    order = ("Họp khai mạc", "Công bố quyết định", "Nội dung đã kiểm tra", "H-02", "Họp kết thúc", "Đoàn trình bày")
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert (
        "Số nội dung thuộc phạm vi đã kiểm tra: 04 (thực hiện đúng: 01; khuyến nghị: 01; tồn tại, hạn chế cần khắc "
        "phục: 02); không thuộc phạm vi: 01."
    ) in text


def test_signatures_and_photos_are_pictures_and_what_is_broken_says_so(record: Record) -> None:
    file = write_docx(minutes_paper(record, BESIDES))
    assert len(pictures(file)) == 3  # two signatures, one photo: the broken one and the absent one are told
    text = words(file)
    assert text.count("chưa có tệp ảnh để in") == 1
    too_large = words(write_docx(minutes_paper(record, replace(BESIDES, photos=dict.fromkeys(BESIDES.photos, b"")))))
    assert "tệp ảnh hỏng hoặc quá lớn nên không in được" in too_large
    assert size(SHOT) == (120, 90)
    assert size(SHOT[:-40]) is None
    bare = pictures(
        write_docx(minutes_paper(record_of(PACK, content(), signing(REFUSED, TEAM)), replace(BESIDES, photos={})))
    )
    assert len(bare) == 1


def test_a_draft_says_that_it_is_one_and_the_score_waits_for_a_decision(record: Record) -> None:
    draft = words(write_docx(minutes_paper(record_of(PACK, content()), BESIDES)))
    assert "DỰ THẢO" in draft
    told = words(write_docx(minutes_paper(record, replace(BESIDES, score="Điểm đánh giá: 87,5/100."))))
    assert "Điểm đánh giá: 87,5/100." in told


def test_the_same_minutes_are_the_same_bytes_in_word_and_pdf(record: Record) -> None:
    paper = minutes_paper(record, BESIDES)
    assert write_docx(paper) == write_docx(paper)
    first = write_pdf(paper)
    assert first == write_pdf(paper)
    assert first.startswith(b"%PDF")


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8\xff", b"\xff\xd8" + b"x" * 40 + b"\xff\xd9", b"GIF89a"])
def test_what_is_no_whole_photo_has_no_size(broken: bytes) -> None:
    assert size(broken) is None


WEBP = (  # a picture of 1 × 1
    b"RIFF$\x00\x00\x00WEBPVP8 \x18\x00\x00\x000\x01\x00\x9d\x01*\x01\x00\x01"
    b"\x00\x02\x004%\xa4\x00\x03p\x00\xfe\xfb\x94\x00\x00"
)


def test_a_webp_is_made_into_what_paper_takes() -> None:
    assert size(printable(WEBP)) == (1, 1)
    assert printable(WEBP[:-3]) == b""
    assert printable(SHOT) == SHOT
    assert printable(b"#!/bin/sh") == b""


def webp(side: int, inner: bytes = b"") -> bytes:
    """An extended WebP that claims to be so large, with hardly anything in it."""
    less = (side - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<II", 10, 0) + less + less + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def png_of(side: int, rows: int) -> bytes:
    """A PNG of white dots that claims to be so large, with that many rows in it."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + b"\xff" * ((side + 7) // 8)) * rows)),
        (b"IEND", b""),
    )
    told = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def jpeg_of(side: int, before: bytes = b"") -> bytes:
    """A JPEG that claims to be so large, with nothing in it."""
    head = struct.pack(">HBHHBBBB", 11, 8, side, side, 1, 1, 17, 0)
    return b"\xff\xd8" + before + b"\xff\xc0" + head + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\0\0\xff\xd9"


def lossless(side: int) -> bytes:
    """The chunk of a lossless WebP picture that claims to be so large."""
    return b"VP8L" + struct.pack("<IBI", 6, 0x2F, (side - 1) | (side - 1) << 14) + b"\0\0"


@pytest.mark.parametrize(
    "lying",
    [
        *(webp(12_000), webp(100), webp(12_000, lossless(12_000)), webp(100, lossless(16_000))),
        b"RIFF" + struct.pack("<I", 19) + b"WEBP" + lossless(12_000),
        *(png_of(12_000, 1), png_of(100, 1), png_of(9000, 9000), png_of(7000, 7000)),
        *(jpeg_of(12_000), jpeg_of(100), jpeg_of(100, b"\xff\x01" + jpeg_of(12_000)[2:17])),
    ],
    ids=lambda each: f"{len(each)} bytes",
)
def test_a_photo_whose_head_lies_is_not_printed_and_brings_nothing_down(record: Record, lying: bytes) -> None:
    assert printable(lying) == b""
    file = write_docx(minutes_paper(record, replace(BESIDES, photos={PHOTO: printable(lying)})))
    assert len(pictures(file)) == 2


def test_a_head_that_claims_too_much_has_no_size_for_either_writer() -> None:
    assert size(png_of(12_000, 1)) is None
    assert size(jpeg_of(12_000)) is None
    assert size(png_of(2000, 2000)) == (2000, 2000)
    assert printable(png_of(2000, 2000))
