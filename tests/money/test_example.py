"""The example register shows every case of money, so that every form of words and every row can be looked at."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cireg.money.portfolio import Accounts
from cireg.opening import open_at

ROOT = Path(__file__).resolve().parents[2]


@cache
def accounts() -> Accounts:
    """The accounts of this repository's own register."""
    return Accounts(open_at(ROOT, "2026-11-23").register)


def test_plans_alone_and_plans_that_came_in_in_full_and_in_part() -> None:
    """With all months reported and with some."""
    found = accounts().by_id

    assert found["CI-0011"].planned.roi is not None
    assert found["CI-0011"].against is None
    rates = {name: each.against for name, each in found.items() if each.against and each.against.months_reported}
    assert any(each.rate is not None and each.rate >= 1 for each in rates.values())
    assert any(each.rate is not None and each.rate < 1 for each in rates.values())
    assert any(each.months_reported < each.months_due for each in rates.values())
    assert any(each.against and not each.against.months_reported for each in found.values())


def test_what_is_confirmed_and_what_is_not() -> None:
    """Most of it by finance."""
    found = accounts().confirmed()

    assert found is not None
    assert 0 < found.entries < found.of_entries


def test_every_kind_of_gain_alone() -> None:
    """Those of which none makes a return stand beside it."""
    alone = {tuple(each.planned.gains) for each in accounts().by_id.values()}

    assert {("cash",), ("capacity",), ("avoided",), ("quality",)} <= alone


def test_what_is_not_known() -> None:
    """A cost of a plan, one that has begun, a gain, and all of it."""
    found = accounts().by_id.values()

    assert {"cost-unknown", "no-cost", "no-gain", None} == {each.planned.no_return for each in found}
    assert any(each.to_date.costs_unknown for each in found)
    assert any(each.planned.gains_unknown for each in found)


def test_a_loss_and_what_was_spent_on_what_was_given_up() -> None:
    """Negative gains, and sunk costs."""
    found = accounts().by_id

    assert (found["CI-0008"].to_date.gains["capacity"]) < 0
    assert 380 == found["CI-0017"].to_date.cost
    assert not found["CI-0017"].in_plan


def test_when_plans_pay_back() -> None:
    """Within the horizon, beyond it, never, and nobody knows."""
    states = {accounts().outlook([each]).state for each in accounts().by_id.values()}

    assert {"within", "beyond", "never", "unknown"} == states


def test_a_programme_with_parts() -> None:
    """Some of whose figures are in the parts and some in itself."""
    programme = accounts().programme("CI-0006")

    assert ["CI-0006", "CI-0009", "CI-0010", "CI-0011"] == [each.item.id for each in programme]
    assert all(each.ledger.costs for each in programme)
    assert accounts().planned(programme).roi is not None
