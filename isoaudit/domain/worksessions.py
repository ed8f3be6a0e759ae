"""The working programme of an inspection: sessions by position, each with the contents to check and who answers for
them. It is proposed from the positions that the checklist names and the team, and edited from there.

How it is kept is in `services.working_programme`, how it is printed in `templates/papers/plan.toml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from isoaudit.domain.checklist import Criterion
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.vocabulary import TeamRole, Where

MOST = 40
LONGEST = 500
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HALVES = ((time(8, 0), time(11, 30)), (time(13, 30), time(16, 30)))
_OPENING, _CLOSING = 30, 45
"""Minutes for the meetings at the beginning and at the end."""
_SHORTEST = 15
"""Minutes of a piece of a session before or after noon."""


@dataclass(frozen=True, slots=True)
class Session:
    """A line of the programme. `day` and the times may be open; `where` are positions of the checklist, none for a
    meeting of all; `members` are accounts of the team."""

    day: date | None
    began: str
    ended: str
    where: tuple[Where, ...]
    content: str
    members: tuple[int, ...]
    partner: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "began": self.began,
            "ended": self.ended,
            "where": [each.value for each in self.where],
            "content": self.content,
            "members": list(self.members),
            "partner": self.partner,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Session":
        """From what was stored."""
        day = plain["day"]
        return cls(
            date.fromisoformat(day) if day else None,
            plain["began"],
            plain["ended"],
            tuple(Where(each) for each in plain["where"]),
            plain["content"],
            tuple(plain["members"]),
            plain.get("partner", ""),
        )


def proposed(
    criteria: Sequence[Criterion], members: Sequence[tuple[int, TeamRole]], day: date | None
) -> tuple[Session, ...]:
    """A programme of one day: opening, the positions that the criteria name, closing.

    Positions are dealt out to the members in turn, the leader's to the head of the team, and the time of the day is
    shared out by how many criteria each has.
    Members work at the same time.
    """
    counts: dict[Where | None, int] = {}
    for each in criteria:
        counts[each.where] = counts.get(each.where, 0) + 1
    order = list(Where)
    positions = sorted((each for each in counts if each is not None), key=order.index)
    heads = tuple(user for user, role in members if role is TeamRole.HEAD)
    others = tuple(user for user, role in members if role is TeamRole.MEMBER) or heads
    everybody = tuple(user for user, _role in members)
    dealt: list[tuple[Where, tuple[int, ...]]] = []
    turn = 0
    for position in positions:
        if position is Where.LEADER and heads:
            dealt.append((position, heads))
        else:
            dealt.append((position, (others[turn % len(others)],) if others else ()))
            turn += 1
    found = [Session(day, _text(_begin()), _text(_begin() + _OPENING), (), "Họp mở đầu, công bố quyết định", everybody)]
    found += _timed(dealt, counts, day)
    found.append(
        Session(day, _text(_end() - _CLOSING), _text(_end()), (), "Họp kết thúc, thông qua và ký biên bản", everybody)
    )
    return tuple(found)


def checked(sessions: Sequence[Session], team: frozenset[int], record: str) -> None:
    """Raise Refusals for lines that do not hold: times, members who are not in the team, no content and no position."""
    wrong: list[Refusal] = []
    if len(sessions) > MOST:
        raise Invalid("programme.sessions_many", record=record, value=len(sessions), most=MOST)
    for place, each in enumerate(sessions, 1):
        for name, value in (("began", each.began), ("ended", each.ended)):
            if value and not _TIME.fullmatch(value):
                wrong.append(Invalid("programme.session_time", record=record, line=place, field=name, value=value[:20]))
        if each.began and each.ended and each.ended <= each.began:
            wrong.append(
                Invalid("programme.session_order", record=record, line=place, began=each.began, ended=each.ended)
            )
        if not each.where and not each.content.strip():
            wrong.append(Invalid("programme.session_empty", record=record, line=place))
        if max(len(each.content), len(each.partner)) > LONGEST:
            wrong.append(Invalid("programme.session_long", record=record, line=place, most=LONGEST))
        if not set(each.members) <= team:
            wrong.append(Invalid("programme.session_member", record=record, line=place))
    if wrong:
        raise Refusals(wrong)


def unanswered(sessions: Sequence[Session], criteria: Sequence[Criterion]) -> tuple[Where, ...]:
    """The positions of the checklist for which nobody answers."""
    answered = {where for each in sessions if each.members for where in each.where}
    asked = {each.where for each in criteria if each.where is not None}
    return tuple(each for each in Where if each in asked - answered)


def _timed(
    dealt: Sequence[tuple[Where, tuple[int, ...]]], counts: Mapping[Where | None, int], day: date | None
) -> list[Session]:
    """The positions one after the other for each member, with the time in proportion to what is asked there; what goes
    over noon is two sessions, without a piece too short to sit down for."""
    free = _working()
    found = []
    for users in dict.fromkeys(users for _position, users in dealt):
        mine = [position for position, own in dealt if own == users]
        whole = sum(counts[each] for each in mine)
        at = 0.0
        for position in mine:
            share = len(free) * counts[position] / whole
            began, ended = free[round(at)], free[min(len(free), round(at + share)) - 1] + 5
            at += share
            noon, again = _of(_HALVES[0][1]), _of(_HALVES[1][0])
            parts = [(began, max(ended, began + 5))]
            if began < noon < ended:
                halves = sorted(((began, noon), (again, ended)), key=_length, reverse=True)
                parts = [each for each in halves if each is halves[0] or _length(each) >= _SHORTEST]
            found += [Session(day, _text(first), _text(last), (position,), "", users) for first, last in parts]
    return sorted(found, key=lambda each: (each.began, list(Where).index(each.where[0])))


def _length(part: tuple[int, int]) -> int:
    return part[1] - part[0]


def _working() -> list[int]:
    """The minutes of the day, in steps of five, between the two meetings."""
    steps = [minute for first, last in _HALVES for minute in range(_of(first), _of(last), 5)]
    return [each for each in steps if _begin() + _OPENING <= each < _end() - _CLOSING]


def _begin() -> int:
    return _of(_HALVES[0][0])


def _end() -> int:
    return _of(_HALVES[-1][1])


def _of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _text(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
