"""Figures as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cireg.figures import decimal, number, per_cent, points, rounded, tenths


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (0, "0"),
        (18.75, "18.75"),
        (70.0, "70"),
        (1234567, "1,234,567"),
        (-40, "−40"),
        (0.005, "0.01"),
        (-0.001, "0"),
        (Decimal("1400.50"), "1,400.5"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_number_is_short_and_exact(figure: float, expected: str) -> None:
    """Thousands are marked, halves rounded up, zeros at the end left out, a minus is a minus."""
    assert expected == number(figure)


def test_a_score_has_one_decimal_always() -> None:
    """Halves of the decimal that is meant are rounded up."""
    assert ["73.8", "71.3", "70.0", "0.1"] == [tenths(each) for each in (73.75, 71.25, 70.0, 0.05)]


def test_points_have_two_decimals_at_most() -> None:
    """So that they add up."""
    assert ["18.75", "30", "0.01"] == [points(each) for each in (18.75, 30.0, 0.005)]


def test_an_exact_figure_is_rounded_away_from_0() -> None:
    """On both sides of it, and never to -0."""
    given = (Fraction(5, 2), Fraction(-5, 2), Fraction(-1, 3), Decimal("0.5"))
    assert ["3", "-3", "0", "1"] == [str(decimal(each)) for each in given]
    assert ["2.50", "-0.33"] == [str(decimal(each, 2)) for each in (Fraction(5, 2), Fraction(-1, 3))]


def test_a_share_in_per_cent_is_whole_from_ten_on() -> None:
    """One decimal below, where there is one."""
    assert ["33", "5.5", "5", "10", "-12"] == [
        str(per_cent(Fraction(each, 1000))) for each in (333, 55, 50, 100, -125 + 1)
    ]


def test_an_amount_is_whole_from_a_thousand_on() -> None:
    """Or where it is; else it has two decimals."""
    assert ["1235", "12.50", "12"] == [
        str(rounded(each)) for each in (Fraction(2469, 2), Fraction(25, 2), Fraction(12))
    ]
