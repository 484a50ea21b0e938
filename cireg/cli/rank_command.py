"""`cireg rank`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from cireg.cli.session import open_register, out, today_option
from cireg.figures import points, tenths
from cireg.ranking import MODELS, Ranking, Row, rank
from cireg.report import json as as_json
from cireg.scoring.stability import Band, Stability
from cireg.text import pad, safe_text, shorten, wrap

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
    if found.rows:
        yield click.style("Rank   Score  Light    Id        Title", bold=True)
    for row in found.rows:
        yield _line(row)
        yield from (f"       {line}" for reason in _reasons(row, found) for line in wrap(reason, _WIDTH - 7))
    if not found.rows:
        yield "No open improvement has a score yet."
    if found.unscored:
        yield ""
        yield click.style("Without a score", bold=True)
        for each in found.unscored:
            head = f"       {pad(each.item.id, 9)} {shorten(safe_text(each.item.title), _WIDTH - 17)}"
            yield head.rstrip()
            yield from (f"                 {line}" for line in wrap("missing: " + ", ".join(each.missing), _WIDTH - 17))
    yield ""
    yield from wrap(_how(found), _WIDTH)


def _line(row: Row) -> str:
    place = f"{row.rank}{'=' if row.tied else ''}"
    name, colour = _LIGHTS.get(row.light or "", ("", None))
    light = click.style(pad(name, 7), fg=colour) if colour else pad("", 7)
    title = shorten(safe_text(row.item.title), _WIDTH - 34)
    return f"{place:>4}  {_number(row.score):>6}  {light}  {pad(row.item.id, 9)} {title}"


def _number(value: float) -> str:
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
