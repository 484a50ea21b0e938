"""What a measure is to reach, in absolute figures, and the readings that are held against it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from cireg.measure.behaviour import Standing
from cireg.measure.readings import exact
from cireg.measure.timeline import Timeline
from cireg.measure.verdict import Goal
from cireg.model import Kpi


def judged(kpi: Kpi, wanted: Mapping[str, Any]) -> Timeline | None:
    """What is compared: the readings, or how far they lie outside a range; None where no way is the better one.

    A guard names no range: its KPI's standing target is the one that it must not leave.
    """
    better = kpi.text("better")
    if better in ("lower", "higher"):
        return kpi.readings.timeline
    span = wanted if "min" in wanted or "max" in wanted else kpi.get("target")
    if better != "within" or not isinstance(span, dict):
        return None
    return kpi.readings.timeline.beyond(exact(span.get("min")), exact(span.get("max")))


def sign(kpi: Kpi) -> int:
    """1 where more is better, -1 where less is."""
    return 1 if kpi.text("better") == "higher" else -1


def goal_of(
    kpi: Kpi, wanted: Mapping[str, Any], base: Fraction | None
) -> tuple[Goal | None, Fraction | Standing | None]:
    """What is to be reached, in absolute figures, and how it is shown; None where nothing is or can be said."""
    if kpi.text("better") == "within":
        if "min" not in wanted and "max" not in wanted:
            return None, None
        goal = Goal(Fraction(0), -1, _tolerance(wanted, Fraction(0)), best=True)
        return goal, Standing(exact(wanted.get("min")), exact(wanted.get("max")))
    value = exact(wanted.get("value"))
    change = wanted.get("change")
    if change is not None and base is not None:
        value = base * (1 + _percent(change)) if isinstance(change, str) else base + Fraction(str(change))
    if value is None:
        return None, None
    return Goal(value, sign(kpi), _tolerance(wanted, value)), value


@lru_cache(maxsize=1024)
def _percent(text: str) -> Fraction:
    return Fraction(text.replace("%", "").strip()) / 100


def _tolerance(wanted: Mapping[str, Any], value: Fraction) -> Fraction:
    tolerance = wanted.get("tolerance", 0)
    if isinstance(tolerance, str):
        return abs(value) * _percent(tolerance)
    return exact(tolerance) or Fraction(0)
