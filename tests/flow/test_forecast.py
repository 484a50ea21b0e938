"""Forecasts from past weeks: exact where nothing is left to chance, and near what can be worked out where it is."""

from __future__ import annotations

from datetime import date
from math import comb

import pytest

from cireg.flow import forecast
from cireg.flow.forecast import FAR, RUNS, Past
from cireg.measure.periods import holding

TODAY = date(2026, 11, 23)


def past(*counts: int) -> Past:
    first = holding(date(2026, 1, 5), "week")
    return Past(first, first.next(len(counts) - 1), counts)


def test_weeks_that_are_all_alike_leave_nothing_to_chance() -> None:
    """Two a week: five need three weeks, and in thirteen there are twenty-six."""
    found, many = forecast.when(past(*[2] * 8), 5, TODAY), forecast.how_many(past(*[2] * 8), date(2027, 2, 22), TODAY)

    assert found is not None
    assert {date(2026, 12, 14)} == {day for _, day in found.days}
    assert many is not None
    assert (13, {26}) == (many.weeks, {least for _, least in many.least})


def test_chances_are_those_that_can_be_worked_out() -> None:
    """One in four weeks finishes one: the weeks until it does are geometric, the number in ten weeks binomial."""
    found, many = (
        forecast.when(past(1, 0, 0, 0, 1, 0, 0, 0), 1, TODAY),
        forecast.how_many(past(1, 0, 0, 0, 1, 0, 0, 0), date(2027, 2, 1), TODAY),
    )

    assert found is not None
    assert RUNS == len(found.weeks)
    for weeks in (1, 2, 4, 7, 11):
        assert sum(each <= weeks for each in found.weeks) / RUNS == pytest.approx(1 - 0.75**weeks, abs=0.02)
    assert many is not None
    assert 10 == many.weeks
    below = [sum(comb(10, k) * 0.25**k * 0.75 ** (10 - k) for k in range(n)) for n in range(4)]
    assert [2, 2, 1, 0] == [max(n for n in range(4) if below[n] < 1 - chance / 100) for chance in forecast.CHANCES]
    assert [(50, 2), (70, 2), (85, 1), (95, 0)] == list(many.least)


def test_surer_is_later_and_less() -> None:
    """85 % is the later of two days and the smaller of two numbers."""
    weeks = past(0, 3, 0, 1, 0, 0, 2, 1, 0, 5)
    found, many = forecast.when(weeks, 12, TODAY), forecast.how_many(weeks, date(2027, 3, 1), TODAY)

    assert found is not None
    assert many is not None
    days = [day for _, day in found.days if day]
    assert days == sorted(days)
    assert [least for _, least in many.least] == sorted((least for _, least in many.least), reverse=True)


def test_the_same_seed_gives_the_same_figures() -> None:
    """Byte for byte, on every machine."""
    weeks = past(0, 3, 0, 1, 0, 0, 2, 1)

    assert forecast.when(weeks, 7, TODAY) == forecast.when(weeks, 7, TODAY)
    assert 20260301 == forecast.SEED


@pytest.mark.parametrize("counts", [[1] * 7, [0] * 20])
def test_too_few_weeks_and_weeks_without_anything_foretell_nothing(counts: list[int]) -> None:
    """Eight weeks are asked for, and that something was finished in them."""
    assert forecast.when(past(*counts), 3, TODAY) is None
    assert forecast.how_many(past(*counts), date(2027, 2, 22), TODAY) is None


def test_nothing_is_foretold_of_nothing_of_the_past_and_of_the_far_future() -> None:
    """No items, a day within the week, a day beyond five years."""
    weeks = past(*[1] * 8)

    assert forecast.when(weeks, 0, TODAY) is None
    assert forecast.how_many(weeks, date(2026, 11, 29), TODAY) is None
    assert forecast.how_many(weeks, date(2033, 1, 1), TODAY) is None


def test_what_takes_more_than_five_years_has_no_day() -> None:
    """Not a day in the year 2060."""
    found = forecast.when(past(1, *[0] * 51), 100, TODAY)

    assert found is not None
    assert {None} == {day for _, day in found.days}
    assert {FAR + 1} == set(found.weeks)


def test_twice_the_work_takes_longer() -> None:
    """At every chance."""
    weeks = past(0, 3, 0, 1, 0, 0, 2, 1)
    one, two = forecast.when(weeks, 6, TODAY), forecast.when(weeks, 12, TODAY)

    assert one is not None
    assert two is not None
    assert all(a and b and a < b for (_, a), (_, b) in zip(one.days, two.days, strict=True))
