"""Figures as people read them, rounded half up from the decimal that is meant."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(4096)
def tenths(value: float) -> str:
    """A score: one decimal, always."""
    return f"{Decimal(str(value)).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def points(value: float) -> str:
    """The points of a part of a score: at most two decimals, so that the parts are seen to add up."""
    return f"{Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


@lru_cache(4096)
def number(value: Decimal | float) -> str:
    """A number of a page: its thousands marked, at most two decimals, none of them a 0 at its end, a real minus."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def decimal(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """An exact figure with so many decimals, halves rounded away from 0; never -0."""
    numerator, denominator = value.as_integer_ratio()
    whole = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(-whole if numerator < 0 else whole).scaleb(-places)


def per_cent(share: Fraction) -> Decimal:
    """A share in per cent: whole from 10 % on, one decimal below."""
    percent = share * 100
    tenth = decimal(percent, 1)
    return decimal(percent) if abs(tenth) >= 10 or tenth == tenth.to_integral_value() else tenth


def rounded(figure: Fraction) -> Decimal:
    """An amount of money: whole from 1,000 on and where it is, else with two decimals."""
    if abs(figure.numerator) >= 1000 * figure.denominator:
        return decimal(figure)
    cents = decimal(figure, 2)
    return decimal(figure) if cents == cents.to_integral_value() else cents
