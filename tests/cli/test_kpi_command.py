"""`cireg kpi` as it is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import measured_register as made
from tests.running import call
from tests.small_register import write

CALM = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
KEYS = {"id", "unit", "better", "n", "segments", "points", "variation", "assurance", "provisional"}
SEGMENT = {
    "from", "to", "n", "mean", "average_moving_range", "lower_limit", "upper_limit", "range_limit", "trial",
}  # fmt: skip


def data(folder: Path, values: list[Any], **fields: Any) -> dict[str, Any]:
    """The JSON of a KPI with these months."""
    files = {"kpis/answer-hours.yaml": made.kpi(**fields), "kpis/answer-hours.csv": made.csv(("2025-01", values))}
    done = call(write(folder, files), "kpi", "answer-hours", "--format", "json", "--today", "2026-11-23")
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_chart_in_json_has_every_key(tmp_path: Path) -> None:
    """Sorted, with its day; figures of at most six decimals."""
    found = data(tmp_path, [*CALM, None, 40], target={"max": 5})
    assert set(found) == KEYS | {"schema_version", "as_of"}
    assert list(found) == sorted(found)
    assert (found["as_of"], found["n"], found["better"], found["unit"]) == ("2026-11-23", 13, "lower", "hours")
    segment = found["segments"][0]
    assert set(segment) == SEGMENT
    assert (segment["from"], segment["to"], segment["n"], segment["trial"]) == ("2025-01", "2026-02", 13, False)
    assert (segment["mean"], segment["average_moving_range"]) == (12.307692, 1.363636)
    assert found["points"][12] == {"period": "2026-01", "value": None, "rule": None, "type": None}
    assert found["points"][13] == {"period": "2026-02", "value": 40, "rule": "outside", "type": "concern-high"}
    assert (found["variation"], found["assurance"], found["provisional"]) == ("concern-high", "consistent-fail", True)


@pytest.mark.parametrize(
    ("values", "mean", "lower", "upper", "trial"),
    [
        ([7], None, None, None, True),
        ([7, 9], 8, 2.68, 13.32, True),
        ([7, None, 9], 8, None, None, True),
        (CALM[:11], 10.090909, 6.632909, 13.548909, True),
        (CALM, 10, 6.372727, 13.627273, False),
    ],
)
def test_mean_and_limits_are_there_from_two_readings_on(
    tmp_path: Path, values: list[Any], mean: float | None, lower: float | None, upper: float | None, trial: bool
) -> None:
    """Null below, and on trial under twelve."""
    segment = data(tmp_path, values)["segments"][0]
    assert (segment["mean"], segment["lower_limit"], segment["upper_limit"]) == (mean, lower, upper)
    assert segment["trial"] is trial


def test_a_kpi_without_readings_is_empty(tmp_path: Path) -> None:
    """Nothing is made up."""
    found = data(tmp_path, [])
    assert (found["n"], found["segments"], found["points"], found["variation"]) == (0, [], [], None)


def test_without_an_id_every_kpi_with_readings_of_its_own(tmp_path: Path) -> None:
    """In the order of their ids."""
    files = {"kpis/b.yaml": made.kpi("b"), "kpis/a.yaml": made.kpi("a"), "kpis/b.csv": made.csv(("2025-01", CALM))}
    found = json.loads(call(write(tmp_path, files), "kpi", "--format", "json").out)
    assert [(each["id"], each["n"]) for each in found["items"]] == [("a", 0), ("b", 12)]


def test_the_terminal_says_what_the_chart_shows(tmp_path: Path) -> None:
    """Limits, the last reading, the standing target, run rules, staleness, and the marked readings."""
    data(tmp_path, [*CALM, None, 40], target={"max": 5})
    done = call(tmp_path, "kpi", "answer-hours", "--today", "2026-11-23")
    text = " ".join(done.out.split())
    for words in (
        "2025-01 to 2026-02: 13 readings, mean 12.3, limits 8.68 to 15.9",
        "The last reading is a signal for the worse.",
        "The standing target will be missed every time, as things are.",
        "Its readings have stopped coming.",
        "2026-02 40 outside (concern-high)",
        "2026-01 gap",
        "As of 2026-11-23.",
    ):
        assert words in text
    assert max(map(len, done.out.splitlines())) <= 80


def test_run_rules_are_said_where_there_are_enough_readings(tmp_path: Path) -> None:
    """Ten off the median."""
    data(tmp_path, [1, 9] * 6)
    done = call(tmp_path, "kpi", "answer-hours", "--today", "2026-01-05")
    assert "the longest run about the median is 1 (random up to 7)" in " ".join(done.out.split())


def test_an_unknown_kpi_names_the_nearest(tmp_path: Path) -> None:
    """Exit 2."""
    done = call(write(tmp_path, {"kpis/answer-hours.yaml": made.kpi()}), "kpi", "answer-hour")
    assert (done.code, done.out) == (2, "")
    assert "did you mean answer-hours?" in done.err
