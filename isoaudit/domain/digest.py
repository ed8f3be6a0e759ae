"""Canonical JSON and the SHA-256 digests by which content is known again.

Two contents have one digest when they differ only in the order of keys, in the layout of the file, in the
Unicode form of texts (NFC is used) or in how a number is written: 1, 1.0 and 1.00 are the same number, 0.5
and 0.50 too. The order of a list counts. Whether a digest stands in `published.toml` is the business of
`diff`.
"""

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping, Set
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import cast

from isoaudit.domain.checklist import Criterion


def canonical(value: object) -> str:
    """The canonical JSON of a value: keys sorted, no spaces, texts in NFC, characters as they are (write it
    as UTF-8).

    Dates and times become ISO strings, sets become sorted lists, tuples lists; an exact fraction becomes
    "1/3" unless it is a decimal number. Raises TypeError for anything else that JSON does not know,
    ValueError for NaN and infinity.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode(errors="surrogatepass")).hexdigest()


def checklist_digest(data: Mapping[str, object]) -> str:
    """The digest of a file of `checklists/`, given as the dict that TOML reading gives: it covers
    everything in it.
    """
    return digest_of(data)


def meaning(criterion: Criterion) -> dict[str, object]:
    """The fields that make the sense of a criterion (CONTRACT §2), ready for canonical JSON."""
    when = criterion.when
    return {
        "code": criterion.code,
        "part": criterion.part.value,
        "clause" if criterion.clause else "rule": criterion.clause or criterion.rule,
        "weight": criterion.weight,
        "gate": criterion.gate,
        "applies_to": sorted(criterion.applies_to),
        "when": None if when is None else {"criterion": when.criterion, "grades": sorted(when.grades)},
        "revision": criterion.revision,
    }


def criterion_digest(criterion: Criterion) -> str:
    """The digest of a criterion's meaning: the same in two versions means that answers can be compared."""
    return digest_of(meaning(criterion))


def _plain(value: object) -> object:
    kind = type(value)
    if kind is str or kind is dict:  # nearly everything is: asked first, since every operation comes through here
        return _normal(str(value)) if kind is str else _mapping(cast("dict[object, object]", value))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _normal(str(value))
    if isinstance(value, int | float | Decimal | Fraction):
        return _number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Set):
        return sorted((_plain(each) for each in value), key=canonical)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _mapping(value: Mapping[object, object]) -> dict[str, object]:
    return {_normal(str(key)): _plain(each) for key, each in value.items()}


def _normal(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _number(value: int | float | Decimal | Fraction) -> int | float | str:
    if isinstance(value, int):
        return value
    if not isinstance(value, Fraction) and not math.isfinite(value):
        raise ValueError(f"no canonical form for {value}")
    exact = Fraction(str(value))  # through the written form: 0.1 is one tenth, whatever type carries it
    if exact.denominator == 1:
        return exact.numerator
    near = float(exact)
    return near if Fraction(str(near)) == exact else str(exact)
