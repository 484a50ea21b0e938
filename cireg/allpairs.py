"""All pairs of weighted sets whose cosine reaches a threshold, found exactly and without comparing all."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_FEW = 12  # so many candidates are compared one by one, more are sifted first
_STEPS = 127  # how finely weights are graded when candidates are sifted
_LEFT_OUT = 0.25  # the part of the weight needed that may be left out of the sum, being taken for common
_BANDS = 4  # candidates of about the same size are sifted by the same bound


def all_pairs(
    sets: Sequence[frozenset[int]], weights: Sequence[int], threshold: float
) -> Iterator[tuple[int, int, int]]:
    """(index, other index, weight in common) of the pairs with common / sqrt(size · size) >= threshold, above 0.

    A set's size is the sum of its members' `weights`, which are whole numbers by member. Each pair comes once, in
    no meaningful but always the same order.

    Sets are taken by size. Two sets at the threshold must have a member in common among the heaviest of each, for
    what is left over weighs too little (prefix filtering: Bayardo, Ma and Srikant, "Scaling up all pairs similarity
    search", 2007). A set of candidates is a long integer, one bit each, in the order of size.
    """
    order = sorted(range(len(sets)), key=lambda index: (_weigh(sets[index], weights), index))
    least = threshold * (1 - 1e-9)  # so that rounding never drops a pair before it is compared
    sifter = _Sifter([sets[index] for index in order], weights, least)
    held = Counter(member for one in sets for member in one)
    rank = {member: (count / weights[member], member) for member, count in held.items()}  # rare for its weight
    first: dict[int, int] = {}  # for each member the sets so far that have it among their first
    for place, one in enumerate(sifter.sets):
        size = rest = sifter.sizes[place]
        candidates = 0
        for member in sorted(one, key=rank.__getitem__):
            # What is in common weighs at most as much as the smaller set: t times this one if this is the smaller,
            # t squared if it is the larger.
            if rest < least * least * size:
                break
            known = first.get(member, 0)
            candidates |= known
            if rest >= least * size:
                first[member] = known | 1 << place
            rest -= weights[member]
        start = bisect_left(sifter.sizes, least * least * size, hi=place)
        for bit in _bits(sifter.sift(place, start, candidates >> start)):
            common = _weigh(one & sifter.sets[start + bit], weights)
            if common >= threshold * math.sqrt(size * sifter.sizes[start + bit]):
                yield order[start + bit], order[place], common


class _Sifter:
    """Takes from many candidates at once those that have too little in common with a set."""

    def __init__(self, sets: Sequence[frozenset[int]], weights: Sequence[int], threshold: float) -> None:
        self.sets = sets
        self.sizes = [_weigh(one, weights) for one in sets]
        self._weights = weights
        self._threshold = threshold
        self._masks: dict[int, int] = {}

    def sift(self, place: int, start: int, candidates: int) -> int:
        """Those candidates, bits from the set at `start` on, that may reach the threshold with the set at `place`."""
        if candidates.bit_count() <= _FEW:
            return candidates
        size = self.sizes[place]
        rest = size
        enough = _LEFT_OUT * self._threshold * self._threshold * size
        graded: list[tuple[int, int]] = []
        for member in sorted(self.sets[place], key=self._weights.__getitem__, reverse=True):
            if rest <= enough:
                break
            rest -= self._weights[member]
            steps = -(-self._weights[member] * _STEPS // size)  # rounded up: never too strict
            graded.append((steps, (self._mask(member) >> start) & candidates))
        digits = _add(graded)
        passed = 0
        edges = [(place - start) * band // _BANDS for band in range(_BANDS + 1)]
        for low, high in pairwise(edges):
            if low < high:
                needed = self._threshold * math.sqrt(size * self.sizes[start + low]) - rest
                band = candidates & ((1 << high) - (1 << low))
                passed |= _at_least(math.ceil(needed * _STEPS / size), digits, band)
        return passed

    def _mask(self, member: int) -> int:
        """The sets that have this member."""
        if not self._masks:
            holders: dict[int, bytearray] = {}
            for place, one in enumerate(self.sets):
                for each in one:
                    if each not in holders:
                        holders[each] = bytearray(len(self.sets) // 8 + 1)
                    holders[each][place >> 3] |= 1 << (place & 7)
            self._masks = {each: int.from_bytes(bits, "little") for each, bits in holders.items()}
        return self._masks[member]


def _add(graded: Iterable[tuple[int, int]]) -> list[int]:
    """The sum of (number, mask) for every bit of the masks, as masks of the sum's binary digits, lowest first.

    Full adders take three masks of a digit and leave one there and a carry, for all bits at once.
    """
    columns: list[list[int]] = []
    for number, mask in graded:
        for digit in range(number.bit_length()):
            if digit == len(columns):
                columns.append([])
            if number >> digit & 1:
                columns[digit].append(mask)
    digits: list[int] = []
    carried: list[int] = []
    while len(digits) < len(columns) or carried:
        column = carried + (columns[len(digits)] if len(digits) < len(columns) else [])
        carried = []
        while len(column) > 1:
            one, two, three = column.pop(), column.pop(), column.pop() if column else 0
            half = one ^ two
            column.append(half ^ three)
            if carry := (one & two) | (half & three):
                carried.append(carry)
        digits.append(column[0] if column else 0)
    return digits


def _at_least(number: int, digits: Sequence[int], mask: int) -> int:
    """Those bits of the mask whose sum, given as masks of its digits, is at least this number."""
    if number.bit_length() > len(digits):
        return 0
    above, level = 0, mask
    for place in range(len(digits) - 1, -1, -1):
        if number >> place & 1:
            level &= digits[place]
        else:
            above |= level & digits[place]
            level &= ~digits[place]
    return above | level


def _weigh(members: Iterable[int], weights: Sequence[int]) -> int:
    return sum(map(weights.__getitem__, members))


def _bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
