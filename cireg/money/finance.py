"""Return, present value, payback and rate of return of amounts in time: pure, and exact where that is possible.

Amounts in time are streams: the same amount, again and again. An investment of 12,000 that brings in 1,000 a month
from its second month on is `Stream(0, Fraction(-12000), 1)` and `Stream(1, Fraction(1000), None)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_DIGITS = 40  # of what cannot be exact: powers and roots
_HIGHEST = 100  # the factor beyond which none is looked for: a period worth a hundred times the one before
_NARROWEST = Decimal("1e-11")  # in which a rate is looked for


class Stream(NamedTuple):
    """The amount `each` in every period from `first` on, so many `times`; None stands for without an end."""

    first: int
    each: Fraction
    times: int | None = 1


class Payback(NamedTuple):
    """The first period, counted from 1, in which the cost is earned back, and where in it that is, evenly spread."""

    periods: int
    exact: Fraction


def roi(gain: Fraction | None, cost: Fraction | None) -> Fraction | None:
    """(gain - cost) / cost; None where either is not known, and where nothing was spent."""
    return (gain - cost) / cost if gain is not None and cost else None


def pieces(streams: Iterable[Stream]) -> list[Stream]:
    """The same amounts as streams that do not overlap, in order; those that come to nothing are left out."""
    changes: dict[int, Fraction] = {}
    for first, each, times in streams:
        changes[first] = changes.get(first, Fraction(0)) + each
        if times is not None:
            changes[first + times] = changes.get(first + times, Fraction(0)) - each
    found = []
    each = Fraction(0)
    edges = sorted(changes)
    for n, first in enumerate(edges):
        each += changes[first]
        if each:
            found.append(Stream(first, each, edges[n + 1] - first if n + 1 < len(edges) else None))
    return found


def payback(cost: Fraction, gains: Iterable[Stream]) -> Payback | None:
    """When the gains, less what recurs, have added up to the cost; None where they never do."""
    left = cost
    for first, each, times in pieces(gains):
        if each > 0:
            exact = max(left, Fraction(0)) / each
            if times is None or exact <= times:
                whole = max(1, -(-exact.numerator // exact.denominator))
                return Payback(first + whole, first + exact)
        if times is None:
            return None
        left -= each * times
    return None


def npv(rate: Fraction, flows: Iterable[Stream], a_year: int = 1) -> Decimal:
    """The net present value of flows with so many periods a year, at a yearly rate.

    The sum of flow / (1 + rate) ** (period / a_year). The first period is not discounted; the NPV of spreadsheets
    discounts it. Every stream has an end.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return +_present_value(_discount(rate, a_year), _in_decimals(pieces(flows)))


@lru_cache(maxsize=16)
def _discount(rate: Fraction, a_year: int) -> Decimal:
    """What an amount is worth after one period, as a share of the same amount now."""
    with localcontext() as context:
        context.prec = _DIGITS
        return 1 / _decimal(1 + rate) ** _decimal(Fraction(1, a_year))


def irr(flows: Iterable[Stream], a_year: int = 1) -> Decimal | None:
    """The yearly rate at which the net present value is 0; None where the flows do not change their sign once.

    With more changes there may be several such rates, of which none means anything.
    """
    found = pieces(flows)
    signs = [stream.each > 0 for stream in found]
    if sum(one != other for one, other in pairwise(signs)) != 1:
        return None
    with localcontext() as context:
        context.prec = _DIGITS // 2
        series = _in_decimals(found)
        low, high = Decimal(0), Decimal(1)  # of the factor by which a period is worth less than the one before
        while (_present_value(high, series) > 0) != signs[-1]:
            low, high = high, high * 2
            if high > _HIGHEST:
                return None
        while high - low > _NARROWEST:
            middle = (low + high) / 2
            low, high = (low, middle) if (_present_value(middle, series) > 0) == signs[-1] else (middle, high)
        return high**-a_year - 1


def _in_decimals(found: Iterable[Stream]) -> list[tuple[int, Decimal, int]]:
    """Streams that end, with their amounts as decimals."""
    series = []
    for first, each, times in found:
        if times is None:
            raise ValueError("a stream without an end has no present value here")
        series.append((first, _decimal(each), times))
    return series


def _present_value(factor: Decimal, series: Iterable[tuple[int, Decimal, int]]) -> Decimal:
    """The value of disjoint streams, each period being worth `factor` times the one before it."""
    if factor == 1:
        return sum((each * times for _, each, times in series), Decimal(0))
    sums = (each * factor**first * (1 - factor**times) for first, each, times in series)
    return sum(sums, Decimal(0)) / (1 - factor)


def _decimal(figure: Fraction) -> Decimal:
    return Decimal(figure.numerator) / figure.denominator
