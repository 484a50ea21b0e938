"""The order of a list: competition ranks over scores, and the same order on every machine inside a tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cireg.scoring.grid import PLACES


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order needs to know of an item: its score by any model, and the day it was raised if known."""

    id: str
    score: float
    raised: date | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item in its place: its competition rank from 1, and whether another item shares that rank."""

    id: str
    score: float
    rank: int
    tied: bool


def order(candidates: Iterable[Candidate]) -> tuple[Ranked, ...]:
    """The items, best first. Scores that are equal to 9 places share a rank, as in 1, 2, 3, 3, 5.

    Inside a tie the one raised earlier comes first, an unknown day last; then the id decides.
    """
    ranked: list[Ranked] = []
    for score, group in groupby(sorted(candidates, key=_best_first), key=_score):
        members, rank = list(group), len(ranked) + 1
        ranked += [Ranked(member.id, score, rank, len(members) > 1) for member in members]
    return tuple(ranked)


def _score(candidate: Candidate) -> float:
    return round(candidate.score, PLACES)


def _best_first(candidate: Candidate) -> tuple[float, bool, date, str]:
    return -_score(candidate), candidate.raised is None, candidate.raised or date.min, candidate.id
