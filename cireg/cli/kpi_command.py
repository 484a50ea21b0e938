"""`cireg kpi`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import click

from cireg.cli.session import at_option, open_register, out, today_option
from cireg.derived import said
from cireg.errors import CiregError
from cireg.measure.behaviour import Behaviour, Segment
from cireg.measure.runs import runs
from cireg.measuring import behaviour_of, is_stale
from cireg.model import Kpi, Register
from cireg.report import json as as_json
from cireg.report.derived import derived_data
from cireg.text import safe_text, wrap
from cireg.verdict_words import figure

_LATEST = 12  # readings that are listed
_VARIATION = {
    "common-cause": "The last reading moves as the others do.",
    "improvement": "The last reading is a signal for the better.",
    "concern": "The last reading is a signal for the worse.",
    "neutral": "The last reading is a signal.",
}
_ASSURANCE = {
    "consistent-pass": "The standing target will be met every time, as things are.",
    "inconsistent": "The standing target will be met some times and missed others, as things are.",
    "consistent-fail": "The standing target will be missed every time, as things are.",
}


@click.command("kpi")
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the figures.")
@at_option
@today_option
def command(identity: str | None, form: str, today: str | None) -> None:
    """Show a KPI's chart in figures: limits, signals, what it says.

    \b
      cireg kpi password-reset-tickets
      cireg kpi
      cireg kpi password-reset-tickets --format json

    The natural process limits say how far readings move when nothing has changed. One marked reading is a
    question, not a verdict. Some KPIs are computed from the register itself. Without an ID, every KPI.
    """
    register = open_register(today).register
    kpis = [_find(register, identity)] if identity else list(register.kpis.values())
    if form == "json":
        content = [as_data(kpi, behaviour_of(kpi)) | _derived(kpi, register) for kpi in kpis]
        out(as_json.document(register.as_of, content[0] if identity else {"items": content}))
        return
    for kpi in kpis:
        for line in text(kpi, behaviour_of(kpi), register, whole=identity is not None):
            out(line)
    out(f"As of {register.as_of}.")


def _derived(kpi: Kpi, register: Register) -> dict[str, Any]:
    """What a KPI that is computed from the register counts; nothing of any other."""
    found = derived_data(kpi, register)
    return {"derived": found} if found else {}


def _find(register: Register, identity: str) -> Kpi:
    if identity in register.kpis:
        return register.kpis[identity]
    near = difflib.get_close_matches(identity, register.kpis, n=1)
    raise CiregError(f"there is no KPI {identity}", f"did you mean {near[0]}?" if near else "cireg kpi lists them")


def as_data(kpi: Kpi, found: Behaviour) -> dict[str, Any]:
    """One chart as the contract's JSON."""
    return {
        "id": kpi.id,
        "unit": kpi.text("unit"),
        "better": kpi.text("better"),
        "n": found.n,
        "segments": [_segment(each) for each in found.segments],
        "points": [
            {
                "period": str(each.period),
                "value": each.value,
                "rule": each.rule,
                "type": None if each.value is None else each.kind,
            }
            for each in found.points
        ],
        "variation": found.variation,
        "assurance": found.assurance,
        "provisional": found.provisional,
    }


def _segment(each: Segment) -> dict[str, Any]:
    limits = each.limits
    return {
        "from": str(each.first),
        "to": str(each.last),
        "n": each.n,
        "mean": limits.centre if limits and limits.n > 1 else None,
        "average_moving_range": limits.moving_range if limits else None,
        "lower_limit": limits.lower if limits else None,
        "upper_limit": limits.upper if limits else None,
        "range_limit": limits.range_limit if limits else None,
        "trial": limits.trial if limits else True,
    }


def text(kpi: Kpi, found: Behaviour, register: Register, *, whole: bool) -> Iterator[str]:
    """One chart for a terminal of 80 columns; `whole` lists the latest readings too."""
    head = f"{kpi.id}: {kpi.name} ({kpi.text('unit')}, {kpi.text('better')} is better)"
    yield from (click.style(line, bold=True) for line in wrap(safe_text(head), 80))
    for sentence in said(kpi, register) if whole else ():
        yield from _paragraph(sentence)
    if not found.n:
        yield from _paragraph("Nothing in the register counts yet." if kpi.derived else "It has no readings yet.")
        yield ""
        return
    for each in found.segments:
        limits = each.limits
        if limits is None:
            continue
        span = f"{each.first} to {each.last}: {each.n} readings, mean {figure(limits.centre)}"
        band = f", limits {figure(limits.lower)} to {figure(limits.upper)}" if limits.lower is not None else ""
        yield from _paragraph(span + band + (" (trial limits)" if limits.trial else ""))
    words = [_VARIATION[(found.variation or "common-cause").removesuffix("-high").removesuffix("-low")]]
    if found.assurance:
        words.append(_ASSURANCE[found.assurance])
    if is_stale(kpi, register.as_of):
        words.append("Its readings have stopped coming.")
    runs_found = runs([point.value for point in found.points])
    if runs_found and len(found.segments) == 1:
        words.append(
            f"As a run chart: the longest run about the median is {runs_found.longest} "
            f"(random up to {runs_found.longest_allowed}), it is crossed {runs_found.crossings} times "
            f"(random from {runs_found.crossings_needed} on)."
        )
    yield from _paragraph(" ".join(words))
    if whole:
        notes = {each.period: each.note for each in kpi.readings.readings} if kpi.derived else {}
        for point in found.points[-_LATEST:]:
            mark = f"  {point.rule} ({point.kind})" if point.rule else ""
            yield f"  {point.period!s:<12} {figure(point.value) if point.value is not None else 'gap':>10}{mark}"
            yield from (f"    {line}" for line in wrap(safe_text(notes.get(point.period, "")), 76))
    yield ""


def _paragraph(words: str) -> Iterator[str]:
    yield from (f"  {line}" for line in wrap(safe_text(words), 78))
