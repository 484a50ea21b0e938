"""From an improvement's measures and a KPI's readings to figures: its chart, and whether the improvement worked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from cireg.measure import periods
from cireg.measure.behaviour import Behaviour, Chart, Series, Standing, behaviour
from cireg.measure.periods import Period
from cireg.measure.readings import exact
from cireg.measure.verdict import ENOUGH, LONG, Goal, Judgement, Qualifier, Reason, Verdict, judge, needed_after
from cireg.measure.whole import Whole
from cireg.model import Improvement, Kpi, Register
from cireg.targets import goal_of, judged, sign

ORDER = ("primary", "secondary", "guard")
_NONE = Whole((), 1)
_GUARDED: tuple[Qualifier, ...] = ("guard-signal", "guard-worse")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of an improvement: what is wanted of which KPI, and what its readings say.

    `judgement` is None where no readings can ever show a change; `reason` says why. `target` is the absolute
    figure, or the range, that the mean after is compared with, by way of `goal`. `first` is the first period
    after. `n_after` and `mean_after` tell of the readings since it went live, in every case; `window` are the
    baseline's first and last period.
    """

    kpi: Kpi | None
    name: str
    role: str
    judgement: Judgement | None
    reason: Reason
    qualifiers: tuple[Qualifier, ...]
    target: Fraction | Standing | None
    met: bool | None
    first: Period | None
    earliest: date | None
    n_after: int = 0
    mean_after: Fraction | None = None
    window: tuple[Period, Period] | None = None
    goal: Goal | None = None

    @property
    def by_tolerance(self) -> bool:
        """Whether the mean after reaches the target only because a tolerance was given."""
        if not self.met or self.goal is None or self.mean_after is None:
            return False
        return not replace(self.goal, tolerance=Fraction(0)).met(self.mean_after)

    @property
    def due(self) -> Period | None:
        """The period whose reading comes next, None before it went live."""
        if self.first is None or self.kpi is None:
            return None
        latest = self.kpi.readings.latest
        return latest.next() if latest is not None and latest >= self.first else self.first


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the readings say of an improvement beside what its review claims.

    `passed` tells that the target's day is over. `others` are the improvements that went live on the same KPIs
    between the first reading before and now: what changed after is not changed because.
    """

    item: Improvement
    claimed: str | None
    verdict: Verdict | None
    reason: Reason
    qualifiers: tuple[Qualifier, ...]
    at_target: bool | None
    earliest: date | None
    measures: tuple[Measure, ...]
    passed: bool = True
    others: tuple[str, ...] = ()

    @property
    def primaries(self) -> list[Measure]:
        """The measures that decide."""
        return [each for each in self.measures if each.role == "primary"]

    @property
    def deciding(self) -> Measure | None:
        """The primary measure that the verdict rests on."""
        alike = [each for each in self.primaries if each.reason == self.reason]
        same = [each for each in alike if each.judgement and each.judgement.verdict == self.verdict]
        return next(iter(same or alike or self.primaries), None)


def series(kpi: Kpi) -> Series:
    """The value of every period of a KPI, None for a gap."""
    return kpi.readings.series


def chart_of(kpi: Kpi) -> Chart:
    """How the chart of a KPI is drawn, as its file says."""
    target = kpi.get("target")
    starts = [
        periods.parse(str(entry["from"]), kpi.text("cadence")) for _, entry in kpi.entries("rebase") if "from" in entry
    ]
    screen = kpi.get("chart", "screen")
    return Chart(
        better=kpi.text("better"),
        rules="wheeler" if kpi.get("chart", "rules") == "wheeler" else "nhs",
        centre="median" if kpi.get("chart", "centre") == "median" else "mean",
        screen=screen is not False,
        baseline=kpi.get("chart", "baseline"),
        starts=tuple(sorted(each for each in starts if each is not None)),
        target=Standing(exact(target.get("min")), exact(target.get("max"))) if isinstance(target, dict) else None,
    )


def behaviour_of(kpi: Kpi) -> Behaviour:
    """The process behaviour chart of a KPI."""
    return behaviour(series(kpi), chart_of(kpi))


def is_stale(kpi: Kpi, today: date) -> bool:
    """Whether its readings have stopped coming for as many periods as its file allows."""
    if kpi.derived:
        return False  # nobody delivers them
    latest = kpi.readings.latest
    if latest is None:
        return False
    return periods.last_complete(today, kpi.text("cadence")).number - latest.number >= (kpi.get("stale_after") or 2)


def outcome(item: Improvement, register: Register) -> Outcome:
    """Did we get there? Several primary measures are weighed as the worst of them asks; secondaries never count.

    It is worked out once: rules, pages and commands ask for the same.
    """
    key = f"outcome {item.path}"
    if key not in register.memory:
        register.memory[key] = _outcome(item, register)
    found: Outcome = register.memory[key]
    return found


def _outcome(item: Improvement, register: Register) -> Outcome:
    times = _Times(item.date("action", "live"), item.date("target", "due"), _passed(item, register))
    found = sorted(
        (
            _measure(entry, times, register)
            for _, entry in item.entries("measures")
            if "kpi" in entry and "role" in entry
        ),
        key=lambda each: ORDER.index(each.role),
    )
    claimed = item.get("review", "verdict")
    primaries = [each for each in found if each.role == "primary"]
    words = dict.fromkeys(word for each in primaries for word in each.qualifiers)
    verdict: Verdict | None = None
    reason: Reason = "no-measures"
    at_target: bool | None = None
    earliest: date | None = None
    if primaries:
        met = [each.met for each in primaries]
        at_target = False if False in met else None if None in met else True
        verdict, reason = _together(primaries)
        waiting = [each.earliest for each in primaries if each.judgement and each.judgement.verdict == "too-early"]
        known = [each for each in waiting if each is not None]
        earliest = max(known) if verdict == "too-early" and len(known) == len(waiting) else None
    return Outcome(
        item, claimed, verdict, reason, (*words, *_guards(found)), at_target, earliest, tuple(found),
        times.passed, _others(item, found, register),
    )  # fmt: skip


def _together(primaries: list[Measure]) -> tuple[Verdict | None, Reason]:
    """The verdict of several, and the reason of the one that it rests on.

    A measure that can never show a change decides nothing, but with it not all of them are achieved.
    """
    given = {each.judgement.verdict: each.reason for each in reversed(primaries) if each.judgement}
    if not given:
        return None, "no-baseline-series"
    overriding: tuple[Verdict, ...] = ("worse", "too-early")
    for verdict in overriding:
        if verdict in given:
            return verdict, given[verdict]
    shown = all(each.judgement for each in primaries)
    if len(given) == 1 and (shown or "achieved" not in given):
        return next(iter(given.items()))
    return "partly", "signal-and-interval"


def _passed(item: Improvement, register: Register) -> bool:
    due = item.date("target", "due")
    return due is None or register.as_of > due


def _others(item: Improvement, found: list[Measure], register: Register) -> tuple[str, ...]:
    """The ids of other improvements that went live on this one's primary KPIs since its baseline began."""
    if "live on" not in register.memory:
        went: dict[str, list[tuple[date, str]]] = {}
        for other in register.improvements.values():
            live = other.date("action", "live")
            for _, entry in other.entries("measures") if live and live <= register.as_of else ():
                if live and entry.get("role") == "primary" and "kpi" in entry:
                    went.setdefault(entry["kpi"], []).append((live, other.id))
        register.memory["live on"] = went
    started = {
        each.name: each.window[0].first_day for each in found if each.role == "primary" and each.window and each.first
    }
    ids = {
        other
        for name, began in started.items()
        for live, other in register.memory["live on"].get(name, ())
        if other != item.id and live >= began
    }
    return tuple(sorted(ids))


