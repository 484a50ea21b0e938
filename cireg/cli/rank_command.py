"""`cireg rank`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from cireg.cli.session import at_option, open_register, out, today_option
from cireg.figures import points, tenths
from cireg.model import Improvement
from cireg.ranking import MODELS, Ranking, Row, rank
from cireg.report import json as as_json
from cireg.scoring.stability import Band, Stability
from cireg.text import pad, safe_text, shorten, width, wrap

_WIDTH = 80
_LIGHTS = {"green": ("● green", "green"), "amber": ("◐ amber", "yellow"), "red": ("○ red", "red")}
_WORDS = {
    "stable": "The order is stable: with weights near yours, {ours} of the top {k} stay in it.",
    "shaky": "The order is shaky: with weights near yours, {ours} of the top {k} stay in it.",
    "depends-on-weights": "The order depends on the weights: near yours, only {ours} of the top {k} stay in it.",
}


@click.command("rank")
@click.option("--all", "every", is_flag=True, help="Every open improvement, not only those up to planned.")
@click.option("--model", type=click.Choice(MODELS), help="Another model than cireg.yaml's.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the order.")
@at_option
@today_option
def command(every: bool, model: str | None, form: str, today: str | None) -> None:
    """Show the order of the list, and how stable it is.

    \b
      cireg rank
      cireg rank --all
      cireg rank --model wsjf
      cireg rank --format json

    Each score is shown with the points that add up to it. The order is tried under thousands of other weights:
    near yours, and any at all.
    """
    register = open_register(today).register
    found = rank(register, every=every, model=model)
    if form == "json":
        out(as_json.document(register.as_of, content(found)))
    else:
        for line in text(found):
            out(line)
        out()
        out(f"As of {register.as_of}.")


def content(found: Ranking) -> dict[str, Any]:
    """The order as the contract's JSON."""
    return {
        "items": [_item(row) for row in found.rows],
        "unscored": [{"id": each.item.id, "missing": list(each.missing)} for each in found.unscored],
        "stability": _stability(found.stability),
    }


def _item(row: Row) -> dict[str, Any]:
    ours = asdict(row.ours) if row.ours else {"top_k": None, "rank_low": None, "rank_high": None}
    return {
        "id": row.item.id,
        "title": row.item.title,
        "status": row.item.status,
        "score": row.score,
        "rank": row.rank,
        "light": row.light,
        "quadrant": row.quadrant,
        "parts": row.parts,
        **ours,
        "any_weights": asdict(row.any_weights) if row.any_weights else None,
    }


def _stability(steady: Stability | None) -> dict[str, Any] | None:
    if steady is None:
        return None
    return {name: getattr(steady, name) for name in ("k", "draws", "seed", "ours", "any_weights", "word")}


def text(found: Ranking) -> Iterator[str]:
    """The order for a terminal of 80 columns."""
    ids = max([8, *(len(row.item.id) for row in found.rows), *(len(each.item.id) for each in found.unscored)])
    if found.rows:
        yield from _table(found, ids)
    else:
        yield "No open improvement has a score yet."
    if found.unscored:
        yield ""
        yield click.style("Without a score", bold=True)
        for each in found.unscored:
            yield _titled(f"       {pad(each.item.id, ids)}  ", each.item)
            indent = " " * (ids + 9)
            lines = wrap("missing: " + ", ".join(each.missing), _WIDTH - len(indent))
            yield from (indent + line for line in lines)
    yield ""
    yield from wrap(_how(found), _WIDTH)


def _table(found: Ranking, ids: int) -> Iterator[str]:
    places = [f"{row.rank}{'=' if row.tied else ''}" for row in found.rows]
    scores = [_number(row.score) for row in found.rows]
    first, second = max(4, *map(len, places)), max(6, *map(len, scores))
    lights = "Light    " if found.model == "grid" else ""
    yield click.style(f"{'Rank':>{first}}  {'Score':>{second}}  {lights}{'Id':<{ids}}  Title", bold=True)
    for row, place, score in zip(found.rows, places, scores, strict=True):
        name, colour = _LIGHTS.get(row.light or "", ("", None))
        light = click.style(pad(name, 7), fg=colour) + "  " if colour else ""
        start = f"{place:>{first}}  {score:>{second}}  {light}{pad(row.item.id, ids)}  "
        yield _titled(start, row.item)
        yield from (f"       {line}" for reason in _reasons(row, found) for line in wrap(reason, _WIDTH - 7))


def _titled(start: str, item: Improvement) -> str:
    """A line that begins with `start` and goes on with as much of the title as there is room for."""
    room = _WIDTH - width(click.unstyle(start))
    return f"{start}{shorten(safe_text(item.title), room)}".rstrip()


def _number(value: float) -> str:
    if value >= 10**12:
        return f"{value:.3g}"
    return tenths(value) if value < 1000 else f"{value:,.0f}"


def _reasons(row: Row, found: Ranking) -> Iterator[str]:
    if found.model != "grid":
        yield ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in row.parts.items())
        return
    yield " + ".join(f"{name} {points(value)}" for name, value in row.parts.items())
    words = [(row.quadrant or "").replace("-", " ")]
    if row.ours and found.stability:
        place = _place(row.ours)
        if len(found.rows) > found.stability.k:
            place += f", in the top {found.stability.k} with {_share(row.ours.top_k)}"
        words.append(f"{place} of the weights near yours" if "top" in place else f"{place} with weights near yours")
    yield " · ".join(words)


def _place(band: Band) -> str:
    return f"rank {band.rank_low}" if band.rank_low == band.rank_high else f"rank {band.rank_low} to {band.rank_high}"


def _share(value: float) -> str:
    return f"{value * 100:.0f} %"


def _how(found: Ranking) -> str:
    if found.model == "wsjf":
        return "WSJF: (business value + time criticality + risk or opportunity) / job size."
    if found.model == "rice":
        return "RICE: reach x impact x confidence / effort."
    shares = found.weights.shares()
    names = ("value", "effort", "urgency", "risk")
    words = "The points are of " + ", ".join(f"{name} {_share(each)}" for name, each in zip(names, shares, strict=True))
    steady = found.stability
    if steady is None or steady.word is None or steady.ours is None or steady.any_weights is None:
        return words + "."
    if len(found.rows) <= steady.k:
        return f"{words}. All {len(found.rows)} fit into the top {steady.k} (scoring.top), whatever the weights."
    sentence = _WORDS[steady.word].format(ours=_share(steady.ours), k=steady.k)
    rest = f"With any weights at all it would be {_share(steady.any_weights)}."
    return f"{words}. {sentence} {rest} ({steady.draws:,} draws, seed {steady.seed}.)"
