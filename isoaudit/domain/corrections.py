"""What people write in place of what CONTRACT §3 asks for, and how it can be read: days, words of closed lists, yes and
no, editions. Pure readings of one cell; which unit a name means needs the register (`services.importing.resolution`).

Decision of 22/11/2026: what needs a person's word and what does not.
- Nothing is asked where the file says the same thing in other bytes: a date cell of a spreadsheet, a number for a code,
  NFD for NFC, blanks around or doubled, signs that cannot be seen (SPELLING). It is told in the report, and changes
  nothing.
- Everything that has to be *understood* is offered and waits for the person: without a yes the row is refused, and the
  refusal names the reading. A day is day before month, as Vietnamese write it; two digits of a year are no year.
- A number of a new document that is nearly that of a known issuer (SKHCCN) is a proper value of CONTRACT §3: without a
  yes it is kept as written (NUMBER), and the report says what it could be. Where such a number cites a document that
  does not stand, the row is refused like any other unknown number (CITED).
- The name of a new unit without its capitals ("xã Cam Tuyền") is a proper value too and kept likewise (NAME); it is
  printed in reports and minutes as it is registered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from isoaudit.domain import vocabulary as words
from isoaudit.domain.text import fold

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_EDITION = re.compile(r"(?:tcvn ?)?(?:iso ?)?(?:9001 ?)?((?:19|20)\d\d)")
_CONVERSION = re.compile(r"((?:19|20)\d\d)\D{1,5}((?:19|20)\d\d)")
_UNSEEN = {ord(each): None for each in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}


class CorrectionKind(words.Word):
    """The kinds of reading, each accepted or refused as a whole."""

    DATE = "date", "Ngày viết theo cách khác", "Dates in another form"
    WORD = "word", "Từ ngữ thay cho mã", "Words in place of code names"
    YES_NO = "yes_no", "Có, không", "Yes or no in other words"
    UNIT = "unit", "Tên đơn vị thay cho mã", "Names of units in place of codes"
    CITED = "cited", "Văn bản được dẫn", "Documents cited"
    NUMBER = "number", "Số, ký hiệu của văn bản mới", "Numbers of new documents"
    NAME = "name", "Chữ hoa trong tên đơn vị mới", "Capitals in names of new units"
    SPELLING = "spelling", "Dấu cách, cách mã hóa chữ", "Blanks and the encoding of letters"


OFFERED = tuple(kind for kind in CorrectionKind if kind is not CorrectionKind.SPELLING)
"""The kinds that wait for a person's word."""
KEPT_AS_WRITTEN = (CorrectionKind.NUMBER, CorrectionKind.NAME)
"""Those of them without which the value is taken as it is; without the others the row is refused."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell: as written, as read."""

    kind: CorrectionKind
    sheet: str
    row: int
    column: str
    written: str
    read: str


def seen_only(text: str) -> str:
    """The text without signs that nobody can see (zero width, soft hyphens, a stray byte order mark)."""
    return text.translate(_UNSEEN)


