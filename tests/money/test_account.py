"""One account: the plan over the horizon, what has come about, one beside the other, and who has confirmed it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.money.books import account, came, cost, gain, plain, values

F = Fraction
YEARLY = {"per": "year", "from": "2026-06"}


def test_the_contract_example() -> None:
    """Licences at 1,400 a year and 18,000 a year of hours: 4,200 and, beside the return, 54,000 over 36 months."""
    found = account(
        [cost(1400, 1600, kind="tools", **YEARLY)],
        [gain(18000, "capacity", **YEARLY, realised=[came("2026-Q3", 3900, confirmed_by="data-analyst")])],
    )

    assert (4200, {"capacity": 54000}) == values(found.planned.cost, found.planned.gains)
    assert (None, None, "no-gain") == values(found.planned.gain, found.planned.roi, found.planned.no_return)
    # June to November have begun: six months of 1,600 a year
    assert (800, {"capacity": 3900}) == values(found.to_date.cost, found.to_date.gains)
    # July to September of 18,000 a year are 4,500; June to October are over
    assert found.against is not None
    assert (4500, 3900, 3, 5) == values(
        found.against.planned, found.against.realised, found.against.months_reported, found.against.months_due,
    )  # fmt: skip
    assert F(3900, 4500) == found.against.rate


@pytest.mark.parametrize(
    ("costs", "gains", "roi", "why"),
    [
        # (5,000 - 1,000) / 1,000
        ([cost(1000)], [gain(5000)], 4.0, None),
        ([cost(100000)], [gain(60000)], -0.4, None),
        # once and again: 3,500 + 36 x 640 = 26,540, and 3 x 34,000 = 102,000
        ([cost(3500), cost(640, per="month")], [gain(34000, "avoided", per="year")], 75460 / 26540, None),
        # no gain is a loss of everything, if it is known
        ([cost(100)], [gain(0)], -1.0, None),
        # a loss that it causes is a negative gain
        ([cost(100)], [gain(300), gain(-50, "avoided")], 1.5, None),
        # other kinds make no return
        ([cost(100)], [gain(300, "quality"), gain(200, "capacity")], None, "no-gain"),
        ([cost(100)], [gain(300, "quality"), gain(200, "revenue")], 1.0, None),
        # what is not known
        ([cost(0)], [gain(300)], None, "free"),
        ([], [gain(300)], None, "no-cost"),
        ([cost()], [gain(300)], None, "cost-unknown"),
        ([cost(100), cost()], [gain(300)], None, "cost-unknown"),
        ([cost(100)], [], None, "no-gain"),
        ([cost(100)], [gain()], None, "no-gain"),
        # what came about without a plan is no part of it
        ([cost(100), cost(None, 50)], [gain(300)], 2.0, None),
        ([cost(100)], [gain(300), gain(None, "cash", realised=[came("2026-09", 10)])], 2.0, None),
        ([cost(None, 50)], [gain(300)], None, "no-cost"),
    ],
)  # fmt: skip
def test_the_return_of_a_plan(costs: list[Any], gains: list[Any], roi: float | None, why: str | None) -> None:
    """(gain - cost) / cost over 36 months, of the kinds that count; what is not known is never 0."""
    found = account(costs, gains).planned

    assert (roi and pytest.approx(roi), why) == (plain(found.roi), found.no_return)


def test_other_kinds_and_another_horizon_make_another_return() -> None:
    """As cireg.yaml says."""
    costs, gains = [cost(1000, per="year")], [gain(4000, "capacity", per="year"), gain(500)]

    assert plain(account(costs, gains).planned.roi) == pytest.approx(500 / 3000 - 1)
    assert plain(account(costs, gains, money="{roi_kinds: [capacity]}").planned.roi) == 3
    assert plain(account(costs, gains, money="{horizon_months: 6}").planned.roi) == 0
    assert account(costs, gains, money="{roi_kinds: []}").planned.roi is None


def test_a_line_without_a_figure_is_named() -> None:
    """And its side's sum is of the others."""
    found = account([cost(100), cost(what="Work")], [gain(70), gain(what="Calls")]).planned

    assert (100, ("Work",), 70, ("Calls",)) == values(found.cost, found.costs_unknown, found.gain, found.gains_unknown)
    assert found.whole_cost is None


