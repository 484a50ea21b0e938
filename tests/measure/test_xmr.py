"""Process behaviour charts: limits, and the points that they single out."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.measure import xmr
from cireg.measure.whole import whole
from tests.measure.published import (
    WHEELER,
    WHEELER_LIMITS,
    WHEELER_MEAN,
    WHEELER_MOVING_RANGE,
    charts,
    fractions,
)

GAPPED = st.lists(
    st.one_of(*[st.integers(-1000, 1000)] * 9, *[st.integers(-9, 9)] * 3, st.none()), min_size=3, max_size=40
).filter(lambda values: any(each is not None for each in values))


def limits(values: list[Any], **options: Any) -> xmr.Limits:
    found = xmr.limits(values, **options)
    assert found is not None
    return found


def test_wheelers_series_has_wheelers_figures() -> None:
    """The data set that its author published to verify software with."""
    found = limits(fractions(WHEELER), screen=False)
    assert float(found.centre) == pytest.approx(WHEELER_MEAN)
    assert found.moving_range is not None
    assert float(found.moving_range) == pytest.approx(WHEELER_MOVING_RANGE, abs=0.01)
    assert found.lower is not None
    assert found.upper is not None
    assert (float(found.lower), float(found.upper)) == pytest.approx(WHEELER_LIMITS, abs=0.01)


@pytest.mark.parametrize(("screened", "vector", "expected"), charts())
def test_every_published_series_has_its_limits_and_marks(
    screened: bool, vector: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Within 0.02 % of the average moving range, segment by segment, and mark by mark."""
    values = fractions(vector["values"])
    cuts = [0, *vector["rebase_at"], len(values)]
    marks: list[str | None] = []
    for (start, end), segment in zip(pairwise(cuts), expected["segments"], strict=True):
        found = limits(values[start:end], screen=screened)
        near = 0.0002 * segment["average_moving_range"]
        figures = (found.centre, found.lower, found.upper, found.range_limit, found.moving_range)
        names = ("mean", "lower_limit", "upper_limit", "range_limit", "average_moving_range")
        assert [float(each or 0) for each in figures] == pytest.approx([segment[each] for each in names], abs=near)
        assert found.trial == segment["trial"]
        marks += [point.rule for point in xmr.mark(values[start:end], found)]
    assert marks == expected["rule"]


def test_screening_leaves_wild_ranges_out_once_and_keeps_the_mean() -> None:
    """One jump does not widen the limits; every reading still counts for the centre."""
    values = fractions([10, 11, 10, 11, 10, 11, 10, 40, 10, 11, 10, 11])
    wide, narrow = limits(values, screen=False), limits(values)
    assert narrow.centre == wide.centre
    assert narrow.moving_range == 1
    assert wide.moving_range == Fraction(69, 11)


def test_a_range_at_its_limit_is_left_out() -> None:
    """9,801 is 3.267 times 3,000, the average of 9,801 and three times 733."""
    assert limits([0, 9801, 9068, 9801, 9068]).moving_range == 733
    assert limits([0, 9800, 9067, 9800, 9067]).moving_range == Fraction(9800 + 3 * 733, 4)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ([0, 9, 0, 9, 1, 2, 3, 4, 5, 6, 7], "trend"),
        ([0, 9, 0, 9, 2, 2, 3, 4, 5, 6, 7], None),  # six in a row
        ([0, 9, 0, 9, 0, 6, 7, 6, 7, 6, 7, 6], "shift"),
        ([0, 9, 0, 9, 0, 9, 0, 7, 6, 7, 6, 7, 6], None),  # six on that side
    ],
)
def test_the_last_readings_mark_looks_back_as_far_as_its_rules_do(values: list[int], rule: str | None) -> None:
    """Seven readings for a trend and for a shift, in wide limits."""
    wide = xmr.Limits(12, Fraction(9, 2), Fraction(9), Fraction(-40), Fraction(49), Fraction(99))
    assert xmr.mark_last(whole(values), wide).rule == rule
    assert xmr.mark_last(whole([*values, None]), wide).rule == rule


def test_readings_that_never_move_have_limits_at_their_mean() -> None:
    """Nothing is screened out when nothing moves."""
    found = limits(fractions([7, 7, 7]))
    assert (found.lower, found.centre, found.upper) == (Fraction(7), Fraction(7), Fraction(7))


def test_no_moving_range_is_taken_across_a_gap() -> None:
    """A missing period breaks the chain; one reading alone has no limits."""
    assert limits([Fraction(1), None, Fraction(5)]).moving_range is None
    assert limits([Fraction(1), Fraction(2), None, Fraction(9)]).moving_range == 1


