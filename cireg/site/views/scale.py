"""From figures to places in a picture: a linear scale with round ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` stands at the place `start`, `high` at `end`; `ticks` are round figures in between."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: Fraction | float) -> float:
        """The place of a value."""
        figure = value.numerator / value.denominator if isinstance(value, Fraction) else value
        return self.start + (figure - self.low) / (self.high - self.low) * (self.end - self.start)


def scale(values: Iterable[Fraction | float], start: float, end: float, *, ticks: int = 5) -> Scale:
    """A scale that holds all the values between round figures."""
    known = [each.numerator / each.denominator if isinstance(each, Fraction) else float(each) for each in values]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        low, high = low - 1, high + 1
    step = _step((high - low) / ticks)
    first, last = floor(low / step), ceil(high / step)
    return Scale(first * step, last * step, start, end, tuple(each * step for each in range(first, last + 1)))


def _step(rough: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(rough))
    return next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)


def place(value: float) -> str:
    """A place in a picture, to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")
