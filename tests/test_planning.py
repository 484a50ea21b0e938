"""Before anything is changed: the day it goes live, the readings by the due day, and the chance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.plan_words import sentences
from cireg.planning import Prospect, live_day, prospects, unlikely
from tests import small_register
from tests.cli.test_verdict_command import data
from tests.measured_register import STEADY, files, measure

TODAY = date(2026, 1, 15)
STEPS = {"steps": [{"do": "Start", "by": "service-desk-lead", "due": "2026-02-20"}]}


def foretold(given: dict[str, Any]) -> list[Prospect]:
    register = small_register.register(given, TODAY)
    return prospects(register.improvements["CI-0001"], register)


def planned(*measures: dict[str, Any], before: list[Any] = STEADY, **more: Any) -> dict[str, Any]:
    return files(before, [], *measures, **({"live": None, "status": "planned", "plan": STEPS} | more))


def test_a_plan_goes_live_with_its_last_step_and_never_in_the_past() -> None:
    """Its own day stands over that."""
    for given, expected in (
        (planned(), date(2026, 2, 20)),
        (planned(live="2026-01-01"), date(2026, 1, 1)),
        (planned(plan={"steps": [{"do": "Start", "due": "2025-02-20"}]}), TODAY),
    ):
        register = small_register.register(given, TODAY)
        assert live_day(register.improvements["CI-0001"], TODAY) == expected


def test_only_periods_that_are_over_by_the_due_day_count() -> None:
    """From March to June are four months; on the 29th of June they are three."""
    assert foretold(planned())[0].readings_by_due == 4
    assert foretold(planned(due="2026-06-29"))[0].readings_by_due == 3
    assert foretold(planned(due="2026-02-28"))[0].readings_by_due == 0
    assert foretold(planned(due=None))[0].readings_by_due is None


def test_a_large_change_will_be_shown_and_a_small_one_will_not() -> None:
    """Thirty is ten deviations away, forty is half of one."""
    large, small = foretold(planned())[0], foretold(planned(measure(target={"value": 40})))[0]
    assert large.shown is not None
    assert small.shown is not None
    assert large.shown > 0.95 > 0.3 > small.shown
    assert large.enough_on == date(2026, 5, 31)
    assert small.enough_on is None or small.enough_on > date(2026, 12, 31)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (planned(measure(baseline={"figure": 40})), "no-baseline-series"),
        (planned(measure("nobody")), "no-baseline-series"),
        (planned(before=[]), "no-baseline"),
        (planned(before=[40, 41]), "short-baseline"),
        (planned(measure(target=None)), "no-target"),
        (planned(measure(target={"value": 50})), "target-already-met"),
    ],
)
def test_where_nothing_can_be_foretold_the_reason_is_said(given: dict[str, Any], reason: str) -> None:
    """And it is no finding of its own."""
    found = foretold(given)[0]
    assert (found.reason, found.shown, found.enough_on) == (reason, None, None)
    assert len(list(sentences(found))) == 1
    register = small_register.register(given, TODAY)
    assert unlikely(register.improvements["CI-0001"], register) is None


def test_readings_that_never_moved_show_any_change() -> None:
    """As soon as there are enough of them."""
    found = foretold(planned(before=[40] * 12))[0]
    assert found.shown == 1.0


def test_check_warns_below_half_at_the_due_day() -> None:
    """A plan that leaves its readings no chance, and none that does."""
    rules = [each.rule for each in small_register.findings(planned(measure(target={"value": 40})), TODAY)]
    assert "change-not-showable" in rules
    assert "change-not-showable" not in [each.rule for each in small_register.findings(planned(), TODAY)]


def test_the_plan_is_an_object_of_the_verdict(tmp_path: Any) -> None:
    """With its seed and its runs."""
    found = data(tmp_path, planned(), "--plan", "--today", "2026-01-15")["plan"]
    assert set(found) == {"live", "due", "chance", "achieved", "enough_on", "runs", "seed", "measures"}
    assert (found["live"], found["due"], found["enough_on"]) == ("2026-02-20", "2026-06-30", "2026-05-31")
    assert found["measures"][0]["kpi"] == "answer-hours"
    assert "plan" not in data(tmp_path, planned())
