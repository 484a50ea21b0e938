"""How far two sets of readings lie apart: the Hodges-Lehmann shift with its exact 95 % range.

Hollander and Wolfe, Nonparametric Statistical Methods: the shift is the median of all differences, and the range
runs from the k-th lowest to the k-th highest of them, where k is the number of values of the Mann-Whitney U whose
exact null probability is at most 2.5 % on each side. Ties only make it wider.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb, floor, sqrt

from cireg.measure.whole import Values, middle, together

EXACT_UP_TO = 50  # readings a side; beyond, the normal approximation of the same k
_TAIL = Fraction(25, 1000)
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Shift:
    """The typical change from before to after, and the range it likely lies in; None where no range exists."""

    estimate: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def side(self) -> int:
        """1 where the whole range lies above zero, -1 where it lies below; 0 otherwise, and without a range."""
        if self.low is None or self.high is None:
            return 0
        return (self.low.numerator > 0) - (self.high.numerator < 0)


def shift(before: Values, after: Values) -> Shift:
    """The shift from `before` to `after`, neither of them empty."""
    both = together(before, after)
    early, late, unit = both[0].known, both[1].known, both[0].unit
    # Few long rows that ascend are quickly sorted into one.
    if len(early) < len(late):
        rows, row = early, sorted(late)
        differences = sorted([b - a for a in rows for b in row])
    else:
        rows, row = late, sorted(early, reverse=True)
        differences = sorted([b - a for b in rows for a in row])
    typical = middle(differences, unit)
    k = rank(len(early), len(late))
    if k == 0:
        return Shift(typical, None, None)
    return Shift(typical, Fraction(differences[k - 1], unit), Fraction(differences[-k], unit))


@cache
def rank(before: int, after: int) -> int:
    """k for so many readings before and after; 0 where no range exists."""
    if before > EXACT_UP_TO or after > EXACT_UP_TO:
        middle = before * after / 2
        spread = _Z * sqrt(before * after * (before + after + 1) / 12)
        return max(0, floor(middle + 0.5 - spread))
    allowed = _TAIL * comb(before + after, before)
    total = 0
    for value, ways in enumerate(_ways(before, after)):
        total += ways
        if total > allowed:
            return value
    return 0


def decidable(before: int, after: int) -> bool:
    """Whether any data at all could show a change at 95 % with so many readings."""
    return before > 0 and after > 0 and 2 / comb(before + after, after) <= 0.05


@cache
def _ways(before: int, after: int) -> tuple[int, ...]:
    """In how many orders of the readings U has each of its values from 0 on (Gaussian binomial coefficients).

    Those for one reading less, times 1 - q^(before + after), over 1 - q^after.
    """
    if after == 0:
        return (1,)
    size = before * after + 1
    counts = [*_ways(before, after - 1), *[0] * before]
    for value in range(size - 1, before + after - 1, -1):
        counts[value] -= counts[value - before - after]
    for value in range(after, size):
        counts[value] += counts[value - after]
    return tuple(counts)
