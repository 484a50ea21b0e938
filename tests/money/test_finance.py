"""Return, payback, present value and rate of return: published, computed by hand, and what always holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.money.finance import Payback, Stream, irr, npv, payback, pieces, roi

F = Fraction
_SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "priority.json"
_KEPT: dict[str, dict[str, Any]] = {
    # numpy.irr and numpy.npv 1.16, after Gitman, Principles of Managerial Finance, p. 348
    "numpy_irr": {
        "cashflows": [-100, 39, 59, 55, 20],
        "published": {"irr": 0.28095, "npv_at_0_281": -0.008479},
    },
    "numpy_irr_more": {
        "cases": [
            {"c": [-100, 0, 0, 74], "irr": -0.0955},
            {"c": [-100, 100, 0, -7], "irr": -0.0833},
            {"c": [-100, 100, 0, 7], "irr": 0.06206},
        ]
    },
    # numpy-financial, npv
    "npv_8pct": {"rate": 0.08, "cashflows": [-40000, 5000, 8000, 12000, 30000], "expected": 3065.2227},
    "roi_edges": {
        "cases": [
            {"cost": 0, "gain": 100, "expected": None},
            {"cost": 100, "gain": None, "expected": None},
            {"cost": None, "gain": 100, "expected": None},
            {"cost": 100, "gain": 0, "expected": -1.0},
        ]
    },
    "payback": {
        "cost": 12000,
        "monthly_net_gain": [0, 1000, 2000, 3000, 4000, 4000, 4000],
        "expected": {"payback_month_simple": 6, "interpolated": 5.5},
    },
}


def published(name: str) -> list[dict[str, Any]]:
    """The case of that name kept here, and the shared one where there is one."""
    shared = json.loads(_SHARED.read_text(encoding="utf-8"))["finance"] if _SHARED.exists() else []
    return [_KEPT[name], *(case for case in shared if case["name"] == name)]


def each(amounts: Sequence[float | str]) -> list[Stream]:
    """One amount after the other."""
    return [Stream(n, F(str(amount))) for n, amount in enumerate(amounts)]


def changes_of_sign(amounts: Sequence[float]) -> int:
    signs = [amount > 0 for amount in amounts if amount]
    return sum(one != other for one, other in pairwise(signs))


@pytest.mark.parametrize("case", published("npv_8pct"))
def test_the_first_amount_is_not_discounted(case: dict[str, Any]) -> None:
    """As published; a spreadsheet's NPV would discount it too."""
    assert case["expected"] == pytest.approx(float(npv(F(str(case["rate"])), each(case["cashflows"]))), abs=1e-4)


@pytest.mark.parametrize("case", published("numpy_irr"))
def test_the_rate_of_return_is_where_the_present_value_is_nothing(case: dict[str, Any]) -> None:
    """As published, and at a rate beside it the published remainder."""
    flows = each(case["cashflows"])
    found = irr(flows)

    assert found is not None
    assert case["published"]["irr"] == pytest.approx(float(found), abs=5e-6)
    assert case["published"]["npv_at_0_281"] == pytest.approx(float(npv(F("0.281"), flows)), abs=5e-7)
    assert 0 == pytest.approx(float(npv(F(str(found)), flows)), abs=1e-8)


@pytest.mark.parametrize("case", [more for case in published("numpy_irr_more") for more in case["cases"]])
def test_the_rate_of_return_needs_one_change_of_sign(case: dict[str, Any]) -> None:
    """As published where there is one; with two a program finds one of several rates, and this one says nothing."""
    found = irr(each(case["c"]))

    if changes_of_sign(case["c"]) == 1:
        assert found is not None
        assert case["irr"] == pytest.approx(float(found), abs=5e-5)
    else:
        assert found is None


@pytest.mark.parametrize("case", [more for case in published("roi_edges") for more in case["cases"]])
def test_a_return_of_what_is_not_known_is_not_known(case: dict[str, Any]) -> None:
    """Nor is one of nothing spent: never infinity, and never 0."""
    cost, gain = (None if case[name] is None else F(case[name]) for name in ("cost", "gain"))

    assert case["expected"] == roi(gain, cost)


@pytest.mark.parametrize("case", published("payback"))
def test_the_month_in_which_the_cost_is_earned_back(case: dict[str, Any]) -> None:
    """The sixth, and half way through it."""
    found = payback(F(case["cost"]), each(case["monthly_net_gain"]))

    assert found is not None
    assert case["expected"] == {"payback_month_simple": found.periods, "interpolated": float(found.exact)}


@pytest.mark.parametrize(
    ("cost", "gains", "expected"),
    [
        # 1,200 at 100 a month: the twelfth month, to its end
        (1200, [Stream(0, F(100), None)], Payback(12, F(12))),
        (1201, [Stream(0, F(100), None)], Payback(13, F(1201, 100))),
        # from the fourth month on
        (1200, [Stream(3, F(100), None)], Payback(15, F(15))),
        # what ends too early never pays back
        (1200, [Stream(0, F(100), 11)], None),
        (1200, [Stream(0, F(100), 12)], Payback(12, F(12))),
        # a licence of 50 a month eats half of it, and one of 100 all
        (1200, [Stream(0, F(100), None), Stream(0, F(-50), None)], Payback(24, F(24))),
        (1200, [Stream(0, F(100), None), Stream(0, F(-100), None)], None),
        # six months of licences before the gains begin have to be earned as well: 1,200 + 300 at 50 a month
        (1200, [Stream(6, F(100), None), Stream(0, F(-50), None)], Payback(36, F(36))),
        # nothing is paid once: back in the first month in which something is left
        (0, [Stream(0, F(100), None), Stream(0, F(-50), None)], Payback(1, F(0))),
        (0, [Stream(2, F(100), None), Stream(0, F(-50), None)], Payback(4, F(4))),
        (0, [], None),
        (100, [], None),
        (100, [Stream(0, F(-5), None)], None),
    ],
)  # fmt: skip
def test_payback_by_hand(cost: int, gains: list[Stream], expected: Payback | None) -> None:
    """Recurring costs lessen the gains, from their own month on."""
    assert expected == payback(F(cost), gains)


