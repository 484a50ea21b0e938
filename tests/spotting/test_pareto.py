"""Shares, sums and trends of kinds of tickets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cireg.spotting.pareto import MOST
from tests.spotting.ticket_tables import csv, tickets

STEADY = [20, 22, 19, 21, 20, 22, 18, 21, 20, 19, 22, 20]


def words(text: str) -> dict[str, str]:
    """The trend of each kind."""
    return {line.name: line.trend.word for line in tickets(text).pareto.lines}


def test_the_most_frequent_kind_comes_first_with_its_share_and_the_sum() -> None:
    """Ties are in the order of the alphabet; the last sum is one."""
    lines = tickets(csv("2026-01", {"b": [2], "a": [2], "c": [6]})).pareto.lines
    assert [(1, "c", 6, Fraction(6, 10), Fraction(6, 10)), (2, "a", 2, Fraction(2, 10), Fraction(8, 10)),
            (3, "b", 2, Fraction(2, 10), Fraction(1))] == [
        (line.rank, line.name, line.count, line.share, line.cumulative) for line in lines
    ]  # fmt: skip


def test_a_trend_is_what_the_chart_says_of_the_last_month() -> None:
    """A jump, a run on one side, neither."""
    assert {"rising": "rising", "falling": "falling", "steady": "steady"} == words(
        csv("2025-01", {"steady": STEADY, "rising": [*STEADY[:11], 60], "falling": [*STEADY[:5], *[9] * 7]})
    )


@pytest.mark.parametrize(("months", "word"), [(5, "too-few"), (6, "steady")])
def test_six_whole_months_are_the_least(months: int, word: str) -> None:
    """Below, nothing is said."""
    assert {"a": word} == words(csv("2026-01", {"a": STEADY[:months]}))


def test_less_than_one_a_month_says_nothing_and_less_than_five_is_marked() -> None:
    """One more or less shows."""
    lines = tickets(csv("2025-01", {"a": STEADY, "few": [4, 5] * 6, "rare": [1, 0] * 6})).pareto.lines
    assert {"a": ("steady", False), "few": ("steady", True), "rare": ("too-few", False)} == {
        line.name: (line.trend.word, line.trend.small) for line in lines
    }


def test_a_month_without_that_kind_counts_as_none() -> None:
    """It is no gap: the file covers it."""
    trend = tickets(csv("2025-01", {"a": STEADY, "b": [3, 0, 3, *[2] * 9]})).pareto.lines[1].trend
    assert [3, 0, 3] == [count for _, count in trend.months[:3]]


def test_a_month_that_the_file_covers_in_part_is_no_month_of_the_trend() -> None:
    """At either end; four days are let pass."""
    whole = csv("2025-01", {"a": STEADY})
    months = tickets(whole + "2024-12-05,a\n2026-01-27,a\n").pareto.months
    assert ("2025-01", "2025-12") == (str(months[0]), str(months[-1]))
    months = tickets(whole + "2024-12-04,a\n2026-01-28,a\n").pareto.months
    assert ("2024-12", "2026-01") == (str(months[0]), str(months[-1]))


def test_a_month_without_any_ticket_cuts_off_what_lies_before() -> None:
    """A slip in a year, or a hole in the export, bends no trend."""
    months = tickets(csv("2025-01", {"a": STEADY}) + "1999-01-01,a\n").pareto.months
    assert (12, "2025-01") == (len(months), str(months[0]))


def test_the_last_three_years_are_looked_at() -> None:
    """Older months count for the share, not for the trend."""
    found = tickets(csv("2020-01", {"a": STEADY * 5})).pareto
    assert (36, "2022-01") == (len(found.months), str(found.months[0]))
    assert found.lines[0].count == 5 * sum(STEADY)


def test_kinds_beyond_the_first_two_hundred_are_counted_together() -> None:
    """A column of free text ends somewhere."""
    found = tickets(csv("2026-01", {f"kind {n}": [1] for n in range(MOST + 30)})).pareto
    assert (MOST, 30, 30) == (len(found.lines), found.other_kinds, found.other_count)


def test_without_a_day_there_is_no_trend() -> None:
    """And no month."""
    found = tickets("Category\na\n").pareto
    assert ((), "too-few") == (found.months, found.lines[0].trend.word)
