"""Could these readings show it? A simulation of the verdict's own rule, before anything is changed.

Everything is measured in standard deviations of the readings before. In each run, readings before and after are
drawn at random, those after better by the change that is aimed at; then the verdict's rule is asked after every
reading: does it show a change, and does the mean reach the target? The same seed gives the same figures.
"""

from __future__ import annotations

from array import array
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


class _Change:
    """All the runs of one true change, as far as they are asked for: the tolerance plays no part in what is shown."""

    def __init__(self, before: int, effect: float, runs: int) -> None:
        self._before, self._effect = before, effect
        self._runs = [_Run(*drawn) for drawn in _drawn(before, runs)]
        self._told: list[tuple[int, array[float]]] = []

    def after(self, readings: int) -> tuple[int, array[float]]:
        """With so many readings after: the number of runs, and the sums of the readings of those that show it."""
        while len(self._told) < readings:
            self._told.append(self._next(len(self._told) + 1))
        return self._told[readings - 1]

    def _next(self, count: int) -> tuple[int, array[float]]:
        if count == LONG_AFTER + 1:
            del self._runs[FEWER:]
        allowed = rank(self._before, count) if count >= ENOUGH and decidable(self._before, count) else 0
        sums = array("d")
        for run, noise in zip(self._runs, _noise(count), strict=False):
            run.read(self._effect + noise)
            if run.signal and run.pairs < allowed:
                sums.append(run.total)
        return len(self._runs), sums


@lru_cache(maxsize=128)
def _change(before: int, effect: float, runs: int) -> _Change:
    return _Change(before, effect, runs)


class Simulation:
    """What can be shown with `before` readings before, a true change of `effect` and a tolerance.

    Both are in standard deviations of the readings before. Chances are worked out as far as they are asked for.
    """

    def __init__(self, before: int, effect: float, tolerance: float, runs: int = RUNS_DRAWN) -> None:
        self._change = _change(before, effect, runs)
        self._least = effect - tolerance

    def after(self, readings: int) -> Chance:
        """The chances with so many readings after."""
        if not readings:
            return Chance(0.0, 0.0)
        runs, sums = self._change.after(readings)
        least = self._least * readings
        return Chance(len(sums) / runs, sum(each >= least for each in sums) / runs)

    def enough(self, most: int, share: float) -> int | None:
        """The fewest readings after with which a change is shown with this chance; None where `most` are too few."""
        for count in range(1, most + 1):
            runs, sums = self._change.after(count)
            if len(sums) >= share * runs:
                return count
        return None


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


def simulate(before: int, effect: float, tolerance: float, runs: int = RUNS_DRAWN) -> Simulation:
    """The simulation of these figures; a change is rounded to twentieths, so that those alike are worked out once."""
    return Simulation(before, round(min(effect, LARGEST) * 20) / 20, round(min(tolerance, LARGEST), 2), runs)
