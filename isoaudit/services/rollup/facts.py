"""The standing facts of a province as values of the domain, by a fixed number of SELECTs (`statements`).

Plain tuples instead of ORM objects, and words mapped by dict: a roll-up reads every fact of ten thousand units.
Answers are read in `answers`.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Select

from isoaudit.domain.facts import (
    Activity,
    AuditFact,
    Declaration,
    Exemption,
    MaintenanceCondition,
    Milestone,
    NonconformityFact,
    ObligationEntry,
    Procedures,
    Succession,
    TaskFact,
    Unit,
)
from isoaudit.domain.period import Period
from isoaudit.domain.vocabulary import (
    ActivityKind,
    DeclarationKind,
    Grade,
    Mode,
    Obligation,
    Outcome,
    Purpose,
    Relation,
    ResultLevel,
    UnitKind,
)
from isoaudit.services.rollup import notices, statements
from isoaudit.services.rollup.deadlines import EVENTS, Deadlines

Member = TypeVar("Member", bound=StrEnum)


def _members(kind: type[Member]) -> dict[str | None, Member]:
    return {member.value: member for member in kind}


_UNIT_KINDS, _RELATIONS, _OBLIGATIONS = _members(UnitKind), _members(Relation), _members(Obligation)
_DECLARATION_KINDS, _ACTIVITY_KINDS = _members(DeclarationKind), _members(ActivityKind)
_MODES, _PURPOSES, _GRADES = _members(Mode), _members(Purpose), _members(Grade)
_OUTCOMES, _LEVELS = _members(Outcome), _members(ResultLevel)


NOT_YET = 0
"""The key of a province that has no row yet: that of an empty installation."""


def audit_key(province: int, audit: int, home: int) -> int:
    """The id of an audit among the facts: its number in the province rolled up (`home`), where audits of another
    province carry its key above 32 bits."""
    return audit if province == home else (province << 32) + audit


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at. `names` are the provinces by key, `home` the key of the one rolled up.

    `data_version` is that of all provinces together: units of others may be predecessors, and which province a change
    was logged under does not matter.
    """

    home: int
    names: Mapping[int, str]
    year: int
    as_of: date
    conversion: str
    conditions: tuple[MaintenanceCondition, ...]
    data_version: int
    over: Period | None = None
    """The period, when it is not the year."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What the figures depend on."""
        figures = self.home, self.province, self.year, self.as_of, self.conversion, self.conditions, self.data_version
        return (*figures, self.over)

    @property
    def province(self) -> str:
        """The name of the province rolled up."""
        return self.names[self.home]

    @property
    def period(self) -> Period:
        """The year, unless another period is looked at."""
        return self.over or Period.of_year(self.year)


