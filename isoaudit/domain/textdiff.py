"""What two texts have in common and where they differ, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\n|[^\S\n]+|\S+[^\S\n]*")
_MOST = 4000
"""Longer texts than so many words are told as wholly other: comparing takes the square of their length."""


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row."""

    change: Change
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The pieces in order: without the new ones they are `before`, without those gone `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if before == after:
        return [Piece(Change.SAME, after)] if after else []
    if len(old) + len(new) > _MOST:
        return [Piece(kind, text) for kind, text in ((Change.GONE, before), (Change.NEW, after)) if text]
    found: list[Piece] = []
    for _tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if gone == come:
            found.append(Piece(Change.SAME, come))
        else:
            found += [Piece(kind, text) for kind, text in ((Change.GONE, gone), (Change.NEW, come)) if text]
    return found
