"""Tickets by kind, the most frequent first: what share they are, and whether their number rises or falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from cireg.measure.behaviour import Chart, behaviour
from cireg.measure.periods import Period
from cireg.measure.xmr import Limits
from cireg.spotting.tickets import Kind, Tally

MOST = 200  # kinds that have a line of their own
ENOUGH = 6  # whole months from which on their chart says something
LATEST = 36  # whole months that are looked at
FEW = 5  # tickets a month on average below which one more or less shows
LEAST = 1  # tickets a month on average below which a chart says nothing
_CLOSE = timedelta(days=3)  # so near its ends a month has to have tickets to be a whole one

RISING, FALLING, STEADY, TOO_FEW = "rising", "falling", "steady", "too-few"


@dataclass(frozen=True, slots=True)
class Trend:
    """What the process behaviour chart of the counts by month says of the last month; `small`: there are few."""

    word: str
    months: tuple[tuple[Period, int], ...]
    limits: Limits | None
    small: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The tickets of one kind; `rank` counts from 1, shares are of all tickets that were counted."""

    rank: int
    name: str
    count: int
    share: Fraction
    cumulative: Fraction
    effort: Decimal | None
    trend: Trend


@dataclass(frozen=True, slots=True)
class Pareto:
    """All lines, the whole months that they look at, and how many kinds and tickets have no line of their own."""

    lines: tuple[Line, ...]
    months: tuple[Period, ...]
    other_kinds: int
    other_count: int


def pareto(found: Tally) -> Pareto:
    """The lines of a tally. Ties are in the order of the alphabet."""
    named = [(kind.name, kind) for kind in found.kinds.values()]
    ranked = sorted(named, key=lambda pair: (-pair[1].count, pair[0].casefold(), pair[0]))
    months = whole_months(found)
    lines, total = [], 0
    for rank, (name, kind) in enumerate(ranked[:MOST], start=1):
        total += kind.count
        lines.append(
            Line(
                rank, name, kind.count, Fraction(kind.count, found.count), Fraction(total, found.count), kind.effort,
                trend(kind, months),
            )
        )  # fmt: skip
    return Pareto(tuple(lines), tuple(months), len(ranked) - len(lines), found.count - total)


def whole_months(found: Tally) -> list[Period]:
    """The last months in a row that the file covers from end to end, at most three years of them.

    Every month between has a ticket. The first month counts when it has one in its first four days, the last one
    when it has one in its last four: tickets were taken out of a system on some day, seldom on a month's last.
    """
    if not found.months:
        return []
    last = max(found.months)
    first = last
    while first - 1 in found.months:
        first -= 1
    months = [Period(number, "month") for number in range(first, last + 1)]
    if found.first[first] - months[0].first_day > _CLOSE:
        months = months[1:]
    if months and months[-1].last_day - found.last[last] > _CLOSE:
        months = months[:-1]
    return months[-LATEST:]


def trend(kind: Kind, months: Sequence[Period]) -> Trend:
    """Whether the tickets of a kind become more: what the chart of their counts says of the last month."""
    counts = tuple((month, kind.months[month.number]) for month in months)
    total = sum(count for _, count in counts)
    if len(counts) < ENOUGH or total < LEAST * len(counts):
        return Trend(TOO_FEW, counts, None, small=False)
    found = behaviour([(month, Fraction(count)) for month, count in counts], Chart(better="lower"))
    side = (found.variation or "").rpartition("-")[2]
    word = {"high": RISING, "low": FALLING}.get(side, STEADY)
    return Trend(word, counts, found.segments[-1].limits, total < FEW * len(counts))
