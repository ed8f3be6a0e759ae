"""Random provinces: a register with every way in which units change, and on it the rows of `provincefacts`.

One seed makes one province, the same for ever; it is meant to be nasty, not likely: codes are used again on the very
day on which they fall free, units are merged twice, days lie on the edges of the year and of the baseline day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle import provincefacts

ONE_DAY = timedelta(days=1)
EVENTS = [
    date(2016, 7, 1),
    date(2019, 7, 1),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2020, 1, 2),
    date(2020, 1, 10),
    date(2020, 1, 15),
    date(2020, 1, 16),
    date(2020, 3, 1),
    date(2020, 7, 1),
    date(2020, 12, 31),
    date(2021, 1, 1),
    date(2021, 7, 1),
]
"""The days on which the register changes; all chances below are those of one such day."""
NAMES = [
    *("Ái Tử", "An Đôn", "Ba Lòng", "Bến Quan", "Cam Lộ", "Cửa Tùng", "Cửa Việt", "Đakrông", "Đông Giang", "Đông Hà"),
    *("Đông Lễ", "Gio Hải", "Gio Mai", "Gio Sơn", "Hải Lăng", "Hải Quế", "Hồ Xá", "Hướng Hóa", "Khe Sanh", "Lao Bảo"),
    *("Mò Ó", "Triệu Ái", "Triệu Thành", "Vĩnh Linh", "Vĩnh Ô", "A Dơi", "Húc", "Tà Rụt", "Ứng Hòa", "Ô Lâu", "Ơ Rí"),
    *("1", "2", "3", "10"),
]
WORDS = {
    "commune": "Xã",
    "ward": "Phường",
    "township": "Thị trấn",
    "special_zone": "Đặc khu",
    "district": "Huyện",
    "agency": "Sở",
    "sub_agency": "Chi cục",
}
COMMUNES = ("commune", "ward", "township", "special_zone")
AGENCIES = ("agency", "sub_agency")
NEIGHBOUR = "Quảng Bình"
MOST_UNITS = 50


@dataclass(eq=False)
class Made:
    """A row of the register in the making."""

    number: int
    code: str
    name: str
    kind: str
    province: str
    valid_from: date
    valid_to: date | None = None


class Register:
    """Units and successions, made by drawing events day by day."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.units: list[Made] = []
        self.successions: list[tuple[Made, Made, date, str]] = []
        self._codes = [str(19000 + each) for each in range(200)]
        random.shuffle(self._codes)
        self._freed: list[tuple[str, date]] = []
        self._received: set[tuple[int, date]] = set()
        starts = [date(1900, 1, 1), date(2010, 1, 1), date(2014, 5, 1), date(2019, 1, 1), date(2020, 1, 1)]
        for _ in range(random.randint(8, 22)):
            kind = random.choices(list(WORDS), [10, 4, 3, 1, 3, 5, 2])[0]
            self.found(kind, random.choices(starts, [6, 3, 3, 1, 1])[0])
        for _ in range(random.randint(0, 4)):
            self.found("commune", date(1900, 1, 1), province=NEIGHBOUR)
        for day in EVENTS:
            for _ in range(random.choices([0, 1, 2, 4], [3, 4, 3, 1])[0]):
                self._event(day)

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def found(self, kind: str, day: date, code: str | None = None, province: str = "", name: str | None = None) -> Made:
        """A new row of the register from that day, under a new code or one that has fallen free."""
        code = code or self._code(kind, day)
        name = name or f"{WORDS[kind]} {self.random.choice(NAMES)}"
        self.units.append(Made(len(self.units), code, name, kind, province, day))
        return self.units[-1]

    def _code(self, kind: str, day: date) -> str:
        if kind in AGENCIES and self.happens(0.7):
            return f"{self.random.choice('ABCDEGH')}{len(self.units)}{self.random.choice(['', '-X', '&CN'])}"
        free = [each for each in self._freed if each[1] <= day]
        if free and self.happens(0.45):
            chosen = self.random.choice(free)
            self._freed.remove(chosen)
            return chosen[0]
        return self._codes.pop()

    def _end(self, unit: Made, day: date, *, free: bool = True) -> None:
        unit.valid_to = day
        if free:
            self._freed.append((unit.code, day))

    def _standing(self, day: date, kinds: tuple[str, ...], *, home: bool = True) -> list[Made]:
        """Rows that may change on the day: in force on its eve, not ended, nothing received on the day itself."""
        return [
            each
            for each in self.units
            if each.valid_from < day
            and each.valid_to is None
            and each.kind in kinds
            and (each.province == "") == home
            and (each.number, day) not in self._received
        ]

    def _follow(self, before: Made, after: Made, day: date, relation: str) -> None:
        self.successions.append((before, after, day, relation))
        self._received.add((after.number, day))

    def _event(self, day: date) -> None:
        if len(self.units) >= MOST_UNITS:
            return
        kinds = self.random.choice([COMMUNES, COMMUNES, AGENCIES, ("district",)])
        events: list[Callable[[date, tuple[str, ...]], None]] = [
            self._rename,
            self._absorb,
            self._consolidate,
            self._split,
            self._close,
            self._come_over,
            self._begin,
        ]
        self.random.choices(events, [22, 23, 25, 14, 5, 5, 5])[0](day, kinds)

    def _rename(self, day: date, kinds: tuple[str, ...]) -> None:
        """Renamed, upgraded or recoded: goes on as another row."""
        for unit in self._some(self._standing(day, kinds), 1, 1):
            same_code = self.happens(0.4)
            self._end(unit, day, free=not same_code)
            kind = self.random.choice(kinds) if self.happens(0.4) else unit.kind
            name = unit.name if self.happens(0.3) else None
            after = self.found(kind, day, unit.code if same_code else None, name=name)
            self._follow(unit, after, day, "continued")

    def _absorb(self, day: date, kinds: tuple[str, ...]) -> None:
        """Some go into one that goes on, as the same row or as a new one; now and then into two at once."""
        chosen = self._some(self._standing(day, kinds), 2, 4)
        if len(chosen) < 2:
            return
        receiver, *others = chosen
        if kinds == COMMUNES and self.happens(0.3):
            others += self._some(self._standing(day, COMMUNES, home=False), 1, 1)
        if self.happens(0.5):
            same_code = self.happens(0.6)
            self._end(receiver, day, free=not same_code)
            after = self.found(receiver.kind, day, receiver.code if same_code else None, name=receiver.name)
            self._follow(receiver, after, day, "continued")
            receiver = after
        for each in others:
            self._end(each, day)
            self._follow(each, receiver, day, "absorbed")
            if self.happens(0.25):
                for second in self._some([u for u in self._standing(day, kinds) if u not in chosen], 1, 1):
                    self._follow(each, second, day, "absorbed")

    def _consolidate(self, day: date, kinds: tuple[str, ...]) -> None:
        """Several become a new unit, which may take the code of one of them."""
        chosen = self._some(self._standing(day, kinds), 2, 3)
        if len(chosen) < 2:
            return
        if kinds == COMMUNES and self.happens(0.4):
            chosen += self._some(self._standing(day, COMMUNES, home=False), 1, 1)
        code = self.random.choice(chosen).code if self.happens(0.4) else None
        for each in chosen:
            self._end(each, day, free=False)
        after = self.found(self.random.choice(kinds), day, code)
        for each in chosen:
            self._follow(each, after, day, "consolidated")
            if each.code != after.code:
                self._freed.append((each.code, day))

    def _split(self, day: date, kinds: tuple[str, ...]) -> None:
        """One is split up, or goes on without what was split off."""
        for unit in self._some(self._standing(day, kinds), 1, 1):
            goes_on = self.happens(0.4)
            code = None if goes_on or self.happens(0.5) else unit.code
            if not goes_on:
                self._end(unit, day, free=False)
            for _ in range(self.random.randint(1, 3)):
                self._follow(unit, self.found(unit.kind, day, code), day, "split")
                code = None

    def _close(self, day: date, kinds: tuple[str, ...]) -> None:
        for unit in self._some(self._standing(day, kinds), 1, 1):
            self._end(unit, day)

    def _come_over(self, day: date, _kinds: tuple[str, ...]) -> None:
        """A neighbour's commune goes on as one of ours."""
        for unit in self._some(self._standing(day, COMMUNES, home=False), 1, 1):
            self._end(unit, day)
            self._follow(unit, self.found(self.random.choice(COMMUNES), day), day, "continued")

    def _begin(self, day: date, kinds: tuple[str, ...]) -> None:
        self.found(self.random.choice(kinds), day)

    def _some(self, of: list[Made], least: int, most: int) -> list[Made]:
        return self.random.sample(of, min(len(of), self.random.randint(least, most)))


def province(seed: int) -> dict[str, list[dict[str, str]]]:
    """The sheets of the province of that seed (CONTRACT §3), ready to be written as CSV files; none is empty."""
    random = Random(seed)
    register = Register(random)
    sheets: dict[str, list[dict[str, Any]]] = {
        "units": [
            {
                "code": each.code,
                "name": each.name,
                "kind": each.kind,
                "parent": "",
                "province": each.province,
                "valid_from": each.valid_from,
                "valid_to": each.valid_to or "",
            }
            for each in register.units
        ],
        "successions": [
            {"predecessor": before.code, "successor": after.code, "on": day, "relation": relation}
            for before, after, day, relation in register.successions
        ],
        **provincefacts.Facts(register.units, register.successions, random).sheets(),
    }
    for name in ("units", "successions", "milestones", "answers", "audits", "nonconformities"):
        random.shuffle(sheets[name])
    return {
        name: [{column: str(cell) for column, cell in row.items()} for row in rows]
        for name, rows in sheets.items()
        if rows
    }
