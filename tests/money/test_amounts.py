"""Amounts: decimals as written, recurring ones over the horizon, unknown is never 0."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cireg.money.amounts import amount, planned_cost
from tests.small_register import CONFIG, fields, files, register


def cost(costs: list[dict[str, Any]] | None, horizon: int | None = None) -> Decimal | None:
    """The planned cost of an improvement with these costs."""
    config = CONFIG + (f"money: {{horizon_months: {horizon}}}\n" if horizon else "")
    data = fields(money={"costs": [{"what": "x", **each} for each in costs]} if costs is not None else None)
    found = register({"cireg.yaml": config, **files(data)})
    return planned_cost(found.improvements["CI-0001"], found.config)


@pytest.mark.parametrize(
    ("costs", "horizon", "expected"),
    [
        # the contract's own example
        ([{"per": "year", "from": "2026-06", "planned": 1400, "actual": 1600}], None, "4200"),
        # once, each month, each year
        ([{"planned": 800}], None, "800"),
        ([{"planned": 800, "per": "once"}], 12, "800"),
        ([{"planned": 10, "per": "month"}], None, "360"),
        ([{"planned": 10, "per": "month"}], 1, "10"),
        ([{"planned": 1000, "per": "year"}], 12, "1000"),
        ([{"planned": 1000, "per": "year"}], 30, "2500"),
        # several
        ([{"planned": 0.1}, {"planned": 0.2}], None, "0.3"),
        ([{"planned": 500}, {"planned": 10, "per": "month"}, {"planned": 100, "per": "year"}], None, "1160"),
        # nothing is 0 where it is said, and not known where it is not
        ([{"planned": 0}], None, "0"),
        ([{"planned": 0}, {"actual": 900}], None, "0"),
        ([{"actual": 900}], None, None),
        ([], None, None),
        (None, None, None),
        # what cannot be used is not known
        ([{"planned": "lots"}], None, None),
        ([{"planned": -5}], None, None),
    ],
)
def test_the_planned_cost_is_the_sum_over_the_horizon(
    costs: list[dict[str, Any]] | None, horizon: int | None, expected: str | None
) -> None:
    """In decimals, so that cents add up."""
    assert (None if expected is None else Decimal(expected)) == cost(costs, horizon)


def test_a_year_that_is_not_whole_counts_by_its_months() -> None:
    """Ten months of 1,200 a year are 1,000."""
    found = cost([{"planned": 1200, "per": "year"}], 10)
    assert found is not None

    assert Decimal(1000) == round(found, 12)


@pytest.mark.parametrize(
    ("value", "expected"), [(0.1, "0.1"), (1400, "1400"), (19.99, "19.99"), (1e12, "1000000000000")]
)
def test_an_amount_is_the_decimal_that_was_written(value: float, expected: str) -> None:
    """Not the binary fraction next to it."""
    assert Decimal(expected) == amount(value)
