"""`cireg verdict` as it is called, and the verdicts of this repository's own register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.measured_register import LOWER, STEADY, csv, files, improvement, kpi, measure
from tests.running import call
from tests.small_register import write

ROOT = Path(__file__).resolve().parents[2]
TODAY = ("--today", "2026-10-02")
KEYS = {
    "id", "claimed", "verdict", "reason", "qualifiers", "sentence", "at_target", "earliest", "measures",
}  # fmt: skip
MEASURE = {
    "kpi", "role", "verdict", "reason", "qualifiers", "n_before", "n_after", "mean_before", "mean_after", "shift",
    "shift_low", "shift_high", "target", "met",
}  # fmt: skip


def data(folder: Path, given: dict[str, Any], *arguments: str) -> dict[str, Any]:
    done = call(write(folder, given), "verdict", "CI-0001", "--format", "json", *TODAY, *arguments)
    assert done.code == 0
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_verdict_in_json_has_every_key(tmp_path: Path) -> None:
    """Whatever it says."""
    review = {"on": "2026-10-01", "by": "data-analyst", "verdict": "achieved"}
    found = data(tmp_path, files(review=review))
    assert set(found) == KEYS | {"schema_version", "as_of"}
    assert (found["id"], found["claimed"], found["verdict"], found["reason"]) == (
        "CI-0001", "achieved", "achieved", "signal-and-interval",
    )  # fmt: skip
    assert (found["at_target"], found["earliest"], found["as_of"]) == (True, None, "2026-10-02")
    assert found["measures"] == [
        {
            "kpi": "answer-hours", "role": "primary", "verdict": "achieved", "reason": "signal-and-interval",
            "qualifiers": ["trial-limits", "on-average"], "n_before": 12, "n_after": 8, "mean_before": 40.583333,
            "mean_after": 28.5, "shift": -12, "shift_low": -13, "shift_high": -11, "target": 30, "met": True,
        }
    ]  # fmt: skip


def test_a_success_that_is_looked_at_again_says_whether_it_holds(tmp_path: Path) -> None:
    """In words and in JSON, and there is no such key where no day is set."""
    review = {"on": "2026-06-30", "by": "data-analyst", "verdict": "achieved"}
    given = files(STEADY, [*LOWER[:5], 38, 39, 40], review=review, momentum={"check_again": "2026-09-30"})
    words = (
        "Looked at again, it is slipping: since the review a signal for the worse in 3 readings of answer-hours "
        "(mean 39 hours)."
    )
    assert data(tmp_path, given)["check_again"] == {"on": "2026-09-30", "says": "slipping", "sentence": words}
    assert "Looked at again, it is slipping" in call(tmp_path, "verdict", "CI-0001", *TODAY).out


@pytest.mark.parametrize(
    ("given", "verdict", "reason"),
    [
        (files(STEADY, [34, 33, 35, 34, 34, 33, 35]), "partly", "signal-and-interval"),
        (files(STEADY, [50, 51, 52, 50, 51, 52, 50]), "worse", "signal-and-interval"),
        (files(STEADY, STEADY[:8]), "not-achieved", "no-detectable-change"),
        (files(STEADY, STEADY[:8], measure(target={"value": 41})), "not-achieved",
         "target-level-reached-but-change-not-shown"),
        (files(STEADY, STEADY[:4]), "too-early", "no-signal-yet"),
        (files(STEADY, LOWER[:2]), "too-early", "not-enough-points"),
        (files([40], LOWER), "too-early", "short-baseline"),
        (files([], LOWER), "too-early", "no-baseline"),
        (files(STEADY, [], live=None), "too-early", "not-live"),
        (files([], LOWER, measure(baseline={"figure": 40})), None, "no-baseline-series"),
        ({"improvements/CI-0001.yaml": improvement(measures=[])}, None, "no-measures"),
    ],
)  # fmt: skip
def test_every_verdict_and_reason(tmp_path: Path, given: dict[str, Any], verdict: str | None, reason: str) -> None:
    """And each measure has every key in each of them."""
    found = data(tmp_path, given)
    assert (found["verdict"], found["reason"]) == (verdict, reason)
    assert all(set(each) == MEASURE for each in found["measures"])
    assert (found["earliest"] is not None) == (reason in ("no-signal-yet", "not-enough-points"))


def test_a_range_is_shown_as_one(tmp_path: Path) -> None:
    """An end that is not given is null."""
    found = data(tmp_path, files(STEADY, LOWER, measure(target={"max": 30}), kpi_fields={"better": "within"}))
    assert found["measures"][0]["target"] == {"min": None, "max": 30}


def test_a_guard_is_held_and_has_no_target(tmp_path: Path) -> None:
    """Null, not false."""
    others = {"kpis/other.yaml": kpi("other"), "kpis/other.csv": csv(("2025-01", STEADY), ("2026-02", STEADY[:8]))}
    guard = data(tmp_path, files(STEADY, LOWER, measure(), measure("other", "guard"), others=others))["measures"][1]
    assert (guard["role"], guard["verdict"], guard["target"], guard["met"]) == ("guard", "held", None, None)


def test_without_an_id_every_improvement_is_there(tmp_path: Path) -> None:
    """Those without a measure say so; the text only counts them."""
    more = {"improvements/CI-0002.yaml": improvement(id="CI-0002", measures=[])}
    folder = write(tmp_path, files(others=more))
    found = json.loads(call(folder, "verdict", "--format", "json", *TODAY).out)
    assert [(each["id"], each["reason"]) for each in found["items"]] == [
        ("CI-0001", "signal-and-interval"), ("CI-0002", "no-measures"),
    ]  # fmt: skip
    text = call(folder, "verdict", *TODAY).out
    assert "CI-0002" not in text
    assert "1 improvement has no measure." in text


def test_the_terminal_shows_sentence_claim_qualifiers_and_figures(tmp_path: Path) -> None:
    """And what else changed meanwhile."""
    folder = write(tmp_path, files(others={"improvements/CI-0002.yaml": improvement(id="CI-0002", live="2026-03-01")}))
    done = call(folder, "verdict", "CI-0001", *TODAY)
    text = " ".join(done.out.split())
    assert done.code == 0
    for words in (
        "Achieved on average: 40.6 → 28.5 hours",
        "status: review, no claim yet",
        "trial limits, on average",
        "primary: answer-hours, 12 readings before, 8 after, target 30",
        "Changed after is not changed because: CI-0002 went live on the same KPI too.",
    ):
        assert words in text
    assert max(map(len, done.out.splitlines())) <= 80


def test_an_unknown_improvement_ends_with_2(tmp_path: Path) -> None:
    """And prints no half answer."""
    done = call(write(tmp_path, files()), "verdict", "CI-0009")
    assert (done.code, done.out) == (2, "")


def test_the_example_registers_verdicts_are_its_claims() -> None:
    """What its reviews say is what its readings say; each claim that readings can check is equal."""
    found = json.loads(call(ROOT, "verdict", "--format", "json", "--today", "2026-11-23").out)["items"]
    checked = [each for each in found if each["claimed"] and each["verdict"] is not None]
    assert [each["id"] for each in checked if each["claimed"] not in (each["verdict"], "not-measured")] == []
    assert {each["verdict"] for each in checked} >= {"achieved", "partly", "not-achieved", "worse"}
