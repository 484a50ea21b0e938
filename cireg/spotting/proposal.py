"""What was spotted as the answers of a proposal: title, problem with its figures, where it came from, the KPI."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import Any

from cireg.decoding import FORBIDDEN_IN_VALUE
from cireg.model import Kpi, Register
from cireg.spotting.pareto import TOO_FEW, Line
from cireg.spotting.signals import CONCERN, Signal
from cireg.spotting.spots import Spot, Tickets, services_named
from cireg.spotting.words import band, kind, line_sentences, months, signal_sentences, target
from cireg.text import shorten
from cireg.verdict_words import day, figure

_NAME = 80  # columns of a contributed name in a title
_BASELINE = 12  # readings that say where a KPI stands
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")


def answers(spot: Spot, tickets: Tickets | None, register: Register) -> dict[str, Any]:
    """The fields of an improvement that the evidence fills, by their dotted names.

    Contributed text has no characters that a file may not hold, and no Markdown of its own where a text is Markdown.
    """
    if spot.signal is not None:
        return _of_kpi(spot.signal, register)
    if spot.line is None or tickets is None:
        raise ValueError("a spot is a KPI's or of tickets")
    return _of_tickets(spot.line, spot.kpi, tickets, register)


def _of_kpi(signal: Signal, register: Register) -> dict[str, Any]:
    kpi = signal.kpi
    name = plain(kpi.name)
    aim = "back to where it was" if CONCERN in signal.reasons else f"meet the target of {plain(target(kpi))}"
    sentences = [f"The KPI {_prose(kpi.name)} calls for an improvement. {_prose(' '.join(signal_sentences(signal)))}"]
    sentences += ["No open improvement aims at it.", _seen(register.as_of)]
    report = kpi.text("source", "report")
    return {
        "title": f"{name}: {aim}",
        "opportunity": "\n".join(sentences),
        "source": "performance-metrics",
        "source_ref": plain(report or kpi.id),
        "vision.goal": kpi.text("goal") if kpi.text("goal") in register.config.goals else "",
        "baseline.summary": _prose(_where_it_stands(signal)),
        "baseline.evidence": (plain(report),) if report else (),
        "measures": [_measure(kpi)],
        "practices": tuple(each for each in kpi.texts("practices") if each in register.config.practices),
        "services": tuple(each for each in kpi.texts("services") if each in register.config.services),
    }


def _where_it_stands(signal: Signal) -> str:
    segment = signal.found.segments[-1]
    last = signal.last
    return (
        f"{segment.n} readings from {segment.first} to {last.period}: {band(segment.limits)} "
        f"{signal.kpi.text('unit')}; the last one is {figure(last.value)}."
    )


def _measure(kpi: Kpi) -> dict[str, Any]:
    """The KPI as the measure that will decide, with its latest readings as the baseline."""
    known = [period for period, value in kpi.readings.series if value is not None][-_BASELINE:]
    window = {"baseline": {"from": str(known[0]), "to": str(known[-1])}} if known else {}
    return {"kpi": kpi.id, "role": "primary", **window}


def _of_tickets(line: Line, kpi: str | None, tickets: Tickets, register: Register) -> dict[str, Any]:
    what = line.name if line.name and tickets.by in ("category", "service") else kind(line, tickets.by)
    file = plain(PurePath(tickets.file).name)
    sentences = [_prose(" ".join(line_sentences(line, tickets))), _seen(register.as_of, file)]
    found: dict[str, Any] = {
        "title": f"{plain(what)[:1].upper()}{plain(what)[1:]}: fewer tickets",
        "opportunity": "\n".join(sentences),
        "source": "service-desk-data",
        "source_ref": f"{file}, by {plain(tickets.by)}",
        "baseline.summary": _prose(_how_many(line, tickets)),
        "baseline.evidence": (file,),
        "services": tuple(services_named(line.name, register)),
    }
    if kpi is not None:
        found["measures"] = [_measure(register.kpis[kpi])]
    return found


def _how_many(line: Line, tickets: Tickets) -> str:
    trend = line.trend
    if trend.word == TOO_FEW or trend.limits is None:
        span = tickets.tally.span
        count = f"{line.count:,} ticket{'' if line.count == 1 else 's'}"
        return count + (f" from {day(span[0])} to {day(span[1])}." if span else ".")
    between = f"{figure(trend.limits.lower)} to {figure(trend.limits.upper)}"
    return f"{figure(trend.limits.centre)} tickets a month over {months(trend)} (limits {between})."


def _seen(on: date, file: str = "") -> str:
    return f"Seen by `cireg spot` on {day(on)}{_prose(f', in {file}') if file else ''}."


def plain(text: str) -> str:
    """Contributed text in one line, short enough for a title, without what no file may hold."""
    return shorten(" ".join(FORBIDDEN_IN_VALUE.sub(" ", text).split()), _NAME) or "-"


def _prose(text: str) -> str:
    """Text of one line that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(FORBIDDEN_IN_VALUE.sub(" ", text).split()))
