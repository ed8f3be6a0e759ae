"""How values read on screen: Jinja filters for days, moments, numbers and vocabulary in the language of the request,
and the sign (tone, icon, fill, pattern) that goes with each word of a closed list. The rules themselves are in
`isoaudit.domain.numbers` and `isoaudit.domain.documentwords`."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from flask import Flask

from isoaudit.domain import documentwords, numbers
from isoaudit.domain.decision import DecisionState, StepKind
from isoaudit.domain.localday import ZONE, local_day
from isoaudit.domain.report_life import ReportState
from isoaudit.domain.vocabulary import (
    AuditState,
    Grade,
    Maintained,
    NonconformityState,
    Obligation,
    ResultLevel,
    Status,
    Word,
)
from isoaudit.domain.yearplan import Fate
from isoaudit.http.errors import language

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENGLISH_MARKS = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Sign:
    """How a word looks: the tone of its badge, its icon, and the fill and pattern of its part of a chart."""

    tone: str
    icon: str
    fill: str
    pattern: str = ""


PLAIN = Sign("mute", "dot", "grey")
SIGNS: dict[type[Word], dict[Word, Sign]] = {
    Status: {
        Status.CONVERTED: Sign("good", "check", "green"),
        Status.NEWLY_APPLIED: Sign("good", "plus", "teal", "dots"),
        Status.CONVERTING: Sign("info", "half", "blue", "rise"),
        Status.BUILDING: Sign("info", "steps", "violet", "fall"),
        Status.TO_REDECLARE: Sign("wait", "turn", "amber", "cross"),
        Status.NOT_CONVERTED: Sign("warn", "clock", "brown", "bars"),
        Status.STOPPED: Sign("bad", "stop", "red", "rise"),
        Status.NOT_STARTED: Sign("mute", "ring", "grey"),
        Status.EXEMPT: Sign("mute", "slash", "pale", "dots"),
    },
    Maintained: {
        Maintained.VERIFIED: Sign("good", "check", "green"),
        Maintained.REPORTED: Sign("info", "paper", "teal", "dots"),
        Maintained.NOT_DUE: Sign("wait", "clock", "violet", "fall"),
        Maintained.FAILING: Sign("bad", "cross", "red", "rise"),
        Maintained.NOT_APPLICABLE: Sign("mute", "slash", "pale", "dots"),
    },
    Grade: {
        Grade.CONFORMITY: Sign("good", "check", "green"),
        Grade.OPPORTUNITY: Sign("info", "bulb", "teal", "dots"),
        Grade.MINOR: Sign("warn", "triangle", "amber", "fall"),
        Grade.MAJOR: Sign("bad", "cross", "red", "rise"),
        Grade.NOT_APPLICABLE: Sign("mute", "slash", "pale", "dots"),
    },
    AuditState: {
        AuditState.PLANNED: Sign("mute", "calendar", "grey"),
        AuditState.UNDER_WAY: Sign("info", "half", "blue", "rise"),
        AuditState.SIGNED: Sign("info", "clock", "teal", "rise"),
        AuditState.MINUTED: Sign("good", "paper", "teal", "dots"),
        AuditState.CONCLUDED: Sign("good", "check", "green"),
        AuditState.CANCELLED: Sign("mute", "slash", "pale", "dots"),
    },
    NonconformityState: {
        NonconformityState.OPEN: Sign("warn", "triangle", "amber", "fall"),
        NonconformityState.ANSWERED: Sign("info", "speech", "blue", "rise"),
        NonconformityState.IMPLEMENTED: Sign("wait", "clock", "violet", "dots"),
        NonconformityState.CLOSED: Sign("good", "check", "green"),
    },
    ResultLevel: {
        ResultLevel.DONE_WELL: Sign("good", "check", "green"),
        ResultLevel.DONE: Sign("info", "tick", "teal", "dots"),
        ResultLevel.DONE_LATE: Sign("warn", "clock", "amber", "fall"),
        ResultLevel.IN_PROGRESS: Sign("mute", "half", "blue", "rise"),
        ResultLevel.NOT_DONE: Sign("bad", "cross", "red", "rise"),
    },
    Fate: {
        Fate.MADE: Sign("good", "check", "green"),
        Fate.MADE_OTHER_DAY: Sign("good", "turn", "teal", "dots"),
        Fate.UNDER_WAY: Sign("info", "half", "blue", "rise"),
        Fate.MISSED: Sign("bad", "clock", "red", "rise"),
        Fate.PLANNED: Sign("mute", "calendar", "grey"),
        Fate.CANCELLED: Sign("mute", "slash", "pale", "dots"),
    },
    DecisionState: {
        DecisionState.OVERDUE: Sign("bad", "clock", "red", "rise"),
        DecisionState.OPEN: Sign("info", "half", "blue"),
        DecisionState.DONE: Sign("good", "check", "green"),
        DecisionState.DONE_LATE: Sign("warn", "check", "amber", "fall"),
        DecisionState.DROPPED: Sign("mute", "slash", "pale", "dots"),
    },
    StepKind: {
        StepKind.PROGRESS: Sign("mute", "speech", "grey"),
        StepKind.EXTENDED: Sign("wait", "calendar", "violet"),
        StepKind.DONE: Sign("good", "check", "green"),
        StepKind.DROPPED: Sign("mute", "slash", "pale"),
        StepKind.REOPENED: Sign("info", "turn", "blue"),
    },
    ReportState: {
        ReportState.DRAFT: Sign("mute", "steps", "grey"),
        ReportState.APPROVED: Sign("info", "tick", "teal", "dots"),
        ReportState.ISSUED: Sign("good", "check", "green"),
        ReportState.REPLACED: Sign("mute", "turn", "pale", "dots"),
        ReportState.DROPPED: Sign("mute", "slash", "pale", "dots"),
    },
    Obligation: {
        Obligation.MANDATORY: Sign("info", "flag", "blue"),
        Obligation.PLANNED: Sign("wait", "calendar", "violet", "fall"),
        Obligation.ENCOURAGED: Sign("mute", "ring", "grey"),
    },
}
"""By list and then by word: words of two lists with one code name are equal as text."""
_BANDS = (("good", "check"), ("info", "steps"), ("warn", "triangle"), ("bad", "cross"))


def sign(word: Word) -> Sign:
    """The sign of a word; a plain one for words that carry no judgement."""
    return SIGNS.get(type(word), {}).get(word, PLAIN)


def band_sign(rank: int | None) -> Sign:
    """The sign of a band by its place in the checklist's list, best = 0; None for "not enough to judge"."""
    if rank is None:
        return Sign("mute", "ring", "pale")
    tone, icon = _BANDS[min(rank, len(_BANDS) - 1)]
    return Sign(tone, icon, {"good": "green", "info": "teal", "warn": "amber", "bad": "red"}[tone])


