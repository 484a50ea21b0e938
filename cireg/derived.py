"""KPIs that are computed from the register itself: improvements implemented, time to implement, return on improvement.

Each period's figure is a reading like any other, with a note that says what it counts, so that charts, verdicts
and exports ask no question. The register's day decides: only periods that are over have a reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cireg.flow.journey import Journey
from cireg.flow.spread import Spread, spread
from cireg.flowing import FINAL, Flow, flow_of
from cireg.measure import periods
from cireg.measure.periods import Period
from cireg.measure.readings import Reading, Readings
from cireg.measuring import outcome
from cireg.model import Improvement, Kpi, Register
from cireg.money.returns import roi_by_period
from cireg.verdict_words import day, figure

IMPLEMENTED, TIME, ROI = "improvements-implemented", "time-to-implement", "roi"

_NAMED = 12  # ids that a note names


@dataclass(frozen=True, slots=True)
class Implemented:
    """What was closed in a period, or altogether: the ids, by what the readings say of each.

    `verdicts` has an entry for each final verdict; `claimed` are achieved by their review alone, `unknown` the rest
    that has no verdict. What took the light track is in `light` and `light_achieved`, and nowhere else.
    """

    verdicts: Mapping[str, tuple[str, ...]]
    claimed: tuple[str, ...]
    unknown: tuple[str, ...]
    light: tuple[str, ...]
    light_achieved: tuple[str, ...]

    @property
    def achieved(self) -> tuple[str, ...]:
        return self.verdicts["achieved"]

    @property
    def closed(self) -> int:
        """How many were closed, the light track apart."""
        return sum(len(ids) for ids in self.verdicts.values()) + len(self.claimed) + len(self.unknown)


@dataclass(frozen=True, slots=True)
class Times:
    """The days from raised to live of what went live, by id; the light track, and live to verdict, apart."""

    days: dict[str, int]
    light: dict[str, int]
    to_verdict: dict[str, int]

    @property
    def spread(self) -> Spread:
        return spread(self.days.values())


def readings(kpi: Kpi, register: Register) -> Readings:
    """The readings of a derived KPI, one for each period that is over; none where it cannot be told what is wanted."""
    found = Readings("")
    made = _READINGS.get(kpi.derived or "")
    if made is not None and kpi.text("cadence"):
        found.readings = list(made(kpi, register))
    return found


def covered(register: Register, cadence: str) -> list[Period]:
    """The periods that have a figure: from the one in which the first improvement was raised to the last one over."""
    raised = [each.raised for each in flow_of(register).all]
    if not raised:
        return []
    first, last = periods.holding(min(raised), cadence), periods.last_complete(register.as_of, cadence)
    return [first.next(n) for n in range(last.number - first.number + 1)]


# Improvements implemented


def implemented(register: Register, cadence: str | None = None) -> dict[Period | None, Implemented]:
    """What was closed in each period of a cadence, or altogether under None."""
    flow = flow_of(register)
    groups: dict[Period | None, list[Journey]] = {}
    for each in flow.all:
        if each.finished is not None:
            groups.setdefault(periods.holding(each.finished, cadence) if cadence else None, []).append(each)
    wanted: list[Period | None] = [*covered(register, cadence)] if cadence else [None]
    return {period: _implemented(groups.get(period, []), register) for period in wanted}


def _implemented(journeys: list[Journey], register: Register) -> Implemented:
    verdicts: dict[str, list[str]] = {name: [] for name in FINAL}
    claimed, unknown, light, light_achieved = [], [], [], []
    for each in journeys:
        item = register.improvements[each.id]
        # One that measures itself by this figure would be part of what it is judged by.
        found = None if _measures_itself_by_it(item, register) else outcome(item, register)
        verdict = found.verdict if found else None
        if each.light:
            light.append(each.id)
            light_achieved += [each.id] if verdict == "achieved" else []
        elif verdict in verdicts:
            verdicts[verdict or ""].append(each.id)
        elif found and verdict is None and found.claimed == "achieved":
            claimed.append(each.id)
        else:
            unknown.append(each.id)
    kept = {name: tuple(ids) for name, ids in verdicts.items()}
    return Implemented(kept, tuple(claimed), tuple(unknown), tuple(light), tuple(light_achieved))


def _measures_itself_by_it(item: Improvement, register: Register) -> bool:
    named = [register.kpis.get(str(entry.get("kpi"))) for _, entry in item.entries("measures")]
    return any(kpi is not None and kpi.derived == IMPLEMENTED for kpi in named)


def _implemented_readings(kpi: Kpi, register: Register) -> Iterator[Reading]:
    for period, found in implemented(register, kpi.text("cadence")).items():
        if period is not None:
            value = Fraction(len(found.achieved))
            yield Reading(period, value, None, None, found.closed, _implemented_note(found, _ids), 0)


def _implemented_note(found: Implemented, ids: Callable[[tuple[str, ...]], str]) -> str:
    """What was closed in words; `ids` names improvements, or does not."""
    judged = [f"{len(own)} {name.replace('-', ' ')}{ids(own)}" for name, own in found.verdicts.items() if own]
    parts = [f"by the readings {', '.join(judged)}"] if judged else []
    parts += [f"{len(found.claimed)} claimed, not measured{ids(found.claimed)}"] if found.claimed else []
    parts += [f"{len(found.unknown)} without a verdict{ids(found.unknown)}"] if found.unknown else []
    text = f"{found.closed} closed" + (f": {'; '.join(parts)}" if parts else "")
    if found.light:
        text += f"; beside them {len(found.light)} on the light track{ids(found.light)}"
        text += f", {len(found.light_achieved)} achieved by the readings" if found.light_achieved else ""
    return text


# Time to implement


def times(register: Register, cadence: str | None = None) -> dict[Period | None, Times]:
    """The days to implement by the period in which each went live, or altogether under None.

    Both ends are counted. Live to verdict stands in the period of the review.
    """
    flow = flow_of(register)
    wanted: list[Period | None] = [*covered(register, cadence)] if cadence else [None]
    made = {period: Times({}, {}, {}) for period in wanted}
    for each in flow.all:
        item = register.improvements[each.id]
        live, review = item.date("action", "live"), item.date("review", "on")
        if live is None or not each.raised <= live <= register.as_of or not (each.open or each.finished):
            continue
        went = made.get(periods.holding(live, cadence) if cadence else None)
        if went is not None:
            (went.light if each.light else went.days)[each.id] = _between(each.raised, live)
        if review is not None and live <= review <= register.as_of and each.finished and not each.light:
            judged = made.get(periods.holding(review, cadence) if cadence else None)
            if judged is not None:
                judged.to_verdict[each.id] = _between(live, review)
    return made


def _between(first: date, last: date) -> int:
    """The days from one to the other, both counted."""
    return (last - first).days + 1


def _time_readings(kpi: Kpi, register: Register) -> Iterator[Reading]:
    for period, found in times(register, kpi.text("cadence")).items():
        if period is not None:
            yield Reading(period, found.spread.mean, None, None, len(found.days), _time_note(found, _ids), 0)


def _time_note(found: Times, ids: Callable[[tuple[str, ...]], str]) -> str:
    """What went live in words; `ids` names improvements, or does not."""
    text = f"{len(found.days)} went live"
    if found.days:
        text += f": {days_of(found.days, ids)}"
    if found.light:
        text += f"; beside them {len(found.light)} on the light track: {days_of(found.light, ids)}"
    if found.to_verdict:
        text += f"; live to verdict: {days_of(found.to_verdict, ids)}"
    return text


def days_of(days: Mapping[str, int], ids: Callable[[tuple[str, ...]], str]) -> str:
    """Some times in words: each of a few, the median of more, the 85th percentile of many; `ids` names them."""
    found = spread(days.values())
    if found.p50 is None:
        every = sorted(days.items(), key=lambda each: each[1])
        return ", ".join(f"{count} {_days(count)}{ids((id_,))}" for id_, count in every)
    text = f"{found.n} from {found.values[0]} to {found.values[-1]} days, median {found.p50}"
    return text + (f", 85th percentile {found.p85}" if found.p85 is not None else "") + ids(tuple(days))


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


# Return on improvement


def _roi_readings(kpi: Kpi, register: Register) -> Iterator[Reading]:
    """Gains less costs over costs, of what is closed by each period's end; a ratio of sums."""
    percent = 100 if kpi.text("unit") == "%" else 1
    for found in roi_by_period(register, kpi.text("cadence")):
        value = None if found.roi is None else found.roi * percent
        known = value is not None
        note = f"{len(found.ids)} of {found.closed} closed have a known cost and gain"
        note += _ids(found.ids)
        yield Reading(
            found.period, value, found.gain - found.cost if known else None, found.cost if known else None,
            len(found.ids), note, 0,
        )  # fmt: skip


