"""What may be expected, by the weeks that have been: Monte Carlo forecasts of when, and of how many.

Each run draws whole past weeks at random, those in which nothing was finished among them. When: the weeks that a
run needs to finish so many. How many: what a run finishes in so many weeks. The same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cireg.flow.spread import percentile
from cireg.measure.periods import Period

SEED = 20260301
RUNS = 10_000
FEWEST = 8  # whole weeks that are asked for
MOST = 52  # whole weeks that are drawn from, the latest ones
FAR = 260  # weeks beyond which nothing is foretold
AHEAD = 13  # weeks for which "how many" is told unless asked otherwise
CHANCES = (50, 70, 85, 95)


@dataclass(frozen=True, slots=True)
class When:
    """When so many will be finished: of each chance in per cent the day, None beyond five years.

    `weeks` are the weeks that each run needed, in ascending order; FAR + 1 stands for more.
    """

    items: int
    weeks: tuple[int, ...]
    days: tuple[tuple[int, date | None], ...]


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many will be finished by a day: of each chance in per cent the number that is at least reached."""

    by: date
    weeks: int
    least: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The weeks that forecasts draw from: how many were finished in each."""

    first: Period
    last: Period
    counts: tuple[int, ...]

    @property
    def enough(self) -> bool:
        """Whether there are weeks enough, and anything was finished in them."""
        return len(self.counts) >= FEWEST and any(self.counts)


def when(past: Past, items: int, today: date) -> When | None:
    """When `items` will be finished, counted from `today`; None where the past does not tell or there are none."""
    if not past.enough or items < 1:
        return None
    random, counts, width = _random(), past.counts, len(past.counts)
    needed = []
    for _ in range(RUNS):
        done = weeks = 0
        while done < items and weeks <= FAR:
            done += counts[int(random() * width)]
            weeks += 1
        needed.append(weeks)
    needed.sort()
    days = []
    for chance in CHANCES:
        weeks = percentile(needed, chance)
        days.append((chance, today + timedelta(weeks=weeks) if weeks <= FAR else None))
    return When(items, tuple(needed), tuple(days))


def how_many(past: Past, by: date, today: date) -> HowMany | None:
    """How many will be finished in the whole weeks from `today` to `by`; None where the past does not tell."""
    weeks = (by - today).days // 7
    if not past.enough or not 1 <= weeks <= FAR:
        return None
    random, counts, width = _random(), past.counts, len(past.counts)
    sums = sorted(sum(counts[int(random() * width)] for _ in range(weeks)) for _ in range(RUNS))
    return HowMany(by, weeks, tuple((chance, percentile(sums, 100 - chance)) for chance in CHANCES))


def _random() -> Callable[[], float]:
    return Random(SEED).random  # noqa: S311  # a simulation, no secret
