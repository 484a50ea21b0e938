"""Where each improvement stands."""

from __future__ import annotations

from cireg.site.views.standing import Standing
from tests.site.views.showing import showing
from tests.small_register import fields


def test_what_is_further_on_its_way_has_a_score_and_no_rank() -> None:
    """Only what waits to be started is ranked."""
    found = showing(fields("assessed"), fields("in-progress", id="CI-0002"), fields(id="CI-0003")).standings
    parts = (30.0, 18.75, 10.0, 15.0)
    assert Standing(73.75, parts, "green", "quick-win", 1) == found["CI-0001"]
    assert Standing(73.75, parts, "green", "quick-win") == found["CI-0002"]
    assert Standing(missing=("value", "effort", "urgency", "risk")) == found["CI-0003"]


def test_equal_scores_share_a_rank() -> None:
    """And both are said to be tied."""
    found = showing(fields("assessed"), fields("assessed", id="CI-0002")).standings
    assert [(1, True), (1, True)] == [(each.rank, each.tied) for each in found.values()]


def test_another_model_gives_a_score_alone() -> None:
    """Parts, light and quadrant belong to the grid."""
    item = fields("assessed")
    item["scores"]["rice"] = {"reach": 100, "impact": 2, "confidence": 0.5, "effort": 4}
    assert Standing(25.0, rank=1) == showing(item, config="scoring: {model: rice}\n").standings["CI-0001"]
