"""The simulation before the change: the verdict's own rule, and the published shares."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from cireg.measure import plan
from cireg.measure.plan import Simulation, simulate
from cireg.measure.verdict import Goal, judge


@pytest.mark.parametrize(
    ("effect", "after", "share"), [(3.0, 3, 0.86), (1.5, 3, 0.26), (1.5, 12, 0.86), (0.75, 12, 0.32), (0.0, 12, 0.017)]
)
def test_the_chances_are_the_published_ones(effect: float, after: int, share: float) -> None:
    """Twelve readings before; 500 runs are within five hundredths of 20,000."""
    assert Simulation(12, effect, 0.0).after(after).shown == pytest.approx(share, abs=0.05)


def test_each_run_is_the_verdicts_own_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same readings, given to the verdict itself, show a change and reach the target in the same runs."""
    monkeypatch.setattr(plan, "RUNS_DRAWN", 60)
    drawn: list[list[float]] = []

    class Watched(Random):
        def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
            value = super().gauss(mu, sigma)
            drawn[-1].append(value)
            return value

    drawn.append([])
    monkeypatch.setattr(plan, "Random", Watched)
    plan._drawn.cache_clear()
    plan._change.cache_clear()
    plan._noise.cache_clear()
    simulation = Simulation(8, 1.5, 0.3, 60)
    before = [drawn[0][start : start + 8] for start in range(0, 480, 8)]
    after: list[list[float]] = [[] for _ in range(60)]
    goal = Goal(Fraction("1.2"), 1)
    for count in range(1, 13):
        drawn.append([])
        found = simulation.after(count)
        for run, noise in zip(after, drawn[-1], strict=True):
            run.append(1.5 + noise)
        verdicts = [
            judge([Fraction(each) for each in one], [Fraction(each) for each in two], 1, goal, passed=True).verdict
            for one, two in zip(before, after, strict=True)
        ]
        assert found.shown * 60 == pytest.approx(sum(each in ("achieved", "partly") for each in verdicts))
        assert found.achieved * 60 == pytest.approx(verdicts.count("achieved"))
    plan._drawn.cache_clear()
    plan._change.cache_clear()
    plan._noise.cache_clear()


def test_more_readings_and_a_tolerance_help() -> None:
    """A change that is exactly the target's size is achieved half the time without one."""
    plain, kind = simulate(12, 2.0, 0.0), simulate(12, 2.0, 1.0)
    assert plain.after(12).shown >= plain.after(6).shown > plain.after(3).shown
    assert kind.after(12).shown == plain.after(12).shown
    assert kind.after(12).achieved > 0.95 > 0.6 > plain.after(12).achieved
    assert plain.after(0) == plan.Chance(0.0, 0.0)
    assert plain.after(2).shown == 0


def test_the_first_count_with_a_chance_is_found_or_there_is_none() -> None:
    """Within as many as there are."""
    simulation = simulate(12, 1.5, 0.0)
    count = simulation.enough(60, 0.8)
    assert count is not None
    assert simulation.after(count).shown >= 0.8 > simulation.after(count - 1).shown
    assert simulate(12, 0.1, 0.0).enough(60, 0.8) is None


def test_the_same_figures_give_the_same_chances() -> None:
    """No clock, no order of calls."""
    assert Simulation(12, 1.5, 0.2).after(6) == Simulation(12, 1.5, 0.2).after(6)


def test_changes_that_are_alike_are_worked_out_once() -> None:
    """Whatever the tolerance: it decides only what counts as achieved."""
    first = simulate(12, 1.49, 0.0)
    assert simulate(12, 1.51, 0.7)._change is first._change
    assert simulate(12, 99.0, 0.0)._change is simulate(12, 50.0, 0.0)._change
    assert simulate(12, 1.6, 0.0)._change is not first._change
