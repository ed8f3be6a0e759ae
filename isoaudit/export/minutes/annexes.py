"""What goes with minutes besides what they say: the number given to the paper, the score once a decision lets it be
told, and the annexes: the working programme, the result of every criterion, the photos.

A device did not know of these when it was signed on; what was signed is in `record`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from isoaudit.domain.numbers import count_text
from isoaudit.export.minutes.lists import Photo
from isoaudit.export.minutes.record import Record
from isoaudit.export.minutes.words import taken
from isoaudit.export.paper import marks
from isoaudit.export.paper.blocks import Align, Annex, Column, Grid, Line, Weight


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one criterion, or with an empty `result` the heading above several."""

    code: str
    text: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Besides:
    """What the paper needs besides the record. `dated` goes into the file's properties; `photos` are contents by
    SHA-256, without those that are not there and empty for what cannot be printed, `lost` those that will not come;
    `score` is a whole sentence, empty while the score is internal. `source` tells of an inspection by another body:
    nobody signs this paper then. `sessions` are the lines of the working programme (day, time, position, content,
    members). `mark` stands at the foot of every page."""

    dated: date
    number: str = ""
    source: str = ""
    score: str = ""
    sessions: tuple[Mapping[str, str], ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    photos: Mapping[str, bytes] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    mark: str = ""


def annexes(record: Record, besides: Besides) -> tuple[Annex, ...]:
    """The annexes that have something to tell."""
    reference = f"(Kèm theo Biên bản kiểm tra, cuộc kiểm tra số {record.reference})"
    found = []
    if besides.sessions:
        found.append(Annex("Chương trình làm việc", reference, (_programme(besides),)))
    if besides.outcomes:
        found.append(Annex("Kết quả từng nội dung kiểm tra", reference, (_outcomes(besides),)))
    if record.photos:
        pictures = tuple(_photo(each, besides) for each in record.photos)
        found.append(Annex("Ảnh chụp làm bằng chứng", reference, (marks.Photos(pictures),)))
    return tuple(found)


def _programme(besides: Besides) -> Grid:
    columns = (
        Column("Ngày", 1.9, Align.CENTRE),
        Column("Giờ", 2, Align.CENTRE),
        Column("Vị trí làm việc", 3),
        Column("Nội dung", 4.2),
        Column("Thành viên phụ trách", 3),
    )
    names = ("day", "time", "position", "content", "members")
    rows = (Line(tuple(each[name] or "–" for name in names)) for each in besides.sessions)
    return Grid(columns, tuple(rows), wide=True)


def _outcomes(besides: Besides) -> Grid:
    columns = (Column("Mã", 1.5), Column("Nội dung kiểm tra", 8), Column("Kết quả", 2.3))
    rows = (
        Line((each.code, each.text, each.result), Weight.BODY if each.result else Weight.GROUP)
        for each in besides.outcomes
    )
    return Grid(columns, tuple(rows), wide=True)


def _photo(photo: Photo, besides: Besides) -> marks.Photo:
    parts = [
        f"Ảnh số {count_text(photo.number)}",
        f"nội dung {photo.code}" if photo.code else "",
        photo.caption,
        taken(photo.taken),
    ]
    caption = "; ".join(filter(None, parts))
    content = besides.photos.get(photo.sha256, b"")
    if photo.sha256 in besides.photos:
        why = "tệp ảnh hỏng hoặc quá lớn nên không in được"
    else:
        why = "ảnh không còn" if photo.sha256 in besides.lost else "chưa có tệp ảnh để in"
    return marks.Photo(photo.sha256, caption if content else f"{caption}; {why}", content)
