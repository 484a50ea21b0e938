"""The blocks that pages are laid out with: labelled fields, tables, lists of improvements, and lists of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cireg.site.views.words import Choice, Day

_COMMA = Markup(", ")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what it stands for: text, or safe HTML. What is `wide` takes a line of its own."""

    label: str
    content: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `icon` names a shape beside the text, `kind` is "", "number" or a state for the style."""

    content: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `kind` is that of the cells below it."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of each row names the row."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: the day, what, who (both safe HTML or text), and a note as safe HTML."""

    day: Day
    what: str
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An improvement in a list: its id as a link, its title, its status, and what is said of it here.

    `verdict` is empty where it has none.
    """

    link: str
    title: str
    status: Choice
    note: str = ""
    verdict: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Improvements under a label."""

    label: str
    mentions: tuple[Mention, ...]


def comma(values: Iterable[str]) -> Markup:
    """The values in one line; those that are not safe HTML are escaped."""
    return _COMMA.join(values)


def fields(*every: Field) -> tuple[Field, ...]:
    """The fields that have a content."""
    return tuple(each for each in every if each.content)


def table(caption: str, columns: Sequence[tuple[str, str, bool]], rows: Iterable[Sequence[Cell]]) -> Table | None:
    """A table without the columns that are not wanted; None without rows.

    `columns` gives label, kind and whether it is wanted; each row has a cell for every column.
    """
    wanted = [n for n, column in enumerate(columns) if column[2]]
    lines = tuple(tuple(row[n] for n in wanted) for row in rows)
    heads = tuple(Head(*columns[n][:2]) for n in wanted)
    return Table(caption, heads, lines) if lines else None


def drop_empty_columns(made: Table | None) -> Table | None:
    """The same table without columns in which no row has anything."""
    if made is None:
        return None
    filled = [n for n in range(len(made.heads)) if n == 0 or any(row[n].content or row[n].icon for row in made.rows)]
    heads = tuple(made.heads[n] for n in filled)
    return Table(made.caption, heads, tuple(tuple(row[n] for n in filled) for row in made.rows))
