"""How a few or many times spread: mean and percentiles, each of them the time of a real improvement; and shares.

Percentiles are of the nearest rank: the smallest value that at least so many per cent do not exceed. Under five
values there is none, under eleven none beyond the seventieth: with so few, the slowest one alone would decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

ENOUGH = 5  # values from which on a percentile is told
FIRM = 11  # values from which on the 85th percentile and beyond are told
SURE = 1.959964  # standard deviations: 95 % of a normal distribution lie within


@dataclass(frozen=True, slots=True)
class Spread:
    """So many values in ascending order: their mean and percentiles, None where there are too few."""

    values: tuple[int, ...]
    mean: Fraction | None
    p50: int | None
    p70: int | None
    p85: int | None
    p95: int | None

    @property
    def n(self) -> int:
        return len(self.values)


def spread(values: Iterable[int]) -> Spread:
    """How these values, whole days, spread."""
    ordered = tuple(sorted(values))
    n = len(ordered)
    middle = [percentile(ordered, share) if n >= ENOUGH else None for share in (50, 70)]
    far = [percentile(ordered, share) if n >= FIRM else None for share in (85, 95)]
    return Spread(ordered, Fraction(sum(ordered), n) if n else None, *middle, *far)


def percentile(ordered: Sequence[int], share: int) -> int:
    """The value of the nearest rank at `share` per cent; `ordered` ascends and is not empty."""
    return ordered[max(0, -(-share * len(ordered) // 100) - 1)]


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share, 0 to 1 (Wilson 1927); None of nothing."""
    if whole <= 0:
        return None
    share, square = part / whole, SURE * SURE
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    reach = SURE * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, centre - reach), min(1.0, centre + reach)
