"""The whole register day by day: how many stood at or beyond each status, how many were in work, how many ended."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from cireg.flow.journey import Journey
from cireg.measure.periods import Period, first_from, last_complete

LITTLE = 26  # weeks over which Little's law is looked at


@dataclass(frozen=True, slots=True)
class Little:
    """Little's law over some weeks: the mean work in progress, and what throughput times cycle time would give.

    `stable` tells whether as much was started as finished, give or take a fifth: only then must the two agree.
    """

    first: date
    last: date
    wip: Fraction
    expected: Fraction | None
    started: int
    finished: int
    stable: bool


def cumulative(journeys: Iterable[Journey], statuses: int, days: Sequence[date]) -> list[tuple[int, ...]]:
    """Of each day, in ascending order, how many were at or beyond each of the line's statuses at its end.

    What ended without a result is counted no more from its last day on; what is parked stands where it was parked.
    """
    changes: list[Counter[int]] = [Counter() for _ in range(statuses)]
    for each in journeys:
        before = -1
        for stay in each.stays:
            now = -1 if stay.place is None else stay.place
            for place in range(before + 1, now + 1):
                changes[place][stay.first.toordinal()] += 1
            for place in range(now + 1, before + 1):
                changes[place][stay.first.toordinal()] -= 1
            before = now
    columns = [_running(change, days) for change in changes]
    return [tuple(column[n] for column in columns) for n in range(len(days))]


def in_work(journeys: Iterable[Journey], statuses: int, days: Sequence[date]) -> list[int]:
    """Of each day, in ascending order, how many were started and neither finished nor ended at its end."""
    change: Counter[int] = Counter()
    for each in journeys:
        working = False
        for stay in each.stays:
            open_ = stay.place is not None and stay.place < statuses - 1
            now = open_ and each.started is not None and stay.first >= each.started
            if now != working:
                change[stay.first.toordinal()] += 1 if now else -1
            working = now
    return _running(change, days)


def _running(change: Counter[int], days: Sequence[date]) -> list[int]:
    """The sum of all changes up to each day."""
    when = sorted(change)
    sums = [0]
    for day in when:
        sums.append(sums[-1] + change[day])
    return [sums[bisect_right(when, day.toordinal())] for day in days]


def finished_by(journeys: Iterable[Journey], first: Period, last: Period) -> list[tuple[Period, int]]:
    """How many were finished in each period from `first` to `last`, those with none included."""
    edge = [first.next(n).first_day.toordinal() for n in range(last.number - first.number + 2)]
    counted: Counter[int] = Counter()
    for each in journeys:
        if each.finished is not None and edge[0] <= each.finished.toordinal() < edge[-1]:
            counted[bisect_right(edge, each.finished.toordinal()) - 1] += 1
    return [(first.next(n), counted[n]) for n in range(len(edge) - 1)]


def whole_weeks(first: date, today: date, most: int) -> tuple[Period, Period] | None:
    """The last whole weeks from `first` to `today`, at most so many; None where there is no whole one."""
    start, end = first_from(first, "week"), last_complete(today, "week")
    if end < start:
        return None
    return max(start, end.next(1 - most)), end


def little(journeys: Sequence[Journey], statuses: int, weeks: tuple[Period, Period] | None) -> Little | None:
    """Little's law over the last weeks, None where nothing was in work."""
    if weeks is None:
        return None
    last = weeks[1].last_day
    first = max(weeks[0], weeks[1].next(1 - LITTLE)).first_day
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counts = in_work(journeys, statuses, days)
    if not any(counts):
        return None
    ended = [
        each for each in journeys if each.cycle_time is not None and each.finished and first <= each.finished <= last
    ]
    started = sum(1 for each in journeys if each.started is not None and first <= each.started <= last)
    cycle = [each.cycle_time or 0 for each in ended]
    expected = Fraction(sum(cycle), len(days)) if cycle else None  # throughput a day times the mean cycle time
    stable = bool(cycle) and abs(started - len(ended)) * 5 <= max(started, len(ended))
    return Little(first, last, Fraction(sum(counts), len(days)), expected, started, len(ended), stable)
