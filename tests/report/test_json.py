"""JSON as the commands print it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.findings import Finding, Place
from cireg.report.json import document, dumps, findings, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # numbers
        (1, "1"),
        (1.0, "1.0"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (2 / 3, "0.666667"),
        (-0.0, "0.0"),
        (-1e-9, "0.0"),
        (1e20, "1e+20"),
        (Decimal("4200"), "4200"),
        (Decimal("12.50"), "12.5"),
        (Decimal("0.0000001"), "0"),
        (True, "true"),
        # what is unknown
        (None, "null"),
        (float("nan"), "null"),
        (float("inf"), "null"),
        (float("-inf"), "null"),
        # others
        (date(2026, 11, 23), '"2026-11-23"'),
        ("é漢😀", '"é漢😀"'),
        ('a"b\\c\n\x1b', '"a\\"b\\\\c\\n\\u001b"'),
        ((1, 2.0000001), "[1, 2.0]"),
        ({"b": 1, "a": [None]}, '{"a": [null], "b": 1}'),
        ({1: date(2026, 1, 2)}, '{"1": "2026-01-02"}'),
    ],
)
def test_a_value_is_plain_json(value: Any, expected: str) -> None:
    """Six decimals, sorted keys, UTF-8, null for what is not known; never NaN."""
    assert expected == dumps(value)


def test_what_is_plain_already_stays_as_it_is() -> None:
    """Whole numbers of any size too."""
    value = {"a": [1, "x", None, True, 10**30]}

    assert value == plain(value)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.fractions(), st.dates(), st.text()),
        lambda inner: st.one_of(st.lists(inner), st.tuples(inner), st.dictionaries(st.text(), inner)),
        max_leaves=20,
    )
)
def test_lines_are_those_that_the_library_would_write(value: Any) -> None:
    """Byte for byte, only sooner."""
    assert dumps(value, indent=2) == json.dumps(
        plain(value), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False
    )


def test_a_document_has_its_version_and_its_day() -> None:
    """Beside the content, sorted."""
    text = document(date(2026, 11, 23), {"zeta": 1, "items": []})

    assert {"schema_version": 1, "as_of": "2026-11-23", "items": [], "zeta": 1} == json.loads(text)
    assert ["as_of", "items", "schema_version", "zeta"] == list(json.loads(text))


def test_findings_are_as_the_contract_says() -> None:
    """Path from the git top level, line and column from 1, code, rule, severity, message, help."""
    found = [Finding(Place("kpis/a.yaml", 3, 9), "CI032", "wrong-type", "error", "it is", "mend it")]

    assert {
        "schema_version": 1,
        "as_of": "2026-11-23",
        "checked": 12,
        "findings": [
            {
                "path": "it/register/kpis/a.yaml",
                "line": 3,
                "column": 9,
                "code": "CI032",
                "rule": "wrong-type",
                "severity": "error",
                "message": "it is",
                "help": "mend it",
            }
        ],
    } == json.loads(findings(found, 12, date(2026, 11, 23), "it/register/"))
