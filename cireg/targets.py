"""What a measure is to reach, in absolute figures, and the readings that are held against it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cireg.measure.behaviour import Series, Standing
from cireg.measure.readings import exact
from cireg.measure.verdict import Goal
from cireg.model import Kpi


def judged(kpi: Kpi, series: Series, wanted: Mapping[str, Any]) -> Series | None:
    """What is compared: the readings, or how far they lie outside a range; None where no way is the better one.

    A guard names no range: its KPI's standing target is the one that it must not leave.
    """
    better = kpi.text("better")
    if better in ("lower", "higher"):
        return series
    span = wanted if "min" in wanted or "max" in wanted else kpi.get("target")
    return _distances(series, span) if better == "within" and isinstance(span, dict) else None


def sign(kpi: Kpi) -> int:
    """1 where more is better, -1 where less is."""
    return 1 if kpi.text("better") == "higher" else -1


def _distances(whole: Series, wanted: Mapping[str, Any]) -> Series:
    """How far each reading lies outside the wanted range; 0 inside it."""
    low, high = exact(wanted.get("min")), exact(wanted.get("max"))
    zero = Fraction(0)
    return [
        (
            period,
            None
            if value is None
            else max(zero, low - value if low is not None else zero, value - high if high is not None else zero),
        )
        for period, value in whole
    ]


def goal_of(
    kpi: Kpi, wanted: Mapping[str, Any], base: Fraction | None
) -> tuple[Goal | None, Fraction | Standing | None]:
    """What is to be reached, in absolute figures, and how it is shown; None where nothing is or can be said."""
    if kpi.text("better") == "within":
        if "min" not in wanted and "max" not in wanted:
            return None, None
        goal = Goal(Fraction(0), -1, _tolerance(wanted, Fraction(0)))
        return goal, Standing(exact(wanted.get("min")), exact(wanted.get("max")))
    value = exact(wanted.get("value"))
    change = wanted.get("change")
    if change is not None and base is not None:
        value = base + (base * _percent(change) if isinstance(change, str) else Fraction(str(change)))
    if value is None:
        return None, None
    return Goal(value, sign(kpi), _tolerance(wanted, value)), value


def _percent(text: str) -> Fraction:
    return Fraction(text.replace("%", "").strip()) / 100


def _tolerance(wanted: Mapping[str, Any], value: Fraction) -> Fraction:
    tolerance = wanted.get("tolerance", 0)
    return abs(value) * _percent(tolerance) if isinstance(tolerance, str) else Fraction(str(tolerance))
