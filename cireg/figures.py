"""Figures as people read them, rounded half up from the decimal that is meant."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def tenths(value: float) -> str:
    """A score: one decimal, always."""
    return f"{Decimal(str(value)).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def points(value: float) -> str:
    """The points of a part of a score: at most two decimals, so that the parts are seen to add up."""
    return f"{Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
