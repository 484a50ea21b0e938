"""What every picture of readings is drawn with: lines, marks told apart by shape, labels that do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cireg.figures import number
from cireg.measure.behaviour import Reading
from cireg.site.views.scale import Scale, place

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 118, 30, 34
_X_LABELS = 8

# The shape of each kind of point, around its place; shape and colour say the same.
SHAPES = {
    "common-cause": "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z",
    "improvement": "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "concern": "m-4.5-4.5h9v9h-9z",
    "neutral": "m0-5.5l5.5 9.5h-11z",
}
KINDS = tuple(SHAPES)


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its place."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """An improvement that went live: a line with its id at the head, and the address of its page."""

    x: str
    y: str
    text: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All points of one kind as one path."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one kind: `centre`, `limit`, `trial`, `target`, `rebase`, `values`, `grid`."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready for its template; `finding` says in words what it shows."""

    id: str
    width: int
    height: int
    title: str
    finding: str
    lines: tuple[Line, ...]
    marks: tuple[Marks, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Label, ...]
    periods: tuple[Label, ...]
    events: tuple[Event, ...]


def across(points: Sequence[Reading]) -> Scale:
    """Where periods stand, each in the middle of its room."""
    first, last = points[0].period.number, points[-1].period.number
    if first == last:
        last += 1
    return Scale(first - 0.5, last + 0.5, LEFT, WIDTH - RIGHT, ())


def grid(down: Scale) -> str:
    """A line at each round figure."""
    return " ".join(f"M{LEFT} {place(down.at(tick))}H{WIDTH - RIGHT}" for tick in down.ticks)


def spots(points: Sequence[Reading], across: Scale, down: Scale) -> list[str | None]:
    """The place of each reading, None for a gap."""
    return [
        None if point.value is None else f"{place(across.at(point.period.number))} {place(down.at(point.value))}"
        for point in points
    ]


def path(places: Sequence[str | None]) -> str:
    """One line through the readings, broken at each gap."""
    parts, pen = [], "M"
    for each in places:
        if each is None:
            pen = "M"
        else:
            parts.append(pen + each)
            pen = "L"
    return "".join(parts)


def marks(points: Sequence[Reading], places: Sequence[str | None]) -> Iterator[Marks]:
    """The readings, a path for each kind."""
    found: dict[str, list[str]] = {kind: [] for kind in SHAPES}
    for point, spot in zip(points, places, strict=True):
        if spot is not None:
            found[plain(point.kind)].append(spot)
    for kind, shape in SHAPES.items():
        if found[kind]:
            yield Marks(kind, "".join([f"M{spot}{shape}" for spot in found[kind]]))


def shape(kind: str) -> str:
    """The path of a kind of point, from its place on."""
    return SHAPES[kind]


def plain(kind: str) -> str:
    """A kind of point without its side."""
    return kind.removesuffix("-high").removesuffix("-low")


def spread(labels: Iterable[tuple[float, str]]) -> list[Label]:
    """Labels one below the other, moved apart where they would cover each other."""
    placed: list[Label] = []
    below = 0.0
    for height, text in sorted(labels):
        line = max(height + 4, below)
        placed.append(Label(str(WIDTH - RIGHT + 6), place(line), text))
        below = line + 13
    return placed


def ticks(down: Scale) -> Iterator[Label]:
    """The round figures at the left."""
    for tick in down.ticks:
        yield Label(str(LEFT - 8), place(down.at(tick) + 4), number(tick))


def periods(points: Sequence[Reading], across: Scale, height: int) -> Iterator[Label]:
    """Some periods along the foot, at even distances."""
    every = max(1, -(-len(points) // _X_LABELS))
    for point in points[::every]:
        yield Label(place(across.at(point.period.number)), str(height - BOTTOM + 18), str(point.period))
