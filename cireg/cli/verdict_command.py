"""`cireg verdict`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cireg.cli.session import at_option, open_register, out, today_option
from cireg.holding import Holding, holding
from cireg.holding import sentence as holding_sentence
from cireg.measure.behaviour import Standing
from cireg.measuring import Measure, Outcome, outcome
from cireg.model import Improvement, Register
from cireg.report import json as as_json
from cireg.text import safe_text, wrap
from cireg.verdict_words import figure, sentence


@click.command("verdict")
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the verdict.")
@click.option("--plan", is_flag=True, help="Could these readings show it by the day that was set?")
@at_option
@today_option
def command(identity: str | None, form: str, plan: bool, today: str | None) -> None:
    """Say whether an improvement worked, by its readings.

    \b
      cireg verdict CI-0007
      cireg verdict
      cireg verdict CI-0007 --plan
      cireg verdict CI-0007 --format json

    The verdict comes from the readings, whatever the review claims: a signal among the readings after it went
    live, and a range for the change that leaves out zero. Without an ID, every improvement.
    """
    register = open_register(today).register
    items = [_found(register, identity)] if identity else list(register.improvements.values())
    found = [outcome(item, register) for item in items]
    if form == "json":
        content = [
            as_data(each, holding(each.item, register)) | ({"plan": plan_data(each.item, register)} if plan else {})
            for each in found
        ]
        out(as_json.document(register.as_of, content[0] if identity else {"items": content}))
        return
    shown = [each for each in found if identity or each.measures]
    for each in shown:
        for line in text(each, holding(each.item, register)):
            out(line)
        for words in plan_text(each.item, register) if plan else ():
            out(words)
        out()
    if len(shown) < len(found):
        count = len(found) - len(shown)
        out(f"{count} improvement{' has' if count == 1 else 's have'} no measure.")
    out(f"As of {register.as_of}.")


def _found(register: Register, identity: str) -> Improvement:
    from cireg import query

    return query.find(register, identity)


def as_data(found: Outcome, held: Holding | None) -> dict[str, Any]:
    """One verdict as the contract's JSON; `check_again` says whether it still holds, where a day for that is set."""
    again = {"on": held.on, "says": held.word, "sentence": holding_sentence(held)} if held else None
    return {
        "id": found.item.id,
        "claimed": found.claimed,
        "verdict": found.verdict,
        "reason": found.reason,
        "qualifiers": list(found.qualifiers),
        "sentence": sentence(found),
        "at_target": found.at_target,
        "earliest": found.earliest,
        "measures": [_measure(each) for each in found.measures],
    } | ({"check_again": again} if again else {})


def _measure(each: Measure) -> dict[str, Any]:
    judged = each.judgement
    change = judged.change if judged else None
    target = each.target
    return {
        "kpi": each.name,
        "role": each.role,
        "verdict": judged.verdict if judged else None,
        "reason": each.reason,
        "qualifiers": list(each.qualifiers),
        "n_before": judged.n_before if judged else 0,
        "n_after": each.n_after,
        "mean_before": judged.mean_before if judged else None,
        "mean_after": each.mean_after,
        "shift": change.estimate if change else None,
        "shift_low": change.low if change else None,
        "shift_high": change.high if change else None,
        "target": {"min": target.low, "max": target.high} if isinstance(target, Standing) else target,
        "met": each.met,
    }


def text(found: Outcome, held: Holding | None) -> Iterator[str]:
    """One verdict for a terminal of 80 columns."""
    yield click.style(safe_text(f"{found.item.id} {found.item.title}"), bold=True)
    said = [sentence(found)] + ([holding_sentence(held)] if held else [])
    yield from (f"  {line}" for each in said for line in wrap(safe_text(each), 78))
    claim = f"claimed: {found.claimed}" if found.claimed else f"status: {found.item.status}, no claim yet"
    yield f"  {claim}"
    if found.qualifiers:
        yield f"  {', '.join(word.replace('-', ' ') for word in found.qualifiers)}"
    for each in found.measures:
        judged = each.judgement
        figures = (
            f"{judged.n_before} readings before, {judged.n_after} after" if judged else each.reason.replace("-", " ")
        )
        wanted = "" if each.target is None or isinstance(each.target, Standing) else f", target {figure(each.target)}"
        yield f"  {each.role}: {each.name}, {figures}{wanted}"
    if found.others:
        words = f"Changed after is not changed because: {', '.join(found.others)} went live on the same KPI too."
        yield from (f"  {line}" for line in wrap(words, 78))


def plan_data(item: Improvement, register: Register) -> dict[str, Any]:
    """What the readings could show of a plan; its chance is that of the measure with the least."""
    from cireg.measure.plan import RUNS_DRAWN, SEED
    from cireg.planning import live_day, prospects

    found = prospects(item, register)
    known = [each for each in found if each.shown is not None]
    worst = min(known, key=lambda each: each.shown or 0.0, default=None)
    days = [each.enough_on for each in found if each.enough_on]
    return {
        "live": live_day(item, register.as_of),
        "due": item.date("target", "due"),
        "chance": worst.shown if worst else None,
        "achieved": worst.achieved if worst else None,
        "enough_on": max(days) if days and len(days) == len(found) else None,
        "runs": RUNS_DRAWN,
        "seed": SEED,
        "measures": [
            {
                "kpi": each.kpi,
                "reason": each.reason or None,
                "readings_by_due": each.readings_by_due,
                "chance": each.shown,
                "achieved": each.achieved,
                "enough_on": each.enough_on,
            }
            for each in found
        ],
    }


def plan_text(item: Improvement, register: Register) -> Iterator[str]:
    """What the readings could show of a plan, for a terminal of 80 columns."""
    from cireg.plan_words import sentences, source
    from cireg.planning import prospects

    found = prospects(item, register)
    words = [sentence for each in found for sentence in sentences(each)] or ["No primary measure: nothing to foretell."]
    words += [source(each) for each in found if not each.reason][:1]
    yield from (f"  {line}" for line in wrap(safe_text("Plan: " + " ".join(words)), 78))
