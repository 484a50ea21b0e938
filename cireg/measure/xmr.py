"""Process behaviour charts (XmR): natural process limits, and the points that they single out.

The limits are mean ± 2.66 times the average moving range, the range limit 3.267 times it (Shewhart's constants
3/d2 and D4 for ranges of two). The four rules of the NHS are those of the Making Data Count team; Wheeler's rules
are those of his books. Everything is computed in exact fractions of the decimals given, so that shifting or
scaling a series never changes a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from operator import sub
from typing import Literal, TypeAlias

from cireg.measure.whole import Values, Whole, middle, whole

RuleSet = Literal["nhs", "wheeler"]
Centre = Literal["mean", "median"]

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


@dataclass(frozen=True, slots=True)
class Point:
    """What the rules say of one reading: the rule that marks it, and on which side or in which direction (±1)."""

    rule: str | None = None
    sign: int = 0


def limits(values: Values, *, centre: Centre = "mean", screen: bool = True) -> Limits | None:
    """The limits of one segment, None without a reading.

    With `screen`, moving ranges at or above their limit are left out once and the average is taken anew; the
    centre keeps every reading. No moving range is taken across a gap.
    """
    given = whole(values)
    known = given.known
    if not known:
        return None
    total, of = _average(known, centre)
    of *= given.unit
    if given.gaps:
        ranges = [abs(b - a) for a, b in pairwise(given.values) if a is not None and b is not None]
    else:
        ranges = list(map(abs, map(sub, known[1:], known)))
    if not ranges:
        return Limits(len(known), Fraction(total, of), None, None, None, None)
    factor, range_factor = (MEDIAN_LIMIT, MEDIAN_RANGE_LIMIT) if centre == "median" else (LIMIT, RANGE_LIMIT)
    moved, per = _average(ranges, centre)
    if screen and moved:
        # A whole number is below a fraction when it is below the next whole number from there on.
        most = -(-moved * range_factor.numerator // (per * range_factor.denominator))
        if max(ranges) >= most:
            moved, per = _average([each for each in ranges if each < most] or ranges, centre)
    per *= given.unit
    typical = Fraction(moved, per)
    # Centre and reach over one denominator: two fractions are made instead of six.
    centred, reach = total * per * factor.denominator, factor.numerator * moved * of
    below = of * per * factor.denominator
    return Limits(
        len(known), Fraction(total, of), typical, Fraction(centred - reach, below), Fraction(centred + reach, below),
        range_factor * typical,
    )  # fmt: skip


def _average(values: Sequence[int], centre: Centre) -> tuple[int, int]:
    """The mean or the median as a numerator and a denominator."""
    return middle(values).as_integer_ratio() if centre == "median" else (sum(values), len(values))


Share: TypeAlias = tuple[int, int]  # parts of so many
WHOLE_WAY, TWO_THIRDS, HALF = (1, 1), (2, 3), (1, 2)


class Ruler:
    """Readings as whole numbers beside whole borders: exact, and quick to compare.

    `sides` says of each reading on which side of the centre it lies (±1; 0 on it, and for a gap).
    """

    def __init__(self, values: Values, given: Limits) -> None:
        self.numbers = whole(values)
        self._given = given
        self._beyond: dict[tuple[int, Share], list[bool]] = {}
        above, below = self._borders(given.centre.numerator, given.centre.denominator)
        self.sides = [0 if each is None else (each > above) - (each < below) for each in self.numbers.values]

    def shift(self, sign: int) -> bool:
        """Whether seven in a row lie on that side."""
        return bytes([sign + 1]) * RUNS["nhs"] in self._sides

    @cached_property
    def _sides(self) -> bytes:
        return bytes([side + 1 for side in self.sides])

    def _borders(self, parts: int, of: int) -> tuple[int, int]:
        """Whole numbers: a reading is above the border when it is above the first, below when below the second."""
        scaled = parts * self.numbers.unit
        return scaled // of, -(-scaled // of)

    def beyond(self, sign: int, share: Share) -> list[bool]:
        """Which readings lie further out, on that side, than this share of the way from the centre to the limit."""
        if (sign, share) not in self._beyond:
            self._beyond[sign, share] = self._further(sign, *share)
        return self._beyond[sign, share]

    def _further(self, sign: int, parts: int, of: int) -> list[bool]:
        centre, limit = self._given.centre, self._given.upper if sign > 0 else self._given.lower
        if limit is None:
            return [False] * len(self.sides)
        near, far = centre.numerator * limit.denominator, limit.numerator * centre.denominator
        border = near * (of - parts) + far * parts
        above, below = self._borders(border, centre.denominator * limit.denominator * of)
        known = self.numbers.known
        if not known or (max(known) <= above if sign > 0 else min(known) >= below):
            return [False] * len(self.sides)
        if not self.numbers.gaps:
            return [each > above for each in known] if sign > 0 else [each < below for each in known]
        if sign > 0:
            return [each is not None and each > above for each in self.numbers.values]
        return [each is not None and each < below for each in self.numbers.values]


_LOOKED_BACK = max(RUNS["nhs"], TREND)  # readings; what marks the last one needs none before these


def mark(values: Values, given: Limits, rules: RuleSet = "nhs") -> list[Point]:
    """What the rules say of each reading of a segment; a gap is a point without a mark and breaks every run."""
    ruler = Ruler(values, given)
    marks = [Point()] * len(values)
    # From the weakest to the strongest: a stronger rule's mark stands over a weaker one's.
    finders = [{index: Point("shift", sign) for index, sign in runs(ruler.sides, RUNS[rules]).items()}]
    finders.append(_near(ruler) if rules == "nhs" else _near_half(ruler))
    if rules == "nhs":
        finders.append(_trends(ruler.numbers))
    finders.append(_outside(ruler))
    for found in finders:
        for index, point in found.items():
            marks[index] = point
    return marks


def mark_last(values: Whole, given: Limits) -> Point:
    """What the four rules say of the last reading."""
    last = values.part(0).part(-_LOOKED_BACK)
    return mark(last, given)[-1] if last.known else Point()


def _outside(ruler: Ruler) -> dict[int, Point]:
    return {
        index: Point("outside", sign)
        for sign in (1, -1)
        for index, far in enumerate(ruler.beyond(sign, WHOLE_WAY))
        if far
    }


def runs(signs: Sequence[int], length: int) -> dict[int, int]:
    """The indices of runs of the same sign, at least `length` long, with their sign; a 0 breaks a run."""
    found: dict[int, int] = {}
    start = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            if signs[start] and index - start >= length:
                found.update(dict.fromkeys(range(start, index), signs[start]))
            start = index
    return found


def _trends(numbers: Whole) -> dict[int, Point]:
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(numbers.values)]
    found: dict[int, Point] = {}
    for index, sign in runs(steps, TREND - 1).items():
        found.setdefault(index, Point("trend", sign))
        found[index + 1] = Point("trend", sign)
    return found


def _near(ruler: Ruler) -> dict[int, Point]:
    """Two of three near the same limit but not outside it, all three on that side: the near ones are marked."""
    found: dict[int, Point] = {}
    for sign in (1, -1):
        close = ruler.beyond(sign, TWO_THIRDS)
        if sum(close) < 2:
            continue
        near = [each and not far for each, far in zip(close, ruler.beyond(sign, WHOLE_WAY), strict=True)]
        for start in range(len(near) - 2):
            if ruler.sides[start : start + 3] == [sign] * 3 and sum(near[start : start + 3]) >= 2:
                found.update({each: Point("two-of-three", sign) for each in range(start, start + 3) if near[each]})
    return found


def _near_half(ruler: Ruler) -> dict[int, Point]:
    """Wheeler's: three of four nearer to the same limit than to the centre; the near ones are marked."""
    found: dict[int, Point] = {}
    for sign in (1, -1):
        near = ruler.beyond(sign, HALF)
        for start in range(len(near) - 3):
            if sum(near[start : start + 4]) >= 3:
                found.update({each: Point("two-of-three", sign) for each in range(start, start + 4) if near[each]})
    return found
