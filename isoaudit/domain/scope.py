"""What one roll-up looks at: a province, a period, a cut-off day, and the facts indexed for it (RULES §1,
§2, §6).

Here it is decided which units are in force and which audit of each unit counts. What is counted is in
`rollup`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from isoaudit.domain.conversion import History, Past
from isoaudit.domain.errors import Invalid
from isoaudit.domain.facts import AuditFact, Facts, NonconformityFact, Unit
from isoaudit.domain.ledger import Ledger, by_unit, gather
from isoaudit.domain.nonconformity import is_counted, with_major_open
from isoaudit.domain.period import Period
from isoaudit.domain.unit import Register, exempt_on, in_force, listed
from isoaudit.domain.vocabulary import Mode, Purpose

_SELF, _ON_SITE, _FULL = Mode.SELF, Mode.ON_SITE, Purpose.FULL


class Scope:
    """The facts as one roll-up sees them. Make it, fetch the answers of its audits, then `rollup.roll_up`
    it.
    """

    def __init__(self, facts: Facts, *, province: str, year: int, as_of: date, period: Period | None = None) -> None:
        """`period` is the calendar year unless given. Raises Invalid when `as_of` lies outside it."""
        self.period = period or Period.of_year(year)
        if as_of not in self.period:
            raise Invalid(
                "rollup.day_outside_period",
                field="as_of",
                day=as_of.isoformat(),
                first=self.period.first.isoformat(),
                last=self.period.last.isoformat(),
            )
        self.facts = facts
        self.province = province
        self.year = year
        self.as_of = as_of
        self.register = Register(facts.units, facts.successions)
        self.ledger = Ledger(facts)
        self._rows: dict[int, tuple[int, ...]] = {}

    def rows(self, unit_id: int) -> tuple[int, ...]:
        """The register rows that are this unit on the cut-off day."""
        found = self._rows.get(unit_id)
        if found is None:
            found = self._rows[unit_id] = self.register.rows(unit_id, self.as_of)
        return found

    @cached_property
    def in_force(self) -> tuple[Unit, ...]:
        """The province's units in force on the cut-off day, by block and Vietnamese order of names."""
        return tuple(sorted(self.units_on(self.as_of), key=listed))

    def units_on(self, day: date) -> Iterator[Unit]:
        """The province's units in force on that day."""
        return (unit for unit in self.facts.units if unit.province == self.province and in_force(unit, day))

    def ended(self) -> list[Unit]:
        """The province's units that ended from the period's first day to the cut-off day and go on in no
        other.
        """
        return [
            unit
            for unit in self.facts.units
            if unit.province == self.province
            and unit.valid_to is not None
            and self.period.first <= unit.valid_to <= self.as_of
            and not self.register.goes_on(unit.id, self.as_of)
        ]

    def history(self, rows: Sequence[int], day: date) -> History:
        """What the unit of these rows has behind it on that day."""
        predecessors = [
            Past(self.ledger.declarations(each.rows, day), each.ended_on, each.last_day(day))
            for each in self.register.predecessors(rows, day)
        ]
        return History(self.ledger.declarations(rows, day), predecessors)

    def is_exempt(self, rows: Sequence[int], day: date) -> bool:
        """Whether an exemption of the unit of these rows is in force on that day."""
        exemptions = gather(self.ledger.exemptions, rows)
        return bool(exemptions) and exempt_on(exemptions, day) is not None

    def stands_alone(self, unit_id: int) -> bool:
        """Whether this row of the register took nothing over, goes on from no other and was never exempt: then all of
        its past is its own, on whatever day it is looked at.
        """
        return unit_id not in self.ledger.exemptions and not self.register.has_past(unit_id)

    @cached_property
    def _minuted(self) -> dict[int, list[AuditFact]]:
        """The audits minuted from the period's first day to the cut-off day, no self-assessments, by row."""
        first, last = self.period.first, self.as_of
        return by_unit(
            each
            for each in self.facts.audits
            if each.minuted_on is not None and first <= each.minuted_on <= last and each.mode is not _SELF
        )

    def visits(self, rows: Sequence[int]) -> int:
        """How many audits of the unit were minuted in the period (lượt kiểm tra)."""
        return len(gather(self._minuted, rows))

    def audit_of(self, rows: Sequence[int]) -> AuditFact | None:
        """The audit of the unit in the period: its latest full one on site; same day: the greater reference.

        (reading: references compare character by character.)
        """
        full = [each for each in gather(self._minuted, rows) if each.mode is _ON_SITE and each.purpose is _FULL]
        return max(full, key=_by_minutes) if full else None

    @cached_property
    def audits(self) -> dict[int, AuditFact]:
        """The audit of each unit in force that has one, by unit id."""
        found = {}
        for unit in self.in_force:
            audit = self.audit_of(self.rows(unit.id))
            if audit is not None:
                found[unit.id] = audit
        return found

    @cached_property
    def audit_ids(self) -> tuple[int, ...]:
        """The ids of the audits whose tallies the roll-up needs: that of each unit in force."""
        return tuple(sorted(audit.id for audit in self.audits.values()))

    @cached_property
    def clause_audit_ids(self) -> tuple[int, ...]:
        """The ids of the audits whose answers the clause table sums: of units in force and not exempt."""
        return tuple(
            sorted(
                audit.id for unit_id, audit in self.audits.items() if not self.is_exempt(self.rows(unit_id), self.as_of)
            )
        )

    @cached_property
    def _nonconformities(self) -> dict[int, list[NonconformityFact]]:
        return by_unit(each for each in self.facts.nonconformities if is_counted(each))

    @cached_property
    def _with_major_open(self) -> frozenset[int]:
        return with_major_open(self.facts.nonconformities, self.as_of)

    def has_major_open(self, rows: Sequence[int]) -> bool:
        """Whether a counted major nonconformity of the unit of these rows is open on the cut-off day."""
        return not self._with_major_open.isdisjoint(rows)

    def nonconformities(self) -> Iterator[NonconformityFact]:
        """Those of all units of the province, in force or not, exempt or not.

        (reading: a unit that goes on under another province took its nonconformities there.)
        """
        for row, facts in self._nonconformities.items():
            unit = self.register.units.get(self.register.last_row(row, self.as_of))
            if unit is not None and unit.province == self.province:
                yield from facts


def _by_minutes(audit: AuditFact) -> tuple[date, str]:
    return audit.minuted_on or date.min, audit.reference
