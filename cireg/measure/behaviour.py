"""A KPI's process behaviour chart: its segments, what each reading is, and what the whole says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cireg.measure import xmr
from cireg.measure.periods import Period

Series = Sequence[tuple[Period, Fraction | None]]

Kind = Literal[
    "common-cause", "improvement-high", "improvement-low", "concern-high", "concern-low", "neutral-high", "neutral-low"
]  # fmt: skip
Assurance = Literal["consistent-pass", "inconsistent", "consistent-fail"]

COMMON: Kind = "common-cause"
_KINDS: dict[tuple[str, int], Kind] = {
    ("higher", 1): "improvement-high", ("higher", -1): "concern-low",
    ("lower", 1): "concern-high", ("lower", -1): "improvement-low",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing target: at least `low`, at most `high`, or both."""

    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """How the chart of a KPI is drawn, as its file says. `starts` are the first periods of later segments."""

    better: str
    rules: xmr.RuleSet = "nhs"
    centre: xmr.Centre = "mean"
    screen: bool = True
    baseline: int | None = None
    starts: tuple[Period, ...] = ()
    target: Standing | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of periods with limits of its own; None where it has no reading. `n` counts its readings."""

    first: Period
    last: Period
    n: int
    limits: xmr.Limits | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A point of the chart: the rule that marks it and what it is; a gap has the value None."""

    period: Period
    value: Fraction | None
    rule: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The chart. `variation` is what the last reading is, `assurance` whether the standing target can be met."""

    n: int
    segments: tuple[Segment, ...]
    points: tuple[Reading, ...]
    variation: Kind | None
    assurance: Assurance | None
    provisional: bool


def behaviour(series: Series, chart: Chart) -> Behaviour:
    """The process behaviour chart of a series that has every period from the first to the last."""
    segments: list[Segment] = []
    points: list[Reading] = []
    for number, stretch in enumerate(_stretches(series, chart.starts)):
        values = [value for _, value in stretch]
        fixing = _first(values, chart.baseline) if number == 0 and chart.baseline else values
        limits = xmr.limits(fixing, centre=chart.centre, screen=chart.screen)
        known = sum(1 for value in values if value is not None)
        segments.append(Segment(stretch[0][0], stretch[-1][0], known, limits))
        marks = xmr.mark(values, limits, chart.rules) if limits else [xmr.Point() for _ in values]
        points += [
            Reading(period, value, mark.rule, kind_of(mark, chart.better))
            for (period, value), mark in zip(stretch, marks, strict=True)
        ]
    read = [each for each in points if each.value is not None]
    last = segments[-1].limits if segments else None
    in_last = [each for each in points if segments and each.period >= segments[-1].first]
    return Behaviour(
        n=len(read),
        segments=tuple(segments),
        points=tuple(points),
        variation=read[-1].kind if read else None,
        assurance=_assurance(last, chart),
        provisional=last is None or last.trial or any(each.rule for each in in_last),
    )


def _stretches(series: Series, starts: Sequence[Period]) -> list[list[tuple[Period, Fraction | None]]]:
    """The series cut where a new segment starts."""
    cuts = sorted(set(starts))
    found: list[list[tuple[Period, Fraction | None]]] = []
    for period, value in series:
        while cuts and cuts[0] <= period:
            cuts.pop(0)
            if found and found[-1]:
                found.append([])
        if not found:
            found.append([])
        found[-1].append((period, value))
    return found


def _first(values: Sequence[Fraction | None], count: int) -> list[Fraction | None]:
    """The values up to and with the `count`-th reading."""
    taken: list[Fraction | None] = []
    for value in values:
        if sum(1 for each in taken if each is not None) == count:
            break
        taken.append(value)
    return taken


def kind_of(mark: xmr.Point, better: str) -> Kind:
    """What a reading is, by the rule that marks it and by what is better: lower, higher, within, neutral."""
    if mark.rule is None:
        return COMMON
    return _KINDS.get((better, mark.sign), "neutral-high" if mark.sign > 0 else "neutral-low")


def _assurance(limits: xmr.Limits | None, chart: Chart) -> Assurance | None:
    """Whether the last segment's limits lie wholly inside the standing target, wholly outside, or on both sides."""
    target = chart.target
    if limits is None or limits.lower is None or limits.upper is None or target is None or chart.better == "neutral":
        return None
    low, high = target.low, target.high
    if (low is not None and limits.upper < low) or (high is not None and limits.lower > high):
        return "consistent-fail"
    if (low is None or limits.lower > low) and (high is None or limits.upper < high):
        return "consistent-pass"
    return "inconsistent"
