"""Vietnamese text as keys: `fold` for searching without diacritics, `sort_key` for the order of names.

Neither depends on a locale or a collation, so SQLite, PostgreSQL and Python agree; store them as columns
and compare them by code point. Numbers and dates in words are in `numbers` and `documentwords`.
"""

import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""huyền, hỏi, ngã, sắc, nặng; a letter without a mark (ngang) comes first."""
_HATS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
"""The marks that make letters of their own: ă, then â ê ô, then ơ ư."""
_PUNCTUATION = "_-–—,;:!?.'’\"“”()[]{}@*/\\&#%`^+<=>|~$"
_LEVEL = " "  # between the levels of a key: below everything else in it, so that "An" precedes "An Phú"


def fold(text: str) -> str:
    """The text for searching: no case, no diacritics, đ as d ("Đông Hà" → "dong ha")."""
    marked = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return "".join(each for each in marked if not unicodedata.combining(each)).casefold()


def sort_key(text: str) -> str:
    """The key by which names sort in Vietnamese order.

    Three levels, each deciding only when those before are equal: letters (a ă â b c d đ e ê …; spaces, then
    punctuation, then digits come before them), tones (ngang huyền hỏi ngã sắc nặng), small before capital.
    Digits compare one by one, as in ICU's Vietnamese collation: "Phường 10" before "Phường 2".
    """
    text = unicodedata.normalize("NFC", text)
    parts = [_weights(each) for each in text]
    letters = "".join([part[0] for part in parts])
    tones = "".join([part[1] for part in parts]).rstrip("0")
    capitals = "".join([part[2] for part in parts]).rstrip("0")
    return f"{letters}{_LEVEL}{tones}{_LEVEL}{capitals}"


@lru_cache(maxsize=4096)
def _weights(character: str) -> tuple[str, str, str]:
    """What one character (NFC) adds to the three levels."""
    if character.isspace():
        return "!", "0", "0"
    if character in _PUNCTUATION:
        return '"' + chr(0x40 + _PUNCTUATION.index(character)), "0", "0"
    base, hat, tone = "", "0", "0"
    for each in unicodedata.normalize("NFD", character):
        if each in _TONES:
            tone = _TONES[each]
        elif each in _HATS:
            hat = _HATS[each]
        elif not unicodedata.combining(each):
            base += each
    small = base.lower()
    capital = "0" if base == small else "1"
    if small == "đ":
        small, hat = "d", "1"
    return (small + hat if small.isalpha() else small), tone, capital