def test_the_median_chart_uses_its_own_factors() -> None:
    """3.145 and 3.865 times the median moving range, around the median."""
    found = limits(fractions([1, 2, 3, 10]), centre="median", screen=False)
    assert found.centre == Fraction(5, 2)
    assert found.upper == Fraction(5, 2) + Fraction(3145, 1000)
    assert found.range_limit == Fraction(3865, 1000)


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),  # a tie breaks it
        ([1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [1, 2, 3, 4, 5, 6, 7]),
        ([7, 6, 5, 4, 3, 2, 1], [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_seven_in_a_row_up_or_down_are_a_trend(values: list[int], trend: list[int]) -> None:
    """All seven are marked, the first included; outside stands over it, so the limits are made wide here."""
    wide = xmr.Limits(9, Fraction(4), Fraction(9), Fraction(-20), Fraction(28), Fraction(30))
    marks = xmr.mark(fractions(values), wide)
    assert [index for index, point in enumerate(marks) if point.rule == "trend"] == trend


def test_a_reading_on_the_mean_breaks_a_shift() -> None:
    """Seven on one side are a shift; six and one on the centre are none."""
    wide = xmr.Limits(9, Fraction(5), Fraction(9), Fraction(-20), Fraction(30), Fraction(30))
    high, broken = [6, 8, 6, 7, 6, 8, 6], [6, 8, 6, 5, 6, 8, 6]
    assert [point.rule for point in xmr.mark(fractions(high), wide)] == ["shift"] * 7
    assert [point.rule for point in xmr.mark(fractions(broken), wide)] == [None] * 7


def test_two_of_three_need_all_three_on_the_same_side() -> None:
    """The near ones are marked, not the one between; a point on the other side undoes it."""
    given = xmr.Limits(9, Fraction(0), Fraction(1), Fraction(-9), Fraction(9), Fraction(9))
    assert [point.rule for point in xmr.mark(fractions([7, 1, 8]), given)] == ["two-of-three", None, "two-of-three"]
    assert [point.rule for point in xmr.mark(fractions([7, -1, 8]), given)] == [None, None, None]


def test_a_gap_breaks_every_run() -> None:
    """What was not read is on no side."""
    given = xmr.Limits(9, Fraction(0), Fraction(1), Fraction(-9), Fraction(9), Fraction(9))
    values = [*fractions([1, 2, 1]), None, *fractions([1, 2, 1, 2])]
    assert [point.rule for point in xmr.mark(values, given)] == [None] * 8


def test_wheelers_rules_ask_for_eight_and_know_no_trend() -> None:
    """Seven on one side are not enough for them, and rising is no signal."""
    wide = xmr.Limits(9, Fraction(5), Fraction(9), Fraction(-90), Fraction(100), Fraction(30))
    rising = fractions([6, 7, 8, 9, 10, 11, 12])
    assert {point.rule for point in xmr.mark(rising, wide, "wheeler")} == {None}
    assert {point.rule for point in xmr.mark([*rising, Fraction(13)], wide, "wheeler")} == {"shift"}


OPTIONS = st.fixed_dictionaries({"centre": st.sampled_from(["mean", "median"]), "screen": st.booleans()})
RULES = st.sampled_from(["nhs", "wheeler"])


@given(GAPPED, st.integers(-50, 50), st.fractions(Fraction(1, 100), 100), OPTIONS, RULES)
def test_shifting_and_scaling_a_series_shifts_and_scales_its_limits_and_changes_no_mark(
    values: list[int | None], offset: int, scale: Fraction, options: dict[str, Any], rules: xmr.RuleSet
) -> None:
    """A figure in minutes is judged as the same figure in hours, to the last mark, by any rules."""
    plain = [None if each is None else Fraction(each) for each in values]
    other = [None if each is None else each * scale + offset for each in plain]
    one, two = limits(plain, **options), limits(other, **options)
    assert xmr.mark(plain, one, rules) == xmr.mark(other, two, rules)
    for name in ("centre", "lower", "upper"):
        value = getattr(one, name)
        assert getattr(two, name) == (None if value is None else value * scale + offset)
    for name in ("moving_range", "range_limit"):
        value = getattr(one, name)
        assert getattr(two, name) == (None if value is None else value * scale)


@given(GAPPED, OPTIONS, RULES)
def test_negating_a_series_mirrors_its_limits_and_its_marks(
    values: list[int | None], options: dict[str, Any], rules: xmr.RuleSet
) -> None:
    """What was above is below, by the same rule."""
    plain = [None if each is None else Fraction(each) for each in values]
    other = [None if each is None else -each for each in plain]
    one, two = limits(plain, **options), limits(other, **options)
    assert (one.centre, one.lower, one.upper, one.moving_range) == (
        -two.centre, two.upper and -two.upper, two.lower and -two.lower, two.moving_range,
    )  # fmt: skip
    assert [(each.rule, each.sign) for each in xmr.mark(plain, one, rules)] == [
        (each.rule, -each.sign) for each in xmr.mark(other, two, rules)
    ]


@given(GAPPED)
def test_the_mark_of_the_last_reading_needs_only_the_last_ones(values: list[int | None]) -> None:
    """It is that of the whole series."""
    found = limits(values)
    last = next(index for index in reversed(range(len(values))) if values[index] is not None)
    assert xmr.mark_last(whole(values), found) == xmr.mark(values, found)[last]
