"""A sheet that `cireg export` wrote, understood without a map."""

from __future__ import annotations

import pytest

from cireg.columns import fixed, header
from cireg.importing.exported import exported_map
from cireg.record import Record
from cireg.source import Source


def test_what_export_writes_is_understood() -> None:
    """Every column is a field, those of the organisation's own included."""
    columns = header([Record(Source("", {"custom": {"cost centre": 1}}))])
    made = exported_map(columns)

    assert made is not None
    assert made.exported
    assert list(columns) == [making.name for making in made.makings]
    assert [(column,) for column in columns] == [making.columns for making in made.makings]


def test_columns_may_be_taken_out_and_moved() -> None:
    """What is not there is not compared."""
    made = exported_map(("title", "id"))

    assert made is not None
    assert ["title", "id"] == [making.name for making in made.makings]


@pytest.mark.parametrize(
    "columns",
    [(), ("title", "status"), ("id", "Title"), ("ID", "title"), ("id", "measures[].kpi"), ("id", "history.note")],
)
def test_any_other_sheet_needs_a_map(columns: tuple[str, ...]) -> None:
    """Nobody guesses what a column means from its name."""
    assert exported_map(columns) is None


def test_only_days_as_export_writes_them_are_days() -> None:
    """A spreadsheet that rewrote them is found out."""
    made = exported_map(fixed())

    assert made is not None
    assert {("YYYY-MM-DD",)} == {tuple(form.name for form in making.dates) for making in made.makings}
