"""The yearly report as a paper: its sections with sentences made from the data, its tables and annexes.

Pure functions from a report's content to blocks, one file a section. Every paragraph has a stable key, under which the
office's own text stands beside the generated one (`ReportContent.edited`). How it looks is the writers' business.
"""

from dataclasses import replace

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name, annexes
from isoaudit.export.narrative.assessment import assessment
from isoaudit.export.narrative.catalogue import catalogue
from isoaudit.export.narrative.changes import changes
from isoaudit.export.narrative.direction import direction
from isoaudit.export.narrative.dossiers import dossiers
from isoaudit.export.narrative.inspections import inspections
from isoaudit.export.narrative.money import money
from isoaudit.export.narrative.objectives import objectives
from isoaudit.export.narrative.phrases import NBSP, full, para
from isoaudit.export.narrative.reading import report_number
from isoaudit.export.narrative.reporting import reporting
from isoaudit.export.narrative.systems import systems
from isoaudit.export.paper.blocks import (
    Bullets,
    Flow,
    Grid,
    Letterhead,
    Paper,
    Para,
    Picture,
    Recipients,
    Signature,
    Title,
    To,
)

EXAMPLE = "Dữ liệu minh hoạ"


def annual_report(content: ReportContent) -> Paper:
    """The whole report, as a draft while the content has no number."""
    paper, year = content.paper, content.year
    return Paper(
        subject=f"Số liệu tính đến ngày {short_date(content.as_of)}; mã tổng hợp {content.rollup['digest']}",
        author=paper.issuer_short or paper.issuer,
        dated=paper.issued_on or content.as_of,
        head=Letterhead(paper.parent, paper.issuer, report_number(content), paper.place, year, paper.issued_on),
        title=Title("BÁO CÁO", subject(content)),
        to=To(paper.to) if paper.to else None,
        body=numbered_tables(body(content)),
        signature=Signature(paper.authority_line, paper.signer_title, paper.signer),
        recipients=Recipients(paper.recipients or _recipients(content), paper.filed),
        annexes=annexes(content),
        mark=EXAMPLE if content.example else "",
    )


def subject(content: ReportContent) -> str:
    """What the report is about, as its title says."""
    about = content.paper.about or (
        "Tình hình xây dựng, áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng theo "
        f"TCVN ISO 9001 trên địa bàn tỉnh {content.rollup['province']}"
    )
    words = content.period_name.rsplit(" ", 1)
    return f"{about} {NBSP.join(words)}"


def body(content: ReportContent) -> tuple[Flow, ...]:
    """The sections in order, with the texts that the office put in place of generated ones."""
    return (
        *_opening(content),
        *direction(content),
        *money(content),
        *reporting(content),
        *systems(content),
        *objectives(content),
        *inspections(content),
        *dossiers(content),
        *catalogue(content),
        *changes(content),
        *assessment(content),
    )


def texts(content: ReportContent) -> tuple[Para | Bullets, ...]:
    """The paragraphs and lists of the body with their keys: what the office may put into its own words."""
    return tuple(block for block in body(content) if isinstance(block, Para | Bullets))


def _opening(content: ReportContent) -> tuple[Flow, ...]:
    paper = content.paper
    basis = paper.basis or (
        "Thực hiện Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 của Thủ tướng Chính phủ và kế hoạch của tỉnh về áp dụng "
        "hệ thống quản lý chất lượng trong cơ quan, tổ chức thuộc hệ thống hành chính nhà nước"
    )
    lead = (
        f"{basis}, {paper.issuer_short or paper.issuer} báo cáo kết quả {content.period_name} (số liệu tính đến hết "
        f"ngày {short_date(content.as_of)}) như sau:"
    )
    if not paper.replaces:
        return (para(content, "opening", lead),)
    told = f"Báo cáo này thay thế Báo cáo số {paper.replaces}"
    changed = annex_name(content, "corrections")
    unchanged = "Số liệu và nội dung của báo cáo không thay đổi."
    rest = (
        full(f"{told}; các số liệu, nội dung đính chính nêu tại {changed}") if changed else f"{full(told)} {unchanged}"
    )
    return para(content, "opening.replaces", rest), para(content, "opening", lead)


def _recipients(content: ReportContent) -> tuple[str, ...]:
    above = "Như trên" if content.paper.to else "UBND tỉnh (báo cáo)"
    committee = (content.paper.committee,) if content.paper.committee else ()
    return (above, *committee, "Các sở, ban, ngành, đơn vị liên quan")


def numbered_tables(blocks: tuple[Flow, ...]) -> tuple[Flow, ...]:
    """The blocks with running numbers before the captions of their tables and pictures."""
    found: list[Flow] = []
    grids = pictures = 0
    for block in blocks:
        if isinstance(block, Grid) and block.caption:
            grids += 1
            found.append(replace(block, caption=f"Bảng {grids}. {block.caption}"))
        elif isinstance(block, Picture) and block.caption:
            pictures += 1
            found.append(replace(block, caption=f"Hình {pictures}. {block.caption}"))
        else:
            found.append(block)
    return tuple(found)
