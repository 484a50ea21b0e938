"""The order of a register's list, from its files: which improvements, which scores, what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.ranking import MODELS, Ranking, rank, score, weights
from cireg.scoring.grid import CRITERIA, Weights
from cireg.scoring.models import INPUTS, Model
from tests.scoring.published import cases
from tests.small_register import CONFIG, LINE, fields, files, register

DEFAULT = {"value": 0.4, "effort": 0.25, "urgency": 0.2, "risk": 0.15}


def grid(number: int, value: int, effort: int, urgency: int, risk: int, **more: Any) -> dict[str, Any]:
    """An assessed improvement with these scores."""
    inputs = {"value": value, "effort": effort, "urgency": urgency, "risk": risk}
    return fields("assessed", id=f"CI-{number:04}", scores=inputs, **more)


def ranked(*items: dict[str, Any], config: str = "", **options: Any) -> Ranking:
    """The order of a register of these improvements; `config` is added to cireg.yaml."""
    return rank(register({"cireg.yaml": CONFIG + config, **files(*items)}), **options)


def ids(found: Ranking) -> list[str]:
    """The ids of the rows, in order."""
    return [row.item.id for row in found.rows]


@pytest.mark.parametrize("case", cases("default_grid"), ids=lambda case: case["name"])
def test_the_published_grid_comes_out_of_files(case: dict[str, Any]) -> None:
    """Scores, ranks, lights and quadrants, exactly."""
    items = [grid(n + 1, *(item[name] for name in CRITERIA)) for n, item in enumerate(case["items"])]
    found = ranked(*items, steadiness=False)
    rows = sorted(found.rows, key=lambda row: row.item.id)
    expected = case["expected"]

    assert expected["score"] == [row.score for row in rows]
    assert expected["rank_competition"] == [row.rank for row in rows]
    assert expected["light"] == [row.light for row in rows]
    assert expected["quadrant"] == [row.quadrant for row in rows]
    assert [pytest.approx(row.score) for row in rows] == [sum(row.parts.values()) for row in rows]


@pytest.mark.parametrize("model", ["wsjf", "rice"])
def test_the_published_quotients_come_out_of_files(model: Model) -> None:
    """Whole cases only; each row carries the model's own inputs and no light, quadrant or band."""
    compared = 0
    for case in cases(model):
        items = [
            fields("assessed", id=f"CI-{n + 1:04}", scores={model: {name: item[name] for name in INPUTS[model]}})
            for n, item in enumerate(case["items"])
            if set(INPUTS[model]) <= set(item)
        ]
        if not items or model not in case["published"]:
            continue
        found = ranked(*items, model=model)
        rows = sorted(found.rows, key=lambda row: row.item.id)
        assert pytest.approx(case["published"][model], abs=0.5) == [row.score for row in rows]
        assert [item["scores"][model] for item in items] == [row.parts for row in rows]
        assert {(None, None, None, None)} == {(r.light, r.quadrant, r.ours, r.any_weights) for r in rows}
        assert found.stability is None
        compared += 1

    assert compared >= 2


# Which improvements


def test_the_list_is_what_waits_and_with_every_all_that_is_open() -> None:
    """What runs, is reviewed or is parked no longer waits to be started; what has ended is in neither."""
    scores = {"value": 3, "effort": 3, "urgency": 3, "risk": 3}
    statuses = [*LINE, "on-hold", "rejected", "withdrawn"]
    items = [fields(status, id=f"CI-{n:04}", scores=scores) for n, status in enumerate(statuses)]

    assert ["proposed", "assessed", "planned"] == [row.item.status for row in ranked(*items, steadiness=False).rows]
    assert {*LINE, "on-hold"} - {"closed"} == {
        row.item.status for row in ranked(*items, every=True, steadiness=False).rows
    }


@pytest.mark.parametrize(
    ("scores", "missing"),
    [
        (None, ("value", "effort", "urgency", "risk")),
        ({}, ("value", "effort", "urgency", "risk")),
        ({"value": 3, "risk": 1}, ("effort", "urgency")),
        ({"value": 9, "effort": 2, "urgency": 2, "risk": 1}, ("value",)),
        ({"value": "4", "effort": 2, "urgency": 2, "risk": 1}, ("value",)),
    ],
)
def test_without_a_score_it_is_listed_apart_with_what_is_missing(scores: Any, missing: tuple[str, ...]) -> None:
    """A value that cannot be used is missing too; never is a score made up."""
    found = ranked(fields(scores=scores), grid(2, 3, 3, 3, 3), steadiness=False)

    assert [("CI-0001", missing)] == [(each.item.id, each.missing) for each in found.unscored]
    assert ["CI-0002"] == ids(found)


def test_under_another_model_its_own_inputs_are_missing() -> None:
    """Named with the model, as they are in the file."""
    found = ranked(grid(1, 3, 3, 3, 3), model="wsjf")

    assert [tuple(f"wsjf.{name}" for name in INPUTS["wsjf"])] == [each.missing for each in found.unscored]