def _guards(found: list[Measure]) -> tuple[Qualifier, ...]:
    words = {word for each in found if each.role == "guard" for word in each.qualifiers}
    return tuple(word for word in _GUARDED if word in words)


@dataclass(frozen=True, slots=True)
class _Times:
    """When an improvement went live and is due, and whether that day is over."""

    live: date | None
    due: date | None
    passed: bool


def _measure(entry: dict[str, Any], times: _Times, register: Register) -> Measure:
    kpi, role, live = register.kpis.get(entry["kpi"]), entry["role"], times.live
    cadence = kpi.text("cadence") if kpi else ""
    first = _first(live, cadence) if live and cadence else None
    wanted = entry.get("target", {}) if role != "guard" else {}
    line = judged(kpi, wanted) if kpi and cadence else None
    if kpi is None or line is None:
        return Measure(kpi, entry["kpi"], role, None, "no-baseline-series", (), None, None, first, None)
    window = entry.get("baseline", {})
    start, end = (periods.parse(str(window.get(name, "")), cadence) for name in ("from", "to"))
    after = line.since(first) if first else _NONE
    stale: tuple[Qualifier, ...] = ("stale",) if is_stale(kpi, register.as_of) else ()
    n_after, mean_after, span = len(after.known), after.mean, (start, end) if start and end else None
    if "figure" in window or not line:
        goal, shown = goal_of(kpi, wanted, exact(window.get("figure")))
        met = goal.met(mean_after) if goal and mean_after is not None else None
        return Measure(
            kpi, entry["kpi"], role, None, "no-baseline-series", stale, shown, met, first, None,
            n_after, mean_after, span, goal,
        )  # fmt: skip
    before = line.window(*span) if span else _NONE
    goal, shown = goal_of(kpi, wanted, before.mean)
    judgement = judge(before, after, sign(kpi), goal, passed=times.passed, guard=role == "guard")
    if live is None or first is None or live > register.as_of:
        judgement = replace(judgement, verdict="too-early", reason="not-live")
    earliest = _earliest(judgement, kpi, first, times.due)
    return Measure(
        kpi, entry["kpi"], role, judgement, judgement.reason, judgement.qualifiers + stale, shown, judgement.met,
        first, earliest, n_after, mean_after, span, goal,
    )  # fmt: skip


def _first(live: date, cadence: str) -> Period | None:
    """The first period that begins on that day or later; None beyond the calendar's end."""
    try:
        period = periods.first_from(live, cadence)
        return period if period.first_day >= live else None
    except (ValueError, OverflowError):
        return None


def _earliest(judgement: Judgement, kpi: Kpi, first: Period | None, due: date | None) -> date | None:
    """The first day on which there can be a verdict; None where none can be, or it is there.

    That is the last day of the period whose reading can bring it, or the day after `due` where only that is
    waited for.
    """
    before, after = judgement.n_before, judgement.n_after
    if judgement.verdict != "too-early" or first is None or before < ENOUGH:
        return None
    latest = kpi.readings.latest
    if latest is None or latest < first:
        latest = first.next(-1)
    needed = max(1, needed_after(before) - after)
    try:
        period = latest.next(needed)
        last = max(period.first_day, period.last_day)
    except (ValueError, OverflowError):
        return None
    return min(last, due + timedelta(days=1)) if due and after >= LONG else last
