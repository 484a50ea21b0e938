"""Decimals as whole numbers of one small unit: as exact as fractions, and many times quicker to add and compare."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias, cast


class Whole:
    """`values` count the `unit`-th parts of one, None is a gap; `known` are the values without the gaps."""

    __slots__ = ("_mean", "known", "unit", "values")

    def __init__(self, values: Sequence[int | None], unit: int) -> None:
        self.values = values
        self.unit = unit
        given: list[int | None] = list(values)
        self.known = cast(list[int], given if None not in given else [each for each in given if each is not None])
        self._mean: Fraction | None = None

    @property
    def gaps(self) -> bool:
        """Whether some values are missing."""
        return len(self.known) < len(self.values)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def mean(self) -> Fraction | None:
        """The mean of the values that are there, None where none is."""
        if self._mean is None and self.known:
            self._mean = Fraction(sum(self.known), len(self.known) * self.unit)
        return self._mean

    def part(self, start: int, stop: int | None = None) -> Whole:
        """The values from `start` up to `stop`, without the gaps at both ends: those are no readings."""
        values = self.values[start:stop]
        if values and (values[0] is None or values[-1] is None):
            known = [index for index, value in enumerate(values) if value is not None]
            values = values[known[0] : known[-1] + 1] if known else ()
        return Whole(values, self.unit)

    def in_unit(self, unit: int) -> Whole:
        """The same values in a unit that is a multiple of its own."""
        times = unit // self.unit
        return self if times == 1 else Whole([None if each is None else each * times for each in self.values], unit)


Values: TypeAlias = Sequence[Fraction | int | None] | Whole  # one for each period, None for a gap


def whole(values: Values) -> Whole:
    """The values as whole numbers of the greatest unit in which all are whole; whole numbers stay as they are."""
    if isinstance(values, Whole):
        return values
    if {int, type(None)}.issuperset(map(type, values)):
        return Whole(cast(Sequence[int | None], values), 1)
    unit = lcm(*{each.denominator for each in values if each is not None})
    return Whole([None if each is None else each.numerator * (unit // each.denominator) for each in values], unit)


def together(one: Values, other: Values) -> tuple[Whole, Whole]:
    """Both as whole numbers of one unit."""
    first, second = whole(one), whole(other)
    unit = lcm(first.unit, second.unit)
    return first.in_unit(unit), second.in_unit(unit)


def middle(numbers: Sequence[int], unit: int = 1) -> Fraction:
    """The median of whole numbers of a unit, not empty, exact where it lies between two of them."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half], unit)
    return Fraction(ordered[half - 1] + ordered[half], 2 * unit)
