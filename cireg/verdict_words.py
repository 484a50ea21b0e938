"""A verdict in one plain sentence that a service manager understands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from cireg.measure.behaviour import Standing
from cireg.measure.readings import exact
from cireg.measure.verdict import ENOUGH, Judgement, needed_after
from cireg.measuring import Measure, Outcome

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TITLES = {
    "achieved": "Achieved",
    "partly": "Partly achieved",
    "not-achieved": "Not achieved",
    "worse": "Worse",
    "too-early": "Too early",
}


def day(value: date) -> str:
    """A day as people write it: 1 May 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


@lru_cache(4096)
def figure(value: Fraction | None) -> str:
    """A figure as people say it: whole from a thousand on, one decimal from ten on, else two; small ones two digits."""
    if value is None:
        return "unknown"
    size = abs(value)
    digits = 0 if size >= 1000 or value.denominator == 1 else 1 if size >= 10 else 2
    while digits in range(2, 9) and 0 < size * 10 ** (digits - 1) < 1:
        digits += 1
    text = f"{float(value):,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def sentence(found: Outcome) -> str:
    """The verdict, and what it rests on."""
    measure = found.deciding
    if measure is None:
        return f"Nothing is measured: no KPI shows whether it worked.{_guard(found)}"
    if measure.judgement is None or found.verdict is None:
        return f"{_cannot_show(found, measure)}{_guard(found)}"
    if found.verdict == "too-early":
        words = _too_early(found, measure, measure.judgement)
    else:
        words = _reason(found, measure, measure.judgement)
    return f"{_title(found)}: {words}{_several(found)}{_guard(found)}"


def _cannot_show(found: Outcome, measure: Measure) -> str:
    stands = {True: "The level that was wanted is there", False: "The level that was wanted is not there"}
    if found.at_target is None:
        return f"No verdict: {measure.name} has no readings from before, so no change can ever be shown."
    return f"{stands[found.at_target]}, but without readings from before no change can ever be shown."


def _title(found: Outcome) -> str:
    title = _TITLES[found.verdict or ""]
    if found.verdict == "partly" and not found.passed:
        return "Moving, not there yet"
    if found.verdict == "achieved" and "reliably" in found.qualifiers:
        return f"{title} reliably"
    if found.verdict == "achieved" and "on-average" in found.qualifiers:
        return f"{title} on average"
    return title


def _too_early(found: Outcome, measure: Measure, judged: Judgement) -> str:
    until = f" The earliest a verdict can exist is {day(found.earliest)}." if found.earliest else ""
    if judged.reason == "not-live":
        live = found.item.date("action", "live")
        return f"it goes live on {day(live)}.{until}" if live else "it is not live yet."
    if judged.reason == "no-baseline":
        return "there is no reading from before it went live."
    if judged.reason == "short-baseline":
        word = "reading" if judged.n_before == 1 else "readings"
        return f"{judged.n_before} {word} from before; at least {ENOUGH} are needed."
    since = f" since {day(measure.first.first_day)}" if measure.first else ""
    due = f" Next due: {measure.due}." if measure.due else ""
    if judged.reason == "not-enough-points":
        return f"{judged.n_after} of at least {needed_after(judged.n_before)} readings{since}.{due}{until}"
    left = "too few to say that there is none" if found.passed else "and there is time left"
    return f"{judged.n_after} readings{since} show no change yet, {left}.{due}{until}"


def _reason(found: Outcome, measure: Measure, judged: Judgement) -> str:
    named = unit(measure)
    if judged.reason == "signal-and-interval":
        change = f"{figure(judged.mean_before)} → {figure(judged.mean_after)}{named}{_range(judged)}"
        return f"{change}{_beside_target(found, measure)}."
    moved = f"in the {judged.n_after} readings since it went live"
    if judged.reason == "target-level-reached-but-change-not-shown":
        return f"the mean of {figure(judged.mean_after)}{named} reaches the target, but {moved} no change can be shown."
    limits = judged.limits
    if limits is None or limits.lower is None or limits.upper is None:
        return f"{moved} no change can be shown."
    low, high = _possible(measure)
    lower = limits.lower if low is None else max(limits.lower, low)
    upper = limits.upper if high is None else min(limits.upper, high)
    return f"{moved} the figures still move as they did before ({figure(lower)} to {figure(upper)}{named})."


def _possible(measure: Measure) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest figure that can exist; a distance from a range is never below 0."""
    if measure.kpi is None:
        return None, None
    if measure.kpi.text("better") == "within":
        return Fraction(0), None
    return exact(measure.kpi.get("bounds", 0)), exact(measure.kpi.get("bounds", 1))


def unit(measure: Measure) -> str:
    """The unit after a figure of this measure, with a space before it."""
    if measure.kpi is None:
        return ""
    if measure.kpi.text("better") == "within":
        return f" {measure.kpi.text('unit')} outside the wanted range"
    cadence = measure.kpi.text("cadence")
    name = measure.kpi.text("unit")
    return f" {name} a {cadence}" if measure.kpi.text("aggregation") == "sum" else f" {name}"


def _range(judged: Judgement) -> str:
    change = judged.change
    if change is None or change.low is None or change.high is None:
        return ""
    word = "rise" if change.low > 0 else "drop"
    low, high = sorted((abs(change.low), abs(change.high)))
    return f" (likely {word} {figure(low)})" if low == high else f" (likely {word} {figure(low)} to {figure(high)})"


def _beside_target(found: Outcome, measure: Measure) -> str:
    target = measure.target
    if target is None or isinstance(target, Standing):
        return ""
    if found.verdict == "achieved" and "on-average" in found.qualifiers:
        return f"; single {measure.kpi.text('cadence') if measure.kpi else 'reading'}s will still miss {figure(target)}"
    return f"; the target is {figure(target)}"


def _several(found: Outcome) -> str:
    """How each of several primary measures ended, where they differ."""
    ended = [(each.name, each.judgement.verdict if each.judgement else "without a verdict") for each in found.primaries]
    if len({verdict for _, verdict in ended}) < 2:
        return ""
    return " " + "; ".join(f"{name}: {verdict.replace('-', ' ')}" for name, verdict in ended) + "."


def _guard(found: Outcome) -> str:
    worse = [each.name for each in found.measures if "guard-worse" in each.qualifiers]
    signal = [each.name for each in found.measures if "guard-signal" in each.qualifiers]
    if worse:
        return f" But {', '.join(worse)} got worse."
    return f" Watch {', '.join(signal)}: it shows a signal for the worse." if signal else ""
