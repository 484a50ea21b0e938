"""The verdict in one plain sentence: every form that it takes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cireg.verdict_words import day, figure, sentence
from tests.measured_register import LOWER, STEADY, csv, files, improvement, judged, kpi, measure

SUM = {"aggregation": "sum", "unit": "tickets"}
WORSE = [50, 51, 52, 50, 51, 52, 50]
RANGE = {"better": "within", "unit": "%", "bounds": [0, 100]}


def other(after: list[int]) -> dict[str, str]:
    return {"kpis/other.yaml": kpi("other"), "kpis/other.csv": csv(("2025-01", STEADY), ("2026-02", after))}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"improvements/CI-0001.yaml": improvement(measures=[])},
         "Nothing is measured: no KPI shows whether it worked."),
        (files([], [], measure(baseline={"figure": 40})),
         "No verdict: answer-hours has no readings from before, so no change can ever be shown."),
        (files([], LOWER, measure(baseline={"figure": 40})),
         "The level that was wanted is there, but without readings from before no change can ever be shown."),
        (files([], WORSE, measure(baseline={"figure": 40})),
         "The level that was wanted is not there, but without readings from before no change can ever be shown."),
        (files(STEADY, [], live=None), "Too early: it is not live yet."),
        (files(STEADY, [], live="2026-11-01"),
         "Too early: it goes live on 1 November 2026. The earliest a verdict can exist is 31 January 2027."),
        (files([], LOWER), "Too early: there is no reading from before it went live."),
        (files([40], LOWER), "Too early: 1 reading from before; at least 3 are needed."),
        (files([40, 41], LOWER), "Too early: 2 readings from before; at least 3 are needed."),
        (files(STEADY, [28, 29]),
         ("Too early: 2 of at least 3 readings since 1 February 2026. Next due: 2026-04. "
         "The earliest a verdict can exist is 30 April 2026.")),
        (files(STEADY, [40, 41, 39, 42]),
         ("Too early: 4 readings since 1 February 2026 show no change yet, too few to say that there is none. "
         "Next due: 2026-06. The earliest a verdict can exist is 30 June 2026.")),
        (files(STEADY, STEADY[:8], due="2026-12-31"),
         ("Too early: 8 readings since 1 February 2026 show no change yet, and there is time left. "
         "Next due: 2026-10. The earliest a verdict can exist is 31 October 2026.")),
        (files(STEADY, [20, 21, 22, 20, 21, 22], kpi_fields=SUM),
         "Achieved reliably: 40.6 → 21 tickets a month (likely drop 18 to 21); the target is 30."),
        (files(), "Achieved on average: 40.6 → 28.5 hours (likely drop 11 to 13); single months will still miss 30."),
        (files(STEADY, LOWER[:4]), "Achieved: 40.6 → 28.5 hours (likely drop 10 to 14); the target is 30."),
        (files(STEADY, [34, 33, 35, 34, 34, 33, 35]),
         "Partly achieved: 40.6 → 34 hours (likely drop 6 to 8); the target is 30."),
        (files(STEADY, [34, 33, 35, 34, 34, 33, 35], due="2026-12-31"),
         "Moving, not there yet: 40.6 → 34 hours (likely drop 6 to 8); the target is 30."),
        (files(STEADY, WORSE), "Worse: 40.6 → 50.9 hours (likely rise 9 to 11); the target is 30."),
        (files(STEADY, STEADY[:8]),
         ("Not achieved: in the 8 readings since it went live the figures still move as they did before "
         "(35.7 to 45.4 hours).")),
        (files([99, 98, 100, 97] * 3, [99, 98, 97, 100, 99, 98, 99], measure(target={"value": 100}),
               kpi_fields={"better": "higher", "bounds": [0, 100], "unit": "%"}),
         ("Not achieved: in the 7 readings since it went live the figures still move as they did before "
         "(93.2 to 100 %).")),
        (files(STEADY, STEADY[:8], measure(target={"value": 41})),
         ("Not achieved: the mean of 40.5 hours reaches the target, but in the 8 readings since it went live no "
         "change can be shown.")),
        (files([36, 37, 38] * 4, [29, 28, 27, 28, 29], measure(target={"max": 30}), kpi_fields=RANGE),
         "Achieved: 7 → 0 % outside the wanted range (likely drop 6 to 8)."),
        (files([31, 32, 33] * 4, [31, 32, 33, 31, 32, 33, 32], measure(target={"max": 30}), kpi_fields=RANGE),
         ("Not achieved: in the 7 readings since it went live the figures still move as they did before "
         "(0 to 5.39 % outside the wanted range).")),
        (files(STEADY, LOWER[:4], measure(), measure("other"), others=other(STEADY[:8])),
         ("Partly achieved: 40.6 → 28.5 hours (likely drop 10 to 14); the target is 30. "
         "answer-hours: achieved; other: not achieved.")),
        (files(STEADY, LOWER[:4], measure(), measure("other", "guard"), others=other(WORSE)),
         "Achieved: 40.6 → 28.5 hours (likely drop 10 to 14); the target is 30. But other got worse."),
        (files(STEADY, [40], measure(), measure("other", "guard"), others=other([60, 61])),
         ("Too early: 1 of at least 3 readings since 1 February 2026. Next due: 2026-03. The earliest a verdict can "
         "exist is 30 April 2026. Watch other: it shows a signal for the worse.")),
    ],
)  # fmt: skip
def test_a_verdict_is_said_in_one_plain_sentence(given: dict[str, Any], expected: str) -> None:
    """What it is, and the figures that it rests on."""
    assert sentence(judged(given)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "unknown"), (0, "0"), ("412", "412"), ("41.25", "41.2"), ("7.125", "7.12"), ("-0.001", "-0.001"),
        ("0.00412", "0.0041"), ("1234.5", "1,234"), ("-12.5", "-12.5"), ("0.5", "0.5"), ("6.999", "7"),
    ],
)  # fmt: skip
def test_figures_are_said_as_people_say_them(value: str | int | None, expected: str) -> None:
    """No more digits than help, and a small figure keeps two of its own."""
    assert figure(None if value is None else Fraction(value)) == expected


def test_a_day_is_written_as_people_write_it() -> None:
    """No leading zero, the month in words."""
    assert day(date(2026, 5, 1)) == "1 May 2026"
