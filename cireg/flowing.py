"""From the histories of a register to how its improvements flow: times, work in progress, throughput, forecasts.

Everything counts the full track; what took the light one is counted apart. Nothing is asked of git: the dated
entries of each history are the truth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from cireg import lifecycle
from cireg.flow import course, forecast
from cireg.flow.course import Little
from cireg.flow.forecast import HowMany, Past, When
from cireg.flow.journey import Course, Journey, journey
from cireg.flow.spread import Spread, percentile, spread, wilson
from cireg.measure.periods import Period, holding
from cireg.measuring import outcome
from cireg.model import Register

COURSE = Course(lifecycle.line(), start="in-progress", parked="on-hold", retracted="withdrawn")
FINAL = ("achieved", "partly", "not-achieved", "worse")
"""The verdicts of readings after which nothing more is waited for."""

STUCK_DAYS = 90  # in a status before work starts, until so many have passed through it:
STUCK_FROM = 10
MONTHS = 12  # of throughput that are listed


@dataclass(frozen=True, slots=True)
class Stuck:
    """An improvement that has been in a status before work longer than most were; `limit` in days."""

    journey: Journey
    limit: int


@dataclass(frozen=True, slots=True)
class Success:
    """How many of the finished ones reached their target, by their readings.

    `final` of them have a verdict, `unknown` have none yet or can have none; `claimed` of these are achieved by
    their review alone.
    """

    achieved: int
    final: int
    unknown: int
    claimed: int
    by_verdict: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.final + self.unknown

    @property
    def rate(self) -> float | None:
        """The share of those with a verdict, None of nothing."""
        return self.achieved / self.final if self.final else None

    @property
    def likely(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share."""
        return wilson(self.achieved, self.final)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share of all finished ones if nothing that is unknown were achieved, and if all of it were."""
        return (self.achieved / self.done, (self.achieved + self.unknown) / self.done) if self.done else None


class Flow:
    """How the improvements of a register flow, as of its day."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.today = register.as_of
        made = [
            journey(item.id, [(entry.on, entry.status) for entry in item.history], COURSE, self.today, light=item.light)
            for item in register.improvements.values()
        ]
        self.all = [each for each in made if each is not None]
        self.without_history = len(made) - len(self.all)
        self.full = [each for each in self.all if not each.light]
        self.light = [each for each in self.all if each.light]
        self._when: dict[int, When | None] = {}

    @property
    def first(self) -> date | None:
        """The day on which the first improvement of the full track was raised."""
        return min((each.raised for each in self.full), default=None)

    @cached_property
    def lead_times(self) -> Spread:
        return lead_times(self.full)

    @cached_property
    def cycle_times(self) -> Spread:
        return spread(each.cycle_time for each in self.full if each.cycle_time is not None)

    @cached_property
    def answers(self) -> Spread:
        """Days from a proposal to its first answer, of both tracks: 0 on the same day."""
        return spread((each.answered - each.raised).days for each in self.all if each.answered is not None)

    @cached_property
    def unanswered(self) -> list[Journey]:
        """The proposals that have never been answered, the longest waiting first."""
        waiting = [each for each in self.all if each.open and each.answered is None]
        return sorted(waiting, key=lambda each: (each.raised, each.id))

    @cached_property
    def stays(self) -> dict[str, Spread]:
        """The days of each stay that is over, by status."""
        found: dict[str, list[int]] = {name: [] for name in lifecycle.statuses() if lifecycle.is_open(name)}
        for each in self.full:
            for stay in each.stays:
                if stay.days is not None and stay.status in found:
                    found[stay.status].append(stay.days)
        return {name: spread(days) for name, days in found.items()}

    @cached_property
    def in_work(self) -> list[Journey]:
        """What is in work, the oldest first."""
        return sorted(
            (each for each in self.full if each.at_work), key=lambda each: (each.started or each.raised, each.id)
        )

    @cached_property
    def stuck(self) -> list[Stuck]:
        """What has waited before work longer than the 85th percentile of past stays there, the longest first."""
        found = []
        for each in self.full:
            if each.status in COURSE.waiting:
                limit = self.stuck_limit(each.status)
                if each.in_status > limit:
                    found.append(Stuck(each, limit))
        return sorted(found, key=lambda each: (-each.journey.in_status, each.journey.id))

    def stuck_limit(self, status: str) -> int:
        """The days in a status beyond which something is stuck there: 90 until ten have passed through it."""
        past = self.stays[status]
        return percentile(past.values, 85) if past.n >= STUCK_FROM else STUCK_DAYS

    def band(self, each: Journey) -> str | None:
        """How old something in work is beside what was finished: fresh, amber past the median, red past the 85th
        percentile; None where there are too few to say."""
        times, age = self.cycle_times, each.age
        if times.p50 is None or age is None:
            return None
        if times.p85 is not None and age > times.p85:
            return "red"
        return "amber" if age > times.p50 else "fresh"

    @cached_property
    def sent_back(self) -> list[Journey]:
        """What was sent back or taken up again, most often first."""
        return sorted((each for each in self.full if each.back), key=lambda each: (-each.back, each.id))

    @cached_property
    def weeks(self) -> tuple[Period, Period] | None:
        """The whole weeks that forecasts draw from."""
        return course.whole_weeks(self.first, self.today, forecast.MOST) if self.first else None

    @cached_property
    def past(self) -> Past | None:
        """How many were finished in each of these weeks."""
        if self.weeks is None:
            return None
        return Past(*self.weeks, tuple(count for _, count in course.finished_by(self.full, *self.weeks)))

    @cached_property
    def throughput(self) -> list[tuple[Period, int]]:
        """How many were finished in each of the last twelve months, this one, not yet over, included."""
        if self.first is None:
            return []
        last = holding(self.today, "month")
        return course.finished_by(self.full, max(holding(self.first, "month"), last.next(1 - MONTHS)), last)

    @cached_property
    def little(self) -> Little | None:
        """Little's law as a check."""
        return course.little(self.full, len(COURSE.line), self.weeks)

    def cumulative(self, days: list[date]) -> list[tuple[int, ...]]:
        """How many were at or beyond each status on each of these days."""
        return course.cumulative(self.full, len(COURSE.line), days)

    @cached_property
    def planned(self) -> list[Journey]:
        """What is next: planned, and not started or parked."""
        before = COURSE.waiting[-1]
        return [each for each in self.full if each.status == before and not each.at_work]

    def when(self, items: int) -> When | None:
        """When so many will be finished; worked out once for each number."""
        if items not in self._when:
            self._when[items] = forecast.when(self.past, items, self.today) if self.past else None
        return self._when[items]

    def how_many(self, by: date) -> HowMany | None:
        """How many will be finished by a day."""
        return forecast.how_many(self.past, by, self.today) if self.past else None

    @property
    def ahead(self) -> date:
        """The day for which "how many" is told unless asked otherwise: a quarter of a year on."""
        return self.today + timedelta(weeks=forecast.AHEAD)

    @cached_property
    def success(self) -> Success:
        """How many of the finished ones of the full track reached their target."""
        return self.success_of(self.full)

    def success_of(self, journeys: Iterable[Journey]) -> Success:
        """How many of these that are finished reached their target, by their readings."""
        counted = dict.fromkeys(FINAL, 0)
        unknown = claimed = 0
        for each in journeys:
            if each.finished is not None:
                found = outcome(self.register.improvements[each.id], self.register)
                if found.verdict in counted:
                    counted[found.verdict or ""] += 1
                else:
                    unknown += 1
                    claimed += found.verdict is None and found.claimed == "achieved"
        return Success(counted["achieved"], sum(counted.values()), unknown, claimed, counted)


def lead_times(journeys: Iterable[Journey]) -> Spread:
    """The lead times of what is finished."""
    return spread(each.lead_time for each in journeys if each.lead_time is not None)


def flow_of(register: Register) -> Flow:
    """How a register's improvements flow; worked out once."""
    found = register.memory.get("flow")
    if not isinstance(found, Flow):
        found = register.memory["flow"] = Flow(register)
    return found
