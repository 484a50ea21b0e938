"""Percentiles that are real items, and shares with their bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.flow.spread import percentile, spread, wilson


def test_few_values_are_listed_without_percentiles() -> None:
    """Four have a mean, five a median, eleven an 85th percentile."""
    four, five, eleven = spread([4, 1, 3, 2]), spread(range(1, 6)), spread(range(1, 12))

    assert ((1, 2, 3, 4), Fraction(5, 2), None, None) == (four.values, four.mean, four.p50, four.p85)
    assert (3, 4, None, None) == (five.p50, five.p70, five.p85, five.p95)
    assert (6, 8, 10, 11) == (eleven.p50, eleven.p70, eleven.p85, eleven.p95)
    assert (0, None) == (spread([]).n, spread([]).mean)
    assert (10, 14, 17, 19) == ((twenty := spread(range(1, 21))).p50, twenty.p70, twenty.p85, twenty.p95)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60), st.integers(1, 99))
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values: list[int], share: int) -> None:
    """The smallest such one, as numpy's inverted_cdf."""
    ordered = sorted(values)
    found = percentile(ordered, share)

    assert found in ordered
    assert 100 * sum(each <= found for each in ordered) >= share * len(ordered)
    assert 100 * sum(each < found for each in ordered) < share * len(ordered)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # by hand from Wilson's formula, and as R's prop.test without correction says
        (7, 10, 0.396778, 0.892209), (0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0), (1, 2, 0.094531, 0.905469),
    ],
)  # fmt: skip
def test_the_bounds_of_a_share_are_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """Never beyond 0 and 1, and wide for few."""
    found = wilson(part, whole)

    assert found == pytest.approx((low, high), abs=2e-6)


def test_of_nothing_there_is_no_share() -> None:
    """Unknown stays unknown."""
    assert wilson(0, 0) is None
