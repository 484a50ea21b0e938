"""KPIs that ask for an improvement that nobody is at."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from cireg.spotting.signals import CONCERN, MISSED, signals
from tests import measured_register as made
from tests import small_register

CALM = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
WORSE = [*CALM, 40]


def found(values: list[Any], others: dict[str, str] | None = None, **fields: Any) -> dict[str, tuple[str, ...]]:
    """The reasons by KPI."""
    files = {"kpis/answer-hours.yaml": made.kpi(**fields), "kpis/answer-hours.csv": made.csv(("2025-01", values))}
    register = small_register.register({**files, **(others or {})})
    return {each.kpi.id: each.reasons for each in signals(register)}


@pytest.mark.parametrize(
    ("values", "fields", "reasons"),
    [
        (CALM, {}, None),
        (WORSE, {}, (CONCERN,)),
        (WORSE, {"better": "higher"}, None),
        ([*CALM, 1], {"better": "higher"}, (CONCERN,)),
        (WORSE, {"better": "neutral"}, None),
        (CALM, {"target": {"max": 5}}, (MISSED,)),
        (CALM, {"target": {"max": 10}}, None),
        (CALM, {"target": {"min": 20, "max": 30}, "better": "within"}, (MISSED,)),
        (WORSE, {"target": {"max": 1}}, (CONCERN, MISSED)),
        ([], {"target": {"max": 1}}, None),
        ([*WORSE, None], {}, (CONCERN,)),
    ],
)
def test_a_signal_for_the_worse_and_a_target_out_of_reach(
    values: list[Any], fields: dict[str, Any], reasons: tuple[str, ...] | None
) -> None:
    """Neither the better nor a target that is met now and then."""
    assert reasons == found(values, **fields).get("answer-hours")


@pytest.mark.parametrize(
    ("status", "role", "listed"),
    [("planned", "primary", False), ("review", "secondary", False), ("planned", "guard", True),
     ("rejected", "primary", True), ("on-hold", "primary", False)],
)  # fmt: skip
def test_a_kpi_that_an_open_improvement_aims_at_is_not_listed(status: str, role: str, listed: bool) -> None:
    """A guard is no aim, and what is over aims at nothing."""
    item = made.improvement(made.measure(role=role), status=status, live=None)
    assert listed is bool(found(WORSE, {"improvements/CI-0001.yaml": item}))


def test_the_order_is_by_reasons_and_then_by_id() -> None:
    """Both first."""
    others = {
        "kpis/b.yaml": made.kpi("b"), "kpis/b.csv": made.csv(("2025-01", WORSE)),
        "kpis/a.yaml": made.kpi("a", target={"max": 5}), "kpis/a.csv": made.csv(("2025-01", CALM)),
        "kpis/d.yaml": made.kpi("d", derived="roi", aggregation=None).replace("aggregation: null\n", ""),
    }  # fmt: skip
    assert ["answer-hours", "a", "b"] == list(found(WORSE, others, target={"max": 1}))


def test_the_last_reading_is_the_last_that_there_is() -> None:
    """A gap at the end is none."""
    files = {"kpis/answer-hours.yaml": made.kpi(), "kpis/answer-hours.csv": made.csv(("2025-01", [*WORSE, None]))}
    (each,) = signals(small_register.register(files))
    assert ("2026-01", Fraction(40)) == (str(each.last.period), each.last.value)