def test_a_present_value_by_months_is_that_of_their_months() -> None:
    """1,200 now, and 1,210 after twelve months at 10 % a year: -1,200 + 1,100."""
    flows = [Stream(0, F(-1200)), Stream(12, F(1210))]

    assert Decimal(-100) == round(npv(F("0.1"), flows, 12), 20)


def test_a_series_is_worth_what_its_amounts_are_worth() -> None:
    """36 months of 100 at 5 %: 100 x (1 - 1.05 ** -3) / (1 - 1.05 ** (-1/12)), and the same one by one."""
    together = npv(F("0.05"), [Stream(0, F(100), 36)], 12)
    apart = npv(F("0.05"), [Stream(n, F(100)) for n in range(36)], 12)

    assert round(apart, 20) == round(together, 20)
    assert 3355.7435 == pytest.approx(float(together), abs=1e-4)


def test_without_a_rate_the_present_value_is_the_sum() -> None:
    """Nothing is discounted at 0 %."""
    assert Decimal(2400) == npv(F(0), [Stream(0, F(-1200)), Stream(3, F(100), 36)], 12)


def test_a_series_without_an_end_has_no_present_value() -> None:
    """Whoever asks has forgotten the horizon."""
    with pytest.raises(ValueError, match="without an end"):
        npv(F("0.05"), [Stream(0, F(1), None)])


def test_a_loss_that_nothing_makes_up_for_has_no_rate() -> None:
    """Nor have gains without a cost, or nothing at all."""
    assert [None] * 3 == [irr(each(amounts)) for amounts in ([-5, -5], [5, 5], [])]


def test_overlapping_streams_are_taken_apart() -> None:
    """Each month once, in order, without those that come to nothing."""
    overlapping = [Stream(0, F(-10), 4), Stream(2, F(10), 4), Stream(3, F(1), None)]

    assert [Stream(0, F(-10), 2), Stream(3, F(1), 1), Stream(4, F(11), 2), Stream(6, F(1), None)] == pieces(overlapping)


# What always holds

amounts = st.integers(-(10**14), 10**14).map(lambda number: F(number, 100))
streams = st.lists(st.builds(Stream, st.integers(0, 120), amounts, st.integers(1, 120)), max_size=8)
rates = st.integers(0, 100).map(lambda number: F(number, 100))
scales = st.integers(1, 10**6).map(lambda number: F(number, 1000))


def scaled(flows: list[Stream], factor: Fraction) -> list[Stream]:
    """Every amount so many times as large."""
    return [flow._replace(each=flow.each * factor) for flow in flows]


@given(streams, amounts, scales)
def test_payback_does_not_depend_on_the_currency(flows: list[Stream], cost: Fraction, factor: Fraction) -> None:
    """Ten times the cost and ten times the gains take as long."""
    assert payback(cost, flows) == payback(cost * factor, scaled(flows, factor))


@given(streams, rates, scales)
def test_a_present_value_scales(flows: list[Stream], rate: Fraction, factor: Fraction) -> None:
    """Ten times the amounts are worth ten times as much."""
    once, more = npv(rate, flows, 12), npv(rate, scaled(flows, factor), 12)

    assert float(once) * float(factor) == pytest.approx(float(more), rel=1e-9, abs=1e-6)


@given(streams, rates, st.randoms())
def test_the_order_of_the_entries_changes_nothing(flows: list[Stream], rate: Fraction, random: Any) -> None:
    """Not a digit."""
    shuffled = list(flows)
    random.shuffle(shuffled)

    assert npv(rate, flows, 12) == npv(rate, shuffled, 12)
    assert irr(flows, 12) == irr(shuffled, 12)
    assert payback(F(1000), flows) == payback(F(1000), shuffled)


@given(amounts, st.integers(1, 10**14), scales)
def test_a_return_does_not_depend_on_the_currency(gain: Fraction, cost: int, factor: Fraction) -> None:
    """Nor is anything lost to rounding on the way."""
    assert roi(gain, F(cost)) == roi(gain * factor, F(cost) * factor)


@given(streams, st.integers(1, 12), st.integers(0, 60))
def test_at_its_rate_of_return_a_plan_is_worth_nothing(flows: list[Stream], a_year: int, later: int) -> None:
    """Within a thousandth of what moves; when it begins does not matter."""
    found = irr(flows, a_year)

    assert found == irr([flow._replace(first=flow.first + later) for flow in flows], a_year)
    if found is not None and F(-1, 2) < F(found) < 10:
        moved = npv(F(found), [flow._replace(each=abs(flow.each)) for flow in flows], a_year)
        assert 0 == pytest.approx(float(npv(F(found), flows, a_year)), abs=float(moved) / 1000)


@given(streams, amounts)
def test_payback_is_the_first_month_that_reaches_the_cost(flows: list[Stream], cost: Fraction) -> None:
    """The same month as adding up one by one."""
    months = [F(0)] * 240
    for flow in flows:
        for n in range(flow.first, flow.first + (flow.times or 0)):
            months[n] += flow.each
    sums = list(accumulate(months))
    expected = next((n + 1 for n in range(240) if sums[n] >= cost and months[n] > 0), None)
    found = payback(cost, flows)

    assert expected == (found.periods if found else None)
    assert found is None or 0 <= found.exact <= found.periods
