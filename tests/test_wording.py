"""Fields, values and changes in words."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.wording import changed, label, value


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, "nothing"), ("", "nothing"), ([], "nothing"), ({}, "nothing"),
        (True, "yes"), (False, "no"), (4, "4"), (0.5, "0.5"), (9999, "9999"), (12000, "12,000"),
        ("-25%", "-25 %"), ("  two\n words ", "two words"), ("50% of it", "50% of it"),
        (["tool", "training"], "tool, training"),
        ({"from": "2025-04", "to": "2026-03"}, "2025-04 to 2026-03"), ({"min": 95, "max": 100}, "95 to 100"),
        ({"change": "-25%", "tolerance": "2%"}, "-25 %, tolerance 2 %"),
        ({"figure": 412, "evidence": "REP-88"}, "412, evidence REP-88"),
        ({"do": "Start", "due": "2027-02-01"}, "do Start, due 2027-02-01"),
    ],
)  # fmt: skip
def test_a_value_reads_as_people_say_it(given: Any, expected: str) -> None:
    """Whatever YAML can hold."""
    assert expected == value(given)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"change": "-25%"}, {"change": "-15%"}, "it lowered from 25 % to 15 %"),
        ({"change": "-25%", "tolerance": 2}, {"change": "-15%", "tolerance": 2}, "it lowered from 25 % to 15 %"),
        ({"value": 309, "tolerance": 2}, {"value": 309, "tolerance": 9}, "tolerance of it raised from 2 to 9"),
        ({"value": 309}, {"change": "-15%"}, "it changed from 309 to -15 %"),
        ("-25%", "25%", "it changed from -25 % to 25 %"),
        (3, 5, "it raised from 3 to 5"), ("5%", 5, "it changed from 5 % to 5"),
        (None, 5, "it added: 5"), ([], ["a"], "it added: a"), ("x", None, "it removed, it was x"),
        ("2026-09-01", "2026-12-01", "it changed from 2026-09-01 to 2026-12-01"),
        ("a" * 61, "b", "it rewritten"), (None, "a" * 61, "it added: " + "a" * 59 + "…"),
        (True, False, "it changed from yes to no"),
    ],
)  # fmt: skip
def test_a_change_says_what_became_of_the_field(before: Any, after: Any, expected: str) -> None:
    """Numbers and percentages go up and down where like is compared with like."""
    assert expected == changed("it", before, after)


def test_a_field_is_called_what_its_schema_calls_it() -> None:
    """Down to the entries of lists, and by its name where the schema knows none."""
    assert "Target" == label("improvement", ("measures", "target"))
    assert "Do" == label("improvement", ("plan", "steps", "do"))
    assert "Weights" == label("config", ("scoring", "weights"))
    assert "own field" == label("improvement", ("custom", "own_field"))
