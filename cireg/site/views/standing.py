"""Where each improvement stands: its score, the points that make it up, its light, and its rank in the list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cireg import ranking
from cireg.model import Improvement, Register
from cireg.scoring import models
from cireg.scoring.grid import CRITERIA


@dataclass(frozen=True, slots=True)
class Standing:
    """An improvement's score by the register's model, None where an input is missing.

    `parts` are the points that each criterion adds, in the order of `CRITERIA`; like `light` and `quadrant` only
    the grid has them. `rank` is None for what is not in the list; `missing` names the inputs that a listed one
    lacks.
    """

    score: float | None = None
    parts: tuple[float, ...] = ()
    light: str | None = None
    quadrant: str | None = None
    rank: int | None = None
    tied: bool = False
    missing: tuple[str, ...] = ()


def standings(register: Register, listed: ranking.Ranking) -> dict[str, Standing]:
    """The standing of every improvement of the register, by id; `listed` is the register's list."""
    found = {item.id: _scored(item, register, listed.model) for item in register.improvements.values()}
    for row in listed.rows:
        found[row.item.id] = replace(found[row.item.id], rank=row.rank, tied=row.tied)
    for unscored in listed.unscored:
        found[unscored.item.id] = replace(found[unscored.item.id], missing=unscored.missing)
    return found


def _scored(item: Improvement, register: Register, model: str) -> Standing:
    if model == "grid":
        score = ranking.score(item, register.config)
        if score is None:
            return Standing()
        parts = tuple(getattr(score.parts, name) for name in CRITERIA)
        return Standing(score.total, parts, score.light, score.quadrant)
    given = item.get("scores", model) or {}
    return Standing(models.wsjf(given) if model == "wsjf" else models.rice(given))
