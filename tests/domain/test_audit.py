"""Score, band, clause tables, and the life of an audit (RULES §6)."""

from datetime import date
from fractions import Fraction

import pytest

from isoaudit.domain.audit import band, clause_table, score, tally_groups, tally_of
from isoaudit.domain.audit_life import Given, Lack, Step, missing_for_minutes, refuse_grade, take
from isoaudit.domain.checklist import NO_TEXT, Checklist, Criterion, Part, Scoring, When
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, Refusal
from isoaudit.domain.facts import Answers, ClauseRow, Marking, Tally
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole
from tests.domain.conftest import BANDS, DAY, World

OK, TIP, MINOR, MAJOR, NA = Grade


def marked(
    ok: int = 0, minor: int = 0, major: int = 0, na: int = 0, *, each: int = 1, gates: int = 0, **lacking: int
) -> Tally:
    """A tally of so many criteria, all of one weight."""
    groups = [(OK, each, False, ok), (MINOR, each, False, minor), (MAJOR, each, False, major), (NA, each, False, na)]
    tally = tally_groups(groups, **lacking)
    return Tally(tally.counts, tally.weights, gates, tally.unanswered_weight, tally.unanswered_vital)


@pytest.mark.parametrize(
    ("tally", "code"),
    [
        (marked(80, 20), "tot"),  # exactly 90
        (marked(7999, 2001), "kha"),  # 89.995: prints 90,0 and is not Tốt
        (marked(99, major=1), "kha"),
        (marked(98, major=2), "trung_binh"),
        (marked(100, gates=1), "trung_binh"),
        (marked(40, 60), "kha"),  # exactly 70
        (marked(1, 198, 1), "trung_binh"),  # exactly 50
        (marked(0, 199, 1), "yeu"),
        (marked(90, unanswered_weight=10), "tot"),  # exactly 90% answered
        (marked(89, unanswered_weight=10), None),
        (marked(9, na=1000, unanswered_weight=1), "tot"),  # not applicable is on neither side
        (marked(100, unanswered_weight=3, unanswered_vital=1), None),
        (marked(na=10), None),
        (Tally(), None),
    ],
)
def test_bands(tally: Tally, code: str | None) -> None:
    found = band(tally, BANDS, score(tally.weights, Scoring()))
    assert (found and found.code) == code


def test_score_is_exact_and_follows_the_checklist() -> None:
    weights = {OK: 2, TIP: 1, MINOR: 3, MAJOR: 1, NA: 50}
    assert score(weights, Scoring()) == Fraction(450, 7)
    assert score(weights, Scoring(opportunity=Fraction(3, 10))) == Fraction(380, 7)
    assert score({NA: 5}, Scoring()) is None


def criterion(code: str, weight: int = 1, **more: object) -> Criterion:
    clause = "7.2.1" if code.startswith("B") else ""
    return Criterion(code, Part(code[0]), clause, "" if clause else "rule", NO_TEXT, weight, **more)  # type: ignore[arg-type]


LIST = Checklist(
    "list",
    "1.0.0",
    "iso9001-2015",
    NO_TEXT,
    (
        criterion("A1", 3, gate=True),
        criterion("B1", 2, core=True),
        criterion("B2", 3, when=When("B1", frozenset({MINOR, MAJOR}))),
        criterion("B3", 1, applies_to=frozenset({"agency"})),
    ),
)


@pytest.mark.parametrize(
    ("grades", "kind", "expected"),
    [
        ({}, "commune", Tally({}, {}, 0, 5, 1)),
        ({"A1": OK, "B1": OK}, "commune", Tally({OK: 2}, {OK: 5}, 0, 0, 0)),
        ({"A1": MINOR, "B1": MINOR}, "commune", Tally({MINOR: 2}, {MINOR: 5}, 1, 3, 1)),
        (
            {"A1": OK, "B1": OK, "B2": MAJOR, "B3": NA},
            "commune",
            Tally({OK: 2, MAJOR: 1, NA: 1}, {OK: 5, MAJOR: 3, NA: 1}),
        ),
        ({"A1": OK, "B1": None}, "agency", Tally({OK: 1}, {OK: 3}, 0, 3, 0)),
    ],
)
def test_an_answer_given_counts_and_what_is_not_asked_does_not(
    grades: dict[str, Grade | None], kind: str, expected: Tally
) -> None:
    assert tally_of(LIST, kind, grades) == expected


def test_the_audit_of_a_unit_is_its_latest_full_one_on_site(world: World) -> None:
    world.unit("a")
    world.audit("K0", "a", date(2019, 12, 31))
    world.audit("K8", "a", date(2020, 6, 1))
    world.audit("K9", "a", date(2020, 6, 1))
    world.audit("K10", "a", date(2020, 6, 1))  # "K10" < "K9"
    world.audit("P", "a", date(2020, 7, 1), purpose="follow_up")
    world.audit("F", "a", date(2020, 7, 1), mode="files")
    world.audit("S", "a", date(2020, 7, 1), mode="self")
    world.audit("later", "a", date(2020, 11, 19))
    world.audit("open", "a", None)
    line = world.line("a")
    assert line.audit is not None
    assert line.audit.fact.reference == "K9"
    assert line.visits == 5
    assert [line.visits for line in world.rollup(date(2020, 5, 31)).units] == [0]


