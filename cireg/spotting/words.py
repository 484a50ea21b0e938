"""What was spotted, in sentences and figures for people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cireg.figures import decimal
from cireg.measure.xmr import RUNS, TREND, Limits
from cireg.measuring import chart_of
from cireg.model import Kpi
from cireg.spotting.pareto import FALLING, RISING, STEADY, TOO_FEW, Line, Trend
from cireg.spotting.signals import CONCERN, MISSED, Signal
from cireg.spotting.spots import Tickets
from cireg.verdict_words import day, figure

TREND_WORDS = {RISING: "rising", FALLING: "falling", STEADY: "steady", TOO_FEW: "too few"}
_TREND = {
    RISING: "Their number is rising: {chart}, and the last month is a signal.",
    FALLING: "Their number is falling: {chart}, and the last month is a signal.",
    STEADY: "Their number is steady: {chart}.",
    TOO_FEW: "They are too few, or the file covers too few whole months, to say whether their number rises or falls.",
}


def percent(share: Fraction) -> str:
    """A share as a percentage with one decimal, halves up."""
    return f"{decimal(share * 100, 1)} %"


def band(limits: Limits | None) -> str:
    """A mean with its natural process limits: mean 12.1, limits 8.3 to 15.9."""
    if limits is None:
        return ""
    words = f"mean {figure(limits.centre)}"
    return words if limits.lower is None else f"{words}, limits {figure(limits.lower)} to {figure(limits.upper)}"


def target(kpi: Kpi) -> str:
    """A standing target: at least 95 %, at most 300 tickets, between 85 and 95 %."""
    wanted: Mapping[str, Any] = kpi.get("target") or {}
    low, high = (Fraction(str(wanted[name])) if wanted.get(name) is not None else None for name in ("min", "max"))
    unit = kpi.text("unit")
    if low is not None and high is not None:
        return f"between {figure(low)} and {figure(high)} {unit}"
    return f"at least {figure(low)} {unit}" if low is not None else f"at most {figure(high)} {unit}"


def signal_sentences(each: Signal) -> list[str]:
    """Why a KPI asks for an improvement, with its figures."""
    said = []
    limits = each.found.segments[-1].limits
    if CONCERN in each.reasons:
        last = each.last
        said.append(
            f"The last reading, {figure(last.value)} {each.kpi.text('unit')} in {last.period}, is a signal for the "
            f"worse: {_rule(each, last.rule or '')} ({band(limits)})."
        )
    if MISSED in each.reasons:
        said.append(
            f"As things are, its standing target of {target(each.kpi)} is missed every time: the readings move "
            f"between {figure(limits.lower if limits else None)} and {figure(limits.upper if limits else None)}."
        )
        if (each.found.variation or "").startswith("improvement"):
            said.append("But its last readings are a signal for the better: a rebase would show what they can do now.")
    return said


def _rule(each: Signal, rule: str) -> str:
    run = RUNS[chart_of(each.kpi).rules]
    return {
        "outside": "outside the limits",
        "trend": f"{TREND} readings that move in one direction",
        "two-of-three": "several near the same limit",
        "shift": f"{run} or more in a row on one side of the mean",
    }[rule]


def months(trend: Trend) -> str:
    """The whole months that a trend looks at."""
    return f"the {len(trend.months)} months {trend.months[0][0]} to {trend.months[-1][0]}" if trend.months else ""


def trend_sentence(trend: Trend) -> str:
    """What the counts by month say."""
    return _TREND[trend.word].format(chart=f"over {months(trend)} {band(trend.limits)} a month")


def effort(amount: Decimal | None, unit: str | None) -> str:
    """Work in its unit; "" where it is not known."""
    if amount is None:
        return ""
    words = figure(Fraction(amount))
    return f"{words} {unit}" if unit else words


def kind(line: Line, by: str) -> str:
    """A kind of ticket with what it is a kind of: category Password reset, or none of them."""
    return f"{_label(by)} {line.name}" if line.name else f"no {_label(by)}"


def _label(by: str) -> str:
    """What tickets are grouped by, in the middle of a sentence; CI and the like keep their capitals."""
    return by if by[1:] != by[1:].lower() else by.lower()


def line_sentences(line: Line, tickets: Tickets) -> list[str]:
    """How many tickets of a kind there are, what they take, and how their number moves."""
    span = tickets.tally.span
    when = f" from {day(span[0])} to {day(span[1])}" if span else ""
    column = tickets.ticket_map.fields.get("effort")
    spent = effort(line.effort, column.unit if column else None)
    place = f"{percent(line.share)}, number {line.rank} of {len(tickets.tally.kinds):,}"
    verb = "has" if line.count == 1 else "have"
    said = [f"{line.count:,} of {tickets.tally.count:,} tickets{when} {verb} {kind(line, tickets.by)}: {place}."]
    if spent:
        said.append(f"They took {spent} of work.")
    if tickets.tally.dated:
        said.append(trend_sentence(line.trend))
        if line.trend.small and line.trend.word != TOO_FEW:
            said.append("They are few, so that one more or less shows.")
    return said