@pytest.mark.parametrize(
    ("line", "spent", "unknown"),
    [
        # once
        (cost(100, 90), 90, False),
        (cost(100, 90, **{"from": "2026-11"}), 90, False),
        (cost(100, 90, **{"from": "2026-12"}), None, False),
        # six months have begun since June; one in November
        (cost(10, 12, per="month", **{"from": "2026-06"}), 72, False),
        (cost(10, 12, per="month", **{"from": "2026-06-30"}), 72, False),
        (cost(10, 12, per="month", **{"from": "2026-11"}), 12, False),
        (cost(10, 12, per="year", **{"from": "2026-06"}), 6, False),
        # from the day it took effect, where nothing else is said: May to November
        (cost(10, 12, per="month"), 84, False),
        # begun and without a figure: not known; not begun: none yet
        (cost(100, **{"from": "2026-06"}), None, True),
        (cost(100, **{"from": "2026-11"}), None, True),
        (cost(100), None, True),
        (cost(100, **{"from": "2027-01"}), None, False),
        (cost(100, 0), 0, False),
    ],
)  # fmt: skip
def test_what_was_spent_by_a_day(line: dict[str, Any], spent: int | None, unknown: bool) -> None:
    """By 23 November 2026, of an improvement that took effect on 4 May."""
    found = account([line]).to_date

    assert (spent, ("Licences",) if unknown else ()) == values(found.cost, found.costs_unknown)


def test_what_has_not_begun_costs_nothing_yet() -> None:
    """A plan that has slipped is not a cost that nobody knows; one whose work has begun is."""
    lines = [cost(100, **{"from": "2026-06"})]

    assert () == account(lines, status="planned").to_date.costs_unknown
    assert ("Licences",) == account(lines, status="in-progress").to_date.costs_unknown
    assert ("Licences",) == account(lines, status="planned", action={"live": "2026-05-04"}).to_date.costs_unknown
    assert not account(lines, status="planned").to_date.is_there


def test_what_was_withdrawn_costs_no_longer() -> None:
    """What recurs ends with it, what it has cost stays, and what it has not is none."""
    lines = [cost(10, 10, per="month", **{"from": "2026-01"}), cost(500, **{"from": "2026-10"})]
    found = account(lines, status="withdrawn", history=[
        {"on": "2025-12-01", "status": "proposed", "by": "service-desk-lead"},
        {"on": "2026-03-15", "status": "withdrawn", "by": "service-desk-lead", "note": "Not now."},
    ])  # fmt: skip

    assert (30, ()) == values(found.to_date.cost, found.to_date.costs_unknown)
    assert not found.in_plan


def test_what_had_begun_when_it_was_withdrawn_is_not_known() -> None:
    """It may have been paid; what was to begin later was not."""
    history = [
        {"on": "2026-01-12", "status": "in-progress", "by": "service-desk-lead"},
        {"on": "2026-08-03", "status": "withdrawn", "by": "service-desk-lead", "note": "Not now."},
    ]
    lines = [cost(5, what="Work", **{"from": "2026-06"}), cost(5, what="Licences", **{"from": "2026-09"})]

    assert ("Work",) == account(lines, status="withdrawn", history=history).to_date.costs_unknown


@pytest.mark.parametrize(("day", "due"), [((2026, 8, 30), 0), ((2026, 8, 31), 1), ((2026, 9, 1), 1)])
def test_a_month_is_due_when_it_is_over(day: tuple[int, int, int], due: int) -> None:
    """On its last day."""
    found = account(gains=[gain(5, per="month", **{"from": "2026-08"})], today=date(*day)).against

    assert due == (found.months_due if found else 0)


def test_what_came_without_a_plan_is_no_gain_that_nobody_knows() -> None:
    """It is known; there was no plan."""
    assert () == account([cost(5)], [gain(realised=[came("2026-08", 5)])]).planned.gains_unknown


def test_a_gain_has_come_in_when_its_period_is_over() -> None:
    """A quarter that still runs is no part of it; its last day is."""
    realised = [came("2026-Q3", 100), came("2026-Q4", 50)]
    gains = [gain(1200, per="year", **{"from": "2026-07"}, realised=realised)]

    assert [100, 100, 150] == [
        account(gains=gains, today=date(*day)).to_date.gain for day in ((2026, 9, 30), (2026, 12, 30), (2026, 12, 31))
    ]
    assert account(gains=gains, today=date(2026, 9, 29)).to_date.gain is None


