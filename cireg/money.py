"""Amounts of an improvement, in decimals of the register's currency. What is not known is None, never 0."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from cireg.model import Config, Improvement

_MONTHS = {"month": 1, "year": 12}


def amount(value: float | int) -> Decimal:
    """A number of a file as the decimal that was written there."""
    return Decimal(str(value))


def planned_cost(item: Improvement, config: Config) -> Decimal | None:
    """The sum of the planned costs; recurring ones are counted over `money.horizon_months` from their `from` on.

    None when no cost has a planned figure.
    """
    horizon = int(config.get("money", "horizon_months"))
    figures = []
    for _, cost in item.entries("money", "costs"):
        if "planned" in cost:
            months = _MONTHS.get(cost.get("per", "once"))
            times = Fraction(horizon, months) if months else Fraction(1)
            figures.append(amount(cost["planned"]) * times.numerator / times.denominator)
    return sum(figures, Decimal(0)) if figures else None
