"""Anhøj's two rules for run charts: a run that is too long, and a median line that is crossed too seldom.

Readings on the median count for neither. With n others a run is too long when it is longer than round(log2 n) + 3,
and crossings are too few when they are fewer than the 5 % quantile of the binomial distribution of n - 1 tosses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import comb, log2

from cireg.measure.whole import Values, middle, whole

ENOUGH = 10  # readings off the median from which on the rules hold


@dataclass(frozen=True, slots=True)
class Runs:
    """What a run chart shows; `useful` counts the readings that do not lie on the median."""

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def signal(self) -> bool:
        """Whether the readings are not random around their median."""
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed


def runs(values: Values) -> Runs | None:
    """The runs about the median; None with fewer than ten readings off it. A gap is passed over."""
    given = whole(values)
    if not given.known:
        return None
    centre = middle(given.known)
    sides = [each > centre for each in given.known if each != centre]
    if len(sides) < ENOUGH:
        return None
    lengths = [len(list(run)) for _, run in groupby(sides)]
    return Runs(len(sides), max(lengths), longest_allowed(len(sides)), len(lengths) - 1, crossings_needed(len(sides)))


def longest_allowed(useful: int) -> int:
    """The longest run that is still random among so many readings off the median."""
    return round(log2(useful)) + 3


@cache
def crossings_needed(useful: int) -> int:
    """The fewest crossings that are still random: the least x with P(at most x of n - 1 tosses) of 5 % or more."""
    tosses = useful - 1
    total = 0
    for crossings in range(tosses + 1):
        total += comb(tosses, crossings)
        if 20 * total >= 2**tosses:
            return crossings
    return tosses
