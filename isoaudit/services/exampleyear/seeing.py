"""What the inspectors of the example year wrote: the sentences of `seen/*.toml` with made-up particulars in them.

Which grade a criterion got is decided in `answering`. The sentences serve the example only; those that inspectors may
put in with a tap are in `services.sentences`.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import Grade
from isoaudit.services.exampleyear.story import workday
from isoaudit.services.library import read_toml

FOLDER = Path(__file__).parent / "seen"
_LONG_AGO = date(2018, 1, 8)
_KINDS = {
    Grade.MAJOR: ("major", "finding"),
    Grade.MINOR: ("finding",),
    Grade.OPPORTUNITY: ("advice",),
    Grade.CONFORMITY: ("proof",),
}
"""The kinds of sentence for a grade, the first that the criterion has."""


@cache
def sentences(checklist_id: str) -> dict[str, dict[str, str]]:
    """Criterion's code → its sentences by kind (finding, major, advice, proof), for a checklist."""
    return read_toml(FOLDER / "shared.toml") | read_toml(FOLDER / f"{checklist_id}.toml")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a sentence is written: the checklist's id, the unit's code, the letters in the numbers of its documents,
    the day of the minutes, and the day from which the unit works with the system, before which nothing was issued."""

    checklist: str
    code: str
    org: str
    minuted_on: date
    begun: date


def said(criterion: str, grade: Grade, visit: Visit) -> str:
    """The sentence on a criterion; empty where nothing is written, as with most of what conforms."""
    known = sentences(visit.checklist).get(criterion, {})
    text = next((known[kind] for kind in _KINDS.get(grade, ()) if kind in known), "")
    return text.format_map(_particulars(criterion, visit)) if text else ""


def _particulars(criterion: str, visit: Visit) -> Mapping[str, str]:
    """Counts, days, numbers of documents and dossiers for one sentence: the same for the same unit and criterion."""
    chance = random.Random(f"isoaudit {visit.code} {criterion} bằng chứng")
    minuted_on = visit.minuted_on
    old = max(visit.begun, _LONG_AGO) + timedelta(days=chance.randrange(15, 60))
    day = date(minuted_on.year, 3, 2) + timedelta(days=chance.randrange(120))
    number = chance.randrange(12, 70)
    told = {
        "a": count_text(chance.choice((2, 2, 3))),
        "n": count_text(chance.randrange(10, 19)),
        "days": count_text(chance.randrange(3, 9)),
        "day": short_date(workday(day)),
        "later": short_date(workday(day + timedelta(days=chance.randrange(12, 26)))),
        "old": short_date(workday(old)),
        "month": f"{chance.randrange(3, 9)}/{minuted_on.year}",
        "no": str(number),
        "no2": str(number + chance.randrange(4, 25)),
        "pct": f"{chance.randrange(912, 979) / 10}%".replace(".", ","),
        "org": visit.org,
    }
    first, second = sorted(workday(minuted_on - timedelta(days=chance.randrange(12, 150))) for _ in range(2))
    return told | {
        "file": f"{first:%y%m%d}-{chance.randrange(1, 40):04}",
        "file2": f"{second:%y%m%d}-{chance.randrange(40, 90):04}",
    }
