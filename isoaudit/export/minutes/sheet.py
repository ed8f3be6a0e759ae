"""The paper of minutes, block by block, from what they say (`record`): the same for screen, DOCX and PDF. What goes
with it on pages of its own is in `annexes`."""

from collections.abc import Sequence
from dataclasses import replace

from isoaudit.domain.numbers import count_text, thousands
from isoaudit.export.minutes.annexes import Besides, annexes
from isoaudit.export.minutes.lists import Person
from isoaudit.export.minutes.record import Finding, Record, Side
from isoaudit.export.paper.blocks import (
    Align,
    Bullets,
    Column,
    Flow,
    Grid,
    Heading,
    Letterhead,
    Line,
    Paper,
    Prose,
    Title,
    Tone,
    Weight,
)
from isoaudit.export.paper.marks import Signed, Signing

DRAFT = "DỰ THẢO"
BLANK = "……………………………………………………"
NONE = "Không có."
_STANCES = {"agreed": "nhất trí", "opinion": "có ý kiến", "reserved": "bảo lưu ý kiến"}
_NUM = Align.CENTRE


def minutes_paper(record: Record, besides: Besides) -> Paper:
    """The paper of minutes; a draft says so at its head and at every foot."""
    body: list[Flow] = [Prose(DRAFT, tone=Tone.CENTRED)] if record.draft else []
    if record.amendment:
        body.append(Prose(record.amendment, tone=Tone.BASIS))
    if besides.source:
        body.append(Prose(besides.source, tone=Tone.BASIS))
    body += [Prose(f"{line};", tone=Tone.BASIS) for line in record.basis]
    body.append(Prose(record.opening))
    body += _present(record) + _course(record) + _remarks(record, besides)
    body += [Heading(1, "Tồn tại, hạn chế cần khắc phục"), *_findings(record.shortcomings)]
    body += [Heading(1, "Khuyến nghị"), *_findings(record.suggestions)]
    body += _requests(record) + _unit_word(record)
    if not besides.source:
        body += [Prose(record.closing), _signing(record)]
    if record.digest:
        body.append(Prose(_signed_on_glass(record.digest), tone=Tone.NOTE))
    return Paper(
        subject=f"Cuộc kiểm tra {record.reference}",
        author=record.issuer,
        dated=besides.dated,
        head=Letterhead(record.issuer, "ĐOÀN KIỂM TRA", besides.number or "……/BB-ĐKT", "", besides.dated.year),
        title=Title("BIÊN BẢN", record.subject),
        body=tuple(body),
        annexes=annexes(record, besides),
        mark=" - ".join(filter(None, ("Dự thảo" if record.draft else "", besides.mark))),
    )


def _present(record: Record) -> list[Flow]:
    unit: list[Flow] = [_people(record.unit)] if record.unit else [*_prose(record.unit_text or BLANK)]
    team: Flow = _people(record.team) if record.team else Prose(BLANK)
    return [
        Heading(1, "Thành phần"),
        Heading(2, "Đoàn kiểm tra"),
        team,
        Heading(2, "Đơn vị được kiểm tra"),
        *unit,
    ]


def _people(persons: Sequence[Person]) -> Bullets:
    told = [
        each.name + (f", {each.position}" if each.position else "") + (f" ({each.meeting})" if each.meeting else "")
        for each in persons
    ]
    return Bullets("", tuple(f"{one}{'.' if place == len(told) else ';'}" for place, one in enumerate(told, 1)))


def _course(record: Record) -> list[Flow]:
    """As it went: the opening meeting, what was checked, the closing meeting."""
    found: list[Flow] = [Heading(1, "Nội dung kiểm tra"), *_meeting("Họp khai mạc", record.opening_meeting)]
    found += [Heading(2, "Nội dung đã kiểm tra"), Prose(record.seen)]
    if record.results:
        names = ("Phần", "Nội dung", "Thực hiện đúng", "Khuyến nghị", "Tồn tại, hạn chế", "Không thuộc phạm vi")
        counts = ("seen", "conformity", "opportunity", "shortcoming", "outside")
        rows = [
            Line(
                (each.name, *(thousands(getattr(each, name)) for name in counts)),
                Weight.TOTAL if each is record.total else Weight.BODY,
            )
            for each in (*record.results, record.total)
        ]
        widths = (5, 1.4, 1.6, 1.6, 1.6, 1.8)
        columns = [
            Column(name, width, _NUM if place else Align.LEFT)
            for place, (name, width) in enumerate(zip(names, widths, strict=True))
        ]
        found.append(Grid(tuple(columns), tuple(rows)))
    return found + _dossiers(record) + _verified(record) + _meeting("Họp kết thúc", record.closing_meeting)


def _meeting(name: str, said: str) -> list[Flow]:
    return [Heading(2, name), *_prose(said)] if said else []


