"""Days, periods, numbers and values in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cireg.site.views.words import Choice, Day, Words, sentence
from tests.site.views.showing import templates

WORDS = Words(templates().t, "GBP")


def test_a_day_is_written_for_people_and_for_machines() -> None:
    """The month is in words, short in the cells of tables."""
    assert Day("2026-10-05", "5 October 2026") == WORDS.day(date(2026, 10, 5))
    assert Day("2026-10-05", "5 Oct 2026") == WORDS.short_day(date(2026, 10, 5))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-04", "April 2026"),
        ("2026-W14", "week 14 of 2026"),
        ("2026-Q2", "quarter 2 of 2026"),
        ("2026-H1", "half 1 of 2026"),
        ("2026-04-01", "1 April 2026"),
        ("2026", "2026"),
        ("soon", "soon"),
    ],
)
def test_a_period_is_written_out(period: str, expected: str) -> None:
    """Every cadence has its words; what is no period stays as it is."""
    assert expected == WORDS.period(period)


def test_an_amount_names_its_currency() -> None:
    """The register's currency stands before it."""
    assert "GBP 4,200" == WORDS.money(Decimal(4200))


def test_a_value_of_a_list_has_its_words() -> None:
    """The value stays for styles and scripts."""
    assert Choice("in-progress", "In progress") == WORDS.choice("status", "in-progress")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the target was due", "The target was due."),
        ("target.due is missing", "target.due is missing."),
        ("plan.steps[1].by is missing", "plan.steps[1].by is missing."),
        ("did you mean planned?", "Did you mean planned?"),
        ("Already one.", "Already one."),
        ("  ", ""),
    ],
)
def test_a_message_becomes_a_sentence(text: str, expected: str) -> None:
    """It begins with a capital, unless with the name of a field, and it ends."""
    assert expected == sentence(text)
