"""The text of a value in a cell, and the guard against formulas."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cireg.errors import CiregError
from cireg.sheets import Value, cell_text, guard, unguard

HOSTILE = Path(__file__).parents[3] / "shared/hostile/csv"
OWN_FORMULAS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "\uff1d1",
]
OWN_FORMULAS += [
    "\uff0d1",
    "\uff0b1",
    "\uff20A",
    "\ufe661",
    "'=1",
    "''=1",
    "\ufeff\xa0\u3000=1",
    "\x00=1",
    "-25%",
    "- 1",
    "-1-1",
    "+",
    "=",
]

moment = datetime.fromisoformat
edgy_text = st.text(st.sampled_from("'=+-@\uff1d \t\r\n1.a\u200b\u3000,;\"|")) | st.text(
    st.characters(exclude_categories=())
)


def _formulas() -> list[str]:
    """Cells that spreadsheets would run: some always, all where the collection is there."""
    found = [*OWN_FORMULAS]
    if HOSTILE.exists():
        found += json.loads((HOSTILE / "formula.json").read_text(encoding="utf-8"))
        found += (HOSTILE / "payloadbox-csv.txt").read_text(encoding="utf-8").splitlines()
    return sorted(set(found))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        (" as it is\r\n", " as it is\r\n"),
        (True, "true"),
        (False, "false"),
        # numbers
        (0, "0"),
        (-5, "-5"),
        (12345678901234567890, "12345678901234567890"),
        (3.0, "3"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e22, "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (Decimal("1.10"), "1.1"),
        (Decimal("1E+3"), "1000"),
        # dates and times
        (date(2026, 3, 1), "2026-03-01"),
        (moment("2026-03-01"), "2026-03-01"),
        (moment("2026-03-01T09:05"), "2026-03-01T09:05:00"),
        (moment("2026-03-01T09:05:00.600"), "2026-03-01T09:05:01"),
        (moment("2026-02-28T23:59:59.999999"), "2026-03-01"),
        (moment("2026-03-01T00:00+00:00"), "2026-03-01T00:00:00+00:00"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=30, seconds=5), "30:00:05"),
        (timedelta(minutes=-90), "-1:30:00"),
    ],
)  # fmt: skip
def test_a_value_has_one_text(value: Value, expected: str) -> None:
    """Dates are ISO dates, numbers plain decimals, nothing is empty."""
    assert expected == cell_text(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN")])
def test_a_number_that_is_not_finite_is_refused(value: float | Decimal) -> None:
    """A sheet has no such number, and its text would be read as a word."""
    with pytest.raises(CiregError, match="not a number that a cell can hold"):
        cell_text(value)


@pytest.mark.parametrize("text", _formulas())
def test_no_guarded_text_starts_a_formula(text: str) -> None:
    """What a spreadsheet would run begins with an apostrophe, unless it is a number and nothing else."""
    guarded = guard(text)
    seen = unicodedata.normalize("NFKC", guarded).lstrip(" \x00\u200b\ufeff")
    number = seen.lstrip("+-").replace(".", "", 1).isdecimal()
    assert number or not seen.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert text == unguard(guarded)


@pytest.mark.parametrize("text", ["-1", "+49170123456", "-1.25", "'tis", "'", "''", "a=1", "1-1", "'-1", "x\n=1", ""])
def test_harmless_text_is_not_guarded(text: str) -> None:
    """Numbers stay numbers, and an apostrophe at the start stays the writer's own."""
    assert text == guard(text)
    assert text == unguard(text)


@given(edgy_text)
@example("''=1")
@example("' =1")
def test_a_guard_is_always_undone(text: str) -> None:
    """Whatever the text, apostrophes of its own included, it comes back."""
    assert text == unguard(guard(text))


@given(edgy_text)
def test_a_guarded_text_is_not_guarded_twice_by_accident(text: str) -> None:
    """Guarding adds an apostrophe or nothing."""
    assert guard(text) in (text, "'" + text)
