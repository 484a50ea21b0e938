"""The blocks that pages are laid out with."""

from __future__ import annotations

from markupsafe import Markup

from cireg.site.views.blocks import Cell, Column, Field, comma, fields, table
from tests.site.views.showing import showing

COLUMNS = (
    Column("column.title"),
    Column("column.owner", people=True),
    Column("column.score", "number"),
    Column("column.due"),
)
ROWS = [(Cell("a"), Cell("Ann"), Cell("1", "number"), Cell("")), (Cell("b"), Cell(""), Cell(""), Cell(""))]


def test_values_stand_in_one_line() -> None:
    """What is not safe HTML is escaped, one value alone as well; nothing is nothing."""
    assert ["", "&lt;b&gt;", "<i>a</i>, &lt;b&gt;"] == [
        comma(values) for values in ((), ("<b>",), (Markup("<i>a</i>"), "<b>"))
    ]
    assert isinstance(comma(["<b>"]), Markup)


def test_empty_fields_are_left_out() -> None:
    """A label without a content says nothing."""
    assert (Field("a", "1"),) == fields(Field("a", "1"), Field("b", ""))


def test_a_table_has_no_empty_column() -> None:
    """Neither one in which no row has anything, nor one with people where none are shown; the first one stays."""
    shown = table(showing(), "steps.caption", COLUMNS, ROWS)
    hidden = table(showing(config="publish: {people: false}\n"), "steps.caption", COLUMNS, ROWS)
    assert shown is not None
    assert hidden is not None
    assert [["a", "Ann", "1"], ["b", "", ""]] == [[cell.content for cell in row] for row in shown.rows]
    assert [["a", "1"], ["b", ""]] == [[cell.content for cell in row] for row in hidden.rows]
    assert '<th scope="col" class="cireg-cell--number">Score</th>' in hidden.head
    assert "Owner" in shown.head
    assert "Owner" not in hidden.head


def test_without_rows_there_is_no_table() -> None:
    """Not even a head."""
    assert None is table(showing(), "steps.caption", COLUMNS, [])
