"""From an improvement's measures and a KPI's readings to figures: its chart, and whether the improvement worked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from cireg.measure import periods, readings, xmr
from cireg.measure.behaviour import Behaviour, Chart, Series, Standing, behaviour
from cireg.measure.compare import decidable
from cireg.measure.periods import Period
from cireg.measure.readings import exact
from cireg.measure.verdict import ENOUGH, Goal, Judgement, judge
from cireg.model import Improvement, Kpi, Register

ORDER = ("primary", "secondary", "guard")
_GUARDED = ("guard-signal", "guard-worse")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of an improvement: what is wanted of which KPI, and what its readings say.

    `judgement` is None where no readings can ever show a change; `reason` says why. `target` is the absolute
    figure, or the range, that the mean after is compared with. `first` is the first period after.
    """

    kpi: Kpi | None
    name: str
    role: str
    judgement: Judgement | None
    reason: str
    qualifiers: tuple[str, ...]
    target: Fraction | Standing | None
    met: bool | None
    first: Period | None
    earliest: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the readings say of an improvement beside what its review claims."""

    item: Improvement
    claimed: str | None
    verdict: str | None
    reason: str
    qualifiers: tuple[str, ...]
    at_target: bool | None
    earliest: date | None
    measures: tuple[Measure, ...]

    @property
    def deciding(self) -> Measure | None:
        """The primary measure that the verdict rests on."""
        primaries = [each for each in self.measures if each.role == "primary"]
        return next((each for each in primaries if each.reason == self.reason), primaries[0] if primaries else None)


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
    known = [period for period, value in series(kpi) if value is not None]
    if not known:
        return False
    return periods.last_complete(today, kpi.text("cadence")).number - known[-1].number >= (kpi.get("stale_after") or 2)


def outcome(item: Improvement, register: Register) -> Outcome:
    """Did we get there? Several primary measures are weighed as the worst of them asks; secondaries never count."""
    found = sorted(
        (
            _measure(item, entry, register)
            for _, entry in item.entries("measures")
            if "kpi" in entry and "role" in entry
        ),
        key=lambda each: ORDER.index(each.role),
    )
    claimed = item.get("review", "verdict")
    primaries = [each for each in found if each.role == "primary"]
    if not primaries:
        return Outcome(item, claimed, None, "no-measures", _guards(found), None, None, tuple(found))
    judged = [each for each in primaries if each.judgement is not None]
    met = [each.met for each in primaries]
    at_target = None if None in met else all(met)
    if not judged:
        return Outcome(item, claimed, None, "no-baseline-series", _guards(found), at_target, None, tuple(found))
    verdict = _together([each.judgement.verdict for each in judged if each.judgement])
    same = [each for each in judged if each.judgement and each.judgement.verdict == verdict] or judged
    words = dict.fromkeys(word for each in judged for word in each.qualifiers)
    waiting = [each.earliest for each in judged if each.earliest]
    earliest = max(waiting) if verdict == "too-early" and waiting else None
    qualifiers = (*(word for word in words if word not in _GUARDED), *_guards(found))
    return Outcome(item, claimed, verdict, same[0].reason, qualifiers, at_target, earliest, tuple(found))


def _together(verdicts: list[str]) -> str:
    if "worse" in verdicts:
        return "worse"
    if "too-early" in verdicts:
        return "too-early"
    return verdicts[0] if len(set(verdicts)) == 1 else "partly"


def _guards(found: list[Measure]) -> tuple[str, ...]:
    words = {word for each in found if each.role == "guard" for word in each.qualifiers}
    return tuple(word for word in _GUARDED if word in words)


def _measure(item: Improvement, entry: dict[str, Any], register: Register) -> Measure:
    kpi = register.kpis.get(entry["kpi"])
    window = entry.get("baseline", {})
    live = item.date("action", "live")
    cadence = kpi.text("cadence") if kpi else ""
    first = periods.first_from(live, cadence) if live and cadence else None
    blank = Measure(kpi, entry["kpi"], entry["role"], None, "no-baseline-series", (), None, None, first, None)
    if kpi is None or not cadence or kpi.text("better") == "neutral":
        return blank
    wanted = entry.get("target", {}) if entry["role"] != "guard" else {}
    whole = _distances(series(kpi), wanted) if kpi.text("better") == "within" else series(kpi)
    after = readings.since(whole, first) if first else []
    if "figure" in window or not any(value is not None for _, value in whole):
        base = exact(window.get("figure"))
        goal, shown = _goal(kpi, wanted, base)
        return replace(blank, target=shown, met=_met(goal, after))
    start, end = (periods.parse(str(window.get(name, "")), cadence) for name in ("from", "to"))
    before = readings.window(whole, start, end) if start and end else []
    known = [value for value in before if value is not None]
    goal, shown = _goal(kpi, wanted, sum(known, Fraction(0)) / len(known) if known else None)
    if first is None:
        early = judge(before, [], _sign(kpi), goal, passed=False)
        judgement = replace(early, verdict="too-early", reason="not-live", qualifiers=())
    else:
        due = item.date("target", "due")
        passed = due is None or register.as_of > due
        judgement = judge(before, after, _sign(kpi), goal, passed=passed)
    stale = ("stale",) if first and is_stale(kpi, register.as_of) else ()
    return replace(
        blank, judgement=judgement, reason=judgement.reason, qualifiers=judgement.qualifiers + stale,
        target=shown, met=judgement.met, earliest=_earliest(judgement, whole, first),
    )  # fmt: skip


def _sign(kpi: Kpi) -> int:
    return 1 if kpi.text("better") == "higher" else -1


def _distances(whole: Series, wanted: dict[str, Any]) -> Series:
    """How far each reading lies outside the wanted range; 0 inside it."""
    low, high = exact(wanted.get("min")), exact(wanted.get("max"))
    zero = Fraction(0)
    return [
        (
            period,
            None
            if value is None
            else max(zero, low - value if low is not None else zero, value - high if high is not None else zero),
        )
        for period, value in whole
    ]


def _goal(kpi: Kpi, wanted: dict[str, Any], mean: Fraction | None) -> tuple[Goal | None, Fraction | Standing | None]:
    """What is to be reached, in absolute figures, and how it is shown; None where nothing is or can be said."""
    if "min" in wanted or "max" in wanted:
        return Goal(Fraction(0), -1, _tolerance(wanted, Fraction(0))), Standing(
            exact(wanted.get("min")), exact(wanted.get("max"))
        )
    value = exact(wanted.get("value"))
    change = wanted.get("change")
    if change is not None and mean is not None:
        value = mean + mean * _percent(change) if isinstance(change, str) else mean + Fraction(str(change))
    if value is None:
        return None, None
    return Goal(value, _sign(kpi), _tolerance(wanted, value)), value


def _percent(text: str) -> Fraction:
    return Fraction(text.replace("%", "").strip()) / 100


def _tolerance(wanted: dict[str, Any], value: Fraction) -> Fraction:
    tolerance = wanted.get("tolerance", 0)
    return abs(value) * _percent(tolerance) if isinstance(tolerance, str) else Fraction(str(tolerance))


def _met(goal: Goal | None, after: xmr.Values) -> bool | None:
    known = [value for value in after if value is not None]
    return goal.met(sum(known, Fraction(0)) / len(known)) if goal and known else None


def _earliest(judgement: Judgement, whole: Series, first: Period | None) -> date | None:
    """The last day of the period whose reading can bring a verdict; None where no reading can, or it is there."""
    if (
        judgement.verdict != "too-early"
        or first is None
        or judgement.reason not in {"not-enough-points", "no-signal-yet"}
    ):
        return None
    latest = max((period for period, value in whole if value is not None and period >= first), default=first.next(-1))
    needed = 1
    while judgement.n_after + needed < ENOUGH or not decidable(judgement.n_before, judgement.n_after + needed):
        needed += 1
    return latest.next(needed).last_day
