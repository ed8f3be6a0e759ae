"""The letter that asks units for a report that has not come, in the grammar of official papers.

One letter goes to one unit or to many; more than `NAMED` are listed in an annex. What it says is made from the values
kept with it, so that it prints the same later.
"""

from dataclasses import dataclass
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text
from isoaudit.export.paper.blocks import (
    Align,
    Annex,
    Column,
    Flow,
    Grid,
    Letterhead,
    Line,
    Paper,
    Para,
    Recipients,
    Signature,
    Title,
    To,
)

NAMED = 6


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit that is asked, and the day by which its report was due."""

    unit: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """What a letter says: `period` in running text ("năm 2020"), the units as of the day `as_of`, `due_on` the day by
    which the report is asked for now. Names of bodies are printed as given; `issuer_name` is the issuer in running
    text."""

    parent: str
    issuer: str
    issuer_name: str
    issuer_code: str
    place: str
    authority: str
    signer_title: str
    period: str
    year: int
    as_of: date
    due_on: date
    owed: tuple[Owed, ...]
    committee: str = ""
    example: bool = False


def reminder_paper(letter: ReminderLetter, number: str, issued_on: date | None, signer: str) -> Paper:
    """The letter as a paper: with an open number and day while it is a draft."""
    many = len(letter.owed) > NAMED
    to = ("Các cơ quan, đơn vị (theo danh sách kèm theo)",) if many else tuple(each.unit for each in letter.owed)
    shown = number or f"…/{letter.issuer_code}"
    about = f"V/v gửi báo cáo áp dụng hệ thống quản lý chất lượng theo TCVN ISO 9001 {letter.period}"
    dated = issued_on or letter.as_of
    return Paper(
        subject=about,
        author=letter.issuer_name,
        dated=dated,
        head=Letterhead(letter.parent, letter.issuer, shown, letter.place, dated.year, issued_on, about),
        title=Title("", about),
        to=To(to),
        body=_body(letter),
        signature=Signature(letter.authority, letter.signer_title, signer),
        recipients=Recipients(("Như trên", *([f"{letter.committee} (báo cáo)"] if letter.committee else []))),
        annexes=(_annex(letter, shown, issued_on),) if many else (),
        mark="Dữ liệu minh hoạ" if letter.example else "",
    )


def _body(letter: ReminderLetter) -> tuple[Flow, ...]:
    days = sorted({each.due_on for each in letter.owed})
    due = short_date(days[0]) if len(days) == 1 else f"{short_date(days[0])} đến ngày {short_date(days[-1])}"
    whose = "quý cơ quan, đơn vị" if len(letter.owed) == 1 else f"{count_text(len(letter.owed))} cơ quan, đơn vị"
    if len(letter.owed) > 1:
        whose += " có tên trong danh sách kèm theo" if len(letter.owed) > NAMED else " nêu trên"
    told = (
        f"Báo cáo tình hình xây dựng, áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng theo TCVN ISO 9001 "
        f"{letter.period} phải gửi về {letter.issuer_name} chậm nhất ngày {due}. Đến hết ngày "
        f"{short_date(letter.as_of)}, {letter.issuer_name} chưa nhận được báo cáo của {whose}."
    )
    asked = (
        f"Để kịp tổng hợp số liệu toàn tỉnh, {letter.issuer_name} đề nghị quý cơ quan, đơn vị gửi báo cáo chậm nhất "
        f"ngày {short_date(letter.due_on)}. Cơ quan, đơn vị đã gửi báo cáo thì đề nghị cho biết số và ngày của báo cáo "
        "để đối chiếu."
    )
    thanks = "Rất mong nhận được sự phối hợp của quý cơ quan, đơn vị."
    return Para("reminder.told", told), Para("reminder.asked", asked), Para("reminder.thanks", thanks)


def _annex(letter: ReminderLetter, number: str, issued_on: date | None) -> Annex:
    columns = (
        Column("TT", 8, Align.CENTRE),
        Column("Cơ quan, đơn vị", 62),
        Column("Hạn gửi báo cáo", 30, Align.CENTRE),
    )
    rows = tuple(Line((str(place), each.unit, short_date(each.due_on))) for place, each in enumerate(letter.owed, 1))
    day = short_date(issued_on) if issued_on else "…/…/" + str(letter.as_of.year)
    reference = f"(Kèm theo Công văn số {number} ngày {day} của {letter.issuer_name})"
    title = f"Danh sách cơ quan, đơn vị chưa gửi báo cáo {letter.period}"
    return Annex(title, reference, (Grid(columns, rows),))
