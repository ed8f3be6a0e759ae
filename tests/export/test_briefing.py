"""The page of a meeting: it never takes more than one page, however much there is to tell, and counts what it leaves
out."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from isoaudit.domain.comparison import Basis, compare
from isoaudit.domain.standouts import Open, Shortfall, standouts
from isoaudit.domain.vocabulary import Grade
from isoaudit.export.briefing import KINDS, briefing_paper, file_name, fitting
from isoaudit.export.briefing.content import Before, Briefing, Issuer, Late, Pending
from isoaudit.export.briefing.page import ROOM
from isoaudit.export.paper import form
from isoaudit.export.paper.blocks import Grid, Prose
from tests.domain.conftest import DAY, World

WIDE = "Ủy ban nhân dân XÃ MƯỜNG MƯƠM WƯỢNG MÂM"
Change = Callable[[Briefing], Briefing]


def usual() -> Briefing:
    """A province in which something happened: an agency in good order, one that is not, a commune that ended its
    system, one overdue decision."""
    world = World()
    for code, kind in (("good", "agency"), ("bad", "agency"), ("stopped", "commune"), ("free", "commune")):
        world.unit(code, kind)
    for code in ("good", "bad", "stopped"):
        world.declare(code, 2008, date(2016, 5, 2))
    world.declare("good", 2015, date(2019, 6, 3))
    world.declare("stopped", 2008, date(2020, 2, 3), "withdraw")
    for activity in ("internal_audit", "management_review"):
        world.act("good", activity, date(2020, 6, 4))
    world.raise_one("bad", Grade.MAJOR, date(2020, 3, 4))
    rollup = world.rollup()
    best, worst = standouts(rollup, {world.id("bad"): Open(1, 1)})
    return Briefing(
        Issuer("UBND TỈNH QUẢNG TRỊ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Quảng Trị", "Ban Chỉ đạo ISO tỉnh"),
        date(2020, 11, 20),
        rollup,
        (Before("31/12/2019", world.rollup(date(2019, 12, 31))), Before("lần họp 12/5/2020", rollup)),
        tuple(best),
        tuple(worst),
        (Late("Xã bad", 1, ("8.5",), 198),),
        (Pending(date(2020, 5, 12), "toàn tỉnh", "Hoàn thành chuyển đổi", "Sở Nội vụ", date(2020, 9, 30), 49),),
    )


def crowded(content: Briefing) -> Briefing:
    """The same with long lists of long texts."""
    line = replace(content.worst[0].line, unit=replace(content.worst[0].line.unit, name=WIDE))
    worst = replace(content.worst[0], line=line, shortfalls=tuple(Shortfall))
    return replace(
        content,
        issuer=replace(content.issuer, committee=WIDE, name=WIDE.upper()),
        best=(replace(worst, shortfalls=()),) * 60,
        worst=(worst,) * 60,
        late=(Late(WIDE, 40, ("phần A", *(f"{each}.{each}" for each in range(4, 11))), 1200),) * 60,
        pending=(Pending(DAY, WIDE, WIDE * 30, WIDE * 3, DAY, 1200),) * 60,
        asks=(WIDE * 20,) * 8,
        example=True,
    )


def bare(content: Briefing) -> Briefing:
    """The same with nothing to tell."""
    return replace(content, best=(), worst=(), late=(), pending=(), before=())


CHANGES: dict[str, Change] = {"usual": lambda content: content, "crowded": crowded, "bare": bare}


def words(content: Briefing) -> str:
    """All that the page says."""
    texts = []
    for block in briefing_paper(content).body:
        if isinstance(block, Grid):
            texts += [block.caption, *(column.title for column in block.columns)]
            texts += [cell for line in block.rows for cell in line.cells]
        elif isinstance(block, Prose):
            texts += [block.lead, block.text]
    return "\n".join(texts)


def test_it_tells_how_the_province_stands_and_what_is_asked() -> None:
    page = words(usual())
    for told in (
        "1/2 (50,0%)",
        "tăng, giảm: so với 31/12/2019; so với lần họp 12/5/2020",
        "Xã good: duy trì đúng theo báo cáo",
        "Xã bad: duy trì chưa đúng, 01 tồn tại nặng, 01 tồn tại quá hạn",
        "Xã stopped: ngừng áp dụng",
        "30/9/2020; chậm 49 ngày",
        "(1) Xử lý 01 quyết định quá hạn thực hiện",
    ):
        assert told in page, told
    now = usual().rollup
    fewer = replace(now, as_of=date(2019, 12, 31), units=now.units[1:])
    made = compare(fewer, now, [], Basis.TODAY)
    assert "quy đổi về đơn vị hiện nay" in words(replace(usual(), before=(Before("31/12/2019", fewer, made),)))
    # A unit that was not there then makes no rise: of the other agency nothing changed.
    others = replace(fewer, units=tuple(line for line in now.units if line.unit.name != "Xã good"))
    made = compare(others, now, [], Basis.TODAY)
    told = words(replace(usual(), before=(Before("31/12/2019", others, made),)))
    assert "+" not in told
    assert "quy đổi về đơn vị hiện nay có đơn vị tiền thân khi đó)" in told
    asked = words(replace(usual(), asks=("Cho ý kiến về kinh phí.", " ")))
    assert asked.endswith("Xin ý kiến cuộc họp:\nCho ý kiến về kinh phí.")
    assert file_name(DAY, "pdf") == "tom-tat-hop-2020-11-18.pdf"


def test_what_has_no_room_is_counted() -> None:
    page = words(crowded(usual()))
    left = [int(number) for number in re.findall(r"^và (\d+) (?:đơn vị|quyết định) khác$", page, re.M)]
    assert len(left) == 4
    assert all(50 < number < 60 for number in left)


@pytest.mark.parametrize("name", CHANGES)
def test_its_blocks_fit_the_room(name: str) -> None:
    paper = briefing_paper(CHANGES[name](usual()))
    title = fitting.paragraph(paper.title.summary, form.BODY, bold=True)
    assert title + sum(map(fitting.height, paper.body)) <= ROOM


@pytest.mark.office
def test_it_is_one_page_in_every_form(tmp_path: Path) -> None:
    for name, change in CHANGES.items():
        content = change(usual())
        for kind, each in KINDS.items():
            made = each.write(content)
            assert each.write(content) == made
            (tmp_path / (f"{name}-typst.pdf" if kind == "pdf" else f"{name}.docx")).write_bytes(made)
    subprocess.run(
        [
            shutil.which("soffice") or "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.docx")),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = list(tmp_path.glob("*.pdf"))
    assert len(pages) == 6
    for file in pages:
        read = [shutil.which("pdftotext") or "pdftotext", str(file), "-"]
        text = subprocess.run(read, check=True, capture_output=True, text=True).stdout
        assert text.count("\f") == 1, file.name
        assert "Xin ý kiến cuộc họp:" in text


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [("một hai ba", 100, "một hai ba"), ("một hai ba bốn", 16, "một hai…"), ("w" * 90, 20, None)],
)
def test_a_text_is_cut_at_whole_words(text: str, room: float, expected: str | None) -> None:
    cut = fitting.cut(text, 10, room, 1)
    assert fitting.lines(cut, 10, room) == 1
    assert cut == expected if expected else cut.endswith("…")
