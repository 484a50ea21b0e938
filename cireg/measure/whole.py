"""Decimals as whole numbers of one small unit: as exact as fractions, and many times quicker to add and compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import cast


@dataclass(frozen=True, slots=True)
class Whole:
    """`values` count the `unit`-th parts of one; None is a gap."""

    values: tuple[int | None, ...]
    unit: int

    @property
    def known(self) -> list[int]:
        """The values without the gaps."""
        return [each for each in self.values if each is not None]


def whole(values: Sequence[Fraction | int | None]) -> Whole:
    """The values as whole numbers of the greatest unit in which all are whole; whole numbers stay as they are."""
    if {int, type(None)}.issuperset(map(type, values)):
        return Whole(cast(tuple[int | None, ...], tuple(values)), 1)
    unit = lcm(*(each.denominator for each in values if each is not None))
    return Whole(tuple(None if each is None else each.numerator * (unit // each.denominator) for each in values), unit)


def middle(numbers: Sequence[int]) -> Fraction:
    """The median of whole numbers, not empty, exact where it lies between two of them."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return Fraction(ordered[half] if len(ordered) % 2 else ordered[half - 1] + ordered[half], 2 - len(ordered) % 2)


def mean(values: Sequence[Fraction | int | None]) -> Fraction | None:
    """The mean of the values that are there, None where none is."""
    given = whole(values)
    known = given.known
    return Fraction(sum(known), len(known) * given.unit) if known else None