def _dossiers(record: Record) -> list[Flow]:
    if not record.dossiers:
        return []
    columns = (
        Column("TT", 0.8, _NUM),
        Column("Hồ sơ, thủ tục hành chính", 4),
        Column("Ngày tiếp nhận", 1.7, _NUM),
        Column("Ngày hẹn trả", 1.7, _NUM),
        Column("Ngày trả", 1.7, _NUM),
        Column("Quá hạn (ngày)", 1.2, _NUM),
        Column("Kết quả xem xét", 3.4),
    )
    rows = [
        Line(
            (
                str(each.number),
                "\n".join(filter(None, (each.code, each.procedure, each.field))) or "–",
                each.received or "–",
                each.due or "–",
                each.returned or "chưa trả",
                thousands(each.late),
                each.found,
            )
        )
        for each in record.dossiers
    ]
    return [
        Heading(2, "Hồ sơ thủ tục hành chính đã xem xét"),
        Prose(record.dossier_text),
        Grid(columns, tuple(rows), wide=True),
    ]


def _verified(record: Record) -> list[Flow]:
    if not record.verified:
        return []
    columns = (
        Column("TT", 0.8, _NUM),
        Column("Tồn tại, hạn chế", 5),
        Column("Kết quả kiểm tra việc khắc phục", 5),
    )
    rows = [Line((str(place), each["text"], each["result"] or "–")) for place, each in enumerate(record.verified, 1)]
    return [
        Heading(2, "Việc khắc phục tồn tại, hạn chế của lần kiểm tra trước"),
        Grid(columns, tuple(rows)),
    ]


def _remarks(record: Record, besides: Besides) -> list[Flow]:
    said: list[Flow] = [*_prose(record.remarks)]
    if record.strengths:
        first, *rest = _prose(record.strengths)
        said += [replace(first, lead="Ưu điểm:"), *rest]
    if not said:
        said = [Prose(BLANK if record.draft else NONE)]
    score: list[Flow] = [Prose(besides.score)] if besides.score else []
    return [Heading(1, "Nhận xét của Đoàn kiểm tra"), *said, *score]


def _findings(findings: Sequence[Finding]) -> list[Flow]:
    if not findings:
        return [Prose(NONE)]
    found: list[Flow] = []
    for each in findings:
        found.append(Prose(each.note or each.request or BLANK, lead=f"{each.number}."))
        # the question itself stands in the annex: beside an answer it reads as if it were asked again
        found.append(Prose(f"(Nội dung kiểm tra {each.code}: {each.place})", tone=Tone.BASIS))
        proofs = [
            f"tài liệu đã xem: {'; '.join(each.documents)}" if each.documents else "",
            f"hồ sơ số {_numbers(each.dossiers)} tại danh sách hồ sơ đã xem xét" if each.dossiers else "",
            f"ảnh số {_numbers(each.photos)}" if each.photos else "",
        ]
        told = "; ".join(filter(None, proofs))
        if told:
            found.append(Prose(f"Bằng chứng: {told}."))
    return found


def _requests(record: Record) -> list[Flow]:
    asked = [each for each in record.suggestions if each.request and each.note]
    rows = [
        Line(
            (
                str(each.number),
                each.request or f"Khắc phục tồn tại, hạn chế số {count_text(each.number)} nêu tại mục IV.",
                each.due or "……/……/……",
            )
        )
        for each in record.shortcomings
    ]
    rows += [Line((f"V.{each.number}", each.request, each.due or "–")) for each in asked]
    columns = (Column("TT", 1, _NUM), Column("Yêu cầu", 8), Column("Thời hạn hoàn thành", 2.2, _NUM))
    table: list[Flow] = [Grid(columns, tuple(rows))] if rows else []
    return [Heading(1, "Yêu cầu đối với đơn vị"), Prose(record.asks), *table]


def _unit_word(record: Record) -> list[Flow]:
    said: list[Flow] = [Prose(record.unit_word)] if record.unit_word else []
    words = [
        f"Nội dung số {count_text(each.number)} mục {section}: {_STANCES[each.word.stance]}: {each.word.said}"
        for section, findings in (("IV", record.shortcomings), ("V", record.suggestions))
        for each in findings
        if each.word.said and each.word.stance in _STANCES
    ]
    if words:
        said.append(Bullets("", tuple(words)))
    said += _prose(record.opinion)
    if not record.unit_word and not record.opinion:
        said.append(Prose(BLANK if record.draft else "Không có ý kiến khác."))
    return [Heading(1, "Ý kiến của đơn vị được kiểm tra"), *said]


def _signing(record: Record) -> Signing:
    unit, team = record.sides["unit"], record.sides["team"]
    middle = (Signed("THƯ KÝ ĐOÀN", record.secretary),) if record.secretary else ()
    return Signing((_side(unit, unit.position), *middle, _side(team, "")))


def _side(side: Side, position: str) -> Signed:
    return Signed(side.title, side.name, position, side.path, side.refused)


def _signed_on_glass(digest: str) -> str:
    return (
        f"Mã nội dung đã ký (SHA-256): {digest}. Chữ ký trên thiết bị ghi nhận ý kiến của hai bên tại chỗ; bản chính "
        "là bản giấy có chữ ký, đóng dấu hoặc bản được ký số."
    )


def _prose(text: str) -> list[Prose]:
    return [Prose(line.strip()) for line in text.split("\n") if line.strip()]


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(count_text, numbers))
