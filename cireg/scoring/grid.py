"""The weighted grid: four inputs of 1 to 5 become a score of 0 to 100, a light and a quadrant."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeGuard

Light = Literal["green", "amber", "red"]
Quadrant = Literal["quick-win", "major-project", "fill-in", "reconsider", "middle"]

CRITERIA = ("value", "effort", "urgency", "risk")
"""The criteria, in the order in which every page and every command shows them."""

PLACES = 9
"""Scores are rounded to so many decimal places, so that equal inputs by another route still tie."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What people gave, each from 1 to 5. ValueError for anything else."""

    value: float
    effort: float
    urgency: float
    risk: float

    def __post_init__(self) -> None:
        for name in CRITERIA:
            if not _usable(getattr(self, name)):
                raise ValueError(f"{name} must be a number from 1 to 5, not {getattr(self, name)!r}")

    def utilities(self) -> tuple[float, float, float, float]:
        """0 (worst) to 1 (best) for each of CRITERIA, in order: (x - 1) / 4, effort and risk reversed."""
        return (self.value - 1) / 4, (5 - self.effort) / 4, (self.urgency - 1) / 4, (5 - self.risk) / 4


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion counts. Any proportions of 0 or more are taken and kept as shares of 1.

    ValueError when a weight is negative or not a finite number, or when all are 0.
    """

    value: float
    effort: float
    urgency: float
    risk: float

    def __post_init__(self) -> None:
        given = self.shares()
        for name, weight in zip(CRITERIA, given, strict=True):
            if not (math.isfinite(weight) and weight >= 0):
                raise ValueError(f"the weight of {name} must be 0 or more, not {weight!r}")
        largest = max(given)
        if largest == 0:
            raise ValueError("at least one weight must be above 0")
        if largest <= 1 and math.fsum(given) == 1:
            return
        scaled = [weight / largest for weight in given]  # first to at most 1, so that no sum can overflow
        total = math.fsum(scaled)
        for name, weight in zip(CRITERIA, scaled, strict=True):
            object.__setattr__(self, name, weight / total)

    def shares(self) -> tuple[float, float, float, float]:
        """The weights in the order of CRITERIA; they sum to 1."""
        return self.value, self.effort, self.urgency, self.risk


@dataclass(frozen=True, slots=True)
class Lights:
    """The lowest score that is still green, and the lowest that is still amber."""

    green: float
    amber: float

    def of(self, total: float) -> Light:
        """The light of a score; a score on the threshold has reached it."""
        if total >= self.green:
            return "green"
        return "amber" if total >= self.amber else "red"


@dataclass(frozen=True, slots=True)
class Parts:
    """The points that each criterion adds; they sum to the score."""

    value: float
    effort: float
    urgency: float
    risk: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0 to 100 and what it is made of."""

    total: float
    parts: Parts
    light: Light
    quadrant: Quadrant


def missing(given: Mapping[str, object]) -> tuple[str, ...]:
    """The criteria, in the order of CRITERIA, for which `given` holds no number from 1 to 5."""
    return tuple(name for name in CRITERIA if not _usable(given.get(name)))


def read(given: Mapping[str, object]) -> Inputs | None:
    """The inputs in `given`, other keys passed over; None when one is missing: then there is no score."""
    numbers = [number for name in CRITERIA if _usable(number := given.get(name))]
    return Inputs(*numbers) if len(numbers) == len(CRITERIA) else None


def score(inputs: Inputs, weights: Weights, lights: Lights) -> Score:
    """100 times the weighted sum of utilities (the additive value model), rounded to 9 places."""
    parts = [100 * w * u for w, u in zip(weights.shares(), inputs.utilities(), strict=True)]
    total = round(math.fsum(parts), PLACES)
    return Score(total, Parts(*parts), lights.of(total), quadrant(inputs))


def quadrant(inputs: Inputs) -> Quadrant:
    """Where value against effort puts an item; a 3 on either axis is the middle."""
    if inputs.value == 3 or inputs.effort == 3:
        return "middle"
    if inputs.value > 3:
        return "quick-win" if inputs.effort < 3 else "major-project"
    return "fill-in" if inputs.effort < 3 else "reconsider"


def dominates(one: Inputs, other: Inputs) -> bool:
    """Whether `one` is nowhere worse and somewhere better, so that no weights could put `other` before it."""
    ours, theirs = one.utilities(), other.utilities()
    return ours != theirs and all(u >= v for u, v in zip(ours, theirs, strict=True))


def dominated_by(items: Mapping[str, Inputs]) -> dict[str, tuple[str, ...]]:
    """For each id the sorted ids of the items that dominate it: none for the items on the Pareto front.

    Items with the same inputs share one tuple; each set of inputs is compared once (whole numbers make 625).
    """
    alike: dict[Inputs, list[str]] = {}
    for id_, inputs in items.items():
        alike.setdefault(inputs, []).append(id_)
    found = {
        inputs: tuple(sorted(id_ for other in alike if dominates(other, inputs) for id_ in alike[other]))
        for inputs in alike
    }
    return {id_: found[inputs] for id_, inputs in items.items()}


def _usable(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5
