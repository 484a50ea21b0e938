"""The weighted grid: published figures, and what must hold for any inputs and weights."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, astuple, replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cireg.scoring.grid import (
    CRITERIA,
    Inputs,
    Lights,
    Weights,
    dominated_by,
    dominates,
    missing,
    quadrant,
    read,
    score,
)
from tests.scoring.published import cases

LIGHTS = Lights(green=66.67, amber=33.33)
DEFAULT = Weights(value=0.40, effort=0.25, urgency=0.20, risk=0.15)

whole = st.integers(1, 5)
any_inputs = st.builds(Inputs, *[whole | st.floats(1, 5)] * 4)
proportion = st.floats(0, 1e308) | st.just(0.0)
any_weights = st.tuples(*[proportion] * 4).filter(any).map(lambda given: Weights(*given))


def inputs_of(case: dict[str, Any]) -> dict[str, Inputs]:
    """A case's items by id."""
    found = {item["id"]: read(item) for item in case["items"]}
    assert None not in found.values()
    return {id_: inputs for id_, inputs in found.items() if inputs is not None}


@pytest.mark.parametrize("case", cases("default_grid"), ids=lambda case: case["name"])
def test_the_grid_gives_the_published_figures(case: dict[str, Any]) -> None:
    """Scores exactly, lights and quadrants, and who is dominated by whom."""
    expected, items, weights = case["expected"], inputs_of(case), Weights(**case["weights"])
    scores = [score(inputs, weights, LIGHTS) for inputs in items.values()]
    dominators = dominated_by(items)

    assert expected["score"] == [each.total for each in scores]
    assert expected["light"] == [each.light for each in scores]
    assert expected["quadrant"] == [each.quadrant for each in scores]
    assert expected["dominated_by"] == [list(dominators[id_]) for id_ in items]
    assert expected["pareto_front"] == [id_ for id_ in items if not dominators[id_]]


def test_parts_are_the_points_that_each_criterion_adds() -> None:
    """4, 2, 3 and 1 under the default weights: three quarters of 40, of 25, half of 20, all of 15."""
    found = score(Inputs(value=4, effort=2, urgency=3, risk=1), DEFAULT, LIGHTS)

    assert pytest.approx((30.0, 18.75, 10.0, 15.0)) == astuple(found.parts)
    assert found.total == 73.75


@given(any_inputs, any_weights)
@example(Inputs(5, 1, 5, 1), Weights(0.1, 0.2, 0.3, 0.4))
@example(Inputs(5, 1, 5, 1), Weights(1e308, 1e308, 1e308, 1e308))
@example(Inputs(5, 1, 5, 1), Weights(5e-324, 0, 0, 5e-324))
def test_a_score_is_from_0_to_100_and_its_parts_sum_to_it(inputs: Inputs, weights: Weights) -> None:
    """For any inputs and any weights, without a part below 0."""
    found = score(inputs, weights, LIGHTS)

    assert 0 <= found.total <= 100
    assert min(astuple(found.parts)) >= 0
    assert found.total == pytest.approx(math.fsum(astuple(found.parts)), abs=1e-9)


@given(any_weights)
def test_the_best_inputs_score_100_and_the_worst_0(weights: Weights) -> None:
    """Whatever the weights: the scale does not move with them."""
    assert score(Inputs(value=5, effort=1, urgency=5, risk=1), weights, LIGHTS).total == 100
    assert score(Inputs(value=1, effort=5, urgency=1, risk=5), weights, LIGHTS).total == 0


@given(any_inputs, any_weights, st.sampled_from(CRITERIA), st.floats(1, 5))
def test_a_score_never_falls_when_one_input_improves(
    inputs: Inputs, weights: Weights, criterion: str, other: float
) -> None:
    """More value or urgency, less effort or risk: never a lower score, nor a worse light."""
    low, high = sorted([inputs, replace(inputs, **{criterion: other})], key=Inputs.utilities)
    worse, better = score(low, weights, LIGHTS), score(high, weights, LIGHTS)
    brightness = ["red", "amber", "green"].index

    assert worse.total <= better.total
    assert brightness(worse.light) <= brightness(better.light)


def test_effort_and_risk_count_the_other_way_round() -> None:
    """One criterion at a time: from the middle to its best end adds half its weight."""
    middle = Inputs(3, 3, 3, 3)
    best = {"value": 5, "effort": 1, "urgency": 5, "risk": 1}
    gained = {name: score(replace(middle, **{name: end}), DEFAULT, LIGHTS).total - 50 for name, end in best.items()}

    assert pytest.approx({"value": 20, "effort": 12.5, "urgency": 10, "risk": 7.5}) == gained


@given(st.tuples(*[st.floats(0, 1000)] * 4).filter(any))
def test_weights_are_proportions(given_: tuple[float, float, float, float]) -> None:
    """They are kept as shares of 1, and normalising twice changes nothing that shows."""
    shares = Weights(*given_).shares()

    assert math.fsum(shares) == pytest.approx(1)
    assert Weights(*shares).shares() == pytest.approx(shares)
    assert [weight == 0 for weight in given_] == [share == 0 for share in shares] or min(filter(None, given_)) < 1e-300


