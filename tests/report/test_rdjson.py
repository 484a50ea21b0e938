"""Findings in reviewdog's diagnostic format."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cireg.report import rdjson
from cireg.report.checked import Checked
from tests.hostile import strings
from tests.report.found import checked, one


def diagnostics(given: Checked) -> list[dict[str, Any]]:
    """The diagnostics as reviewdog parses them."""
    parsed = json.loads(rdjson.document(given).text)
    assert {"name": "cireg"} == parsed["source"]
    return list(parsed["diagnostics"])


def test_a_diagnostic_has_message_place_severity_and_code() -> None:
    """Every field that is not optional."""
    assert [
        {
            "message": "there is no field 'ownr' here. Do: mend it",
            "location": {
                "path": "it/improvements/CI-0001.yaml",
                "range": {"start": {"line": 1, "column": 3}},
            },
            "severity": "ERROR",
            "code": {"value": "CI031 unknown-field"},
        }
    ] == diagnostics(checked(one(1), lines=["ownr: x"], prefix="it/"))


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("abc", 3),
        ("äbc", 4),
        ("ä\U0001f680c", 7),
        # a line that is shorter, or cannot be read
        ("", 3),
        ("ä", 4),
    ],
)
def test_columns_are_bytes(line: str, column: int) -> None:
    """The third character of a line, as the format counts it."""
    (found,) = diagnostics(checked(one(1), lines=[line]))

    assert column == found["location"]["range"]["start"]["column"]


def test_a_line_that_is_not_there_is_counted_in_characters() -> None:
    """Nothing else is known of it."""
    (found,) = diagnostics(checked(one(5)))

    assert {"line": 5, "column": 3} == found["location"]["range"]["start"]


def test_the_worst_come_first() -> None:
    """In the format's own words."""
    found = diagnostics(checked(one(1, "info"), one(2, "warning"), one(3, "error")))

    assert ["ERROR", "WARNING", "INFO"] == [each["severity"] for each in found]


@pytest.mark.parametrize("text", strings(), ids=repr)
def test_whatever_a_stranger_wrote_it_is_text(text: str) -> None:
    """reviewdog posts it as a comment."""
    (found,) = diagnostics(checked(one(path=f"improvements/{text}", message=text, help=text)))

    assert (found["message"] + found["location"]["path"]).isprintable()
