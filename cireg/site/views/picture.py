"""Where things stand in the picture of value against effort: five by five cells, filled without collisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CELL_WIDTH, CELL_HEIGHT = 150, 108
LEFT, TOP, RIGHT, BOTTOM = 70, 34, 14, 78
WIDTH, HEIGHT = LEFT + 5 * CELL_WIDTH + RIGHT, TOP + 5 * CELL_HEIGHT + BOTTOM
ROW, SHAPE = 26, 12
"""The height of a mark's row (a pointer needs 24 units) and of the shape in it."""

_ROWS = CELL_HEIGHT // ROW
_LONGEST_IN_HALF = 8  # characters of an id that fit into half a cell
_NUMBERS_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mark stands: the room that a pointer may meet, its shape's corner, and its label's base line."""

    x: int
    y: int
    width: int
    shape_x: int
    shape_y: int
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Area:
    """A quadrant: the rectangle, and where its name stands, outside so that no mark can cover it."""

    x: int
    y: int
    width: int
    height: int
    text_x: int
    text_y: int


QUADRANTS = {
    "quick-win": Area(LEFT, TOP, 2 * CELL_WIDTH, 2 * CELL_HEIGHT, LEFT, TOP - 12),
    "major-project": Area(
        LEFT + 3 * CELL_WIDTH, TOP, 2 * CELL_WIDTH, 2 * CELL_HEIGHT, LEFT + 3 * CELL_WIDTH, TOP - 12
    ),
    "fill-in": Area(
        LEFT, TOP + 3 * CELL_HEIGHT, 2 * CELL_WIDTH, 2 * CELL_HEIGHT, LEFT, TOP + 5 * CELL_HEIGHT + 20
    ),
    "reconsider": Area(
        LEFT + 3 * CELL_WIDTH, TOP + 3 * CELL_HEIGHT, 2 * CELL_WIDTH, 2 * CELL_HEIGHT,
        LEFT + 3 * CELL_WIDTH, TOP + 5 * CELL_HEIGHT + 20,
    ),
}  # fmt: skip


def corner(value: int, effort: int) -> tuple[int, int]:
    """The upper left corner of a cell: value grows upwards, effort to the right."""
    return LEFT + (effort - 1) * CELL_WIDTH, TOP + (5 - value) * CELL_HEIGHT


def labelled(ids: Sequence[str]) -> bool:
    """Whether so many ids fit into one cell."""
    return len(ids) <= _ROWS * _columns(ids)


def numbered(ids: Sequence[str]) -> bool:
    """Whether at least their numbers fit into one cell."""
    return len(ids) <= _ROWS * _NUMBERS_ACROSS


def spots(value: int, effort: int, ids: Sequence[str]) -> list[Spot]:
    """Where each of a cell's items stands, in rows from the upper left; at most as many as fit."""
    left, top = corner(value, effort)
    columns = _columns(ids) if labelled(ids) else _NUMBERS_ACROSS
    across = CELL_WIDTH // columns
    rows = -(-len(ids) // columns)
    above = (CELL_HEIGHT - rows * ROW) // 2
    found = []
    for n in range(len(ids)):
        x = left + (n % columns) * across + 1
        y = top + above + (n // columns) * ROW
        found.append(Spot(x, y, across - 2, x + 5, y + (ROW - SHAPE) // 2, x + SHAPE + 8, y + ROW // 2 + 4))
    return found


def _columns(ids: Sequence[str]) -> int:
    return 2 if all(len(each) <= _LONGEST_IN_HALF for each in ids) else 1
