"""What a signature does to the answers: its content stands, whatever stood before; nothing typed is lost by it."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.digest import digest_of
from isoaudit.domain.merge import AuditFacts, Reply, Revision, State, Target, plan_batch
from isoaudit.domain.operations import Operation, empty_value
from isoaudit.domain.vocabulary import AuditState
from tests.cases.small import small_checklist

CHECKLIST = replace(small_checklist(), digest="c" * 64)
CODES = ("A-01", "B-4.1-01", "B-7.2-01", "B-9.2-01")
DAY = date(2020, 11, 18)
FACTS = AuditFacts(
    AuditState.UNDER_WAY, CHECKLIST, may_answer=True, may_settle=True, kind="ward", first_day=DAY, last_day=DAY
)
DOSSIER = "dossier/00000000-0000-4000-8000-000000000001"
SIDES = [{"side": side, "name": "Tên", "position": "", "path": "M0 0", "refused": False} for side in ("team", "unit")]


def answered(grade: str, note: str) -> dict[str, Any]:
    """A whole answer that minutes can bear."""
    return empty_value("A-01") | {"grade": grade, "note": note, "due_on": "2020-12-31", "reason": "Chưa có"}


def signature(answers: dict[str, Any], entries: dict[str, Any], remarks: str, **more: Any) -> Operation:
    """The head signs this."""
    content = {
        "audit": "KT-01",
        "checklist": {"id": "thu", "version": "1.0.0", "digest": CHECKLIST.digest},
        "minuted_on": DAY.isoformat(),
        "answers": [{"criterion": code, "value": value} for code, value in answers.items()],
        "entries": entries,
        "fields": {"remarks": remarks} if remarks else {},
    }
    value = {"content": content, "digest": digest_of(content), "minuted_on": DAY.isoformat(), "signatures": SIDES}
    return Operation("s1", "s", 1, "KT-01", 0, "sign", value | {"amends": None} | more)


@st.composite
def typed(draw: st.DrawFn) -> list[Operation]:
    """What two devices sent before, with bases that may be stale."""
    made: list[Operation] = []
    for device in "ab":
        for seq in range(1, draw(st.integers(0, 5)) + 1):
            base, note = draw(st.integers(0, 3)), f"{device}{seq}"
            shape = draw(st.sampled_from(["answer", "entry", "field"]))
            criterion, value = None, {"field": "remarks", "text": note}
            if shape == "answer":
                criterion = draw(st.sampled_from(CODES))
                value = answered(draw(st.sampled_from(["conformity", "minor"])), note)
            elif shape == "entry":
                value = {"entry": DOSSIER, "data": {"number": note}}
            made.append(Operation(note, device, seq, "KT-01", base, shape, value, criterion))
    return made


@given(typed(), st.booleans(), st.integers(0, 2**16).map(random.Random))
def test_what_is_signed_stands_and_what_stood_waits(
    before: list[Operation], with_entry: bool, chance: random.Random
) -> None:
    _, state = plan_batch(before, State(audits={"KT-01": FACTS}))
    answers = {code: answered("conformity", chance.choice(["", "ký"])) for code in CODES}
    entries = {DOSSIER: {"number": "ký"}} if with_entry else {}
    (verdict,), after = plan_batch([signature(answers, entries, "")], state)
    assert (verdict.reply, after.audits["KT-01"].state) == (Reply.ACCEPTED, AuditState.SIGNED)
    for (audit, name), target in state.targets.items():
        now = after.targets[(audit, name)]
        wanted = answers.get(name, empty_value(name))
        if name == f"@{DOSSIER}" and with_entry:
            wanted = now.value or {}
            assert wanted["data"]["number"] == "ký"
        assert now.value == wanted
        assert now.contenders[: len(target.contenders)] == target.contenders
        if target.value not in (wanted, empty_value(name)):
            assert target.value in [each.value for each in now.contenders]
    for code, value in answers.items():
        assert after.targets[("KT-01", code)].value == value


def test_what_the_office_answered_meanwhile_is_no_conflict() -> None:
    name, noted = (
        "unlisted/00000000-0000-4000-8000-000000000002",
        {"what": "procedure", "text": "Cấp giấy", "settled": ""},
    )
    known = {"entry": name, "data": noted | {"settled": "Đã có, mã 1.001"}}
    target = Target(2, Revision(2, known, "-", "-", True))
    state = State(audits={"KT-01": FACTS}, targets={("KT-01", f"@{name}"): target})
    answers = {code: answered("conformity", "") for code in CODES}
    (signed,), after = plan_batch([signature(answers, {name: noted}, "")], state)
    assert (signed.reply, after.targets[("KT-01", f"@{name}")]) == (Reply.ACCEPTED, target)
    (signed,), after = plan_batch([signature(answers, {name: noted | {"text": "Khác"}}, "")], state)
    assert [each.value for each in after.targets[("KT-01", f"@{name}")].contenders] == [known]


def test_amending_opens_the_audit_and_a_new_signature_names_the_last() -> None:
    answers = {code: answered("conformity", "") for code in CODES}
    first = signature(answers, {}, "Tốt")
    (signed,), state = plan_batch([first], State(audits={"KT-01": FACTS}))
    again = replace(first, op_id="s2", seq=2)
    (refused,), state = plan_batch([again], state)
    assert (signed.reply, refused.reply) == (Reply.ACCEPTED, Reply.REFUSED)
    amend = Operation("s3", "s", 3, "KT-01", 1, "amend", {"reason": "Ghi nhầm"})
    naming = replace(signature(answers, {}, "Khá", amends=str(first.value["digest"])), op_id="s4", seq=4)
    verdicts, state = plan_batch([amend, naming], state)
    assert [each.reply for each in verdicts] == [Reply.ACCEPTED, Reply.ACCEPTED]
    target = state.targets[("KT-01", "@remarks")]
    assert (target.value, [each.value for each in target.contenders]) == (
        {"field": "remarks", "text": "Khá"},
        [{"field": "remarks", "text": "Tốt"}],
    )
    assert state.audits["KT-01"].signed == naming.value["digest"]
