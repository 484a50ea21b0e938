"""Decimals as whole numbers: nothing is lost on the way."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from cireg.measure.whole import middle, whole

VALUES = st.lists(st.one_of(st.none(), st.fractions(max_denominator=10**6)), max_size=20)
BIG = 10**23 + 1


@given(VALUES)
def test_the_values_come_back_as_they_were(values: list[Fraction | None]) -> None:
    """Gaps stay where they are."""
    found = whole(values)
    assert [None if each is None else Fraction(each, found.unit) for each in found.values] == values
    known = [each for each in values if each is not None]
    assert found.mean == (sum(known) / len(known) if known else None)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20))
def test_the_middle_is_the_median(numbers: list[int]) -> None:
    """Of an even count half-way between the two in the middle."""
    assert middle(numbers) == Fraction(median(map(Fraction, numbers)))


def test_the_middle_of_large_numbers_is_exact() -> None:
    """A float would round it."""
    assert middle([BIG, BIG + 1]) == Fraction(2 * BIG + 1, 2)