def test_the_model_is_the_configured_one_unless_another_is_asked_for() -> None:
    """What is asked for stands over it."""
    item = fields("assessed", scores={"rice": {"reach": 10, "impact": 1, "confidence": 1, "effort": 2}})

    assert [("rice", 5.0), ("rice", 5.0)] == [
        (found.model, found.rows[0].score)
        for found in (ranked(item, config="scoring: {model: rice}\n"), ranked(item, model="rice"))
    ]
    assert "grid" == ranked(item, config="scoring: {model: rice}\n", model="grid").model
    assert ("grid", "wsjf", "rice") == MODELS


# The order


def test_equal_scores_share_a_rank_and_the_elder_comes_first() -> None:
    """As in 1, 2, 2, 4; inside a tie by the day it was raised, then by id."""
    early = [{"on": "2026-11-02", "status": "proposed", "by": "x"}, {"on": "2026-11-20", "status": "assessed"}]
    found = ranked(
        grid(1, 3, 3, 3, 3),
        grid(2, 5, 1, 5, 1),
        grid(3, 3, 3, 3, 3, history=early),
        grid(4, 1, 5, 1, 5),
        steadiness=False,
    )

    assert ["CI-0002", "CI-0003", "CI-0001", "CI-0004"] == ids(found)
    assert [(1, False), (2, True), (2, True), (4, False)] == [(row.rank, row.tied) for row in found.rows]


def test_weights_and_lights_are_the_registers() -> None:
    """The parts are the points that each criterion adds."""
    config = "scoring: {weights: {value: 3, effort: 1, urgency: 0, risk: 0}, lights: {green: 90, amber: 60}}\n"
    (row,) = ranked(grid(1, 4, 2, 1, 5), config=config, steadiness=False).rows

    assert (75.0, "amber") == (row.score, row.light)
    assert {"value": 56.25, "effort": 18.75, "urgency": 0, "risk": 0} == row.parts


@pytest.mark.parametrize(
    "config",
    [
        "scoring: {weights: {value: 0, effort: 0, urgency: 0, risk: 0}}\n",
        "scoring: {weights: {value: 1}}\n",
        "scoring: {weights: heavy, lights: {green: x}}\n",
        "scoring: {lights: {green: 70}}\n",
        "scoring: 3\n",
        "scoring: {model: best, top: 0}\n",
    ],
)
def test_a_configuration_that_cannot_be_used_leaves_the_schemas(config: str) -> None:
    """A reading command never refuses: check reports it."""
    found = ranked(grid(1, 4, 2, 3, 1), config=config)

    assert Weights(**DEFAULT) == found.weights
    assert [("grid", 73.75, "green")] == [(found.model, row.score, row.light) for row in found.rows]
    assert found.stability is not None
    assert 10 == found.stability.k


def test_one_score_is_that_of_the_list() -> None:
    """What a page shows beside an improvement; None where there is none."""
    found = register(files(grid(1, 4, 2, 3, 1), fields(id="CI-0002")))
    one = score(found.improvements["CI-0001"], found.config)
    assert one is not None

    assert rank(found, steadiness=False).rows[0].score == one.total == 73.75
    assert score(found.improvements["CI-0002"], found.config) is None
    assert Weights(**DEFAULT) == weights(found.config)


def test_bands_belong_to_their_rows() -> None:
    """The first of the list is nearly always first, the last nearly never, under weights near ours."""
    found = ranked(*(grid(n, 6 - n, n, 6 - n, n) for n in range(1, 6)), config="scoring: {top: 2}\n")

    assert [f"CI-{n:04}" for n in range(1, 6)] == ids(found)
    assert [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)] == [
        (row.ours.rank_low, row.ours.rank_high) for row in found.rows if row.ours
    ]
    assert [1.0, 1.0, 0.0, 0.0, 0.0] == [row.any_weights.top_k for row in found.rows if row.any_weights]
    assert found.stability is not None
    assert (2, "stable") == (found.stability.k, found.stability.word)


def test_an_empty_register_has_an_empty_order() -> None:
    """Under every model."""
    for model in MODELS:
        found = ranked(model=model)
        assert ((), ()) == (found.rows, found.unscored)


def test_of_two_files_with_one_id_the_first_is_ranked() -> None:
    """It would stand in the list twice otherwise."""
    one, other = grid(1, 5, 1, 5, 1), grid(1, 1, 5, 1, 5)
    found = rank(
        register({"improvements/CI-0001-a.yaml": files(one)["improvements/CI-0001.yaml"],
                  "improvements/CI-0001-b.yaml": files(other)["improvements/CI-0001.yaml"]}),
        steadiness=False,
    )  # fmt: skip

    assert [("CI-0001", 100.0)] == [(row.item.id, row.score) for row in found.rows]
