"""Where marks stand in the picture of value against effort."""

from __future__ import annotations

from itertools import combinations

import pytest

from cireg.site.views.picture import (
    CELL_HEIGHT,
    CELL_WIDTH,
    HEIGHT,
    QUADRANTS,
    WIDTH,
    corner,
    labelled,
    numbered,
    spots,
)


def ids(count: int, width: int = 7) -> list[str]:
    """So many ids of that many characters."""
    return [f"CI-{n:0{width - 3}}" for n in range(count)]


def test_value_grows_upwards_and_effort_to_the_right() -> None:
    """The cell of much value and little effort is the upper left one."""
    assert corner(5, 1) == min(corner(value, effort) for value in range(1, 6) for effort in range(1, 6))
    assert (corner(5, 1)[0] + CELL_WIDTH, corner(5, 1)[1] + CELL_HEIGHT) == corner(4, 2)


@pytest.mark.parametrize("count", [1, 2, 3, 8, 9, 16])
@pytest.mark.parametrize("width", [7, 12])
def test_no_mark_covers_another_or_leaves_its_cell(count: int, width: int) -> None:
    """Each has room of its own, at least 24 units high, for its shape and its label."""
    found = spots(2, 4, ids(count, width))
    left, top = corner(2, 4)
    assert count == len(found)
    for spot in found:
        assert left <= spot.x
        assert spot.x + spot.width <= left + CELL_WIDTH
        assert top <= spot.y
        assert spot.y + 24 <= top + CELL_HEIGHT
        assert spot.x < spot.shape_x < spot.text_x < spot.x + spot.width
    for one, other in combinations(found, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or abs(one.y - other.y) >= 24


def test_ids_give_way_to_numbers_and_numbers_to_a_count() -> None:
    """Long ids take a whole line each."""
    assert [True, False] == [labelled(ids(count)) for count in (8, 9)]
    assert [True, False] == [labelled(ids(count, 12)) for count in (4, 5)]
    assert [True, False] == [numbered(ids(count)) for count in (16, 17)]


def test_the_quadrants_are_the_corners_of_the_picture() -> None:
    """Four times two by two cells; their names stand outside of them and inside of the picture."""
    for area in QUADRANTS.values():
        assert (2 * CELL_WIDTH, 2 * CELL_HEIGHT) == (area.width, area.height)
        assert not area.y <= area.text_y <= area.y + area.height
        assert 0 <= area.text_x < WIDTH
        assert 0 < area.text_y < HEIGHT
