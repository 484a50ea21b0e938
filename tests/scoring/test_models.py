"""WSJF and RICE: published figures on their sources' own scales, and inputs that cannot be used."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cireg.scoring.models import INPUTS, Model, cost_of_delay, missing, rice, wsjf
from cireg.scoring.order import Candidate, order
from tests.scoring.published import cases

SCORE = {"wsjf": wsjf, "rice": rice}
ONES: dict[Model, dict[str, object]] = {model: dict.fromkeys(names, 1) for model, names in INPUTS.items()}


@pytest.mark.parametrize("case", cases("wsjf"), ids=lambda case: case["name"])
def test_wsjf_gives_the_published_figures(case: dict[str, Any]) -> None:
    """Cost of delay, score and order; without a job size there is a cost of delay and no score."""
    items, published = case["items"], case["published"]

    assert published.get("cost_of_delay") in (None, [cost_of_delay(item) for item in items])
    assert published.get("wsjf", [None] * len(items)) == [wsjf(item) for item in items]
    assert published.get("order") in (None, ordered(items, "wsjf"))


@pytest.mark.parametrize("case", cases("rice"), ids=lambda case: case["name"])
def test_rice_gives_the_published_figures(case: dict[str, Any]) -> None:
    """Scores as published (whole numbers) and as computed (four places), and the order."""
    items, published = case["items"], case["published"]
    found = [rice(item) for item in items]

    assert pytest.approx(published["rice"], abs=0.5) == found
    assert pytest.approx(case.get("computed", found), abs=0.00005) == found
    assert published.get("order") in (None, ordered(items, "rice"))


def ordered(items: list[dict[str, Any]], model: Model) -> list[str]:
    """The ids of a case's items, best first."""
    scores = {item["id"]: SCORE[model](item) for item in items}
    return [place.id for place in order(Candidate(id_, found) for id_, found in scores.items() if found is not None)]


@pytest.mark.parametrize("case", cases("default_grid"), ids=lambda case: case["name"])
def test_wsjf_takes_a_0_among_what_it_adds(case: dict[str, Any]) -> None:
    """(value + urgency + 0) / effort: the grid's inputs read as WSJF."""
    found = [
        wsjf(
            {
                "business_value": item["value"],
                "time_criticality": item["urgency"],
                "risk_opportunity": 0,
                "job_size": item["effort"],
            }
        )
        for item in case["items"]
    ]

    assert pytest.approx(case["expected"]["wsjf_like"], abs=0.00005) == found


@pytest.mark.parametrize("model", INPUTS)
@pytest.mark.parametrize("bad", [None, "8", True, -1, math.nan, math.inf, 10**400, [8]])
def test_an_input_that_is_no_number_of_0_or_more_is_missing(model: Model, bad: object) -> None:
    """Each input in turn: no score, and it is the one that is named."""
    for name in INPUTS[model]:
        given_ = ONES[model] | {name: bad}
        assert SCORE[model](given_) is None
        assert missing(model, given_) == (name,)


@pytest.mark.parametrize("model", INPUTS)
def test_a_divisor_of_0_gives_no_score(model: Model) -> None:
    """Never infinity: it is named among what is missing. A 0 elsewhere is a figure like any other."""
    *factors, divisor = INPUTS[model]

    assert SCORE[model](ONES[model] | {divisor: 0}) is None
    assert missing(model, ONES[model] | {divisor: 0}) == (divisor,)
    assert SCORE[model](ONES[model] | dict.fromkeys(factors, 0)) == 0


@pytest.mark.parametrize("model", INPUTS)
def test_all_that_is_missing_is_named_in_the_order_of_the_model(model: Model) -> None:
    """An empty mapping lacks everything; keys of other models are passed over."""
    assert missing(model, {}) == INPUTS[model]
    assert missing(model, {"why": "x"} | ONES[model]) == ()


anything = st.none() | st.floats() | st.integers() | st.text(max_size=3) | st.booleans()


@pytest.mark.parametrize("model", INPUTS)
@given(values=st.tuples(*[anything] * 4))
@example(values=(1e18, 1e18, 1e18, 1e-18))
@example(values=(1e18, 1e18, 1e18, 5e-324))
def test_there_is_a_score_exactly_when_nothing_is_missing(model: Model, values: tuple[object, ...]) -> None:
    """And a score is always a finite number of 0 or more."""
    given_ = dict(zip(INPUTS[model], values, strict=True))
    found = SCORE[model](given_)

    assert (found is None) == bool(missing(model, given_))
    assert found is None or 0 <= found < math.inf


estimate = st.floats(0.01, 1e6)


@pytest.mark.parametrize("model", INPUTS)
@given(values=st.tuples(*[estimate] * 4), position=st.integers(0, 3), more=estimate)
def test_more_of_an_input_never_works_the_wrong_way(
    model: Model, values: tuple[float, ...], position: int, more: float
) -> None:
    """More benefit never lowers a score, more effort never raises it."""
    low, high = (
        SCORE[model](dict(zip(INPUTS[model], (*values[:position], end, *values[position + 1 :]), strict=True)))
        for end in sorted([values[position], more])
    )

    assert low is not None
    assert high is not None
    assert low >= high if position == 3 else low <= high
