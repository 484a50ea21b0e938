"""Value against effort: a picture of the list in twenty-five cells, and the same as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cireg.figures import tenths
from cireg.ranking import Row
from cireg.scoring import grid
from cireg.site.page import Heading, Page
from cireg.site.views import picture
from cireg.site.views.links import Links
from cireg.site.views.listing import rank_text
from cireg.site.views.picture import Area, Spot
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice

_ORDER = ("quick-win", "major-project", "middle", "fill-in", "reconsider")
_SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class Mark:
    """An item in the picture: its id or number, what a pointer is told, where it leads, its light, its spot."""

    label: str
    title: str
    address: str
    shape: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Crowd:
    """A cell with more items than can be drawn: how many, where they are listed, and the cell's middle."""

    label: str
    address: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quadrant of the picture."""

    name: str
    label: str
    area: Area


@dataclass(frozen=True, slots=True)
class Tick:
    """A word or number of an axis, and where it stands."""

    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Axes:
    """The numbers of both axes, and their names."""

    columns: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    value: Tick
    effort: Tick


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An item in the table beside the picture."""

    number: str
    link: str
    title: str
    value: str
    effort: str
    quadrant: str
    light: str
    score: str
    rank: str


@dataclass(frozen=True, slots=True)
class CellRows:
    """The rows of one cell of the picture; a crowded cell leads to their id."""

    id: str
    rows: tuple[KeyRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Everything on the page. `finding` says in words what the picture shows."""

    finding: str
    unplaced: str
    as_of: str
    width: int
    height: int
    quarters: tuple[Quarter, ...]
    grid: tuple[Tick, ...]
    cell_width: int
    cell_height: int
    axes: Axes
    marks: tuple[Mark, ...]
    crowds: tuple[Crowd, ...]
    numbered: bool
    lights: tuple[Choice, ...]
    cells: tuple[CellRows, ...]
    register: str


@dataclass(frozen=True, slots=True)
class _Placed:
    row: Row
    value: int
    effort: int
    number: int

    @property
    def quadrant(self) -> str:
        return grid.quadrant(grid.Inputs(self.value, self.effort, 1, 1))


def page(shown: Shown) -> Page:
    """The page of the picture."""
    made = view(shown, Links(shown, "matrix/"))
    title = shown.say("matrix.title")
    return Page(
        kind="matrix",
        url="matrix/",
        title=title,
        description=made.finding,
        body=shown.site.templates.render("matrix.html.j2", page=made),
        headings=(Heading("table", shown.say("matrix.table")),) if made.cells else (),
        search=f"{title} {made.finding}",
    )


def view(shown: Shown, links: Links) -> MatrixView:
    """What the page shows."""
    placed = _placed(shown)
    unplaced = len(shown.ranking.rows) + len(shown.ranking.unscored) - len(placed)
    cells = _cells(placed)
    marks, crowds = [], []
    for (value, effort), own in cells.items():
        ids = [each.row.item.id for each in own]
        if picture.labelled(ids) or picture.numbered(ids):
            spots = picture.spots(value, effort, ids)
            marks += [
                _mark(each, spot, shown, links, picture.labelled(ids)) for each, spot in zip(own, spots, strict=True)
            ]
        else:
            x, y = picture.corner(value, effort)
            label = shown.say("matrix.crowd", n=len(own))
            middle = (x + picture.CELL_WIDTH // 2, y + picture.CELL_HEIGHT // 2)
            crowds.append(Crowd(label, f"#{_cell_id(value, effort)}", *middle))
    return MatrixView(
        finding=_finding(placed, shown),
        unplaced=shown.say("matrix.unplaced", n=unplaced) if unplaced else "",
        as_of=shown.words.day(shown.as_of).text,
        width=picture.WIDTH,
        height=picture.HEIGHT,
        quarters=tuple(
            Quarter(name, shown.words.label("quadrants", name), area) for name, area in picture.QUADRANTS.items()
        ),
        grid=tuple(Tick("", *picture.corner(value, effort)) for value in _SCALE for effort in _SCALE),
        cell_width=picture.CELL_WIDTH,
        cell_height=picture.CELL_HEIGHT,
        axes=_axes(shown),
        marks=tuple(marks),
        crowds=tuple(crowds),
        numbered=any(not picture.labelled([each.row.item.id for each in own]) for own in cells.values()),
        lights=tuple(shown.words.choice("light", name) for name in ("green", "amber", "red"))
        if shown.ranking.model == "grid"
        else (),
        cells=tuple(
            CellRows(_cell_id(*cell), tuple(_key_row(each, shown, links) for each in own))
            for cell, own in cells.items()
        ),
        register=links.page("register"),
    )


def _placed(shown: Shown) -> list[_Placed]:
    """The items of the list that have a value and an effort, from the most valuable and least costly on."""
    found = []
    for row in shown.ranking.rows:
        value, effort = (row.item.get("scores", name) for name in ("value", "effort"))
        if value in _SCALE and effort in _SCALE:
            found.append((row, int(value), int(effort)))
    found.sort(key=lambda each: (-each[1], each[2]))  # within a cell they stay in the order of the list
    return [_Placed(*each, n) for n, each in enumerate(found, 1)]


def _cells(placed: list[_Placed]) -> dict[tuple[int, int], list[_Placed]]:
    """The items of each cell that has some, by value and effort."""
    cells: dict[tuple[int, int], list[_Placed]] = {}
    for each in placed:
        cells.setdefault((each.value, each.effort), []).append(each)
    return cells


def _cell_id(value: int, effort: int) -> str:
    return f"value-{value}-effort-{effort}"


def _finding(placed: list[_Placed], shown: Shown) -> str:
    """How many are where, in a sentence."""
    counted = Counter(each.quadrant for each in placed)
    parts = [shown.say(f"matrix.count.{name}", n=counted[name]) for name in _ORDER if counted[name]]
    if not parts:
        return shown.say("matrix.nothing")
    return shown.say("matrix.finding", n=len(placed), parts=", ".join(parts))


def _mark(each: _Placed, spot: Spot, shown: Shown, links: Links, labelled: bool) -> Mark:
    item = each.row.item
    return Mark(
        item.id if labelled else str(each.number),
        shown.say("matrix.mark", id=item.id, title=item.title, value=each.value, effort=each.effort),
        links.address("improvement", item.id),
        each.row.light or "open",
        spot,
    )


def _key_row(each: _Placed, shown: Shown, links: Links) -> KeyRow:
    row = each.row
    return KeyRow(
        number=str(each.number),
        link=links.improvement(row.item.id),
        title=row.item.title,
        value=str(each.value),
        effort=str(each.effort),
        quadrant=shown.words.label("quadrant", each.quadrant),
        light=shown.fragments.light(row.light),
        score=tenths(row.score),
        rank=rank_text(row.rank, row.tied),
    )


def _axes(shown: Shown) -> Axes:
    left, top = picture.LEFT, picture.TOP
    wide, high = picture.CELL_WIDTH, picture.CELL_HEIGHT
    bottom = top + 5 * high
    columns = [Tick(str(n), left + (n - 1) * wide + wide // 2, bottom + 42) for n in _SCALE]
    rows = [Tick(str(n), left - 14, top + (5 - n) * high + high // 2 + 5) for n in _SCALE]
    value = Tick(shown.say("matrix.value_axis"), 22, top + 5 * high // 2)
    effort = Tick(shown.say("matrix.effort_axis"), left + 5 * wide // 2, bottom + 66)
    return Axes(tuple(columns), tuple(rows), value, effort)