def label(word: Word | None) -> str:
    """The word in the language of the request; "–" for none."""
    return numbers.NOTHING if word is None else word.label(language())


def day(value: date | datetime | None) -> str:
    """A day: "27/02/2020", "29/4/2020"; in English "27 Feb 2020"; "–" for none. Moments are taken in local time."""
    if value is None:
        return numbers.NOTHING
    if isinstance(value, datetime):
        value = local_day(value)
    return _english_day(value) if language() == "en" else documentwords.short_date(value)


def day_long(value: date | None) -> str:
    """A day as documents are dated: "ngày 05 tháng 3 năm 2020"; in English "5 Mar 2020"."""
    if value is None:
        return numbers.NOTHING
    return _english_day(value) if language() == "en" else documentwords.long_date(value)


def moment(value: datetime | None) -> str:
    """A moment in local time: "09:05 18/11/2020"; "–" for none."""
    return numbers.NOTHING if value is None else f"{value.astimezone(ZONE):%H:%M} {day(value)}"


def since(value: date, known_from: date) -> str:
    """The day since when something is; "trước …" when its real start is not known."""
    if language() == "en":
        early = value <= documentwords.BEGINNING
        return f"before {_english_day(known_from)}" if early else _english_day(value)
    return documentwords.start_date(value, known_from)


def count(value: int | None) -> str:
    """A count as tables print it: "12.345" (English "12,345"); "–" for none."""
    return numbers.NOTHING if value is None else _marks(numbers.thousands(value))


def count_text(value: int) -> str:
    """A count inside a sentence: "không", "05", "12"; English plain figures."""
    return _marks(numbers.thousands(value)) if language() == "en" else numbers.count_text(value)


def share(part: int, whole: int) -> str:
    """A part of a total: "43/45"; "–" when the total is empty."""
    return _marks(numbers.share(part, whole))


def percent(part: int | Fraction, whole: int | Fraction, decimals: int = 1) -> str:
    """The percentage by RULES §9: "95,6%"; "–" when the total is empty."""
    return _marks(numbers.percent_text(part, whole, decimals))


def share_percent(part: int, whole: int, decimals: int = 1) -> str:
    """A part of a total with its percentage: "43/45 (95,6%)"."""
    return _marks(numbers.share_text(part, whole, decimals))


def score(value: Fraction | None, decimals: int = 1) -> str:
    """A score or a rounded rate: "87,5"; "–" for none."""
    return _marks(numbers.decimal_text(value, decimals))


def init_app(app: Flask) -> None:
    """Give every template these filters and signs."""
    env = app.jinja_env
    env.filters |= {
        "label": label,
        "day": day,
        "day_long": day_long,
        "moment": moment,
        "count": count,
        "count_text": count_text,
        "score": score,
        "since": since,
    }
    env.globals |= {
        "share": share,
        "percent": percent,
        "share_percent": share_percent,
        "sign": sign,
        "band_sign": band_sign,
        "language": language,
    }


def _marks(text: str) -> str:
    return text.translate(_ENGLISH_MARKS) if language() == "en" else text


def _english_day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
