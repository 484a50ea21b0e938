"""The ledger of an improvement: its costs and gains as its file has them, exact, with the months they count in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from cireg.measure import periods
from cireg.measure.readings import exact
from cireg.model import Improvement
from cireg.money.amounts import MONTHS
from cireg.money.finance import Stream

_WORK = frozenset({"in-progress", "review", "closed"})
_DROPPED = frozenset({"rejected", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Line:
    """One cost or gain of a file; `place` is its index there.

    `first` is the month from which it counts, as year * 12 + month - 1, None where the file does not say.
    """

    place: int
    what: str
    kind: str | None
    per: str
    first: int | None
    planned: Fraction | None

    @property
    def recurs(self) -> bool:
        return self.per in MONTHS

    def stream(self, figure: Fraction, first: int, months: int | None) -> Stream:
        """An amount of this line in months: for so many, None for without an end, or in the first one alone."""
        return Stream(first, figure / MONTHS[self.per], months) if self.recurs else Stream(first, figure)


@dataclass(frozen=True, slots=True)
class Cost(Line):
    """One cost; `actual` is what it really costs each time."""

    actual: Fraction | None


@dataclass(frozen=True, slots=True)
class Realised:
    """What a gain brought in from `first` to `last`, both included."""

    period: str
    first: date
    last: date
    amount: Fraction
    evidence: str | None
    confirmed_by: str | None


@dataclass(frozen=True, slots=True)
class Gain(Line):
    """One gain, and what of it has come in, in the order of the file."""

    realised: tuple[Realised, ...]

    def by(self, day: date) -> list[Realised]:
        """What had come in by a day: the entries whose period was over."""
        return [each for each in self.realised if each.last <= day]


@dataclass(frozen=True)
class Ledger:
    """The costs and gains of one improvement, and what decides which of them have begun."""

    item: Improvement
    costs: tuple[Cost, ...]
    gains: tuple[Gain, ...]

    @property
    def lines(self) -> Sequence[Line]:
        return (*self.costs, *self.gains)

    @property
    def dropped(self) -> bool:
        """Whether nothing will come of its plan."""
        return self.item.status in _DROPPED

    @property
    def ended(self) -> date | None:
        """The day on which it was rejected or withdrawn: nothing that recurs is paid after it."""
        return self.item.in_status_since if self.dropped else None

    @cached_property
    def live(self) -> date | None:
        return self.item.date("action", "live")

    @cached_property
    def started(self) -> date | None:
        """The day on which the work began, or the day it took effect where that is earlier or all that is known."""
        days = [entry.on for entry in self.item.history if entry.status in _WORK]
        return min([*days, *([self.live] if self.live else [])], default=None)

    @cached_property
    def opening(self) -> int:
        """The month in which the plan begins: the first that a line names."""
        known = [line.first for line in self.lines if line.first is not None]
        return min(known) if known else month_of(self.live) if self.live else 0

    def begins(self, line: Line) -> int:
        """The month in which a line counts first; of a gain that does not say, the month it took effect."""
        if line.first is not None:
            return line.first
        return max(self.opening, month_of(self.live)) if isinstance(line, Gain) and self.live else self.opening

    def has_begun(self, line: Line, day: date) -> bool:
        """Whether a line counts by that day: its month has come, and so has the work."""
        begun = self.started is not None and self.started <= day
        if line.first is not None:
            return begun and line.first <= month_of(day)
        return begun and self.live is not None and self.live <= day


def ledger(item: Improvement) -> Ledger:
    """The ledger that an improvement's file keeps under `money`."""
    costs = tuple(
        Cost(**_line(item, "costs", n, entry), actual=exact(entry.get("actual")))
        for n, entry in item.entries("money", "costs")
    )
    gains = tuple(
        Gain(**_line(item, "gains", n, entry), realised=tuple(_realised(item, n)))
        for n, entry in item.entries("money", "gains")
    )
    return Ledger(item, costs, gains)


def _line(item: Improvement, side: str, n: int, entry: dict[str, Any]) -> dict[str, Any]:
    first = item.text("money", side, n, "from")
    return {
        "place": n,
        "what": item.text("money", side, n, "what"),
        "kind": entry.get("kind"),
        "per": entry.get("per", "once"),
        "first": int(first[:4]) * 12 + int(first[5:7]) - 1 if first else None,
        "planned": exact(entry.get("planned")),
    }


def _realised(item: Improvement, n: int) -> Iterator[Realised]:
    for _, entry in item.entries("money", "gains", n, "realised"):
        period = period_of(str(entry.get("period", "")))
        figure = exact(entry.get("amount"))
        if period is not None and figure is not None:
            yield Realised(
                str(period), period.first_day, period.last_day, figure, entry.get("evidence"), entry.get("confirmed_by")
            )


def period_of(text: str) -> periods.Period | None:
    """The period of any length that a text names; None where it names none."""
    return next((found for each in periods.CADENCES if (found := periods.parse(text, each))), None)


def month_of(day: date) -> int:
    """The month that a day lies in, as year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def last_whole_month(day: date) -> int:
    """The last month that is over by the end of a day."""
    return month_of(day) - (day.day < monthrange(day.year, day.month)[1])


def months_in(first: date, last: date, since: int) -> dict[int, Fraction]:
    """The share of each month, from `since` on, that lies between two days, both included."""
    found = {}
    for month in range(max(month_of(first), since), month_of(last) + 1):
        year, number = divmod(month, 12)
        length = monthrange(year, number + 1)[1]
        start = first.day if month == month_of(first) else 1
        end = last.day if month == month_of(last) else length
        found[month] = Fraction(end - start + 1, length)
    return found
