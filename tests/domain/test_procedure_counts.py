"""The figures of TTHC and dossiers add up, or the refusal names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.messages import say
from isoaudit.domain.procedure_counts import wrong

SKHCN = {
    "total": 54,
    "covered": 54,
    "not_linked": 40,
    "linked_same_level": 13,
    "linked_between_levels": 1,
    "online_full": 3,
    "online_partial": 7,
    "carried_over": 0,
    "received_online": 40,
    "received_in_person": 13,
    "resolved": 48,
    "in_progress": 5,
    "late": 0,
}
"""FACTS §4."""


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"carried_over": None}, []),
        ({"in_progress": None}, []),
        ({"covered": 55}, ["procedures.covered_above_total"]),
        ({"not_linked": 39}, ["procedures.kinds_differ"]),
        ({"not_linked": 41}, ["procedures.kinds_differ"]),
        ({"not_linked": None, "linked_same_level": 60}, ["procedures.parts_above_total"]),
        ({"not_linked": None, "linked_same_level": 14}, []),
        ({"online_full": 48}, ["procedures.parts_above_total"]),
        ({"carried_over": 12}, ["procedures.dossiers_differ"]),
        ({"carried_over": None, "resolved": 49}, []),
        ({"carried_over": None, "resolved": 47}, ["procedures.dossiers_lost"]),
        ({"in_progress": None, "resolved": 54}, ["procedures.handled_above_received"]),
        ({"late": 54}, ["procedures.late_above_handled"]),
        ({"covered": 60, "late": 60}, ["procedures.covered_above_total", "procedures.late_above_handled"]),
    ],
)
def test_what_does_not_add_up_is_told(changed: dict[str, int | None], codes: list[str]) -> None:
    assert [each.code for each in wrong(SKHCN | changed)] == codes


def test_the_refusal_names_the_figures() -> None:
    counts = {"carried_over": 12, "received_online": 200, "received_in_person": 140, "resolved": 300, "in_progress": 50}
    (found,) = wrong(counts)
    assert say(found).startswith("Mang sang 12 + nhận 340 = 352 ≠ giải quyết 300 + đang giải quyết 50 = 350.")


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_exactly_one_number_in_progress_fits_the_rest(carried: int, online: int, direct: int, resolved: int) -> None:
    counts = {
        "carried_over": carried,
        "received_online": online,
        "received_in_person": direct,
        "resolved": resolved,
    }
    fitting = [each for each in range(300) if not list(wrong(counts | {"in_progress": each}))]
    rest = carried + online + direct - resolved
    assert fitting == ([rest] if rest >= 0 else [])
