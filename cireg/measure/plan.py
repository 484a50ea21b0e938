"""Could these readings show it? A simulation of the verdict's own rule, before anything is changed.

Everything is measured in standard deviations of the readings before. In each run, readings before and after are
drawn at random, those after better by the change that is aimed at; then the verdict's rule is asked after every
reading: does it show a change, and does the mean reach the target? The same seed gives the same figures.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from random import Random

from cireg.measure.compare import decidable, rank
from cireg.measure.verdict import ENOUGH
from cireg.measure.xmr import LIMIT, RANGE_LIMIT, RUNS

SEED = 20260301
RUNS_DRAWN = 500
GLANCE = 60  # runs that are enough where the chance is plainly good
FEWER, LONG_AFTER = 100, 48  # so many runs go on beyond so many readings after: far off, a rough figure will do
LARGEST = 20.0  # standard deviations: what is larger is seen as surely

_REACH, _RANGE, _RUN = float(LIMIT), float(RANGE_LIMIT), RUNS["nhs"]


@dataclass(frozen=True, slots=True)
class Chance:
    """After so many readings: the share of runs that show a change, and of those that say achieved."""

    shown: float
    achieved: float


@dataclass(slots=True)
class _Run:
    """One run: its readings before, and what the readings after have shown so far."""

    before: list[float]
    centre: float
    reach: float
    pairs: int = 0  # of a reading before and one after that is no better
    total: float = 0.0
    outside: int = 0
    side: int = 0  # how many of the last readings in a row lie on the good side
    near: list[bool] = field(default_factory=lambda: [False, False, False])
    signal: bool = False

    def read(self, value: float) -> None:
        """Take in one reading after; more is better here."""
        self.pairs += len(self.before) - bisect_left(self.before, value)
        self.total += value
        self.side = self.side + 1 if value > self.centre else 0
        self.outside += value > self.centre + self.reach
        self.near = [self.near[1], self.near[2], value > self.centre + self.reach * 2 / 3]
        if self.outside > 1 or self.side >= _RUN or (self.side >= 3 and sum(self.near) >= 2):
            self.signal = True


class Simulation:
    """What can be shown with `before` readings before, a true change of `effect` and a tolerance.

    Both are in standard deviations of the readings before. Chances are worked out as far as they are asked for.
    """

    def __init__(self, before: int, effect: float, tolerance: float, runs: int = RUNS_DRAWN) -> None:
        self._before, self._effect, self._least = before, effect, effect - tolerance
        self._runs = [_Run(*drawn) for drawn in _drawn(before, runs)]
        self._chances: list[Chance] = []

    def after(self, readings: int) -> Chance:
        """The chances with so many readings after."""
        while len(self._chances) < readings:
            self._chances.append(self._next(len(self._chances) + 1))
        return self._chances[readings - 1] if readings else Chance(0.0, 0.0)

    def enough(self, most: int, share: float) -> int | None:
        """The fewest readings after with which a change is shown with this chance; None where `most` are too few."""
        return next((count for count in range(1, most + 1) if self.after(count).shown >= share), None)

    def _next(self, count: int) -> Chance:
        if count == LONG_AFTER + 1:
            del self._runs[FEWER:]
        allowed = rank(self._before, count) if count >= ENOUGH and decidable(self._before, count) else 0
        shown = achieved = 0
        for run, noise in zip(self._runs, _noise(count), strict=False):
            run.read(self._effect + noise)
            if run.signal and run.pairs < allowed:
                shown += 1
                achieved += run.total >= self._least * count
        return Chance(shown / len(self._runs), achieved / len(self._runs))


@cache
def _drawn(before: int, runs: int) -> list[tuple[list[float], float, float]]:
    """Of each run the readings before, in order of size, with their centre and how far their limits reach.

    They do not depend on the change that is aimed at, so every simulation begins with the same ones.
    """
    random = Random(f"{SEED} before")  # noqa: S311  # a simulation, no secret
    found = []
    for _ in range(runs):
        drawn = [random.gauss(0.0, 1.0) for _ in range(before)]
        ranges = [abs(b - a) for a, b in pairwise(drawn)]
        most = _RANGE * sum(ranges) / len(ranges)
        kept = [each for each in ranges if each < most] or ranges
        found.append((sorted(drawn), sum(drawn) / before, _REACH * sum(kept) / len(kept)))
    return found


@cache
def _noise(count: int) -> list[float]:
    """Of each run the noise of its reading after with this number, the same in every simulation."""
    random = Random(f"{SEED} after {count}")  # noqa: S311  # a simulation, no secret
    return [random.gauss(0.0, 1.0) for _ in range(RUNS_DRAWN if count <= LONG_AFTER else FEWER)]


@lru_cache(maxsize=64)
def _simulation(before: int, effect: float, tolerance: float, runs: int) -> Simulation:
    return Simulation(before, effect, tolerance, runs)


def simulate(before: int, effect: float, tolerance: float, runs: int = RUNS_DRAWN) -> Simulation:
    """The simulation of these figures, rounded to hundredths; those asked for last are kept."""
    return _simulation(before, round(min(effect, LARGEST), 2), round(min(tolerance, LARGEST), 2), runs)
