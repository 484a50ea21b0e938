"""An agenda for a terminal of 80 columns, as data, and as Markdown to paste into the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from cireg.agenda import SECTIONS, Point
from cireg.report.text import Style
from cireg.text import markdown_text, safe_text, width, wrap

_COLUMNS = 80


def data(points: Sequence[Point], as_of: date) -> dict[str, Any]:
    """Every point with what it says, in its order."""
    return {
        "items": [
            {
                "section": each.section,
                "id": each.item.id,
                "title": each.item.title,
                "status": each.item.status,
                "owner": each.item.owner,
                "asked": list(each.asked),
                "since": each.since,
                "days": (as_of - each.since).days if each.since else None,
                "rank": each.rank,
                "text": each.words,
            }
            for each in points
        ]
    }


def text(points: Sequence[Point], style: Style) -> Iterator[str]:
    """A heading for each section, and below it the improvements with what is to be decided and who is asked."""
    first = True
    for section, own in groupby(points, key=lambda each: each.section):
        if not first:
            yield ""
        first = False
        yield style(SECTIONS[section], "heading")
        for each in own:
            yield from _point(each, style)


def _point(point: Point, style: Style) -> Iterator[str]:
    head = f"  {point.item.id}  "
    indent = " " * width(head)
    title, *more = wrap(safe_text(point.item.title), _COLUMNS - width(head)) or [""]
    yield head + style(title, "title")
    yield from (indent + style(line, "title") for line in more)
    for said in _said(point):
        yield from (indent + line for line in wrap(safe_text(said), _COLUMNS - width(indent)))


def _said(point: Point) -> Iterator[str]:
    yield point.words
    if point.rank is not None:
        yield f"number {point.rank} on the list"
    if point.asked:
        yield f"asked: {', '.join(point.asked)}"


def markdown(points: Sequence[Point], as_of: date) -> Iterator[str]:
    """A list for the minutes, with a line for each decision; whatever people wrote stands there as they wrote it."""
    yield f"# Agenda, {as_of}"
    for section, own in groupby(points, key=lambda each: each.section):
        yield ""
        yield f"## {SECTIONS[section]}"
        yield ""
        for each in own:
            yield f"- **{each.item.id}** {markdown_text(each.item.title)}"
            yield from (f"  - {markdown_text(said)}" for said in _said(each))
            yield "  - Decision:"
