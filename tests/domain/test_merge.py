"""What becomes of operations from devices: one by one, in any order, repeated, split, against each other."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.checklist import Checklist, Criterion, Part, Words
from isoaudit.domain.merge import AuditFacts, Reply, State, Target, Verdict, plan_batch
from isoaudit.domain.messages import say
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import AuditState, Grade

CODES = ("B-4.1-01", "B-7.2-01", "B-8.5-01")
CHECKLIST = Checklist(
    "thu",
    "1.0.0",
    "iso9001-2015",
    Words("Phiếu thử"),
    (
        Criterion("A-01", Part.A, "", "declaration", Words("Đã công bố chưa?"), weight=3, gate=True),
        *(Criterion(code, Part.B, code[2:5], "", Words("Có không?")) for code in CODES),
    ),
)
OPEN = AuditFacts(AuditState.UNDER_WAY, CHECKLIST, may_answer=True, may_settle=True)
START = State(audits={"KT-01": OPEN})


def answer(seq: int, base: int = 0, grade: str | None = "conformity", device: str = "a", **more: object) -> Operation:
    """The answer of a device to the first criterion, unless told otherwise."""
    changes = {name: more.pop(name) for name in ("criterion", "kind", "audit", "op_id") if name in more}
    given = Operation(f"{device}-{seq}", device, seq, "KT-01", base, "answer", {"grade": grade, **more}, CODES[0])
    return replace(given, **changes)  # type: ignore[arg-type]


def send(*operations: Operation, state: State = START) -> tuple[list[Verdict], State]:
    return plan_batch(operations, state)


def replies(verdicts: Sequence[Verdict]) -> list[Reply]:
    return [each.reply for each in verdicts]


def target(state: State, name: str = CODES[0]) -> Target:
    return state.targets.get(("KT-01", name), Target())


def test_an_answer_gets_the_next_revision() -> None:
    verdicts, state = send(answer(1), answer(2, base=1, grade="minor", note="thiếu sổ", due_on="2020-12-31"))
    assert [(each.reply, each.revision) for each in verdicts] == [(Reply.ACCEPTED, 1), (Reply.ACCEPTED, 2)]
    assert target(state).value == {
        "grade": "minor",
        "note": "thiếu sổ",
        "reason": "",
        "due_on": "2020-12-31",
        "request": "",
        "evidence": [],
        "documents": [],
        "dossiers": [],
    }


def test_a_grade_is_saved_before_its_note_and_can_be_cleared() -> None:
    verdicts, state = send(answer(1, grade="major"), answer(2, base=1, grade="not_applicable"), answer(3, 2, None))
    assert set(replies(verdicts)) == {Reply.ACCEPTED}
    assert target(state).value is not None
    assert target(state).value["grade"] is None  # type: ignore[index]


def test_the_same_operation_again_gives_the_first_outcome() -> None:
    _, state = send(answer(1), answer(2, grade="perfect"), answer(1, device="b", grade="major"))
    verdicts, after = send(answer(1), answer(2, grade="perfect"), answer(1, device="b", grade="major"), state=state)
    assert set(replies(verdicts)) == {Reply.DUPLICATE}
    assert [each.first for each in verdicts] == [Reply.ACCEPTED, Reply.REFUSED, Reply.CONFLICT]
    assert verdicts[1].refusal is not None
    assert (verdicts[2].standing or {})["grade"] == "conformity"
    assert (verdicts[2].offered or {})["grade"] == "major"
    assert after == state


def test_a_stale_page_is_a_conflict_that_keeps_both_values() -> None:
    _, state = send(answer(1))
    (verdict,), state = send(answer(1, device="b", grade="major", note="nặng"), state=state)
    assert verdict.reply is Reply.CONFLICT
    assert (verdict.standing or {})["grade"] == "conformity"
    assert (verdict.offered or {})["note"] == "nặng"
    assert target(state).in_conflict
    assert target(state).value == verdict.standing


def test_a_stale_page_that_agrees_is_accepted() -> None:
    _, state = send(answer(1))
    (verdict,), after = send(answer(1, device="b"), state=state)
    assert (verdict.reply, verdict.record) == (Reply.ACCEPTED, None)
    assert target(after) == target(state)


def test_nobody_wins_while_a_conflict_is_open_but_the_one_who_settles() -> None:
    _, state = send(answer(1), answer(1, device="b", grade="major"))
    (typed,), state = send(answer(2, base=2, grade="minor", device="b"), state=state)
    assert typed.reply is Reply.CONFLICT
    (late,), state = send(answer(1, base=2, grade="major", device="c", kind="settle"), state=state)
    assert late.reply is Reply.CONFLICT  # it had not seen the third value
    (settled,), state = send(answer(2, base=4, grade="major", device="c", kind="settle"), state=state)
    assert (settled.reply, settled.revision, settled.settles) == (Reply.ACCEPTED, 5, True)
    assert not target(state).in_conflict
    assert (target(state).value or {})["grade"] == "major"
    (typed,), state = send(answer(3, base=5, device="b"), state=state)
    assert typed.reply is Reply.ACCEPTED


def test_an_operation_is_held_until_the_one_before_it_arrives() -> None:
    (held,), state = send(answer(2, base=1, grade="minor"))
    assert (held.reply, state.receipts) == (Reply.HELD, {})
    verdicts, state = send(answer(2, base=1, grade="minor"), answer(1), state=state)
    assert replies(verdicts) == [Reply.ACCEPTED, Reply.ACCEPTED]
    assert (target(state).value or {})["grade"] == "minor"


def test_a_refused_operation_uses_up_its_number() -> None:
    verdicts, state = send(answer(1, grade="perfect"), answer(2, grade="minor"))
    assert replies(verdicts) == [Reply.REFUSED, Reply.ACCEPTED]
    assert state.last_seq == {"a": 2}


def test_a_number_that_is_taken_gets_no_line_and_an_id_that_is_taken_one_under_another_name() -> None:
    _, state = send(answer(1))
    reused = answer(2, op_id="a-1")
    verdicts, after = send(answer(1, op_id="other"), reused, answer(3, base=1), state=state)
    assert replies(verdicts) == [Reply.REFUSED, Reply.REFUSED, Reply.ACCEPTED]
    assert [each.entered for each in verdicts] == [False, True, True]
    assert [each.line for each in verdicts[1:]] == [reused.second_id, "a-3"]
    assert after.last_seq == {"a": 3}
    (again,), _ = send(reused, state=after)
    assert (again.reply, again.first, again.op_id) == (Reply.DUPLICATE, Reply.REFUSED, "a-1")


def test_what_is_not_proven_waits_and_neither_signs_nor_reopens() -> None:
    unproven = replace(START, proven=False)
    verdicts, state = plan_batch([answer(1), answer(2, base=1, kind="settle", grade="major")], unproven)
    assert replies(verdicts) == [Reply.CONFLICT, Reply.CONFLICT]
    assert (target(state).standing, len(target(state).contenders)) == (None, 2)
    for kind in ("sign", "amend"):
        (verdict,), _ = plan_batch([Operation("x", "a", 3, "KT-01", 0, kind, {"reason": "x"})], state)
        assert verdict.refusal is not None
        assert (verdict.reply, verdict.refusal.code) == (Reply.REFUSED, "operation.unproven")
    (settled,), state = send(answer(1, device="b", base=2, kind="settle"), state=replace(state, proven=True))
    assert (settled.reply, target(state).in_conflict) == (Reply.ACCEPTED, False)


def test_what_was_counted_upon_a_refused_operation_does_not_pass_over_another_value() -> None:
    verdicts, _ = send(answer(1, grade="perfect", device="b"), answer(1), answer(2, base=1, grade="major", device="b"))
    assert replies(verdicts) == [Reply.REFUSED, Reply.ACCEPTED, Reply.CONFLICT]


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (answer(2, op_id="a-1", grade="major"), "operation.id_reused"),
        (answer(1, op_id="other"), "operation.seq_used"),
        (answer(2, audit="KT-99"), "operation.audit_unknown"),
        (answer(2, kind="erase"), "operation.kind"),
        (answer(2, kind="field"), "operation.kind"),
        (answer(2, criterion="B-9.9-99"), "operation.criterion"),
        (answer(2, criterion=None), "operation.criterion"),
        (answer(2, base=1, kind="settle"), "operation.no_conflict"),
        (answer(2, base=1, grade="good"), "operation.grade"),
        (answer(2, grade="not_applicable", reason="không có", criterion="A-01"), "answer.gate_not_applicable"),
        (answer(2, base=1, due_on="31/12/2020"), "operation.day"),
        (answer(2, base=1, note=5), "operation.text"),
        (answer(2, base=1, note="\0"), "operation.text"),
        (answer(2, base=1, note="\ud800"), "operation.text"),
        (answer(2, base=1, note="x" * 10_001), "operation.too_long"),
        (answer(2, base=1, evidence=["photo.jpg"]), "operation.evidence"),
        (answer(2, base=1, score=5), "operation.key"),
        (Operation("f", "a", 2, "KT-01", 0, "field", {"field": "weather", "text": "nắng"}), "operation.field"),
    ],
)
def test_what_no_typing_can_mend_is_refused(operation: Operation, code: str) -> None:
    _, state = send(answer(1))
    (verdict,), after = send(operation, state=state)
    assert verdict.reply is Reply.REFUSED
    assert verdict.refusal is not None
    assert verdict.refusal.code == code
    assert say(verdict.refusal)
    assert say(verdict.refusal, "en")
    assert target(after).value == target(state).value


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": AuditState.CANCELLED}, "operation.closed"),
        ({"may_answer": False, "may_settle": False}, "operation.not_team"),
    ],
)
def test_an_audit_that_takes_no_answer(change: dict[str, object], code: str) -> None:
    (verdict,), state = send(answer(1), state=State(audits={"KT-01": replace(OPEN, **change)}))  # type: ignore[arg-type]
    assert verdict.refusal is not None
    assert verdict.refusal.code == code
    assert say(verdict.refusal)
    assert state.last_seq == {"a": 1}


def test_only_the_head_settles() -> None:
    _, state = send(answer(1), answer(1, device="b", grade="major"))
    member = replace(state, audits={"KT-01": replace(OPEN, may_settle=False)})
    (verdict,), _ = send(answer(2, base=2, kind="settle"), state=member)
    assert verdict.refusal is not None
    assert verdict.refusal.code == "operation.not_head"


def test_fields_of_the_audit_follow_the_same_rules() -> None:
    def field(seq: int, base: int, text: str, device: str = "a", kind: str = "field") -> Operation:
        value = {"field": "remarks", "text": text}
        return Operation(f"f{device}{seq}", device, seq, "KT-01", base, kind, value)

    verdicts, state = send(field(1, 0, "tốt"), field(2, 1, "tốt hơn"), field(1, 1, "khác", device="b"))
    assert replies(verdicts) == [Reply.ACCEPTED, Reply.ACCEPTED, Reply.CONFLICT]
    (settled,), state = send(field(3, 3, "chung", kind="settle"), state=state)
    assert settled.settles
    assert target(state, "@remarks").value == {"field": "remarks", "text": "chung"}


grades = st.sampled_from([*Grade, None])


@st.composite
def devices(draw: st.DrawFn, *, apart: bool) -> list[Operation]:
    """The operations of up to three devices, each counting its own as revisions; `apart`: on a criterion
    each.
    """
    made = []
    for place, device in enumerate("abc"):
        bases = dict.fromkeys(CODES, 0)
        for seq in range(1, draw(st.integers(0, 4)) + 1):
            code = CODES[place] if apart else draw(st.sampled_from(CODES[:2]))
            made.append(answer(seq, bases[code], draw(grades), device, criterion=code, note=f"{device}{seq}"))
            bases[code] += 1
    return made


def deliver(operations: list[Operation], chance: random.Random) -> tuple[State, dict[str, Reply], list[Verdict]]:
    """Sends batches of any size, in any order, with repetitions, until nothing is held; the outcomes and
    the history.
    """
    state, outcomes, written = START, dict[str, Reply](), list[Verdict]()
    while len(outcomes) < len(operations):
        batch = chance.choices(operations, k=chance.randint(1, 2 * len(operations)))
        verdicts, state = plan_batch(batch, state)
        for verdict in verdicts:
            if verdict.reply is not Reply.HELD:
                assert outcomes.setdefault(verdict.op_id, verdict.first) is verdict.first
            if verdict.record is not None:
                written.append(verdict)
    return state, outcomes, written


@given(devices(apart=True), st.integers(0, 2**32 - 1).map(random.Random))
def test_order_repetition_and_splitting_change_nothing(operations: list[Operation], chance: random.Random) -> None:
    _, expected = plan_batch(operations, START)
    state, outcomes, _ = deliver(operations, chance)
    assert set(outcomes.values()) <= {Reply.ACCEPTED}
    assert state.targets == expected.targets
    assert state.last_seq == expected.last_seq


@given(devices(apart=False), st.integers(0, 2**32 - 1).map(random.Random))
def test_nothing_typed_is_lost_and_nothing_unseen_is_overwritten(
    operations: list[Operation], chance: random.Random
) -> None:
    state, outcomes, written = deliver(operations, chance)
    by_id = {each.op_id: each for each in operations}
    kept = {(each.record.op_id, each.record.value["note"]) for each in written if each.record is not None}
    assert kept == {(each.op_id, each.value["note"]) for each in operations}
    for code in CODES:
        history = [each for each in written if each.record is not None and by_id[each.op_id].criterion == code]
        history.sort(key=lambda each: each.revision)
        assert [each.revision for each in history] == list(range(1, len(history) + 1))
        for verdict in history:
            seen = by_id[verdict.op_id].base_revision == verdict.revision - 1
            assert seen or outcomes[verdict.op_id] is Reply.CONFLICT
        assert target(state, code).in_conflict == any(outcomes[each.op_id] is Reply.CONFLICT for each in history)
