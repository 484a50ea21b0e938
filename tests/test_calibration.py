"""Plans beside what came of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cireg.calibration import calibration, working_days
from cireg.flow_words import calibration as said
from tests.flow_register import READINGS, item, register, worked


def cost(planned: float | None, actual: float | None, per: str = "once") -> dict[str, Any]:
    entry = {"what": "Licences", "kind": "tools", "per": per, "from": "2026-01", "planned": planned, "actual": actual}
    return {name: value for name, value in entry.items() if value is not None}


def gain(planned: float, amount: float) -> dict[str, Any]:
    return {
        "what": "Hours", "kind": "capacity", "per": "once", "from": "2026-02", "planned": planned,
        "realised": [{"period": "2026-03", "amount": amount}],
    }  # fmt: skip


def test_costs_with_both_figures_are_compared_as_a_ratio_of_sums() -> None:
    """A yearly one over the horizon of three years; a line that lacks one of them takes no part."""
    found = calibration(
        register(
            worked("CI-0001", "2026-02-01", "2026-08-03", money={"costs": [cost(100, 150), cost(1000, None)]}),
            worked("CI-0002", "2026-02-01", "2026-08-03", money={"costs": [cost(100, 90, "year")]}),
            worked("CI-0003", "2026-02-01", "2026-08-03", money={"costs": [cost(500, None)]}),
            item("CI-0004", "2026-01-05 proposed", money={"costs": [cost(1, 1)]}),
        )
    ).cost

    assert (("CI-0001", "CI-0002"), 3, 1) == (found.ids, found.of, found.over)
    assert [Fraction(400), Fraction(420)] == [found.planned, found.actual]
    assert (Fraction(21, 20), None) == (found.ratio, found.typical)


def test_gains_are_compared_where_something_has_come_in() -> None:
    """And five of them have a typical one."""
    items = [
        worked(f"CI-000{n}", "2026-02-01", "2026-08-03", money={"gains": [gain(100, 20 * n)]}) for n in range(1, 6)
    ]
    found = calibration(register(*items, worked("CI-0009", "2026-02-01", "2026-08-03"))).gain

    assert (5, 6, 0) == (found.n, found.of, found.over)
    assert [Fraction(500), Fraction(300)] == [found.planned, found.actual]
    assert [Fraction(3, 5)] * 2 == [found.ratio, found.typical]


def test_planned_days_stand_beside_the_working_days_that_passed() -> None:
    """From Monday 12 January to Sunday 1 February are fifteen."""
    found = calibration(register(worked("CI-0001", "2026-02-01", "2026-08-03", plan={"days": 7.5}))).effort

    assert (1, Fraction(15, 2), Fraction(15)) == (found.n, found.planned, found.actual)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-01-12", "2026-01-12", 1),
        ("2026-01-10", "2026-01-11", 0),
        ("2026-01-09", "2026-01-12", 2),
        ("2026-01-12", "2026-01-25", 10),
    ],
)
def test_working_days_are_monday_to_friday(first: str, last: str, days: int) -> None:
    """Both ends counted."""
    assert days == working_days(date.fromisoformat(first), date.fromisoformat(last))


def test_finished_steps_are_late_or_early() -> None:
    """In days; what is not done yet has no lateness."""
    steps = [
        {"do": "A", "due": "2026-03-02", "done": "2026-03-05"}, {"do": "B", "due": "2026-03-02", "done": "2026-03-01"},
        {"do": "C", "due": "2026-03-02"},
    ]  # fmt: skip

    assert (-1, 3) == calibration(register(item("CI-0001", "2026-01-05 proposed", plan={"steps": steps}))).steps


def _scored(count: int, value: int, amount: float, first: int) -> list[dict[str, str]]:
    scores = {"value": value, "effort": 2, "risk": 1, "urgency": 3}
    return [
        worked(
            f"CI-{first + n:04}", "2026-02-01", "2026-08-03", scores=scores, money={"gains": [gain(100, amount + n)]}
        )
        for n in range(count)
    ]


def test_high_scores_are_held_to_what_they_delivered() -> None:
    """By what each brought in a month, where five of both are known."""
    more = calibration(register(READINGS, *_scored(5, 5, 800, 1), *_scored(5, 3, 80, 11)))
    less = calibration(register(READINGS, *_scored(5, 5, 80, 1), *_scored(5, 3, 800, 11)))
    few = calibration(register(READINGS, *_scored(4, 5, 800, 1), *_scored(5, 3, 80, 11)))

    assert (True, False, None) == (more.higher_delivered_more, less.higher_delivered_more, few.higher_delivered_more)
    assert (5, Fraction(802, 8)) == (more.by_value[0].success.achieved, more.by_value[0].typical)


def test_words_tell_how_many_and_hide_money_where_it_is_not_shown() -> None:
    """Too few say so with their number."""
    found = calibration(register(READINGS, *_scored(5, 5, 800, 1), *_scored(5, 3, 80, 11)))
    shown, hidden = " ".join(said(found, "GBP")), " ".join(said(found, "GBP", money=False))

    assert "Gain: planned 1,000 GBP, realised 4,420 GBP (442 % of the plan), of the 10 of 10 that have both" in shown
    assert "Cost: 0 of 10 have both a plan and what came of it: too few to say." in shown
    assert "Those scored 5 delivered more than those scored 3" in shown
    assert "typically 100.2 GBP a month" in shown
    assert "GBP" not in hidden
    assert "Whether those scored 5 deliver more" in hidden, "all of both groups were achieved"