def test_tallies_are_asked_for_exempt_units_and_clauses_are_not(world: World) -> None:
    world.unit("a")
    world.unit("b")
    world.exempt("b", DAY)
    shown, exempt = world.audit("K1", "a", DAY), world.audit("K2", "b", DAY)
    scope = world.scope()
    assert (scope.audit_ids, scope.clause_audit_ids) == ((shown, exempt), (shown,))
    rollup = world.rollup(answers=Answers({shown: marked(80, 20), exempt: marked(1)}))
    assert (rollup.total.audited, rollup.total.bands["tot"]) == (1, 1)


def test_clause_table_puts_part_a_apart_and_sorts_by_number() -> None:
    rows = [
        ClauseRow("x", "B", "10.2.1", OK, 1, 3),
        ClauseRow("x", "B", "8.5.1", OK, 2, 4),
        ClauseRow("y", "B", "8.5", MINOR, 1, 4),
        ClauseRow("x", "B", "9.1", NA, 3, 3),
        ClauseRow("x", "A", "", MAJOR, 1, 3),
        ClauseRow("x", "B", "4.1", OK, 0, 0),
    ]
    lists = {"x": Marking(), "y": Marking(Scoring(minor=Fraction(1, 3)))}
    part_a, clauses = clause_table(rows, lists)
    assert (part_a.counts[MAJOR], part_a.score) == (1, 0)
    assert [(line.clause, line.score) for line in clauses] == [
        ("8.5", Fraction(200, 3)),
        ("9.1", None),
        ("10.2", 100),
    ]
    assert clauses[0].counts == {OK: 2, TIP: 0, MINOR: 1, MAJOR: 0, NA: 0}
    assert clause_table([], {})[0].score is None


def test_minutes_need_every_asked_criterion_and_what_its_grade_requires() -> None:
    answers = {
        "A1": Given(MINOR, note=" "),
        "B1": Given(NA),
        "B3": Given(MAJOR, "seen", due_on=DAY, conflict=True),
    }
    found = [(each.criterion, each.lack) for each in missing_for_minutes(LIST, "commune", answers)]
    assert found == [("A1", Lack.NOTE), ("A1", Lack.DEADLINE), ("B1", Lack.REASON), ("B3", Lack.CONFLICT)]
    assert [each.criterion for each in missing_for_minutes(LIST, "commune", {})] == ["A1", "B1"]
    assert [each.criterion for each in missing_for_minutes(LIST, "commune", {}, core=True)] == ["B1"]
    with pytest.raises(Invalid):
        refuse_grade(LIST.criteria[0], NA)
    refuse_grade(LIST.criteria[1], NA)


HEAD, MEMBER, OFFICE = {TeamRole.HEAD}, {TeamRole.MEMBER}, {Role.OFFICE}


@pytest.mark.parametrize(
    ("step", "state", "roles", "reason", "end"),
    [
        (Step.START, AuditState.PLANNED, MEMBER, "", AuditState.UNDER_WAY),
        (Step.MINUTE, AuditState.UNDER_WAY, HEAD, "", AuditState.MINUTED),
        (Step.MINUTE, AuditState.UNDER_WAY, MEMBER, "", Forbidden),
        (Step.MINUTE, AuditState.MINUTED, HEAD, "", Conflict),
        (Step.SIGN, AuditState.PLANNED, HEAD, "", AuditState.SIGNED),
        (Step.SIGN, AuditState.UNDER_WAY, MEMBER, "", Forbidden),
        (Step.SIGN, AuditState.SIGNED, HEAD, "", Conflict),
        (Step.FINALISE, AuditState.SIGNED, MEMBER, "", AuditState.MINUTED),
        (Step.MINUTE, AuditState.SIGNED, HEAD, "", Conflict),
        (Step.CANCEL, AuditState.SIGNED, OFFICE, "bão", Conflict),
        (Step.REOPEN, AuditState.SIGNED, HEAD, "ghi nhầm", AuditState.UNDER_WAY),
        (Step.CONCLUDE, AuditState.MINUTED, OFFICE, "", AuditState.CONCLUDED),
        (Step.CONCLUDE, AuditState.CONCLUDED, OFFICE, "", Conflict),
        (Step.CANCEL, AuditState.PLANNED, OFFICE, "bão", AuditState.CANCELLED),
        (Step.CANCEL, AuditState.PLANNED, OFFICE, " ", Invalid),
        (Step.CANCEL, AuditState.MINUTED, OFFICE, "bão", Conflict),
        (Step.REOPEN, AuditState.MINUTED, HEAD, "ghi nhầm", AuditState.UNDER_WAY),
        (Step.REOPEN, AuditState.MINUTED, OFFICE, "ghi nhầm", Forbidden),
        (Step.REOPEN, AuditState.CANCELLED, HEAD, "ghi nhầm", Conflict),
    ],
)
def test_the_life_of_an_audit(
    step: Step, state: AuditState, roles: set[Role | TeamRole], reason: str, end: AuditState | type[Refusal]
) -> None:
    if isinstance(end, AuditState):
        assert take(step, state, roles, reason, audit="K1") is end
    else:
        with pytest.raises(end) as refusal:
            take(step, state, roles, reason, audit="K1")
        assert "K1" in say(refusal.value)
        assert "K1" in say(refusal.value, "en")
