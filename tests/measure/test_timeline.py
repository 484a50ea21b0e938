"""Values along the periods: windows, what comes after, and distances from a range."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cireg.measure.periods import Period
from cireg.measure.timeline import Timeline
from cireg.measure.whole import Whole

VALUES = st.lists(st.one_of(st.none(), st.fractions(-100, 100, max_denominator=1000)), max_size=12)
PRIMES = [2**89 - 1, 2**107 - 1, 2**127 - 1, 2**521 - 1]


def month(number: int) -> Period:
    return Period(number, "month")


def exactly(found: Whole) -> list[Fraction | None]:
    return [None if each is None else Fraction(each, found.unit) for each in found.values]


def test_windows_and_what_comes_after_keep_inner_gaps_and_lose_outer_ones() -> None:
    """A gap in the middle breaks a run, one at the end is no reading at all."""
    line = Timeline(100, [Fraction(1), None, Fraction(3), None, Fraction(5), Fraction(6)])
    assert exactly(line.window(month(101), month(104))) == [3, None, 5]
    assert exactly(line.since(month(103))) == [5, 6]
    assert exactly(line.window(month(107), month(113))) == []
    assert exactly(line.window(month(90), month(99))) == []
    assert exactly(line.since(month(1))) == [1, None, 3, None, 5, 6]


def test_without_a_reading_it_is_empty() -> None:
    """Gaps alone show nothing."""
    assert not Timeline(0, [])
    assert not Timeline(5, [None, None])
    assert Timeline(5, [None, Fraction(0)])


@given(VALUES, st.fractions(-50, 0), st.fractions(0, 50))
def test_a_distance_is_how_far_a_value_lies_outside(
    values: list[Fraction | None], low: Fraction, high: Fraction
) -> None:
    """0 inside the range and on its borders; a range may be open on one side."""
    line = Timeline(1, values)
    for least, most in ((low, high), (low, None), (None, high)):
        wanted = [
            None if each is None else max(
                Fraction(0), *(least - each,) if least is not None else (), *(each - most,) if most is not None else ()
            )
            for each in values
        ]  # fmt: skip
        assert exactly(line.beyond(least, most)._whole) == wanted


def test_a_unit_that_would_be_too_fine_is_taken_for_each_stretch() -> None:
    """Ratios of many different denominators stay quick to count with, and exact."""
    values: list[Fraction | None] = [Fraction(1, prime) for prime in PRIMES]
    found = Timeline(0, values).window(month(0), month(1))
    assert exactly(found) == values[:2]
    assert found.unit == PRIMES[0] * PRIMES[1]
