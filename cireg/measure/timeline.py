"""A KPI's values along its periods, as whole numbers, and the stretches of them that a verdict compares."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from cireg.measure.periods import Period
from cireg.measure.whole import Whole, whole

_FINE = 2**512  # a unit as fine as that, of many different denominators, is too slow to count with


class Timeline:
    """The values of every period from the one with the number `first` on; None is a gap."""

    __slots__ = ("_exact", "_whole", "first")

    def __init__(self, first: int, values: Sequence[Fraction | None]) -> None:
        self.first = first
        self._exact = values
        self._whole = whole(values)

    def __bool__(self) -> bool:
        return bool(self._whole.known)

    def window(self, start: Period, end: Period) -> Whole:
        """The values of the periods from `start` to `end`, both included, without the gaps at both ends."""
        return self._part(start.number, end.number + 1)

    def since(self, start: Period) -> Whole:
        """The values of the periods from `start` on, without the gaps at both ends."""
        return self._part(start.number, self.first + len(self._exact))

    def _part(self, start: int, stop: int) -> Whole:
        start, stop = max(0, start - self.first), max(0, stop - self.first)
        if self._whole.unit > _FINE:
            return whole(self._exact[start:stop]).part(0)
        return self._whole.part(start, stop)

    def beyond(self, low: Fraction | None, high: Fraction | None) -> Timeline:
        """How far each value lies outside the range from `low` to `high`; 0 inside it."""
        unit = lcm(self._whole.unit, *(each.denominator for each in (low, high) if each is not None))
        least, most = (None if each is None else int(each * unit) for each in (low, high))
        times = unit // self._whole.unit

        def distance(value: int) -> Fraction:
            size = value * times
            below = 0 if least is None else least - size
            above = 0 if most is None else size - most
            return Fraction(max(0, below, above), unit)

        return Timeline(self.first, [None if each is None else distance(each) for each in self._whole.values])
