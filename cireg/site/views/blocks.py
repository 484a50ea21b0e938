"""The blocks that pages are laid out with: labelled fields, tables, lists of improvements, and lists of days.

Pages hold hundreds of them, and named tuples are made in a third of the time that frozen dataclasses take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from cireg.site.views.shown import Shown
from cireg.site.views.words import Day

_COMMA = Markup(", ")


class Field(NamedTuple):
    """A label and what it stands for: text, or safe HTML. What is `wide` takes a line of its own."""

    label: str
    content: str
    wide: bool = False


class Cell(NamedTuple):
    """A cell of a table: text or safe HTML; `kind` is "", "number" or a state for the style."""

    content: str
    kind: str = ""


class Column(NamedTuple):
    """A column of a table: the key of its label, its kind, and whether it names people."""

    key: str
    kind: str = ""
    people: bool = False


class Table(NamedTuple):
    """A table: its caption, its caption and heads as safe HTML, and its rows."""

    caption: str
    head: str
    rows: tuple[tuple[Cell, ...], ...]


class Entry(NamedTuple):
    """Something that happened: the day, what, who (both safe HTML or text), and a note as safe HTML."""

    day: Day
    what: str
    who: str
    note: str


class Mention(NamedTuple):
    """An improvement in a list: its id, title and status as safe HTML, and what is said of it here."""

    html: str
    note: str = ""


class Group(NamedTuple):
    """Improvements under a label."""

    label: str
    mentions: tuple[Mention, ...]


def comma(values: Iterable[str]) -> Markup:
    """The values in one line; those that are not safe HTML are escaped."""
    every = tuple(values)
    if len(every) == 1:
        return escape(every[0])
    return _COMMA.join(every)


def fields(*every: Field) -> tuple[Field, ...]:
    """The fields that have a content."""
    return tuple(each for each in every if each.content)


def table(shown: Shown, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Table | None:
    """A table, without columns in which no row has anything or nobody may be named; None without rows.

    `caption` is the key of the caption; each row has a cell for every column.
    """
    if not rows:
        return None
    kept = [
        n
        for n, column in enumerate(columns)
        if (shown.people or not column.people) and (n == 0 or any(row[n].content for row in rows))
    ]
    title = shown.say(caption)
    heads = tuple((shown.say(columns[n].key), columns[n].kind) for n in kept)
    lines = tuple(tuple(row[n] for n in kept) for row in rows)
    return Table(title, shown.fragments.head(title, heads), lines)
