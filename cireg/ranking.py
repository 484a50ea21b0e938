"""The order of the register's list: what each improvement scores, why, and how firmly it stands there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from cireg import lifecycle
from cireg.model import Config, Improvement, Register
from cireg.schema import default
from cireg.scoring import grid, models
from cireg.scoring.order import Candidate, order
from cireg.scoring.stability import Band, Stability, stability

MODELS = ("grid", "wsjf", "rice")
WAITING = ("proposed", "assessed", "planned")  # the list that a next piece of work is taken from


@dataclass(frozen=True, slots=True)
class Row:
    """One improvement in the order.

    `parts` are the points that add up to the score, or the inputs of another model; `light`, `quadrant` and the
    bands belong to the grid and are None under other models.
    """

    item: Improvement
    score: float
    rank: int
    tied: bool
    parts: dict[str, float]
    light: str | None = None
    quadrant: str | None = None
    ours: Band | None = None
    any_weights: Band | None = None


@dataclass(frozen=True, slots=True)
class Unscored:
    """An improvement that cannot be placed, and the inputs that it lacks."""

    item: Improvement
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows in order, what has no score, and how stable the order is (None for other models than the grid)."""

    model: str
    rows: tuple[Row, ...]
    unscored: tuple[Unscored, ...]
    stability: Stability | None
    weights: grid.Weights


def rank(register: Register, *, every: bool = False, model: str | None = None, steadiness: bool = True) -> Ranking:
    """The order of the open list up to planned, or with `every` of all that is open.

    `model` stands over the configured one. Without `steadiness` the order is not tried under other weights.
    """
    chosen = model or str(register.config.get("scoring", "model"))
    items = [
        item
        for item in register.improvements.values()
        if (lifecycle.is_open(item.status) if every else item.status in WAITING)
    ]
    if chosen == "grid":
        return _by_grid(items, register.config, steadiness)
    return _by_model(items, register.config, chosen)


@lru_cache(4)
def weights(config: Config) -> grid.Weights:
    """The configured weights; where they are of no use (a rule says so), those of the schema."""
    given = config.get("scoring", "weights") or {}
    try:
        return grid.Weights(**given)
    except (TypeError, ValueError):
        return grid.Weights(**default("config", ("scoring", "weights")))


@lru_cache(4)
def lights(config: Config) -> grid.Lights:
    """The configured lights; where they are incomplete (the schema says so), those of the schema."""
    given = config.get("scoring", "lights") or {}
    try:
        return grid.Lights(**given)
    except (TypeError, ValueError):
        return grid.Lights(**default("config", ("scoring", "lights")))


def score(item: Improvement, config: Config) -> grid.Score | None:
    """What one improvement scores on the grid, None where an input is missing."""
    inputs = grid.read(item.get("scores") or {})
    return None if inputs is None else grid.score(inputs, weights(config), lights(config))


def _by_grid(items: list[Improvement], config: Config, steadiness: bool) -> Ranking:
    share, bounds = weights(config), lights(config)
    inputs: dict[str, grid.Inputs] = {}
    unscored = []
    for item in items:
        given = item.get("scores") or {}
        read = grid.read(given)
        if read is None:
            unscored.append(Unscored(item, grid.missing(given)))
        else:
            inputs[item.id] = read
    by_id = {item.id: item for item in items}
    scores = {name: grid.score(given, share, bounds) for name, given in inputs.items()}
    ranked = order(Candidate(name, found.total, by_id[name].raised) for name, found in scores.items())
    steady = None
    if steadiness:
        steady = stability([inputs[each.id] for each in ranked], share, int(config.get("scoring", "top")))
    rows = []
    for place, each in enumerate(ranked):
        found = scores[each.id]
        bands = steady.items[place] if steady else None
        rows.append(
            Row(
                by_id[each.id], each.score, each.rank, each.tied, asdict(found.parts), found.light, found.quadrant,
                bands.ours if bands else None, bands.any_weights if bands else None,
            )
        )  # fmt: skip
    return Ranking("grid", tuple(rows), tuple(unscored), steady, share)


def _by_model(items: list[Improvement], config: Config, model: str) -> Ranking:
    compute = {"wsjf": models.wsjf, "rice": models.rice}[model]
    name: models.Model = "wsjf" if model == "wsjf" else "rice"
    by_id = {item.id: item for item in items}
    given: dict[str, dict[str, Any]] = {item.id: item.get("scores", model) or {} for item in items}
    totals = {key: compute(inputs) for key, inputs in given.items()}
    candidates = [Candidate(key, total, by_id[key].raised) for key, total in totals.items() if total is not None]
    rows = tuple(
        Row(by_id[each.id], each.score, each.rank, each.tied, {key: given[each.id][key] for key in models.INPUTS[name]})
        for each in order(candidates)
    )
    unscored = tuple(
        Unscored(by_id[key], tuple(f"{model}.{one}" for one in models.missing(name, given[key])))
        for key, total in totals.items()
        if total is None
    )
    return Ranking(model, rows, unscored, None, weights(config))
