"""`cireg flow` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flow_register import READINGS, item, worked
from tests.running import call
from tests.small_register import write

DAY = ("--today", "2026-10-02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two finished, two in work of which one was sent back, one stuck, one light, one proposal."""
    files = [
        READINGS,
        worked("CI-0001", "2026-02-01", "2026-08-03"),
        item("CI-0002", "2026-01-05 proposed", "2026-01-12 planned", "2026-01-20 in-progress", "2026-09-01 closed"),
        item(
            "CI-0003", "2026-02-02 proposed", "2026-03-02 in-progress", "2026-04-01 on-hold", "2026-04-11 in-progress"
        ),
        item("CI-0004", "2026-02-02 proposed", "2026-09-01 in-progress", "2026-09-20 review", "2026-09-22 in-progress"),
        item("CI-0005", "2026-02-02 proposed", "2026-02-03 planned"),
        item("CI-0006", "2026-09-02 proposed", "2026-09-03 closed", track="light"),
        item("CI-0007", "2026-09-28 proposed", owner=None),
    ]
    return write(tmp_path, {name: body for each in files for name, body in each.items()})


def test_json_has_every_figure(folder: Path) -> None:
    """Sorted, with its day; unknown is null."""
    done = call(folder, "flow", "--format", "json", *DAY)
    found = json.loads(done.out)

    assert 0 == done.code
    assert list(found) == sorted(found)
    assert {
        "schema_version", "as_of", "counted", "lead_time", "cycle_time", "raised_to_live", "live_to_verdict",
        "first_answer", "time_in_status", "wip", "stuck", "stuck_limits", "reentries", "throughput", "light", "success",
        "cumulative_flow", "littles_law", "forecast", "bottlenecks", "questions", "calibration",
    } == set(found)  # fmt: skip
    assert {"full": 6, "light": 1, "without_history": 0, "from": "2026-01-05", "to": "2026-10-02"} == found["counted"]
    assert {"n": 2, "mean": 225.5, "p50": None, "p70": None, "p85": None, "p95": None} == found["lead_time"]
    assert 1 == found["light"]["lead_time"]["n"]
    assert (14, 2) == (found["first_answer"]["limit_days"], found["first_answer"]["late"])
    assert [{"id": "CI-0007", "days": 4}] == found["first_answer"]["waiting"]
    assert [("CI-0003", 215, 10), ("CI-0004", 32, 0)] == [
        (each["id"], each["age"], each["days_on_hold"]) for each in found["wip"]["items"]
    ]
    assert [{"id": "CI-0005", "status": "planned", "days": 241, "limit": 90}] == found["stuck"]
    assert [{"id": "CI-0004", "n": 1}] == found["reentries"]
    assert (1, 1, 1.0, 0.5, 1.0) == tuple(
        found["success"][key] for key in ("achieved", "with_verdict", "rate", "lowest", "highest")
    )
    assert {"on": "2026-10-02", "at_or_beyond": [6, 5, 5, 4, 2, 2]} == found["cumulative_flow"]["days"][-1]
    assert ["CI-0007"] == found["bottlenecks"]["unassigned"]
    assert [None, None, "no", None] == [each["answer"] for each in found["questions"]]


def test_a_forecast_names_its_seed_and_answers_what_is_asked(folder: Path) -> None:
    """When so many, and how many by a day."""
    found = json.loads(
        call(folder, "flow", "--items", "3", "--by", "2027-03-31", "--format", "json", *DAY).out
    )["forecast"]  # fmt: skip

    assert (20260301, 10000, 38, 2) == (found["seed"], found["runs"], found["weeks"], found["finished_in_these_weeks"])
    assert [("started", 2), ("started-and-planned", 3), ("asked", 3)] == [
        (each["what"], each["items"]) for each in found["when"]
    ]
    assert found["when"][1]["by"] == found["when"][2]["by"]
    assert ["2027-01-01", "2027-03-31"] == [each["by"] for each in found["how_many"]]


def test_the_terminal_tells_it_in_words_and_80_columns(folder: Path) -> None:
    """With the seed, what is too few, and as of when."""
    done = call(folder, "flow", "--items", "3", "--by", "2027-03-31", *DAY)
    text = " ".join(done.out.split())

    assert 0 == done.code
    for words in (
        "2 improvements are in work; 2 finished so far, too few to say how long one takes",
        "5 January 2026 to 2 October 2026: 6 of the full track; 1 improvement of the light track is counted apart.",
        "From idea to close (lead time) 2 225.5 - - 240",
        "Without an answer so far: 1 proposal, CI-0007 for 4 days.",
        "CI-0003",
        "10 days of them on hold",
        "planned 241 days (90)",
        "Sent back or taken up again: CI-0004 1 time.",
        "The next 3: by",
        "By 31 March 2027: at least",
        "(seed 20260301)",
        "1 of 4 open improvements has no owner, 1 of them a proposal that waits",
        "Do we learn from what fell short? Nothing fell short in the last year.",
        "too few to say",
        "As of 2026-10-02.",
    ):
        assert words in text, words
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_same_register_gives_the_same_bytes(folder: Path) -> None:
    """Forecasts too."""
    once, again = (call(folder, "flow", "--format", "json", *DAY).out for _ in range(2))

    assert once == again


def test_an_empty_register_has_nothing_to_tell(tmp_path: Path) -> None:
    """And says so without a fault."""
    write(tmp_path, {})
    text = call(tmp_path, "flow", *DAY)
    found = json.loads(call(tmp_path, "flow", "--format", "json", *DAY).out)

    assert 0 == text.code
    assert "nothing has been finished yet" in text.out
    assert "No forecast: 0 whole weeks of history" in text.out
    assert (0, None, None, []) == (
        found["lead_time"]["n"],
        found["success"]["rate"],
        found["littles_law"],
        found["throughput"],
    )


@pytest.mark.parametrize("by", ["2026-10-02", "2026-13-01", "soon"])
def test_a_day_that_is_none_or_not_ahead_is_refused(folder: Path, by: str) -> None:
    """With an example."""
    done = call(folder, "flow", "--by", by, *DAY)

    assert (2, "") == (done.code, done.out)
    assert "give a day after 2026-10-02" in done.err
