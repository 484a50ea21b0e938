"""Pairs of weighted sets: what is found is exactly what comparing all would find."""

from __future__ import annotations

import math
import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg import allpairs
from cireg.allpairs import all_pairs

Sets = list[frozenset[int]]


def _by_comparing_all(sets: Sets, weights: list[int], threshold: float) -> set[tuple[int, int, int]]:
    found = set()
    for one, other in combinations(range(len(sets)), 2):
        common, size, other_size = (
            sum(weights[member] for member in members) for members in (sets[one] & sets[other], sets[one], sets[other])
        )
        if common >= threshold * math.sqrt(size * other_size):
            found.add((one, other, common))
    return found


def _found(sets: Sets, weights: list[int], threshold: float) -> set[tuple[int, int, int]]:
    found = list(all_pairs(sets, weights, threshold))
    assert len(found) == len({frozenset(pair[:2]) for pair in found}), "a pair came twice"
    return {(min(one, other), max(one, other), common) for one, other, common in found}


@given(
    st.lists(st.frozensets(st.integers(0, 11), min_size=1, max_size=8), max_size=40),
    st.lists(st.integers(1, 3000), min_size=12, max_size=12),
    st.floats(0.05, 1),
)
def test_the_pairs_are_those_that_comparing_all_would_find(sets: Sets, weights: list[int], threshold: float) -> None:
    """Few members, so that many sets are candidates for each other."""
    assert _by_comparing_all(sets, weights, threshold) == _found(sets, weights, threshold)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8])
def test_many_candidates_are_sifted_without_losing_one(threshold: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large sets from a small stock, so that each has many candidates."""
    chance = random.Random(7)  # noqa: S311  # examples, not secrets
    weights = [chance.randint(1, 5000) for _ in range(60)]
    sets = [frozenset(chance.sample(range(60), chance.randint(5, 25))) for _ in range(250)]
    sets += [one - {max(one)} for one in sets[:60]] + sets[:20]
    sifted = 0
    add = allpairs._add

    def count(graded: list[tuple[int, int]]) -> list[int]:
        nonlocal sifted
        sifted += 1
        return add(graded)

    monkeypatch.setattr(allpairs, "_add", count)
    assert _by_comparing_all(sets, weights, threshold) == _found(sets, weights, threshold)
    assert sifted


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=20), st.integers(0, 800))
def test_masks_are_added_and_compared_bit_by_bit(graded: list[tuple[int, int]], number: int) -> None:
    """Every bit of the masks has a sum of its own."""
    sums = [sum(value for value, mask in graded if mask >> bit & 1) for bit in range(8)]
    digits = allpairs._add(graded)
    assert sums == [sum((digit >> bit & 1) << place for place, digit in enumerate(digits)) for bit in range(8)]
    expected = sum(1 << bit for bit in range(8) if sums[bit] >= number and 0b10110111 >> bit & 1)
    assert expected == allpairs._at_least(number, digits, 0b10110111)


def test_no_sets_have_no_pairs() -> None:
    """Nor does one."""
    assert [[], []] == [list(all_pairs(sets, [1], 0.5)) for sets in ([], [frozenset({0})])]
