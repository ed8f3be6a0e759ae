"""Vietnamese search and order keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.text import fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đông Hà", "dong ha"), ("ĐẶNG", "dang"), ("Phường 1", "phuong 1"), ("Hòa", "hoa"), ("Ho\u0300a", "hoa")],
)
def test_fold_forgets_case_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_sort_as_a_vietnamese_dictionary_does() -> None:
    # Letters first (d before đ, e before ê), then tones, then capitals; this is the order that ICU gives.
    names = ["A", "A 1", "A1", "Aa", "Ă", "Â", "B", "Dung", "Đông", "ea", "Eat", "Êa", "Hoà", "Hòa", "Hoa Thành"]
    names += ["Hòa Thành", "O", "Ô", "Ơ", "U", "Ư", "xa", "Xa", "XA", "Xà", "Xả", "Xã", "Xá", "Xạ", "Xã An"]
    assert sorted(names, key=sort_key) == names


def test_digits_sort_one_by_one() -> None:
    assert sorted(["Phường 2", "Phường 10", "Phường 1"], key=sort_key) == ["Phường 1", "Phường 10", "Phường 2"]


@given(st.text(max_size=20))
def test_a_name_comes_before_its_own_extension(name: str) -> None:
    assert sort_key(name.strip()) < sort_key(name.strip() + " Phú")
