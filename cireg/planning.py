"""Before anything is changed: could the readings show it by the day that was set?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from cireg.measure import periods, plan
from cireg.measure.periods import Period
from cireg.measure.verdict import ENOUGH
from cireg.measure.whole import Whole
from cireg.model import Improvement, Register
from cireg.targets import goal_of, judged, sign

SHARE = 0.8  # the chance from which on a change counts as one that will be shown
HALF = 0.5
_PLAINLY = 0.7  # a glance that shows this chance is three errors away from half
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one primary measure can show of a true change to its target.

    `reason` says why nothing can be said, and is "" otherwise. `readings_by_due` are those after `live` whose
    period is over by `due`; `shown` and `achieved` are the chances with them. `enough_on` is the first day on
    which a change is shown with a chance of 80 %, None where it never is within five years.
    """

    kpi: str
    reason: str
    live: date
    due: date | None
    readings_by_due: int | None = None
    shown: float | None = None
    achieved: float | None = None
    enough_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Figures:
    """What a simulation asks for, and the first period after."""

    simulation: plan.Simulation
    first: Period


def live_day(item: Improvement, today: date) -> date:
    """When it goes live: its own day, else that of its last step, else today; a plan's day is never in the past."""
    live = item.date("action", "live")
    if live is not None:
        return live
    days = [item.date("plan", "steps", n, "due") for n, _ in item.entries("plan", "steps")]
    return max([today, *(each for each in days if each is not None)])


def prospects(
    item: Improvement, register: Register, *, runs: int = plan.RUNS_DRAWN, search: bool = True
) -> list[Prospect]:
    """What each primary measure can show; without `search` the first day of 80 % is not looked for."""
    live, due = live_day(item, register.as_of), item.date("target", "due")
    found = []
    for n, entry in item.entries("measures"):
        if entry.get("role") != "primary" or "kpi" not in entry:
            continue
        figures = _figures(item, n, register, live, runs)
        if isinstance(figures, str):
            found.append(Prospect(entry["kpi"], figures, live, due))
            continue
        count, chance = None, plan.Chance(0.0, 0.0)
        if due is not None:
            last = periods.last_complete(due, figures.first.cadence)
            count = min(max(0, last.number - figures.first.number + 1), _most(figures.first))
            chance = figures.simulation.after(count)
        enough = figures.simulation.enough(_most(figures.first), SHARE) if search else None
        found.append(
            Prospect(
                entry["kpi"], "", live, due, count,
                chance.shown if count is not None else None, chance.achieved if count is not None else None,
                figures.first.next(enough - 1).last_day if enough else None,
            )
        )  # fmt: skip
    return found


def _most(first: Period) -> int:
    """How many readings there are in five years."""
    start = first.first_day
    return periods.holding(start.replace(year=start.year + _YEARS, day=1), first.cadence).number - first.number


def _figures(item: Improvement, n: int, register: Register, live: date, runs: int) -> _Figures | str:
    """What is simulated for one measure, or the reason why nothing can be."""
    kpi = register.kpis.get(item.text("measures", n, "kpi"))
    window = item.get("measures", n, "baseline") or {}
    wanted = item.get("measures", n, "target") or {}
    all_readings = judged(kpi, wanted) if kpi and kpi.text("cadence") else None
    if kpi is None or all_readings is None or "figure" in window or live.year > 9000:
        return "no-baseline-series"
    cadence = kpi.text("cadence")
    start, end = (periods.parse(str(window.get(name, "")), cadence) for name in ("from", "to"))
    before = all_readings.window(start, end) if start and end else None
    centre = before.mean if before else None
    if end is None or before is None or centre is None:
        return "no-baseline"
    if len(before.known) < ENOUGH:
        return "short-baseline"
    goal, _ = goal_of(kpi, wanted, centre)
    if goal is None:
        return "no-target"
    change = (goal.value - centre) * sign(kpi)
    if goal.met(centre) or change <= 0:
        return "target-already-met"
    to_come = max(0, end.number - periods.last_complete(register.as_of, cadence).number)
    spread = _spread(before)
    effect, tolerance = (_ratio(each, spread) for each in (change, goal.tolerance))
    return _Figures(
        plan.simulate(len(before.known) + to_come, effect, tolerance, runs), periods.first_from(live, cadence)
    )


def _spread(given: Whole) -> float:
    """The standard deviation of the readings before."""
    n, total = len(given.known), sum(given.known)
    return sqrt((n * sum(each * each for each in given.known) - total * total) / (n * (n - 1))) / given.unit


def _ratio(size: Fraction, spread: float) -> float:
    return float(size) / spread if spread else (plan.LARGEST if size else 0.0)


def unlikely(item: Improvement, register: Register) -> Prospect | None:
    """The measure by which a true change is least likely to be shown by the due day, where that is below half."""
    glance = prospects(item, register, runs=plan.GLANCE, search=False)
    if all(each.shown is None or each.shown > _PLAINLY for each in glance):
        return None
    known = [each for each in prospects(item, register, search=False) if each.shown is not None]
    worst = min(known, key=lambda each: each.shown or 0.0, default=None)
    return worst if worst is not None and (worst.shown or 0.0) < HALF else None
