"""Process behaviour charts (XmR): natural process limits, and the points that they single out.

The limits are mean ± 2.66 times the average moving range, the range limit 3.267 times it (Shewhart's constants
3/d2 and D4 for ranges of two). The four rules of the NHS are those of the Making Data Count team; Wheeler's rules
are those of his books. Everything is computed in exact fractions of the decimals given, so that shifting or
scaling a series never changes a mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Literal

RuleSet = Literal["nhs", "wheeler"]
Centre = Literal["mean", "median"]
Values = Sequence[Fraction | None]  # one for each period, None for a gap

FIRM = 12  # readings from which on limits are firm, not trial limits
LIMIT = Fraction(266, 100)
RANGE_LIMIT = Fraction(3267, 1000)
MEDIAN_LIMIT = Fraction(3145, 1000)  # the same with the median moving range
MEDIAN_RANGE_LIMIT = Fraction(3865, 1000)

RUNS: dict[RuleSet, int] = {"nhs": 7, "wheeler": 8}
TREND = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """A segment's centre and limits; `moving_range` is the average moving range (the median one for that centre)."""

    n: int
    centre: Fraction
    moving_range: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    range_limit: Fraction | None

    @property
    def trial(self) -> bool:
        """Whether they rest on fewer readings than firm limits need."""
        return self.n < FIRM

    def near(self, side: int) -> Fraction | None:
        """Two thirds of the way from the centre to the limit on that side."""
        limit = self.upper if side > 0 else self.lower
        return None if limit is None else self.centre + (limit - self.centre) * Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Point:
    """What the rules say of one reading: the rule that marks it, and on which side or in which direction (±1)."""

    rule: str | None = None
    sign: int = 0


def moving_ranges(values: Values) -> list[Fraction]:
    """The differences of neighbours; none is taken across a gap."""
    return [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]


def limits(values: Values, *, centre: Centre = "mean", screen: bool = True) -> Limits | None:
    """The limits of one segment, None without a reading.

    With `screen`, moving ranges at or above their limit are left out once and the average is taken anew; the
    centre keeps every reading.
    """
    known = [each for each in values if each is not None]
    if not known:
        return None
    middle = median(known) if centre == "median" else sum(known, Fraction(0)) / len(known)
    ranges = moving_ranges(values)
    if not ranges:
        return Limits(len(known), middle, None, None, None, None)
    average: Callable[[list[Fraction]], Fraction] = median if centre == "median" else _mean
    factor, range_factor = (MEDIAN_LIMIT, MEDIAN_RANGE_LIMIT) if centre == "median" else (LIMIT, RANGE_LIMIT)
    typical = average(ranges)
    if screen and typical:
        typical = average([each for each in ranges if each < range_factor * typical] or ranges)
    reach = factor * typical
    return Limits(len(known), middle, typical, middle - reach, middle + reach, range_factor * typical)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def mark(values: Values, given: Limits, rules: RuleSet = "nhs") -> list[Point]:
    """What the rules say of each reading of a segment; a gap is a point without a mark and breaks every run."""
    marks = [Point() for _ in values]
    # From the weakest to the strongest: a stronger rule's mark stands over a weaker one's.
    finders = [_shifts(values, given.centre, RUNS[rules])]
    finders.append(_near(values, given, 3, 2) if rules == "nhs" else _near_half(values, given))
    if rules == "nhs":
        finders.append(_trends(values))
    finders.append(_outside(values, given))
    for found in finders:
        for index, point in found.items():
            marks[index] = point
    return marks


def _outside(values: Values, given: Limits) -> dict[int, Point]:
    return {
        index: Point("outside", 1 if value > given.upper else -1)
        for index, value in enumerate(values)
        if value is not None
        and given.upper is not None
        and given.lower is not None
        and not given.lower <= value <= given.upper
    }


def _runs(signs: Sequence[int], length: int) -> dict[int, int]:
    """The indices of runs of the same sign, at least `length` long, with their sign; a 0 breaks a run."""
    found: dict[int, int] = {}
    start = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            if signs[start] and index - start >= length:
                found.update(dict.fromkeys(range(start, index), signs[start]))
            start = index
    return found


def _side(value: Fraction | None, centre: Fraction) -> int:
    return 0 if value is None else (value > centre) - (value < centre)


def _shifts(values: Values, centre: Fraction, length: int) -> dict[int, Point]:
    found = _runs([_side(value, centre) for value in values], length)
    return {index: Point("shift", sign) for index, sign in found.items()}


def _trends(values: Values) -> dict[int, Point]:
    steps = [
        0 if before is None or after is None else (after > before) - (after < before)
        for before, after in pairwise(values)
    ]
    found: dict[int, Point] = {}
    for index, sign in _runs(steps, TREND - 1).items():
        found.setdefault(index, Point("trend", sign))
        found[index + 1] = Point("trend", sign)
    return found


def _near(values: Values, given: Limits, window: int, enough: int) -> dict[int, Point]:
    """Two of three near the same limit but not outside it, all three on that side: the near ones are marked."""
    found: dict[int, Point] = {}
    for start in range(len(values) - window + 1):
        indices = range(start, start + window)
        for sign in (1, -1):
            near = given.near(sign)
            outer = given.upper if sign > 0 else given.lower
            if near is None or outer is None or any(_side(values[each], given.centre) != sign for each in indices):
                continue
            close = [
                each for each in indices if _beyond(values[each], near, sign) and not _beyond(values[each], outer, sign)
            ]
            if len(close) >= enough:
                found.update({each: Point("two-of-three", sign) for each in close})
    return found


def _near_half(values: Values, given: Limits) -> dict[int, Point]:
    """Wheeler's: three of four nearer to the same limit than to the centre; the near ones are marked."""
    found: dict[int, Point] = {}
    for start in range(len(values) - 3):
        for sign in (1, -1):
            limit = given.upper if sign > 0 else given.lower
            if limit is None:
                continue
            half = (given.centre + limit) / 2
            close = [each for each in range(start, start + 4) if _beyond(values[each], half, sign)]
            if len(close) >= 3:
                found.update({each: Point("two-of-three", sign) for each in close})
    return found


def _beyond(value: Fraction | None, border: Fraction, sign: int) -> bool:
    return value is not None and (value - border) * sign > 0
