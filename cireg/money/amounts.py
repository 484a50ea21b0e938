"""Amounts as they are written, and recurring ones over the register's horizon."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from cireg.model import Config, Improvement

MONTHS = {"month": 1, "year": 12}
"""How many months lie between two payments of what recurs; what is paid once has none."""


def amount(value: float | int) -> Decimal:
    """A number of a file as the decimal that was written there."""
    return Decimal(str(value))


@lru_cache(4096)
def exact(value: float | int) -> Fraction:
    """A number of a file exactly as it was written there."""
    return Fraction(str(value))


def over(figure: Fraction, per: str, months: int) -> Fraction:
    """What an amount comes to in so many months; a yearly one by its months, one that is paid once as it is."""
    return figure * Fraction(months, MONTHS[per]) if per in MONTHS else figure


def total(figures: Iterable[Fraction | None]) -> Fraction:
    """The sum of what is known."""
    known = [each for each in figures if each is not None]
    return sum(known[1:], known[0]) if known else Fraction(0)


def planned_cost(item: Improvement, config: Config) -> Decimal | None:
    """The sum of the planned costs; recurring ones are counted over `money.horizon_months` from their `from` on.

    None when no cost has a planned figure.
    """
    horizon = int(config.get("money", "horizon_months"))
    figures = [
        over(exact(cost["planned"]), cost.get("per", "once"), horizon)
        for _, cost in item.entries("money", "costs")
        if "planned" in cost
    ]
    found = total(figures)
    return Decimal(found.numerator) / found.denominator if figures else None
