"""The Hodges-Lehmann shift and its exact range."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest

from cireg.measure.compare import decidable, rank, shift
from tests.measure.published import PERMEABILITY_AFTER, PERMEABILITY_BEFORE, fractions


def test_the_published_example_has_its_published_range() -> None:
    """Hollander and Wolfe's permeability data, as R gives it."""
    found = shift(fractions(PERMEABILITY_BEFORE), fractions(PERMEABILITY_AFTER))
    assert (found.estimate, found.low, found.high) == (Fraction("0.305"), Fraction("-0.15"), Fraction("0.76"))


@pytest.mark.parametrize(("before", "after"), [(3, 5), (4, 4), (5, 3), (6, 3), (7, 3), (8, 2), (9, 2), (20, 2)])
def test_the_least_readings_that_can_ever_decide(before: int, after: int) -> None:
    """One reading fewer after, and no data at all could show a change at 95 %."""
    assert decidable(before, after)
    assert not decidable(before, after - 1)
    assert rank(before, after) >= 1
    assert rank(before, after - 1) == 0


@pytest.mark.parametrize(("before", "after"), [(4, 4), (5, 3), (3, 6), (6, 4)])
def test_the_rank_is_that_of_every_order_counted_by_hand(before: int, after: int) -> None:
    """All orders of the readings are equally likely when nothing has changed: U is counted over each of them."""
    counts: dict[int, int] = {}
    for places in combinations(range(before + after), after):
        u = sum(place - index for index, place in enumerate(places))
        counts[u] = counts.get(u, 0) + 1
    below, k = 0, 0
    while below + counts[k] <= 0.025 * comb(before + after, after):
        below += counts[k]
        k += 1
    assert rank(before, after) == k


def test_beyond_fifty_the_rank_is_the_normal_approximation() -> None:
    """floor(n0·n1/2 + 1/2 − 1.959964·√(n0·n1·(n0+n1+1)/12))."""
    assert rank(60, 60) == 1427
    assert rank(51, 1) == 0


def test_too_few_readings_have_an_estimate_and_no_range() -> None:
    """The typical change can be said, how sure it is cannot."""
    found = shift(fractions([40, 42, 39]), fractions([28, 29]))
    assert (found.estimate, found.low, found.high) == (Fraction(-23, 2), None, None)
