"""Digests: what counts as the same content, and the canonical form that the contract describes."""

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.digest import canonical, digest_of

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=4), each, max_size=4),
    max_leaves=15,
)


def reordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(each) for each in value] if isinstance(value, list) else value


@given(json_values)
def test_a_digest_does_not_depend_on_key_order(value: object) -> None:
    assert digest_of(reordered(value)) == digest_of(value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (0.5, Decimal("0.50"), True),
        (0.5, Fraction(1, 2), True),
        (0.1, Fraction("0.1"), True),
        ("ế", "e\u0302\u0301", True),
        ({"a": {"b", "c"}}, {"a": ["b", "c"]}, True),
        ([1, 2], [2, 1], False),
        (True, 1, False),
        ("1", 1, False),
        (None, "", False),
    ],
)
def test_what_counts_as_the_same_content(one: object, other: object, same: bool) -> None:
    assert (digest_of(one) == digest_of(other)) is same


def test_canonical_json_is_as_the_contract_says() -> None:
    data = tomllib.loads("b = 1\na.on = 2020-01-15\na.half = 0.5\na.name = 'Xã'")
    assert canonical(data) == '{"a":{"half":0.5,"name":"Xã","on":"2020-01-15"},"b":1}'
