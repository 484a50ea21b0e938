"""Periods: parsed strictly, counted without a gap, with their first and last day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.measure.periods import CADENCES, first_from, holding, last_complete, parse

DAYS = st.dates(date(1, 2, 1), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "cadence", "first", "last"),
    [
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
        ("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-H2", "half-year", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, cadence: str, first: date, last: date) -> None:
    """And is written as it was read."""
    period = parse(text, cadence)
    assert period is not None
    assert (period.first_day, period.last_day, str(period)) == (first, last, text)


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("2026-02-30", "day"), ("2025-W53", "week"), ("2026-W00", "week"), ("2026-13", "month"), ("2026-00", "month"),
        ("2026-1", "month"), ("2026-01\n", "month"), (" 2026-01", "month"), ("٢٠٢٦-01", "month"),
        ("2026-Q5", "quarter"),
        ("2026-H3", "half-year"), ("26", "year"), ("0000", "year"), ("9999", "year"), ("9999-12", "month"),
        ("9999-12-31", "day"), ("9999-W52", "week"), ("2026-01", "week"), ("", "day"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_none(text: str, cadence: str) -> None:
    """Whole match, real days, and the calendar's end."""
    assert parse(text, cadence) is None


@given(DAYS, st.sampled_from(CADENCES))
def test_every_day_lies_in_one_period_and_neighbours_touch(day: date, cadence: str) -> None:
    """Numbers count without a gap."""
    period = holding(day, cadence)
    assert period.first_day <= day <= period.last_day
    assert (period.next().first_day - period.last_day).days == 1
    assert parse(str(period), cadence) == period


@given(DAYS, st.sampled_from(CADENCES))
def test_after_begins_on_the_day_or_later_and_complete_ends_by_it(day: date, cadence: str) -> None:
    """The first whole period from a day on, and the last one that is over."""
    first, last = first_from(day, cadence), last_complete(day, cadence)
    assert first.first_day >= day > first.next(-1).first_day
    assert last.last_day <= day < last.next().last_day
