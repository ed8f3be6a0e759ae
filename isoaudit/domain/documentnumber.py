"""How the number of an official document is kept, and how a reference to one is read ("127/QĐ-UBND ngày 15/01/2020").

Forms, the workbook and searches share it. Which document a reference means is found in `services.documents`.
"""

import re
import unicodedata
from datetime import date

_WITH_DAY = re.compile(r"(.+?)[\s,]+ngày\s+([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.IGNORECASE)
_GAP = re.compile(r"\s*([/–-])\s*")
# A running number, what may stand before the stroke ("58-KL/TW", "19/2014/QĐ-TTg"), a sign that begins with a letter.
_NUMBER = re.compile(r"[0-9]+[^\W\d_]{0,2}(?:[–-][^\W\d_]+)?(?:/[0-9]{4})?/[^\W\d_][\w.&/–-]*(?: [^\W\d_][\w.&–-]*)*")


def clean_number(text: str) -> str:
    """A number as it is kept: NFC, no blanks around strokes, single blanks elsewhere."""
    return _GAP.sub(r"\1", " ".join(unicodedata.normalize("NFC", text).split()))


def is_number(number: str) -> bool:
    """Whether a cleaned text is number and sign of a document (số, ký hiệu), such as "137/BC-SKHCN": without its day,
    and no other text."""
    return _NUMBER.fullmatch(number) is not None


def parse_reference(typed: str) -> tuple[str, date | None]:
    """The number and, when it was given, the day of a reference as typed."""
    text = unicodedata.normalize("NFC", typed).strip()
    match = _WITH_DAY.fullmatch(text)
    if match:
        try:
            return clean_number(match[1]), date(int(match[4]), int(match[3]), int(match[2]))
        except ValueError:
            return clean_number(text), None
    return clean_number(text), None
