"""What numbers mean by their formats."""

from __future__ import annotations

import pytest

from cireg.sheets.number_format import Meaning, meaning, number_text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", "number"),
        ("0.00", "number"),
        ("#,##0", "number"),
        ("0.00E+00", "number"),
        ("@", "number"),
        ('0 "days"', "number"),
        (r"\d0", "number"),
        ("[Red]0.00", "number"),
        ("[$€-407] #,##0.00", "number"),
        ("_-* #,##0_-", "number"),
        ("0%", "percentage"),
        ("0.0%;[Red]-0.0%", "percentage"),
        ("yyyy-mm-dd", "date"),
        ("dd/mm/yy", "date"),
        ("mmm", "date"),
        ("[$-409]d-mmm-yy;@", "date"),
        ("m/d/yy h:mm", "date"),
        ("h:mm", "time"),
        ("mm:ss.0", "time"),
        ("HH:MM AM/PM", "time"),
        ("[h]:mm", "duration"),
        ("[mm]:ss", "duration"),
    ],
)
def test_a_format_code_says_what_its_numbers_are(code: str, expected: Meaning) -> None:
    """Letters in quotes, colours and currencies do not count."""
    assert expected == meaning(164, code)


def test_a_code_beyond_the_formats_limit_means_nothing() -> None:
    """However long it is, it takes no time to say so."""
    assert ["date", "number", "number"] == [meaning(164, code) for code in ("d" * 255, "d" * 256, "[" * 3_000_000)]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (0, "number"),
        (2, "number"),
        (9, "percentage"),
        (14, "date"),
        (22, "date"),
        (20, "time"),
        (46, "duration"),
        (30, "date"),
        (99, "number"),
    ],
)
def test_a_built_in_format_is_known_by_its_number(identifier: int, expected: Meaning) -> None:
    """Files do not spell them out."""
    assert expected == meaning(identifier, None)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (46082.0, "number", "46082"),
        (46082.0, "date", "2026-03-01"),
        (46082.5, "date", "2026-03-01T12:00:00"),
        (46081.9999999, "date", "2026-03-01"),
        (46082.5210416667, "time", "12:30:18"),
        (0.25, "time", "06:00:00"),
        (1.75, "duration", "42:00:00"),
        (0.25, "percentage", "25%"),
        (-0.255, "percentage", "-25.5%"),
        (0.07, "percentage", "7%"),
        # the day that never was, and the days around it
        (59.0, "date", "1900-02-28"),
        (61.0, "date", "1900-03-01"),
        # beyond the calendar
        (-3.0, "date", "-3"),
        (2_958_465.0, "date", "9999-12-31"),
        (2_958_465.999999, "date", "2958465.999999"),
        (1e300, "duration", "1" + "0" * 300),
    ],
)
def test_a_number_reads_as_a_person_sees_it(value: float, kind: Meaning, expected: str) -> None:
    """As the sheet would show it, with ISO dates."""
    assert expected == number_text(value, kind, since_1904=False)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (44620.0, "date", "2026-03-01"),
        (0.0, "date", "1904-01-01"),
        (0.25, "time", "06:00:00"),
        (1.75, "duration", "42:00:00"),
        (5e6, "date", "5000000"),
    ],
)
def test_days_may_be_counted_from_1904(value: float, kind: Meaning, expected: str) -> None:
    """As old workbooks from a Mac do."""
    assert expected == number_text(value, kind, since_1904=True)