class Reader:
    """Reads the facts of one look, each kind by one SELECT.

    `places` tells of each audit read where its answers stand: fact id → (province, audit, checklist version). `before`
    is what stood on the day where later notices say otherwise.
    """

    def __init__(self, connection: Connection, look: Look, *, each_finding: bool) -> None:
        """`each_finding`: nonconformities one by one, as lists need them; else those alike together."""
        self.look = look
        self._connection = connection
        self._values: dict[str, Any] = {
            "home": look.home,
            "year": look.year,
            "first": look.period.first,
            "day": look.as_of,
            "conversion": look.conversion,
            "activities": [each.kind.value for each in look.conditions],
        }
        self._values["provinces"] = self._provinces()
        self._each_finding = each_finding
        self.before = notices.before(connection, look.as_of)
        self._values["touched"], self._values["were"] = list(self.before.findings), self.before.were
        self.places: dict[int, tuple[int, int, int]] = {}

    def _rows(self, statement: Executable) -> Sequence[Any]:
        return self._connection.execute(statement, self._values).all()

    def _provinces(self) -> list[int]:
        """The province, those whose units passed into its own by the cut-off day, and those where its own went."""
        crossings = [(old, new) for old, new in self._rows(statements.CROSSINGS)]
        found = [self.look.home]
        for each in found:
            found += {old for old, new in crossings if new == each} - set(found)
        found += {new for old, new in crossings if old == self.look.home} - set(found)
        return found

    def units(self) -> tuple[Unit, ...]:
        names = self.look.names
        return tuple(
            Unit(key, code, name, _UNIT_KINDS[kind], names[province], begins, ends, parent, order)
            for key, code, name, kind, province, begins, ends, parent, order in self._rows(statements.UNITS)
        )

    def successions(self) -> tuple[Succession, ...]:
        return tuple(
            Succession(predecessor, successor, on, _RELATIONS[relation], entry)
            for entry, predecessor, successor, on, relation in self._rows(statements.SUCCESSIONS)
        )

    def exemptions(self) -> tuple[Exemption, ...]:
        return tuple(
            Exemption(unit, start, end, reason, entry)
            for unit, entry, start, end, reason in self._rows(statements.EXEMPTIONS)
        )

    def obligations(self) -> tuple[ObligationEntry, ...]:
        return tuple(
            ObligationEntry(unit, start, _OBLIGATIONS[level], end, entry)
            for unit, entry, start, end, level in self._rows(statements.OBLIGATIONS)
        )

    def declarations(self) -> tuple[Declaration, ...]:
        return tuple(
            Declaration(unit, edition, _DECLARATION_KINDS[kind], on, entry, covered, total)
            for unit, entry, edition, kind, on, covered, total in self._rows(statements.DECLARATIONS)
        )

    def milestones(self) -> tuple[Milestone, ...]:
        conversion = self.look.conversion
        return tuple(
            Milestone(unit, conversion, step, on, entry) for unit, entry, step, on in self._rows(statements.MILESTONES)
        )

    def activities(self) -> tuple[Activity, ...]:
        year = self.look.year
        return tuple(
            Activity(unit, year, _ACTIVITY_KINDS[kind], on, entry)
            for unit, entry, kind, on in self._rows(statements.ACTIVITIES)
        )

    def procedures(self) -> tuple[Procedures, ...]:
        return tuple(
            Procedures(unit, as_of, total, covered, entry)
            for unit, entry, as_of, total, covered in self._rows(statements.PROCEDURES)
        )

    def audits(self) -> tuple[AuditFact, ...]:
        """The audits minuted in the period; `checklist` is the key of the version, as text."""
        home, found = self.look.home, []
        for province, audit, reference, unit, mode, purpose, minuted_on, version in self._rows(statements.AUDITS):
            key = audit_key(province, audit, home)
            self.places[key] = province, audit, version
            found.append(
                AuditFact(key, reference, unit, _MODES[mode], _PURPOSES[purpose], minuted_on, str(version), audit)
            )
        return tuple(found)

    def nonconformities(self) -> tuple[NonconformityFact, ...]:
        """Those of the period, with every deadline ever set; `entry` is the key of the criterion (0: several alike)."""
        deadlines = Deadlines(self._rows(EVENTS))
        home = self.look.home
        rows = [row for statement in self._finding_statements() for row in self._rows(statement)]
        return tuple(
            NonconformityFact(
                audit_key(province, audit, home),
                unit,
                _MODES[mode],
                self.before.grade((province, audit, criterion), _GRADES[grade]) or _GRADES[grade],
                raised_on,
                deadlines.of((province, audit, criterion), raised_on, due),
                closed_on,
                _OUTCOMES.get(outcome),
                entry=criterion,
                number=number,
            )
            for (
                province,
                audit,
                criterion,
                unit,
                mode,
                grade,
                raised_on,
                due,
                closed_on,
                outcome,
                number,
            ) in rows
        )

    def _finding_statements(self) -> tuple[Select[Any], ...]:
        found = (statements.NONCONFORMITIES,) if self._each_finding else self._alike()
        if not self.before.findings:
            return found
        return *(each.where(notices.UNTOUCHED) for each in found), statements.WERE_NONCONFORMITIES

    def _alike(self) -> tuple[Select[Any], ...]:
        one_province = len(self._values["provinces"]) == 1
        minor = statements.MINOR_ALIKE if one_province else statements.MINOR_ALIKE_BY_UNIT
        return statements.SET_AGAIN, statements.MAJOR_ALIKE, minor

    def tasks(self) -> tuple[TaskFact, ...]:
        year = self.look.year
        return tuple(
            TaskFact(key, year, due_on, completed_on, complete, _LEVELS.get(mark), key)
            for key, due_on, completed_on, complete, mark in self._rows(statements.TASKS)
        )
