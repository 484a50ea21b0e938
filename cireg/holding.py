"""Does it still hold? What the readings since the review say on the day on which a success is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cireg.measure import periods, xmr
from cireg.measure.verdict import ENOUGH, signals
from cireg.measuring import Measure, outcome
from cireg.model import Improvement, Register
from cireg.targets import judged, sign
from cireg.verdict_words import day, figure, unit

Word = Literal["holding", "slipping", "too-early"]


@dataclass(frozen=True, slots=True)
class Held:
    """One primary measure since the review: its readings, their mean in words, and what they say."""

    kpi: str
    word: Word
    readings: int
    mean: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What came of a success; `word` is None before the day `on` on which it is looked at again."""

    on: date
    word: Word | None
    measures: tuple[Held, ...]


def holding(item: Improvement, register: Register) -> Holding | None:
    """Whether what was claimed as achieved or partly still holds; None where no day is set or no readings can tell.

    The readings of periods that ended after the review are held against limits frozen on those between going
    live and the review, with the rules by which a verdict finds a signal. One measure that signals worse is
    enough for slipping.
    """
    on, reviewed = item.date("momentum", "check_again"), item.date("review", "on")
    if on is None or reviewed is None or item.get("review", "verdict") not in ("achieved", "partly"):
        return None
    found = [each for each in outcome(item, register).primaries if each.judgement is not None and each.first]
    if not found:
        return None
    if register.as_of < on:
        return Holding(on, None, ())
    measures = tuple(_held(item, each, reviewed) for each in found)
    words = [each.word for each in measures]
    worst: Word = next((word for word in ("slipping", "too-early") if word in words), "holding")
    return Holding(on, worst, measures)


def _held(item: Improvement, measure: Measure, reviewed: date) -> Held:
    kpi = measure.kpi
    entry = next(each for _, each in item.entries("measures") if each.get("kpi") == measure.name)
    line = judged(kpi, entry.get("target", {})) if kpi else None
    if kpi is None or line is None or measure.first is None:
        return Held(measure.name, "too-early", 0, "")
    last = periods.last_complete(reviewed, kpi.text("cadence"))
    before, since = line.window(measure.first, last), line.since(max(measure.first, last.next()))
    frozen = xmr.limits(before)
    mean = f"{figure(since.mean)}{unit(measure)}" if since.known else ""
    if frozen is None or frozen.n < ENOUGH or len(since.known) < ENOUGH:
        return Held(kpi.id, "too-early", len(since.known), mean)
    worse = signals(xmr.Ruler(since, frozen), -sign(kpi))
    return Held(kpi.id, "slipping" if worse else "holding", len(since.known), mean)


def sentence(found: Holding) -> str:
    """What the readings since the review say."""
    if found.word is None:
        return f"To be looked at again on {day(found.on)}."
    told = [each for each in found.measures if each.word == found.word]
    names = "; ".join(_told(each) for each in told)
    return {
        "holding": f"Looked at again, it is holding: since the review no signal for the worse in {names}.",
        "slipping": f"Looked at again, it is slipping: since the review a signal for the worse in {names}.",
        "too-early": f"Looked at again, it is too early to say whether it holds: {names}; {ENOUGH} are needed.",
    }[found.word]


def _told(each: Held) -> str:
    readings = "1 reading" if each.readings == 1 else f"{each.readings} readings"
    return f"{readings} of {each.kpi}" + (f" (mean {each.mean})" if each.mean else "")
