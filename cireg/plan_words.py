"""What the readings could show of a plan, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from cireg.measure import plan
from cireg.planning import HALF, SHARE, Prospect
from cireg.verdict_words import day

_NOTHING = {
    "no-baseline-series": "it has no readings from before, so no change can ever be shown",
    "no-baseline": "there is no reading in its baseline, so nothing can be foretold",
    "short-baseline": "its baseline has fewer than three readings, so nothing can be foretold",
    "no-target": "it has no target, so nothing can be foretold",
    "target-already-met": "its target was met before anything is changed, so there is no change to show",
}


def percent(share: float) -> str:
    """A chance in whole per cent; certainty is never claimed of a simulation."""
    return "over 99 %" if share > 0.99 else "under 1 %" if share < 0.01 else f"{round(share * 100)} %"


def chance_words(found: Prospect) -> str:
    """The chance of showing a true change by its day."""
    count = found.readings_by_due or 0
    readings = "is 1 reading" if count == 1 else f"are {count} readings"
    by = f"by {day(found.due)} there {readings} of {found.kpi}" if found.due else ""
    shown = found.shown or 0.0
    if not shown:
        return f"{by} from after it goes live, too few to show any change"
    return f"{by}: the chance that they show a true change to the target is {percent(shown)}"


def sentences(found: Prospect) -> Iterator[str]:
    """What one measure could show, sentence by sentence."""
    if found.reason:
        yield f"{found.kpi}: {_NOTHING[found.reason]}."
        return
    if found.shown is not None:
        words = chance_words(found)
        yield f"{words[0].upper()}{words[1:]}."
        if found.shown >= HALF and found.achieved is not None:
            yield f"That of achieved is {percent(found.achieved)}{_tolerance(found)}."
    if found.enough_on is None:
        yield f"The chance stays under {percent(SHARE)} for five years: aim at more, or measure more often."
    elif found.due is None or found.enough_on > found.due or (found.shown or 0.0) < SHARE:
        yield f"The chance reaches {percent(SHARE)} on {day(found.enough_on)}."
    else:
        yield f"It is {percent(SHARE)} from {day(found.enough_on)} on."


def _tolerance(found: Prospect) -> str:
    """A true change of exactly the target's size is on its bad side half the time."""
    return ": a tolerance would help" if (found.achieved or 0.0) < 0.6 <= (found.shown or 0.0) else ""


def source(found: Prospect) -> str:
    """What was assumed, and where the chances come from."""
    return (
        f"Assumed: live on {day(found.live)}, a true change to the target, readings that scatter as those before. "
        f"Simulated in {plan.RUNS_DRAWN} runs, seed {plan.SEED}."
    )