def read_day(text: str) -> date | None:
    """A day written otherwise than YYYY-MM-DD, day before month; None where it is none. A year has four digits."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(each) for each in match.groups())
    elif match := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(plain(text)):
        day, month, year = (int(each) for each in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_yes_no(text: str) -> bool | None:
    """Yes or no in other words."""
    return {
        "co": True,
        "dung": True,
        "true": True,
        "y": True,
        "khong": False,
        "sai": False,
        "false": False,
        "n": False,
    }.get(plain(text))


def read_word(text: str, members: Iterable[StrEnum]) -> StrEnum | None:
    """The member of a closed list that these words name: its code in other letters, its label, a usual synonym."""
    asked = plain(text)
    found = {each for each in members if asked in _names(each)}
    return found.pop() if len(found) == 1 else None


def read_edition(text: str, known: Iterable[str]) -> str | None:
    """The edition of a standard named in words: "TCVN ISO 9001:2015" → iso9001-2015."""
    match = _EDITION.fullmatch(plain(text.replace(":", " ")))
    named = f"iso9001-{match[1]}" if match else ""
    return named if named in known else None


def read_conversion(text: str, known: Iterable[str]) -> str | None:
    """The conversion named by its two years: "2008 → 2015"."""
    match = _CONVERSION.fullmatch(text.strip())
    named = f"{match[1]}-{match[2]}" if match else ""
    return named if named in known else None


def read_label(text: str, labels: Mapping[str, Iterable[str]]) -> str | None:
    """The code of which this is the only label (code → labels)."""
    asked = plain(text)
    found = {code for code, names in labels.items() if asked in {plain(each) for each in (code, *names)}}
    return found.pop() if len(found) == 1 else None


def read_name(name: str, kind: words.UnitKind) -> str | None:
    """The name of a unit with the capital that it lacks at its beginning; None where it lacks none.

    A name without any capital is read word by word ("xã cam tuyền": "Xã Cam Tuyền"), but for what names the kind of
    place ("Thị trấn", "Huyện đảo"). Words within a name that has capitals stay as written: which of them are common
    words ("Thị trấn Nông trường Lệ Ninh") is not known. Nor is a place doubted that begins with another word.
    """
    lead = 1
    if kind in _PLACES:
        known = next((each for each in _PLACE_WORDS if f"{name} ".casefold().startswith(f"{each} ".casefold())), None)
        if known is None:
            return None
        lead = len(known.split())
    read = _capital(name)
    if kind in _PLACES and name == name.lower():
        told = read.split(" ")
        read = " ".join([*told[:lead], *map(_capital, told[lead:])])
    return None if read == name else read


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def plain(text: str) -> str:
    """Words for comparing: no case, no diacritics, single blanks between them."""
    return " ".join(re.sub(r"[\s_–-]+", " ", fold(text)).split())


def _names(member: StrEnum) -> set[str]:
    told = [member.value, *(getattr(member, name, "") for name in ("vi", "en")), *_ALSO.get(member, ())]
    return {plain(each) for each in told if each}


_ALSO: dict[StrEnum, tuple[str, ...]] = {
    words.UnitKind.AGENCY: ("sở", "ban", "ngành", "sở ban ngành"),
    words.UnitKind.SUB_AGENCY: ("chi cục",),
    words.UnitKind.DISTRICT: ("huyện", "thị xã", "thành phố", "quận", "cấp huyện"),
    words.Relation.CONTINUED: ("tiếp nối", "đổi tên", "nâng cấp", "giữ nguyên"),
    words.Relation.ABSORBED: ("sáp nhập", "nhập vào"),
    words.Relation.CONSOLIDATED: ("hợp nhất",),
    words.Relation.SPLIT: ("chia", "tách", "chia tách"),
    words.Obligation.PLANNED: ("theo lộ trình", "lộ trình", "theo kế hoạch"),
    words.DeclarationKind.DECLARE: ("công bố lần đầu", "công bố mới", "tự công bố"),
    words.DeclarationKind.WITHDRAW: ("chấm dứt", "chấm dứt công bố", "hủy công bố", "rút công bố", "thu hồi"),
    words.ActivityKind.MANAGEMENT_REVIEW: ("xem xét lãnh đạo", "họp xem xét của lãnh đạo"),
    words.ActivityKind.OBJECTIVES: ("mục tiêu chất lượng", "mục tiêu"),
    words.ActivityKind.PROCEDURES_UPDATED: ("cập nhật tài liệu", "cập nhật thủ tục"),
    words.ActivityKind.TRAINING: ("đào tạo", "tập huấn"),
    words.ActivityKind.REPORT_SENT: ("gửi báo cáo", "báo cáo năm"),
    words.Mode.ON_SITE: ("tại chỗ", "trực tiếp", "tại đơn vị"),
    words.Mode.FILES: ("qua hồ sơ", "hồ sơ", "qua báo cáo"),
    words.Purpose.FOLLOW_UP: ("kiểm tra lại",),
    words.Grade.OPPORTUNITY: ("điểm khuyến nghị", "cơ hội cải tiến", "lưu ý"),
    words.Grade.MINOR: ("kph nhẹ", "không phù hợp (nhẹ)", "điểm không phù hợp nhẹ"),
    words.Grade.MAJOR: ("kph nặng", "không phù hợp (nặng)", "điểm không phù hợp nặng"),
    words.Outcome.TRANSFERRED: ("chuyển đơn vị kế thừa", "chuyển giao"),
}
"""What else people write for a word, beside its code and its labels."""
_PLACES = frozenset(words.UnitKind) - {words.UnitKind.AGENCY, words.UnitKind.SUB_AGENCY}
_PLACE_WORDS = ("Thị trấn", "Thị xã", "Thành phố", "Đặc khu", "Xã", "Phường", "Huyện đảo", "Huyện", "Quận")
"""What the names of places begin with."""
