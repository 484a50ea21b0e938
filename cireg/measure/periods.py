"""Periods of a KPI: days, weeks, months, quarters, half-years and years, in order and without a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

CADENCES = ("day", "week", "month", "quarter", "half-year", "year")

_SHAPES = {
    "day": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "week": re.compile(r"([0-9]{4})-W([0-9]{2})"),
    "month": re.compile(r"([0-9]{4})-([0-9]{2})"),
    "quarter": re.compile(r"([0-9]{4})-Q([1-4])"),
    "half-year": re.compile(r"([0-9]{4})-H([12])"),
    "year": re.compile(r"([0-9]{4})"),
}
_PARTS = {"month": 12, "quarter": 4, "half-year": 2, "year": 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: `number` counts the periods of its cadence without a gap, so that neighbours differ by 1."""

    number: int
    cadence: str

    @property
    def first_day(self) -> date:
        if self.cadence == "day":
            return date.fromordinal(self.number)
        if self.cadence == "week":
            return date.fromordinal(self.number * 7 + 1)
        year, part = divmod(self.number, _PARTS[self.cadence])
        return date(year, part * (12 // _PARTS[self.cadence]) + 1, 1)

    @property
    def last_day(self) -> date:
        try:
            return self.next().first_day - timedelta(days=1)
        except ValueError:
            return date.max  # the calendar's last period

    def next(self, by: int = 1) -> Period:
        """The period that comes `by` periods later."""
        return Period(self.number + by, self.cadence)

    def __str__(self) -> str:
        if self.cadence == "day":
            return self.first_day.isoformat()
        if self.cadence == "week":
            year, week, _ = self.first_day.isocalendar()
            return f"{year:04}-W{week:02}"
        year, part = divmod(self.number, _PARTS[self.cadence])
        mark = {"month": f"-{part + 1:02}", "quarter": f"-Q{part + 1}", "half-year": f"-H{part + 1}", "year": ""}
        return f"{year:04}{mark[self.cadence]}"


@lru_cache(maxsize=8192)
def parse(text: str, cadence: str) -> Period | None:
    """The period that `text` names in this cadence; None where it names none, as 2026-02-30 or 2026-W54."""
    match = _SHAPES[cadence].fullmatch(text)
    if match is None:
        return None
    numbers = [int(each) for each in match.groups()]
    try:
        if cadence == "day":
            found = Period(date(*numbers).toordinal(), cadence)
        elif cadence == "week":
            found = Period((date.fromisocalendar(numbers[0], numbers[1], 1).toordinal() - 1) // 7, cadence)
        else:
            year, part = numbers[0], numbers[1] if len(numbers) > 1 else 1
            if not 1 <= part <= _PARTS[cadence]:
                return None
            found = Period(year * _PARTS[cadence] + part - 1, cadence)
        _ = found.first_day, found.next().first_day  # both lie in the calendar
        return found
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def holding(day: date, cadence: str) -> Period:
    """The period that a day lies in."""
    if cadence == "day":
        return Period(day.toordinal(), cadence)
    if cadence == "week":
        return Period((day.toordinal() - 1) // 7, cadence)
    parts = _PARTS[cadence]
    return Period(day.year * parts + (day.month - 1) * parts // 12, cadence)


@lru_cache(maxsize=4096)
def first_from(day: date, cadence: str) -> Period:
    """The first period that begins on `day` or after it."""
    period = holding(day, cadence)
    return period if period.first_day >= day else period.next()


@lru_cache(maxsize=256)
def last_complete(day: date, cadence: str) -> Period:
    """The last period whose last day is `day` or before it."""
    period = holding(day, cadence)
    return period if period.last_day <= day else period.next(-1)
