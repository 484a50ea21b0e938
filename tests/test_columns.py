"""An improvement as one flat row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.columns import cell, fixed, header, is_day, route_of
from cireg.record import Record
from cireg.schema import fields
from cireg.source import Source


def record(**data: Any) -> Record:
    """A file with this data."""
    return Record(Source("improvements/CI-0001.yaml", data))


def test_every_field_has_a_column_or_lies_in_one() -> None:
    """In the schema's order; what is in a list is in the list's column."""
    columns = fixed()

    assert ("id", "title", "status") == columns[:3]
    assert "history" == columns[-1]
    assert {"scores.wsjf.job_size", "plan.steps", "momentum.standardised", "imported.row"} <= set(columns)
    for field in fields("improvement"):
        name = field.name.partition("[")[0]
        covered = name in columns or any(column.startswith(name + ".") for column in columns)
        assert covered or name == "custom", name


def test_own_fields_have_columns_before_the_history() -> None:
    """Those of all improvements together, sorted."""
    columns = header([record(custom={"b": 1, "a.x": 2}), record(custom={"c": 3}), record()])

    assert ("custom.a.x", "custom.b", "custom.c", "history") == columns[-4:]
    assert fixed() == header([record()])
    assert ("custom", "a.x") == route_of("custom.a.x")


@pytest.mark.parametrize(
    ("column", "data", "expected"),
    [
        ("title", {"title": "Answer"}, "Answer"),
        ("title", {}, None),
        ("opportunity", {"opportunity": "One\n\ntwo\n"}, "One\n\ntwo"),
        ("target.due", {"target": {"due": "2026-03-09"}}, date(2026, 3, 9)),
        ("scores.value", {"scores": {"value": 4}}, 4),
        ("publish", {"publish": False}, False),
        ("links.part_of", {"links": {"part_of": None}}, None),
        ("tags", {"tags": ["a", "b"]}, "a; b"),
        ("tags", {"tags": []}, None),
        ("baseline.evidence", {"baseline": {"evidence": ["a; b"]}}, '["a; b"]'),
        ("baseline.evidence", {"baseline": {"evidence": [" a"]}}, '[" a"]'),
        ("baseline.evidence", {"baseline": {"evidence": ["[a]"]}}, '["[a]"]'),
        ("momentum.standardised", {"momentum": {"standardised": {"none": "Gone."}}}, '{"none": "Gone."}'),
        ("plan.steps", {"plan": {"steps": [{"do": "é", "due": "2026-03-09"}]}}, '[{"do": "é", "due": "2026-03-09"}]'),
        ("custom.x", {"custom": {"x": 1.5}}, 1.5),
        ("custom.x", {"custom": {"x": {"y": [1]}}}, '{"y": [1]}'),
        ("custom.x", {"custom": {"x": [1, 2]}}, "[1, 2]"),
        ("custom.due", {"custom": {"due": "2026-03-09"}}, "2026-03-09"),
    ],
)
def test_a_cell_holds_what_the_file_says(column: str, data: dict[str, Any], expected: Any) -> None:
    """Typed where a spreadsheet has the type; JSON for what is nested or could not be told apart again."""
    assert expected == cell(record(**data), column)


def test_only_fields_of_days_are_days() -> None:
    """An organisation's own field is what its file says, whatever it looks like."""
    assert is_day("target.due")
    assert not is_day("title")
    assert not is_day("custom.due")
