"""Value against effort: what the picture and its table show."""

from __future__ import annotations

import re
from typing import Any

from cireg.site.views import matrix
from cireg.site.views.links import Links
from cireg.site.views.matrix import MatrixView
from tests.site.views.showing import showing
from tests.small_register import fields


def scored(id_: str, value: int, effort: int) -> dict[str, Any]:
    """An assessed improvement with that value and effort."""
    item = fields("assessed", id=id_)
    item["scores"] |= {"value": value, "effort": effort}
    return item


def view(*items: dict[str, Any], config: str = "") -> MatrixView:
    """What the page shows of these improvements."""
    shown = showing(*items, config=config)
    return matrix.view(shown, Links(shown, "matrix/"))


def test_the_picture_is_said_in_words() -> None:
    """How many are where, and how many cannot be placed."""
    made = view(scored("CI-0001", 5, 1), scored("CI-0002", 4, 2), scored("CI-0003", 1, 5), fields(id="CI-0004"))
    assert "The 3 improvements in the list with a value and an effort: 2 quick wins, 1 to reconsider." == made.finding
    assert "1 more in the list has no value and effort yet." == made.unplaced


def test_marks_carry_id_light_and_address() -> None:
    """And in words what a pointer is told."""
    mark = view(scored("CI-0001", 5, 1)).marks[0]
    assert ("CI-0001", "green", "../improvements/ci-0001/") == (mark.label, mark.shape, mark.address)
    assert mark.title.endswith(": value 5, effort 1")


def test_a_full_cell_has_numbers_and_a_crowded_one_a_count() -> None:
    """The numbers are those of the table; the count leads to the rows."""
    full = view(*(scored(f"CI-{n:04}", 4, 2) for n in range(1, 13)))
    crowd = view(*(scored(f"CI-{n:04}", 4, 2) for n in range(1, 20)))
    assert full.numbered
    assert [str(n) for n in range(1, 13)] == [mark.label for mark in full.marks]
    assert [str(n) for n in range(1, 13)] == [row.number for row in full.cells[0].rows]
    assert [("19 improvements", "#value-4-effort-2")] == [(each.label, each.address) for each in crowd.crowds]
    assert ("value-4-effort-2", 19, ()) == (crowd.cells[0].id, len(crowd.cells[0].rows), crowd.marks)


def test_the_table_begins_with_much_value_for_little_effort() -> None:
    """In each cell the order is that of the list."""
    made = view(scored("CI-0001", 2, 2), scored("CI-0002", 5, 3), scored("CI-0003", 5, 1), scored("CI-0004", 5, 1))
    assert ["CI-0003", "CI-0004", "CI-0002", "CI-0001"] == [
        re.sub("<[^>]+>", "", row.link) for cell in made.cells for row in cell.rows
    ]


def test_another_model_has_no_lights() -> None:
    """The shape is then the same for all, and there is no legend."""
    item = scored("CI-0001", 5, 1)
    item["scores"]["rice"] = {"reach": 10, "impact": 1, "confidence": 1, "effort": 2}
    made = view(item, config="scoring: {model: rice}\n")
    assert ("open", ()) == (made.marks[0].shape, made.lights)


def test_the_picture_says_what_it_is() -> None:
    """Title and description; marks are no stops for the keyboard, since the table has the same links."""
    body = matrix.page(showing(scored("CI-0001", 5, 1))).body
    svg = body.partition('<svg class="cireg-matrix"')[2].partition("</svg>")[0]
    assert '<desc id="matrix-desc">The 1 improvement in the list with a value and an effort: 1 quick win.</desc>' in svg
    assert svg.count("<a ") == svg.count('tabindex="-1"') == 1
    assert '<th scope="row" class="cireg-table__id"><a href="../improvements/ci-0001/">CI-0001</a></th>' in body


def test_an_empty_list_has_a_picture_too() -> None:
    """It says that there is nothing in it."""
    assert "Nothing in the list has a value and an effort yet." in matrix.page(showing()).body