_READINGS: Mapping[str, Callable[[Kpi, Register], Iterator[Reading]]] = {
    IMPLEMENTED: _implemented_readings,
    TIME: _time_readings,
    ROI: _roi_readings,
}

RULES = {
    IMPLEMENTED: (
        "Counted by the day of closing: improvements of the full track that are achieved by their readings. What is "
        "only claimed, and what took the light track, is told beside it."
    ),
    TIME: (
        "The mean of the days from raised to live, both counted, of the improvements of the full track that went live "
        "in the period. The light track, and the days from live to verdict, are told beside it."
    ),
    ROI: (
        "By the end of each period: gains less costs over costs of all closed improvements whose cost and gain are "
        "known by then, as a ratio of sums. Only the kinds of gain in money.roi_kinds of cireg.yaml count."
    ),
}
"""By which rule each figure is computed."""


def _ids(ids: tuple[str, ...]) -> str:
    """The first ids in brackets."""
    more = len(ids) - _NAMED
    return f" ({', '.join(ids[:_NAMED])}{f' and {more} more' if more > 0 else ''})" if ids else ""


def _nobody(_: tuple[str, ...]) -> str:
    """No ids: altogether there are too many."""
    return ""


def said(kpi: Kpi, register: Register) -> tuple[str, ...]:
    """By which rule a derived KPI is computed, and what it comes to altogether, in sentences; nothing of any other."""
    if kpi.derived is None:
        return ()
    return (RULES[kpi.derived], *_altogether(kpi.derived, kpi.text("cadence"), register, flow_of(register)))


def _altogether(derived: str, cadence: str, register: Register, flow: Flow) -> Iterator[str]:
    since = min((each.raised for each in flow.all), default=None)
    if since is None:
        return
    if derived == IMPLEMENTED:
        yield f"Since {day(since)}: {_implemented_note(implemented(register)[None], _nobody)}."
    elif derived == TIME:
        whole = times(register)[None]
        mean = whole.spread.mean
        told = f", mean {figure(mean)} days" if mean is not None else ""
        yield f"Since {day(since)}{told}: {_time_note(whole, _nobody)}."
    elif derived == ROI:
        found = next(reversed(roi_by_period(register, cadence)), None)
        if found is not None:
            currency = register.config.get("currency") or ""
            sums = (
                f"gains {figure(found.gain)} {currency}, costs {figure(found.cost)} {currency}"
                if found.ids
                else "nothing"
            )
            yield f"By the end of {found.period}: {sums}, of {len(found.ids)} of {found.closed} that were closed."
