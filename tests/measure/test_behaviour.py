"""The chart: segments, fixing points, kinds, variation and assurance."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import pytest

from cireg.measure.behaviour import Behaviour, Chart, Standing, behaviour
from cireg.measure.periods import Period
from tests.measure.published import charts

FIRST = Period(2025 * 12, "month")
CALM = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]


def chart(values: list[Any], **options: Any) -> Behaviour:
    known = [None if each is None else Fraction(str(each)) for each in values]
    starts = tuple(FIRST.next(index) for index in options.pop("starts", ()))
    series = [(FIRST.next(index), value) for index, value in enumerate(known)]
    return behaviour(series, Chart(better=options.pop("better", "lower"), starts=starts, **options))


@pytest.mark.parametrize(("screened", "vector", "expected"), charts())
def test_every_published_series_has_its_types_and_icons(
    screened: bool, vector: dict[str, Any], expected: dict[str, Any]
) -> None:
    """The chart as a whole: segments, types, variation and assurance."""
    target = None if vector["target"] is None else Fraction(str(vector["target"]))
    better = vector["better"]
    standing = None if target is None else Standing(target, None) if better == "higher" else Standing(None, target)
    found = chart(vector["values"], better=better, screen=screened, target=standing, starts=vector["rebase_at"],
                  baseline=vector["baseline_n_fixed"])  # fmt: skip
    assert [each.kind for each in found.points] == expected["type"]
    assert [each.rule for each in found.points] == expected["rule"]
    assert (found.variation, found.assurance) == (expected["variation"], expected["assurance"])
    assert [each.n for each in found.segments] == [each["n"] for each in expected["segments"]]
    assert found.n == len(vector["values"])


def test_limits_are_frozen_on_the_first_points_of_the_first_segment_only() -> None:
    """Later segments use all of their own."""
    found = chart([*CALM, 20, 20, 21, *CALM], baseline=12, starts=[15])
    first, second = (cast(Any, each.limits) for each in found.segments)
    assert [each.n for each in found.segments] == [15, 12]
    assert (first.n, second.n, first.centre, second.centre) == (12, 12, 10, 10)
    assert [each.rule for each in found.points[12:15]] == ["outside"] * 3


def test_a_gap_before_the_baseline_is_full_does_not_count() -> None:
    """Twelve readings, not twelve months."""
    found = chart([10, None, *CALM[1:], 30], baseline=12)
    assert cast(Any, found.segments[0].limits).n == 12
    assert found.points[-1].rule == "outside"
    assert found.points[1].value is None


@pytest.mark.parametrize(
    ("better", "kind"),
    [
        ("lower", "concern-high"),
        ("higher", "improvement-high"),
        ("neutral", "neutral-high"),
        ("within", "neutral-high"),
    ],
)
def test_a_signal_is_better_or_worse_as_the_kpi_says(better: str, kind: str) -> None:
    """The last reading gives the variation."""
    found = chart([*CALM, 40], better=better)
    assert (found.points[-1].kind, found.variation) == (kind, kind)
    assert chart(CALM, better=better).variation == "common-cause"


def test_of_a_trend_the_slope_decides() -> None:
    """Seven falling readings above the mean are low."""
    wide = [0, 100] * 6
    found = chart([*wide, 99, 95, 90, 85, 80, 75, 70], better="lower", baseline=12)
    assert {each.kind for each in found.points[-6:]} == {"improvement-low"}


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (Standing(None, Fraction(20)), "lower", "consistent-pass"),
        (Standing(None, Fraction(5)), "lower", "consistent-fail"),
        (Standing(None, Fraction(10)), "lower", "inconsistent"),
        (Standing(Fraction(5), None), "higher", "consistent-pass"),
        (Standing(Fraction(20), None), "higher", "consistent-fail"),
        (Standing(Fraction(5), Fraction(20)), "within", "consistent-pass"),
        (Standing(Fraction(10), Fraction(20)), "within", "inconsistent"),
        (Standing(Fraction(18), Fraction(20)), "within", "consistent-fail"),
        (Standing(None, Fraction(20)), "neutral", None),
        (None, "lower", None),
    ],
)
def test_assurance_comes_from_the_limits_and_the_standing_target(
    target: Standing | None, better: str, expected: str | None
) -> None:
    """Wholly inside, wholly outside, or both."""
    assert chart(CALM, better=better, target=target).assurance == expected


def test_a_limit_on_the_target_is_hit_or_miss() -> None:
    """Equal is neither."""
    upper = cast(Any, chart(CALM).segments[0].limits).upper
    assert chart(CALM, target=Standing(None, upper)).assurance == "inconsistent"


def test_few_readings_or_a_signal_make_it_provisional() -> None:
    """Twelve calm ones are firm."""
    assert chart(CALM[:11]).provisional
    assert chart([*CALM, 40]).provisional
    assert not chart(CALM).provisional
    assert not chart([*CALM, 40, *CALM], starts=[13]).provisional


def test_without_readings_there_is_nothing_to_say() -> None:
    """No segment, no point, no variation."""
    found = chart([])
    assert (found.n, found.segments, found.variation, found.assurance) == (0, (), None, None)


def test_a_rebase_takes_no_moving_range_with_it() -> None:
    """Two flat levels have flat limits each."""
    found = chart([5] * 6 + [50] * 6, starts=[6])
    assert [cast(Any, each.limits).moving_range for each in found.segments] == [0, 0]
    assert [each.last.next() == other.first for each, other in pairwise(found.segments)] == [True]
