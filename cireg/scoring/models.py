"""WSJF and RICE, the two other models that a register may rank by: each a quotient of people's estimates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

Model = Literal["wsjf", "rice"]

INPUTS: dict[Model, tuple[str, str, str, str]] = {
    "wsjf": ("business_value", "time_criticality", "risk_opportunity", "job_size"),
    "rice": ("reach", "impact", "confidence", "effort"),
}
"""What each model asks for; the last input is the divisor."""

LARGEST = 1e18
"""No estimate is larger, and no divisor smaller than its inverse: so a score is always a finite number."""


def wsjf(given: Mapping[str, object]) -> float | None:
    """Weighted shortest job first (SAFe): cost of delay / job size, or None where an input is missing.

    SAFe gives each input 1, 2, 3, 5, 8, 13 or 20, relative to the other items; any other scale works as well.
    """
    delay, size = cost_of_delay(given), _divisor(given, "job_size")
    return None if delay is None or size is None else delay / size


def cost_of_delay(given: Mapping[str, object]) -> float | None:
    """Business value + time criticality + risk or opportunity (SAFe), or None where one is missing."""
    estimates = _estimates(given, INPUTS["wsjf"][:-1])
    return None if estimates is None else math.fsum(estimates)


def rice(given: Mapping[str, object]) -> float | None:
    """Reach x impact x confidence / effort (Intercom), or None where an input is missing.

    Reach is people or events in a period, impact 0.25 to 3, confidence a share of 1, effort person-months.
    """
    estimates, effort = _estimates(given, INPUTS["rice"][:-1]), _divisor(given, "effort")
    return None if estimates is None or effort is None else math.prod(estimates) / effort


def missing(model: Model, given: Mapping[str, object]) -> tuple[str, ...]:
    """The inputs for which `given` holds no number that the model can use, a divisor of 0 among them.

    It is empty exactly when there is a score.
    """
    *names, divisor = INPUTS[model]
    lacking = [name for name in names if _number(given.get(name)) is None]
    return (*lacking, divisor) if _divisor(given, divisor) is None else tuple(lacking)


def _estimates(given: Mapping[str, object], names: tuple[str, ...]) -> list[float] | None:
    numbers = [number for name in names if (number := _number(given.get(name))) is not None]
    return numbers if len(numbers) == len(names) else None


def _divisor(given: Mapping[str, object], name: str) -> float | None:
    number = _number(given.get(name))
    return number if number is not None and number >= 1 / LARGEST else None


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return float(value)
    return None
