"""Several accounts together: ratios of sums, nothing counted twice, nothing unknown taken for 0 but in the floor."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cireg.money.portfolio import Accounts, Return
from tests.money.books import accounts, came, cost, gain, item, plain, values

F = Fraction
_SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "priority.json"
_PARADOX = {
    "items": [{"cost": 1000, "gain": 5000}, {"cost": 100000, "gain": 60000}],
    "expected": {"item_roi": [4.0, -0.4], "mean_of_rois": 1.8, "portfolio_roi": -0.356436},
}


def paradoxes() -> list[dict[str, Any]]:
    """The example kept here, and the shared one where there is one."""
    shared = json.loads(_SHARED.read_text(encoding="utf-8"))["finance"] if _SHARED.exists() else []
    return [_PARADOX, *(case for case in shared if case["name"] == "portfolio_roi_paradox")]


@pytest.mark.parametrize("case", paradoxes())
def test_a_return_together_is_a_ratio_of_sums(case: dict[str, Any]) -> None:
    """The mean of the two says +180 %, the money says -35.6 %."""
    both = accounts(*(
        item(n, costs=[cost(each["cost"], each["cost"])],
             gains=[gain(each["gain"], realised=[came("2026-Q3", each["gain"])])])
        for n, each in enumerate(case["items"], 1)
    ))  # fmt: skip
    expected = case["expected"]

    assert expected["item_roi"] == [plain(each.planned.roi) for each in both.by_id.values()]
    assert expected["item_roi"] == [plain(each.to_date.roi) for each in both.by_id.values()]
    assert expected["portfolio_roi"] == pytest.approx(plain(both.planned().roi), abs=1e-6)
    assert expected["portfolio_roi"] == pytest.approx(plain(both.to_date().roi), abs=1e-6)


def of(found: Return) -> tuple[Any, ...]:
    return found.ids, found.cost, found.gain, plain(found.roi), plain(found.floor)


def test_what_is_not_known_is_out_of_the_return_and_0_in_the_floor() -> None:
    """Of four with a known cost two count: (500 - 300) / 300, with 75 % of the cost; at the least (500 - 400) / 400."""
    found = accounts(
        item(1, costs=[cost(100)], gains=[gain(300)]),
        item(2, costs=[cost(200)], gains=[gain(200), gain(999, "quality")]),
        item(3, costs=[cost(60)], gains=[gain(700, "capacity")]),
        item(4, costs=[cost(40)]),
        item(5, costs=[cost()], gains=[gain(10000)]),
        item(6, gains=[gain(10000)]),
        item(7),
    ).planned()

    assert (("CI-0001", "CI-0002"), 300, 500, pytest.approx(2 / 3), 0.25) == of(found)
    assert (4, F(3, 4)) == values(found.costed, found.share_of_cost)
    assert ("CI-0005", "CI-0006") == found.without_cost
    assert ("CI-0003", "CI-0004") == found.without_gain
    assert {"capacity": 700, "quality": 999} == found.beside


def test_what_was_rejected_is_in_no_plan_but_what_it_has_cost_is() -> None:
    """Sunk cost is cost."""
    both = accounts(
        item(1, costs=[cost(100, 100)], gains=[gain(300, realised=[came("2026-Q3", 150)])]),
        item(2, "withdrawn", costs=[cost(100, 80)], gains=[gain(300)]),
    )

    assert (("CI-0001",), 100, 300, 2, 2) == of(both.planned())
    assert (("CI-0001",), 100, 150, 0.5, pytest.approx(150 / 180 - 1)) == of(both.to_date())


def programme(*parts: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """An improvement CI-0001 and its parts."""
    return [item(1, **more), *(each | {"links": {"part_of": "CI-0001"}} for each in parts)]


def test_a_programme_counts_each_entry_once() -> None:
    """Where it is entered: the portfolio is the sum of the files, whether they are parts or not."""
    parts = [item(2, costs=[cost(100)], gains=[gain(300)]), item(3, costs=[cost(50)], gains=[gain(100)])]
    together = accounts(*programme(*parts, costs=[cost(10)], gains=[gain(5)]))
    apart = accounts(item(1, costs=[cost(10)], gains=[gain(5)]), *parts)

    assert (160, 405) == of(together.planned())[1:3]
    assert of(apart.planned()) == of(together.planned())
    assert of(together.planned()) == of(together.planned(together.programme("CI-0001")))
    assert ["CI-0003"] == [each.item.id for each in together.programme("CI-0003")]


def test_the_costs_of_a_programme_count_with_the_gains_of_its_parts() -> None:
    """Else what the programme itself costs, having no gain of its own, would be left out of its return."""
    found = accounts(
        *programme(item(2, costs=[cost(100)], gains=[gain(300)]), item(3, costs=[cost(60)]), costs=[cost(40)]),
        item(4, costs=[cost(500)]),
    ).planned()

    assert (("CI-0001", "CI-0002", "CI-0003"), 200, 300, 0.5) == of(found)[:4]


def test_a_part_may_have_its_costs_in_the_programme() -> None:
    """Gains in one file and costs in the other are one return; without any cost they are none."""
    part = item(2, gains=[gain(300)])

    assert (("CI-0001", "CI-0002"), 100, 300, 2) == of(accounts(*programme(part, costs=[cost(100)])).planned())[:4]
    assert ((), 0, 0, None) == of(accounts(*programme(part)).planned())[:4]
    assert ((), 0, 0, None) == of(accounts(*programme(part, costs=[cost()])).planned())[:4]
    assert ((), 0, 0, None) == of(accounts(*programme(part | item(2, costs=[cost()], gains=[gain(300)]),
                                                      costs=[cost(100)])).planned())[:4]  # fmt: skip


def test_programmes_of_programmes_and_circles() -> None:
    """Parts of parts belong to the same programme; a circle, which is a fault, ends."""
    chain = [item(n, costs=[cost(10)], links={"part_of": f"CI-{n - 1:04}"}) for n in range(2, 60)]
    deep = accounts(item(1, gains=[gain(1180)]), *chain)

    assert 59 == len(deep.programme("CI-0001"))
    assert (580, 1180) == of(deep.planned())[1:3]

    circle = accounts(*(
        item(n, costs=[cost(10)], gains=[gain(30)], links={"part_of": f"CI-{n % 3 + 1:04}"}) for n in (1, 2, 3)
    ))  # fmt: skip

    assert 3 == len(circle.programme("CI-0002"))
    assert (30, 90, 2) == of(circle.planned())[1:4]


def outlook(costs: Any = (), gains: Any = (), money: str = "") -> Any:
    both = accounts(item(costs=costs, gains=gains), money=money)
    return both.outlook([both.by_id["CI-0001"]])


YEARLY = {"per": "year", "from": "2026-06"}


@pytest.mark.parametrize(
    ("costs", "gains", "state", "months"),
    [
        # 1,200 at 100 a month
        ([cost(1200, **{"from": "2026-06"})], [gain(1200, **YEARLY)], "within", 12),
        # a gain that does not say when it begins does so on the day it took effect, 4 May
        ([cost(1200, **{"from": "2026-03"})], [gain(1200, per="year")], "within", 14),
        # the gains begin half a year later
        ([cost(1200, **{"from": "2025-12"})], [gain(1200, **YEARLY)], "within", 18),
        # 3,700 at 100 a month is more than three years
        ([cost(3600, **{"from": "2026-06"})], [gain(1200, **YEARLY)], "within", 36),
        ([cost(3700, **{"from": "2026-06"})], [gain(1200, **YEARLY)], "beyond", 37),
        # what it brings in is less than what it costs to run
        ([cost(1000), cost(1200, **YEARLY)], [gain(1100, **YEARLY)], "never", None),
        ([cost(1000)], [gain(400)], "never", None),
        # not known
        ([cost(1000)], [gain(9000, "capacity")], "unknown", None),
        ([cost()], [gain(9000)], "unknown", None),
        ([], [gain(9000)], "unknown", None),
        ([], [], "unknown", None),
    ],
)  # fmt: skip
def test_when_a_plan_pays_back(costs: Any, gains: Any, state: str, months: int | None) -> None:
    """Within 36 months, beyond them, or never: what recurs goes on."""
    found = outlook(costs, gains)

    assert (state, months) == values(found.state, found.months)
    assert (found.exact is None) == (months is None)


def test_the_present_value_of_a_plan() -> None:
    """-1,000 at once and 100 a month for two years at 10 %: by 100 x (1 - 1.1 ** -2) / (1 - 1.1 ** (-1/12))."""
    found = outlook([cost(1000, **{"from": "2026-06"})], [gain(1200, **YEARLY)], "{rate: 0.1, horizon_months: 24}")

    assert 100 * (1 - 1.1**-2) / (1 - 1.1 ** (-1 / 12)) - 1000 == pytest.approx(float(found.npv))


def test_a_present_value_needs_a_year() -> None:
    """Under twelve months there is nothing to discount."""
    for months, there in ((11, False), (12, True)):
        found = outlook([cost(10)], [gain(100, **YEARLY)], f"{{horizon_months: {months}}}")

        assert there == (found.npv is not None)


def test_how_far_plans_were_kept() -> None:
    """Sums over the two that have both, out of three with gains due, which have 60 % of their planned cost."""
    july = {"per": "year", "from": "2026-07"}
    kept = accounts(
        item(1, costs=[cost(100)], gains=[gain(1200, **july, realised=[came("2026-Q3", 200)])]),
        item(2, costs=[cost(200)], gains=[gain(2400, "quality", **july, realised=[came("2026-Q3", 700)])]),
        item(3, costs=[cost(200)], gains=[gain(9999, **july)]),
        item(4, costs=[cost(900)], gains=[gain(9999, **{"from": "2027-01"})]),
    ).kept()

    assert kept is not None
    assert (900, 900, 1, ("CI-0001", "CI-0002"), 3, F(3, 5)) == values(
        kept.planned, kept.realised, kept.rate, kept.ids, kept.due, kept.share_of_cost,
    )  # fmt: skip
    assert accounts(item(4, gains=[gain(9999, **{"from": "2027-01"})])).kept() is None


def test_how_much_is_confirmed() -> None:
    """By others than each owner."""
    other = {"confirmed_by": "data-analyst"}
    found = accounts(
        item(1, gains=[gain(realised=[came("2026-07", 10, **other), came("2026-08", 20)])]),
        item(2, gains=[gain(realised=[came("2026-08", 5, **other)])]),
        item(3),
    ).confirmed()

    assert found is not None
    assert (15, 35, 2, 3) == values(found.amount, found.of, found.entries, found.of_entries)
    assert accounts(item(1)).confirmed() is None


# What always holds

figures = st.one_of(st.none(), st.integers(0, 10**6).map(lambda number: number / 100))
pers = st.sampled_from(["once", "month", "year"])
froms = st.sampled_from([None, "2025-11", "2026-05", "2026-08", "2027-02"])
kinds = st.sampled_from(["cash", "capacity", "avoided", "quality"])
LIVE = {"from": "2026-06"}


@st.composite
def lines(draw: st.DrawFn, *, gains: bool) -> dict[str, Any]:
    """A cost or a gain."""
    first = draw(froms)
    more = {"per": draw(pers)} | ({"from": first} if first else {})
    if not gains:
        return cost(draw(figures), draw(figures), **more)
    realised = [
        came(period, amount)
        for period in ("2026-Q2", "2026-Q3")
        if (amount := draw(figures)) is not None
    ]  # fmt: skip
    return gain(draw(figures), draw(kinds), **more, **({"realised": realised} if realised else {}))


registers = st.lists(
    st.tuples(st.lists(lines(gains=False), max_size=3), st.lists(lines(gains=True), max_size=3)), min_size=1, max_size=5
)


def scaled(value: Any, factor: int) -> Any:
    """The same lines, with every amount so many times as large."""
    if isinstance(value, dict):
        return {
            name: each * factor if name in ("planned", "actual", "amount") else scaled(each, factor)
            for name, each in value.items()
        }
    return [scaled(each, factor) for each in value] if isinstance(value, list | tuple) else value


def built(found: Any, *, turned: bool = False) -> Accounts:
    """The accounts of a register; `turned` has every list the other way round."""
    turn = -1 if turned else 1
    return accounts(*(item(n, costs=costs[::turn], gains=gains[::turn]) for n, (costs, gains) in enumerate(found, 1)))


def summary(found: Accounts) -> list[Any]:
    kept = found.kept()
    return [
        *([each.ids, each.cost, each.gain, each.roi, each.floor, each.beside] for each in
          (found.planned(), found.to_date())),
        kept and (kept.planned, kept.realised, kept.rate, kept.share_of_cost),
        *((each.npv, each.irr, each.state, each.months) for one in found.by_id.values()
          for each in [found.outlook([one])]),
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(registers)
def test_the_order_of_the_entries_changes_nothing(found: Any) -> None:
    """Not a digit."""
    assert summary(built(found)) == summary(built(found, turned=True))


@settings(max_examples=60, deadline=None)
@given(registers, st.integers(2, 50))
def test_larger_amounts_make_larger_sums_and_the_same_ratios(found: Any, factor: int) -> None:
    """Whatever the currency."""
    # Halves and tenths times a whole number are not always what a file would have: whole amounts are.
    whole = scaled(found, 100)
    whole = json.loads(json.dumps(whole), parse_float=lambda text: round(float(text)))
    one, more = built(whole), built(scaled(whole, factor))

    for side, other in ((one.planned(), more.planned()), (one.to_date(), more.to_date())):
        assert (side.ids, side.roi, side.floor, side.share_of_cost) == (
            other.ids, other.roi, other.floor, other.share_of_cost,
        )  # fmt: skip
        assert (side.cost * factor, side.gain * factor, side.known_cost * factor) == (
            other.cost, other.gain, other.known_cost,
        )  # fmt: skip
        assert {kind: figure * factor for kind, figure in side.beside.items()} == other.beside
    for name, account in one.by_id.items():
        first, second = one.outlook([account]), more.outlook([more.by_id[name]])
        assert (first.state, first.months, first.exact) == (second.state, second.months, second.exact)


@settings(max_examples=60, deadline=None)
@given(registers)
def test_the_floor_is_below_the_return(found: Any) -> None:
    """Its cost is at least that of the return, so it is no higher, unless even gains are losses."""
    for side in (built(found).planned(), built(found).to_date()):
        assert side.known_cost >= side.cost
        assert side.roi is None or side.floor is None or side.floor <= side.roi


@pytest.mark.parametrize("first", ["0001-01", "2026-06", "9999-12-31"])
@pytest.mark.parametrize("second", ["0001-01", "9999-12-31", None])
def test_no_month_is_too_far_away(first: str, second: str | None) -> None:
    """From the first to the last of the calendar, over the longest horizon at the highest rate."""
    more = {"from": second} if second else {}
    both = accounts(
        item(
            costs=[cost(1e12, 1e12, **{"from": first}), cost(0.01, per="month", **more)],
            gains=[gain(1e12, per="month", **more), gain(-1e12, per="year", **{"from": first})],
        ),
        money="{rate: 1, horizon_months: 600}",
    )
    found = both.outlook([both.by_id["CI-0001"]])

    assert found.state in {"within", "beyond", "never"}
    assert found.npv is not None
    assert found.irr is None or found.irr > -1
