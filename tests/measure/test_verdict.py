"""The verdict of one measure: two things must agree before anything is claimed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.measure.verdict import Goal, Judgement, judge, neighbours_alike, signals
from cireg.measure.xmr import Limits, Ruler
from tests.measure.published import cases, fractions

STEADY = [40, 42, 39, 41, 40, 41, 39, 42, 40, 41, 40, 42]
ORDER = ["worse", "not-achieved", "too-early", "partly", "achieved"]
READINGS = st.lists(st.integers(0, 60), min_size=3, max_size=14)


def verdict(
    before: list[Any], after: list[Any], target: float = 30, *, sign: int = -1, passed: bool = True
) -> Judgement:
    goal = Goal(Fraction(str(target)), sign)
    return judge(fractions(before), fractions(after), sign, goal, passed=passed)


@pytest.mark.parametrize("case", cases())
def test_every_published_case_has_its_verdict_and_figures(case: dict[str, Any]) -> None:
    """Real series with the verdict, the signals and the range that were worked out independently."""
    expected = case["expected"]
    sign = 1 if case["better"] == "higher" else -1
    found = verdict(case["before"], case["after"], case["target"], sign=sign, passed=case["target_date_passed"])
    assert (found.verdict, found.reason) == (expected["verdict"], expected["reason"])
    assert (found.n_before, found.n_after) == (expected["n_before"], expected["n_after"])
    if "mean_before" in expected:
        assert found.limits is not None
        assert found.change is not None
        assert float(found.change.estimate) == expected["shift_estimate"]
        assert [float(found.change.low or 0), float(found.change.high or 0)] == expected["shift_ci95"]
        for side, signals in (("evidence_better", found.better), ("evidence_worse", found.worse)):
            assert signals is not None
            wanted = expected[side]
            assert (signals.outside, signals.run, signals.two_of_three, bool(signals)) == (
                wanted["outside"], wanted["shift7"], wanted["two_of_three"], wanted["signal"],
            )  # fmt: skip
        assert ("trial-limits" in found.qualifiers) == expected["trial"]
        assert ("provisional" in found.qualifiers) == expected["provisional"]
        assert expected["after_assurance"] is None or expected["after_assurance"] in found.qualifiers


def test_a_clear_drop_to_the_target_is_achieved() -> None:
    """Signal, range and mean agree."""
    found = verdict(STEADY, [28, 29, 30, 27, 28, 29, 28])
    assert (found.verdict, found.reason) == ("achieved", "signal-and-interval")


def test_a_clear_drop_short_of_the_target_is_partly() -> None:
    """It moved, and not far enough."""
    assert verdict(STEADY, [34, 33, 35, 34, 34, 33, 35]).verdict == "partly"


def test_a_clear_rise_is_worse() -> None:
    """What was to fall has risen."""
    assert verdict(STEADY, [50, 51, 49, 52, 50, 51, 50]).verdict == "worse"


def test_one_outlier_is_not_a_change() -> None:
    """A single wonderful month proves nothing."""
    found = verdict(STEADY, [41, 40, 10, 41, 40, 42, 41])
    assert (found.verdict, found.reason) == ("not-achieved", "no-detectable-change")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([7, 7, 1], True),
        ([7, 1, 7], True),
        ([1, 7, 7], True),
        ([10, 1, 10], True),  # outside is at least as far out
        ([7, 7, -1], False),  # all three lie on that side
        ([7, -1, 7], False),
        ([-1, 7, 7], False),
        ([7, 7, 0], False),
        ([7, 1, 1], False),
        ([6, 6, 6], False),  # on two thirds of the way is not beyond
        ([-7, -1, -7], False),  # the other side
        ([7, None, 7], False),
    ],
)
def test_two_of_three_need_all_three_on_the_side(after: list[int | None], expected: bool) -> None:
    """Beside the limits of before, 9 away from a mean of 0."""
    frozen = Limits(12, Fraction(0), Fraction(3), Fraction(-9), Fraction(9), Fraction(10))
    assert signals(Ruler(after, frozen), 1).two_of_three == expected
    mirrored = [None if each is None else -each for each in after]
    assert signals(Ruler(mirrored, frozen), -1).two_of_three == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [([1] * 7, True), ([1] * 6, False), ([1, 1, 1, 0, 1, 1, 1, 1], False), ([1, 1, 1, None, 1, 1, 1, 1], False),
     ([-3, 0, *[1] * 7, -2], True), ([-1] * 7, False)],
)  # fmt: skip
def test_seven_in_a_row_on_one_side_are_a_signal(after: list[int | None], expected: bool) -> None:
    """Not six, and not with a gap or a reading on the mean among them."""
    frozen = Limits(12, Fraction(0), Fraction(3), Fraction(-9), Fraction(9), Fraction(10))
    assert signals(Ruler(after, frozen), 1).run == expected
    mirrored = [None if each is None else -each for each in after]
    assert signals(Ruler(mirrored, frozen), -1).run == expected


def test_before_the_targets_day_no_change_is_too_early() -> None:
    """There is time left."""
    found = verdict(STEADY, [41, 40, 42, 41, 40, 42, 41], passed=False)
    assert (found.verdict, found.reason) == ("too-early", "no-signal-yet")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [28] * 9, "no-baseline"),
        ([40, 41], [28] * 9, "short-baseline"),
        (STEADY, [28, 29], "not-enough-points"),
        ([40, 42, 39], [28, 29, 30, 27], "not-enough-points"),
    ],
)
def test_with_too_few_readings_it_says_which_are_missing(before: list[int], after: list[int], reason: str) -> None:
    """No possible data could decide yet."""
    found = verdict(before, after)
    assert (found.verdict, found.reason) == ("too-early", reason)


def test_a_tolerance_counts_as_reached() -> None:
    """A mean of 31 reaches 30 give or take 1."""
    goal = Goal(Fraction(30), -1, Fraction(1))
    assert goal.met(Fraction(31))
    assert not goal.met(Fraction(32))


def test_a_guard_is_held_until_signal_and_range_agree_that_it_got_worse() -> None:
    """A signal alone is said, and is not yet a verdict."""
    steady = judge(fractions(STEADY), fractions([41, 40, 42, 41]), -1, None, passed=False, guard=True)
    worse = judge(fractions(STEADY), fractions([50, 51, 52, 50]), -1, None, passed=False, guard=True)
    assert (steady.verdict, steady.met) == ("held", None)
    assert worse.verdict == "worse"
    assert {"guard-signal", "guard-worse"} <= set(worse.qualifiers)


def test_a_target_that_was_met_before_is_said() -> None:
    """Nothing had to be done for it."""
    assert "target-already-met" in verdict(STEADY, [28, 29, 30, 27], target=45).qualifiers


def test_readings_that_turn_back_are_slipping() -> None:
    """The last readings signal worse against the readings since it went live."""
    found = verdict(STEADY, [20, 21, 20, 21, 20, 21, 20, 21, 20, 21, 30])
    assert "slipping" in found.qualifiers
    for last, word in ((31, True), (33, True), (21, False), (19, False)):
        found = verdict(STEADY, [20, 21, 20, 21, 20, 21, 20, 21, 20, 32, last])
        assert ("slipping" in found.qualifiers) == word, last


def test_neighbours_that_resemble_each_other_are_told_of() -> None:
    """A slow wave makes false signals four times as likely."""
    wave = [10, 12, 14, 16, 18, 20, 18, 16, 14, 12, 10, 12, 14, 16, 18, 20]
    assert neighbours_alike(fractions(wave))
    assert not neighbours_alike(fractions(STEADY))


@given(READINGS, READINGS, st.integers(0, 60), st.integers(-9, 9), st.integers(1, 7), st.booleans())
def test_shifting_and_scaling_change_no_verdict(
    before: list[int], after: list[int], target: int, offset: int, scale: int, passed: bool
) -> None:
    """A figure in minutes gets the verdict of the same figure in hours."""
    plain = verdict(before, after, target, passed=passed)
    moved = verdict([each * scale + offset for each in before], [each * scale + offset for each in after],
                    target * scale + offset, passed=passed)  # fmt: skip
    assert (plain.verdict, plain.reason, plain.qualifiers) == (moved.verdict, moved.reason, moved.qualifiers)


@given(READINGS, READINGS, st.integers(0, 60), st.booleans())
def test_negating_everything_changes_no_verdict(before: list[int], after: list[int], target: int, passed: bool) -> None:
    """Fewer complaints is the same as more silence."""
    plain = verdict(before, after, target, passed=passed)
    mirrored = verdict([-each for each in before], [-each for each in after], -target, sign=1, passed=passed)
    assert (plain.verdict, plain.reason, plain.qualifiers) == (mirrored.verdict, mirrored.reason, mirrored.qualifiers)


@given(READINGS, READINGS, st.integers(0, 60))
def test_a_reading_as_good_as_the_best_never_makes_a_success_less(
    before: list[int], after: list[int], target: int
) -> None:
    """Good news is never bad news."""
    first = verdict(before, after, target)
    more = verdict(before, [*after, min(after)], target)
    if first.verdict in {"achieved", "partly"}:
        assert ORDER.index(more.verdict) >= ORDER.index(first.verdict)