@pytest.mark.parametrize(
    ("line", "planned", "realised", "reported", "due"),
    [
        # nothing of May to October has been reported
        (gain(1200, per="year", **{"from": "2026-05"}), 0, 0, 0, 6),
        # half a year of 1,200 a year, of which May and June count
        (gain(1200, per="year", **{"from": "2026-05"}, realised=[came("2026-H1", 150)]), 200, 150, 2, 6),
        (gain(100, per="month", **{"from": "2026-05"}, realised=[came("2026-H1", 150)]), 200, 150, 2, 6),
        # a week is seven days of its month, another one joins it
        (gain(310, per="month", **{"from": "2026-08"}, realised=[came("2026-W33", 80)]), 70, 80, 1, 3),
        (gain(310, per="month", **{"from": "2026-08"}, realised=[came("2026-W33", 80), came("2026-W34", 60)]),
         140, 140, 1, 3),
        # what came before the plan begins has nothing to be compared with
        (gain(1200, per="year", **{"from": "2026-05"}, realised=[came("2026-Q1", 999)]), 0, 0, 0, 6),
        # the parts of it that do
        (gain(1200, per="year", **{"from": "2026-05"}, realised=[came("2026-Q1", 999), came("2026-Q3", 280)]),
         300, 280, 3, 6),
        # a month that runs is due as soon as something of it is reported
        (gain(300, per="month", **{"from": "2026-11"}, realised=[came("2026-W46", 80)]), 70, 80, 1, 1),
        # once
        (gain(500, realised=[came("2026-08", 400)]), 500, 400, 1, 1),
        (gain(500, **{"from": "2026-06"}), 0, 0, 0, 1),
    ],
)  # fmt: skip
def test_what_was_planned_for_the_same_time(
    line: dict[str, Any], planned: int, realised: int, reported: int, due: int
) -> None:
    """Month by month, of those that are reported."""
    found = account(gains=[line]).against

    assert found is not None
    assert (planned, realised, reported, due) == values(
        found.planned, found.realised, found.months_reported, found.months_due,
    )  # fmt: skip


def test_nothing_is_due_before_it_begins() -> None:
    """Nor is there anything to compare where nothing was planned."""
    assert account(gains=[gain(1200, per="year", **{"from": "2027-01"})]).against is None
    assert account(gains=[gain(1200, **YEARLY)], status="planned").against is None
    assert account(gains=[gain(realised=[came("2026-08", 10)])]).against is None
    assert account().against is None


def test_a_loss_that_nobody_planned_lessens_what_came_in() -> None:
    """Else a promise looks kept that cost as much elsewhere."""
    gains = [
        gain(1200, per="year", **{"from": "2026-07"}, realised=[came("2026-Q3", 300)]),
        gain(realised=[came("2026-Q3", -200)]),
    ]
    found = account(gains=gains).against

    assert found is not None
    assert (300, 100) == values(found.planned, found.realised)


@pytest.mark.parametrize(
    ("realised", "expected"),
    [
        ([came("2026-07", 10), came("2026-08", 20)], (0, 30, 0, 2)),
        ([came("2026-07", 10, confirmed_by="data-analyst"), came("2026-08", 20)], (10, 30, 1, 2)),
        # the owner's own word
        ([came("2026-07", 10, confirmed_by="service-desk-lead")], (0, 10, 0, 1)),
        ([came("2026-07", -10, confirmed_by="data-analyst")], (-10, -10, 1, 1)),
        ([came("2027-07", 10, confirmed_by="data-analyst")], None),
        ([], None),
    ],
)  # fmt: skip
def test_only_somebody_else_confirms(realised: list[Any], expected: tuple[int, int, int, int] | None) -> None:
    """The owner is service-desk-lead."""
    found = account(gains=[gain(10, realised=realised)]).confirmed

    assert expected == (found and values(found.amount, found.of, found.entries, found.of_entries))


@pytest.mark.parametrize(
    "line",
    [
        cost(1e12, 1e12, per="month", **{"from": "0001-01"}),
        cost(1e12, 0.01, per="year", **{"from": "9999-12-31"}),
        cost(-5), cost(5, per="week"), cost("lots"), cost(float(10**17)),
        {"planned": 5}, {}, None, "text", [],
        gain(1e12, per="month", **{"from": "0001-01"}, realised=[came("0001", -1e12), came("9999-12-31", 1e12)]),
        gain(1, realised=[came("2026-13", 1), came("2026-W54", 1), came("", 1), {"amount": 1}, None]),
        gain(1, "gold"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("side", ["costs", "gains"])
def test_no_value_breaks_an_account(line: Any, side: str) -> None:
    """Whatever a file holds, on the first and the last day of the calendar."""
    for today in (date(1, 1, 1), date(2026, 11, 23), date(9999, 12, 31)):
        given: dict[str, Any] = {side: [line]}
        found = account(**given, today=today)

        assert found.planned.roi is None
        assert found.to_date.roi is None


def test_amounts_are_the_decimals_that_were_written() -> None:
    """A tenth and two tenths are three."""
    assert F(3, 10) == account([cost(0.1), cost(0.2)]).planned.cost
