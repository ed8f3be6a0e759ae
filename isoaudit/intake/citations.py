"""The official documents that a text cites, read from text as people paste it: from Word, from a scan, from a web page.

Numbers are brought into the form in which the register keeps them. What had to be guessed (an issuer's sign that is
nearly a known one, a kind that contradicts the sign, a day that is none, or one without the word "ngày") is marked as
not certain, and the text as it was written stays beside it. Whether the register has such a document is asked
elsewhere.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from isoaudit.domain.documentnumber import clean_number
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import DocumentKind

LAW = "L"
"""Kind of a law; its sign names the National Assembly that passed it ("91/2025/QH15")."""
COMMON_ISSUERS = frozenset({"UBND", "HĐND", "CP", "TTg", "BKHCN", "BNV", "BTC", "VPCP", "BTP", "TĐC", "TU"})
"""Signs of issuers that every province meets; the caller adds those of its own agencies."""
_SHORTEST = 4
"""A sign of fewer letters is too short to be taken for another one."""

_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|[*_`#]+")
_KINDS = {each.value: each for each in DocumentKind}
_WORDS = {fold(each.vi): each.value for each in DocumentKind} | {
    "luat": LAW,
    "quyet nghi": "NQ",
    **{fold(each.value): each.value for each in DocumentKind if len(each.value) > 1},
}
_CITATION = re.compile(
    r"""(?P<before>[^\W\d_]+(?:\s+[^\W\d_]+)?)?   # the words before: "Quyết định", "Công văn"
        \s*(?:số\s*:?\s*)?
        (?<![\w/.,-])(?P<number>\d{1,5}[^\W\d_]?)
        (?:\s?/\s?(?P<year>(?:19|20)\d\d))?
        \s?/\s?(?P<sign>[A-ZĐ][^\W_]*(?:\s?[-–&]\s?[^\W\d_][^\W_]*){0,4})
        (?![\w/])
        (?P<day>\s*[,(]?\s*
            (?:ngày\s+(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})
              |(?P<bare>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d/]))))?   # without the word "ngày" it is a guess
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that a text cites: its number in the form of the register, the letters of its kind, its day when told.

    `as_written` is the number as the text has it; `certain` is False where the reading is a guess.
    """

    number: str
    kind: str
    day: date | None
    as_written: str
    certain: bool


def read_citations(text: str, issuers: Collection[str] = ()) -> list[Citation]:
    """The documents cited, each once, in the order of the text. `issuers` are signs of the province's own bodies.

    A document cited with its day and again without it is one; two days make two documents, because numbers begin anew
    every year.
    """
    known = COMMON_ISSUERS | frozenset(issuers)
    plain = unicodedata.normalize("NFC", _TAGS.sub(" ", html.unescape(text)))
    return _once(_found(plain, known))


def _found(text: str, known: frozenset[str]) -> Iterator[Citation]:
    for match in _CITATION.finditer(text):
        sign = re.sub(r"\s", "", match["sign"]).replace("–", "-")
        if not sign[0].isupper() or not sum(each.isupper() for each in sign) > 1:
            continue
        kind, body = _parted(sign)
        told = _told_kind(match["before"] or "")
        if kind is None and told is None and "-" not in sign and body not in known:
            continue  # a fraction or a unit of measure, not a document
        mended = _mended(body, known)
        certain = mended == body and (told is None or kind is None or told == kind)
        kind = kind or (LAW if re.fullmatch(r"QH\d+", body) else told or DocumentKind.LETTER.value)
        if told is not None and told != kind:
            certain = False
        if match["day"] and (match["bare"] or _day(match["day"]) is None):
            certain = False
        lead = sign[: len(sign) - len(body)]
        number = match["number"] + (f"/{match['year']}" if match["year"] else "") + f"/{lead}{mended}"
        written = text[match.start("number") : match.end("sign")]
        if lead == "" and told is not None and told not in (DocumentKind.LETTER.value, LAW, kind):
            certain = False
        if lead == "" and kind not in (DocumentKind.LETTER.value, LAW):
            certain = False  # only letters go without the sign of their kind
        yield Citation(clean_number(number), kind, _day(match["day"] or ""), " ".join(written.split()), certain)


def _parted(sign: str) -> tuple[str | None, str]:
    """The kind's letters, when the sign begins with them, and the rest."""
    first, stroke, rest = sign.partition("-")
    if stroke and first in _KINDS:
        return first, rest
    return None, sign


def _told_kind(before: str) -> str | None:
    """The kind that the words before the number tell."""
    words = [fold(each) for each in before.split()]
    words = [each for each in words if each != "so"]
    for length in (2, 1):
        if found := _WORDS.get(" ".join(words[-length:])):
            return found
    return None


def _mended(body: str, known: frozenset[str]) -> str:
    """The issuer's sign as it should be, when it is one slip away from exactly one that is known; else as it is."""
    parts = re.split(r"[-&]", body)
    if parts[0] in known and "&" not in body:
        return body
    for length in range(min(3, len(parts)), 0, -1):
        head, rest = "".join(parts[:length]), parts[length:]
        near = {head} if head in known else {each for each in known if _one_slip(head, each)}
        if len(near) == 1 and len(head) >= _SHORTEST:
            return "-".join([near.pop(), *rest])
    return body


def _one_slip(written: str, meant: str) -> bool:
    """Whether one letter too many, too few, another one or two swapped neighbours part the two."""
    if written == meant or len(meant) < _SHORTEST or abs(len(written) - len(meant)) > 1:
        return False
    place = next((at for at, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other), None)
    if place is None:
        return True
    left, right = written[place:], meant[place:]
    swapped = len(left) > 1 and left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped


def _day(text: str) -> date | None:
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    try:
        return date(numbers[2], numbers[1], numbers[0]) if len(numbers) == 3 else None
    except ValueError:
        return None


def _once(found: Iterable[Citation]) -> list[Citation]:
    kept: dict[tuple[str, date | None], Citation] = {}
    for each in found:
        key = (each.number, each.day)
        before = kept.get(key)
        if before is None or (each.certain and not before.certain):
            kept[key] = each if before is None else replace(before, certain=True, as_written=each.as_written)
    dated = {number for number, day in kept if day is not None}
    return [each for (number, day), each in kept.items() if day is not None or number not in dated]
