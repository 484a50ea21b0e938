"""Anhøj's rules: how long a run may be, and how often the median must be crossed."""

from __future__ import annotations

import pytest

from cireg.measure.runs import crossings_needed, longest_allowed, runs
from tests.measure.published import charts, fractions, shared


def test_the_critical_values_are_the_published_ones() -> None:
    """Ten to sixty readings off the median, as R gives them."""
    assert [(longest_allowed(n), crossings_needed(n)) for n in (10, 12, 22, 23, 46)] == [
        (6, 2), (7, 3), (7, 7), (8, 7), (9, 17),
    ]  # fmt: skip
    for row in shared().get("anhoej_critical_values", {"table": []})["table"]:
        n = row["n_useful"]
        assert (longest_allowed(n), crossings_needed(n)) == (row["longest_run_max"], row["crossings_min"])


@pytest.mark.parametrize(("screened", "vector", "expected"), charts())
def test_published_series_have_their_runs(
    screened: bool, vector: dict[str, object], expected: dict[str, object]
) -> None:
    """Each segment about its own median."""
    for segment in expected["segments"]:  # type: ignore[attr-defined]  # as the file has it
        wanted = segment["anhoej_median"]
        found = runs(fractions(vector["values"][segment["start"] : segment["end"]]))  # type: ignore[index]  # a list
        if found is None:
            assert wanted is None or wanted["n_useful"] < 10
            continue
        assert (found.useful, found.longest, found.crossings, found.signal) == (
            wanted["n_useful"], wanted["longest_run"], wanted["n_crossings"], wanted["signal"],
        )  # fmt: skip


def test_too_few_readings_off_the_median_say_nothing() -> None:
    """Ten are needed; those on the median and gaps are none."""
    assert runs([]) is None
    assert runs(fractions([1, 2] * 4 + [1])) is None
    found = runs([*fractions([1, 3] * 5), None, *fractions([2])])
    assert found is not None
    assert (found.useful, found.longest, found.crossings, found.signal) == (10, 1, 9, False)


def test_a_long_run_or_too_few_crossings_are_a_signal() -> None:
    """Two levels are not one."""
    found = runs(fractions([1] * 8 + [9] * 8))
    assert found is not None
    assert (found.longest, found.crossings, found.signal) == (8, 1, True)