def test_weights_that_sum_to_1_stay_as_they_are() -> None:
    """So that a page shows the weight that was written."""
    assert Weights(0.40, 0.25, 0.20, 0.15).shares() == (0.40, 0.25, 0.20, 0.15)
    assert Weights(40, 25, 20, 15).shares() == pytest.approx((0.40, 0.25, 0.20, 0.15))


@pytest.mark.parametrize(
    "bad",
    [(0, 0, 0, 0), (0.5, -0.1, 0.3, 0.3), (math.nan, 1, 1, 1), (math.inf, 1, 1, 1)],
    ids=["all 0", "negative", "not a number", "infinite"],
)
def test_impossible_weights_are_refused(bad: tuple[float, float, float, float]) -> None:
    """A ValueError rather than scores that mean nothing."""
    with pytest.raises(ValueError, match="weight"):
        Weights(*bad)


@pytest.mark.parametrize("bad", [0, 6, 0.99, 5.01, math.nan, math.inf, -math.inf, 10**400, True, "4", None])
def test_an_input_outside_the_scale_counts_as_missing(bad: Any) -> None:
    """It gives no score; Inputs made by hand refuse it."""
    assert missing({"value": bad, "effort": 2, "urgency": 3, "risk": 1}) == ("value",)
    assert read({"value": bad, "effort": 2, "urgency": 3, "risk": 1}) is None
    with pytest.raises(ValueError, match="value must be a number from 1 to 5"):
        Inputs(value=bad, effort=2, urgency=3, risk=1)


def test_what_is_missing_is_named_in_the_order_of_the_criteria() -> None:
    """Other keys of the mapping are passed over."""
    assert missing({}) == CRITERIA
    assert missing({"risk": 1, "why": "x", "effort": 2}) == ("value", "urgency")
    assert missing({"value": 4, "effort": 2, "urgency": 3, "risk": 1, "on": "2026-03-10"}) == ()
    assert read({"value": 4, "effort": 2, "urgency": 3, "risk": 1, "on": "2026-03-10"}) == Inputs(4, 2, 3, 1)


@pytest.mark.parametrize(
    ("total", "light"),
    [
        (100, "green"),
        (66.67, "green"),
        (66.669999999, "amber"),
        (33.33, "amber"),
        (33.329999999, "red"),
        (0, "red"),
    ],
)
def test_a_light_begins_at_its_threshold(total: float, light: str) -> None:
    """A score on the threshold has reached it."""
    assert light == LIGHTS.of(total)


def test_lights_are_as_configured() -> None:
    """The same score under other thresholds."""
    inputs = Inputs(value=4, effort=2, urgency=3, risk=1)  # 73.75 under the default weights

    assert score(inputs, DEFAULT, Lights(green=73.75, amber=50)).light == "green"
    assert score(inputs, DEFAULT, Lights(green=80, amber=73.75)).light == "amber"
    assert score(inputs, DEFAULT, Lights(green=90, amber=80)).light == "red"


@pytest.mark.parametrize(
    ("value", "effort", "expected"),
    [
        (4, 2, "quick-win"),
        (4, 4, "major-project"),
        (2, 2, "fill-in"),
        (2, 4, "reconsider"),
        # a 3 on either axis
        (3, 1, "middle"),
        (3, 5, "middle"),
        (5, 3, "middle"),
        (1, 3, "middle"),
        (3, 3, "middle"),
    ],
)
def test_the_quadrant_is_value_against_effort(value: int, effort: int, expected: str) -> None:
    """Urgency and risk play no part in it."""
    assert {expected} == {quadrant(Inputs(value, effort, u, r)) for u in (1, 3, 5) for r in (1, 3, 5)}


@given(any_inputs, any_inputs, any_weights)
def test_what_dominates_never_scores_lower(one: Inputs, other: Inputs, weights: Weights) -> None:
    """Under any weights; and nothing dominates itself, nor do two dominate each other."""
    assert not dominates(one, one)
    assert not (dominates(one, other) and dominates(other, one))
    if dominates(one, other):
        assert score(one, weights, LIGHTS).total >= score(other, weights, LIGHTS).total


@given(st.lists(st.builds(Inputs, whole, whole, whole, whole), max_size=12), st.randoms())
def test_dominators_are_sorted_and_complete_in_any_order_of_the_items(inputs: list[Inputs], random: Any) -> None:
    """Items with the same inputs have the same dominators, and not each other."""
    items = {f"CI-{number:04}": each for number, each in enumerate(inputs)}
    expected = {id_: tuple(sorted(other for other in items if dominates(items[other], items[id_]))) for id_ in items}
    shuffled = list(items.items())
    random.shuffle(shuffled)

    assert expected == dominated_by(dict(shuffled))


def test_a_score_cannot_be_changed_afterwards() -> None:
    """It is frozen, parts and all."""
    found = score(Inputs(4, 2, 3, 1), DEFAULT, LIGHTS)
    with pytest.raises(FrozenInstanceError):
        found.parts.value = 0  # type: ignore[misc]  # the assignment under test
