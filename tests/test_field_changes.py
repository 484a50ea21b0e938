"""Two versions of a file field by field, in words."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.field_changes import changes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"owner": "a"}, {"owner": "b"}, ["owner changed from a to b"]),
        ({}, {"cause": "Nobody knew."}, ["cause added: Nobody knew."]),
        ({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, ["tags removed: a", "tags added: c"]),
        ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, ["tags put into another order"]),
        ({"target": {"due": "2026-09-01"}}, {"target": {"due": "2026-12-01"}},
         ["target: due changed from 2026-09-01 to 2026-12-01"]),
        ({}, {"scores": {"value": 4, "risk": 1}}, ["score for value added: 4", "score for risk added: 1"]),
        ({"measures": [{"kpi": "hours", "target": {"change": "-25%"}}]},
         {"measures": [{"kpi": "hours", "target": {"change": "-15%"}}]}, ["target of hours lowered from 25 % to 15 %"]),
        ({"measures": [{"kpi": "hours", "role": "primary"}]}, {"measures": [{"kpi": "cost", "role": "primary"}]},
         ["measures, hours removed", "measures, cost added: role primary"]),
        ({"plan": {"steps": [{"do": "Start", "due": "2026-09-01"}]}},
         {"plan": {"steps": [{"do": "Start", "due": "2026-09-01", "done": "2026-08-30"}]}},
         ["done of Start added: 2026-08-30"]),
        ({"measures": [{"kpi": "a"}, {"kpi": "b"}]}, {"measures": [{"kpi": "b"}, {"kpi": "a"}]},
         ["measures put into another order"]),
        ({"log": []}, {"log": [{"on": "2026-11-12", "note": "Well."}]}, ["log added: on 2026-11-12, note Well."]),
        ({"custom": {"site": "north"}}, {"custom": {"site": "south"}}, ["site changed from north to south"]),
        ({"title": "a"}, {"title": "a"}, []), ({"id": "a"}, {"id": "b"}, []),
    ],
)  # fmt: skip
def test_each_field_that_differs_is_told(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    """Entries of lists by what names them, texts by what they were."""
    assert expected == [each.words for each in changes("improvement", before, after, ("id",))]


def test_fields_come_in_the_order_of_the_schema() -> None:
    """As one reads the file, whatever order it has them in."""
    before: dict[str, Any] = {}
    after = {"links": {"part_of": "CI-0001"}, "owner": "a", "zeta": 1, "title": "b"}
    assert ["title", "owner", "links.part_of", "zeta"] == [each.field for each in changes("improvement", before, after)]


def test_values_of_any_shape_are_told() -> None:
    """A list that was a text, a group that was a number."""
    odd: list[Any] = [None, "", 1, "x", [], ["x"], [{"kpi": "a"}], [1, {"kpi": "a"}], {}, {"a": {"b": 1}}]
    for before in odd:
        for after in odd:
            found = list(changes("improvement", {"measures": before}, {"measures": after}))
            assert all(each.words for each in found)
            assert bool(found) == (before != after) or not (before or after)
