"""What is summed of answers is what the rule sums one by one: from the answers, and from the grade sheets kept."""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.audit import tally_of
from isoaudit.domain.checklist import NO_TEXT, Checklist, Criterion, Part, When
from isoaudit.domain.facts import AuditFact, ClauseRow, Facts, Unit
from isoaudit.domain.gradesheet import sheet_of
from isoaudit.domain.scope import Scope
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose, UnitKind
from isoaudit.services.rollup import answers
from isoaudit.services.rollup.notices import Before
from tests.conftest import NOW
from tests.factories import unit

DAY = date(2020, 9, 3)
NOTHING = Before({}, {})
KINDS = (UnitKind.COMMUNE, UnitKind.WARD)
GRADES = st.none() | st.sampled_from(list(Grade))


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """A version with a few criteria; some for one kind only, some asked only after a certain answer to another."""
    criteria: list[Criterion] = []
    for number in range(draw(st.integers(1, 6))):
        part = draw(st.sampled_from(list(Part)))
        when = None
        if criteria and draw(st.booleans()):
            asks = draw(st.sampled_from(criteria)).code
            when = When(asks, draw(st.frozensets(st.sampled_from(list(Grade)), min_size=1)))
        criteria.append(
            Criterion(
                code=f"{part}-{number}",
                part=part,
                clause=draw(st.sampled_from(["4.1", "8.5.1", "8.5.2"])) if part is Part.B else "",
                rule="r" if part is Part.A else "",
                text=NO_TEXT,
                weight=draw(st.integers(1, 3)),
                gate=draw(st.booleans()),
                applies_to=frozenset(draw(st.sets(st.sampled_from([each.value for each in KINDS])))),
                when=when,
            )
        )
    return Checklist("thu", "1.0.0", "iso9001-2015", NO_TEXT, tuple(criteria))


Grades = dict[str, Grade | None]


@st.composite
def years(draw: st.DrawFn) -> tuple[Checklist, list[tuple[UnitKind, Grades]]]:
    """A checklist version and some audits by it: the kind of the unit, and what was answered."""
    checklist = draw(checklists())
    given = st.fixed_dictionaries({each.code: GRADES for each in checklist.criteria})
    return checklist, draw(st.lists(st.tuples(st.sampled_from(KINDS), given), min_size=1, max_size=3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(year=years())
def test_sums_of_the_database_are_those_of_the_rule(
    session: Session, year: tuple[Checklist, list[tuple[UnitKind, Grades]]]
) -> None:
    checklist, audits = year
    with session.begin_nested() as begun:
        version, keys = _publish(session, checklist)
        units, facts, places = [], [], {}
        for number, (kind, grades) in enumerate(audits, 1):
            row = unit(session, code=f"U{number}", kind=kind)
            units.append(Unit(row.id, row.code, row.name, kind, "Quảng Trị", date(1900, 1, 1)))
            fact = AuditFact(number, f"KT-{number}", row.id, Mode.ON_SITE, Purpose.FULL, DAY, str(version))
            facts.append(fact)
            places[number] = row.province_id, number, version
            _audit(session, row, fact, version, {keys[code]: grade for code, grade in grades.items()})
        scope = Scope(Facts(units=tuple(units), audits=tuple(facts)), province="Quảng Trị", year=2020, as_of=DAY)
        versions = {version: checklist}
        made = answers.fetch(session.connection(), scope, places, versions, NOTHING)
        session.execute(insert(db.GradeSheet), _sheets(checklist, places, [grades for _, grades in audits]))
        kept = answers.fetch(session.connection(), scope, places, versions, NOTHING)
        begun.rollback()
    for found in (made, kept):
        assert found.tallies == {
            number: tally_of(checklist, kind, grades) for number, (kind, grades) in enumerate(audits, 1)
        }
        assert _summed(found.clauses) == _one_by_one(checklist, [grades for _, grades in audits])


def _publish(session: Session, checklist: Checklist) -> tuple[int, dict[str, int]]:
    row = db.ChecklistVersion(
        name="thu", version="1.0.0", edition="iso9001-2015", digest="0" * 64, content={}, published_at=NOW
    )
    session.add(row)
    session.flush()
    criteria = [
        db.CriterionRow(
            checklist_version_id=row.id,
            position=position,
            code=each.code,
            part=each.part.value,
            clause=each.clause or None,
            clause2=each.second_level,
            rule=each.rule or None,
            weight=each.weight,
            gate=each.gate,
            core=False,
            conditional=bool(each.applies_to) or each.when is not None,
            digest="0" * 64,
        )
        for position, each in enumerate(checklist.criteria, 1)
    ]
    session.add_all(criteria)
    session.flush()
    return row.id, {each.code: each.id for each in criteria}


def _audit(session: Session, row: db.Unit, fact: AuditFact, version: int, grades: dict[int, Grade | None]) -> None:
    key = {"province_id": row.province_id, "audit_id": fact.id}
    session.execute(
        insert(db.Audit).values(
            province_id=row.province_id,
            id=fact.id,
            reference=fact.reference,
            unit_id=row.id,
            mode=fact.mode,
            purpose=fact.purpose,
            checklist_version_id=version,
            state=AuditState.MINUTED,
            minuted_on=fact.minuted_on,
            created_at=NOW,
        )
    )
    session.execute(
        insert(db.Answer),
        [
            key | {"criterion_id": criterion, "revision": 1, "grade": grade, "conflict": False}
            for criterion, grade in grades.items()
        ],
    )


def _sheets(
    checklist: Checklist, places: dict[int, tuple[int, int, int]], audits: list[Grades]
) -> list[dict[str, object]]:
    """The sheets of all audits but the first, which has none yet."""
    sheets = enumerate((sheet_of(checklist, grades) for grades in audits), 1)
    rows = [{"province_id": places[number][0], "audit_id": number, "letters": sheet} for number, sheet in sheets]
    return rows[1:] or rows


def _summed(rows: tuple[ClauseRow, ...]) -> Counter[tuple[str, str, Grade, str]]:
    found: Counter[tuple[str, str, Grade, str]] = Counter()
    for each in rows:
        found[each.part, each.clause, each.grade, "count"] += each.count
        found[each.part, each.clause, each.grade, "weight"] += each.weight
    return found


def _one_by_one(checklist: Checklist, audits: list[Grades]) -> Counter[tuple[str, str, Grade, str]]:
    found: Counter[tuple[str, str, Grade, str]] = Counter()
    for grades in audits:
        for each in checklist.criteria:
            grade = grades[each.code]
            if grade is not None:
                found[each.part.value, each.second_level, grade, "count"] += 1
                found[each.part.value, each.second_level, grade, "weight"] += each.weight
    return found
