"""statprocon, which others wrote, gives the same limits and signals where its rules are ours.

It rounds its lines to thousandths, does not let a reading on the centre line break a run, and takes a reading near
the other limit off a run near this one; such series are left out.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from statprocon import XmR  # type: ignore[attr-defined]  # it says nowhere what it exports

from cireg.measure import xmr
from tests.measure.published import WHEELER

SERIES = st.lists(st.integers(0, 60), min_size=4, max_size=30)


def ours(values: list[int]) -> xmr.Limits:
    found = xmr.limits([Fraction(each) for each in values], screen=False)
    assert found is not None
    return found


def clear(value: float, *lines: Fraction | None) -> bool:
    """Whether a reading is so far from the lines that rounding does not matter."""
    return all(line is not None and abs(value - line) > Fraction(1, 500) for line in lines)


def lines_agree(values: list[int]) -> None:
    mine, other = ours(values), XmR(values)
    for line, theirs in (
        (mine.centre, other.x_central_line()),
        (mine.upper, other.upper_natural_process_limit()),
        (mine.lower, other.lower_natural_process_limit()),
        (mine.moving_range, other.mr_central_line()),
    ):
        assert line is not None
        assert abs(line - Fraction(theirs[0])) <= Fraction(1, 500)


def test_wheelers_own_series_has_the_same_lines() -> None:
    """The data set for verifying software."""
    lines_agree(WHEELER)


@given(SERIES)
def test_any_series_has_the_same_lines(values: list[int]) -> None:
    """Centre, limits and average moving range."""
    lines_agree(values)


@given(SERIES)
def test_the_same_readings_are_outside(values: list[int]) -> None:
    """Strictly beyond a limit."""
    mine = ours(values)
    assume(all(clear(each, mine.lower, mine.upper) for each in values))
    marks = xmr.mark([Fraction(each) for each in values], mine, "wheeler")
    assert [each.rule == "outside" for each in marks] == XmR(values).rule_1_x_indices_beyond_limits()


@given(SERIES.map(sorted))
def test_the_same_readings_are_runs_of_eight(values: list[int]) -> None:
    """Sorted readings make long runs."""
    mine = ours(values)
    assume(all(clear(each, mine.centre) for each in values))
    sides = xmr.Ruler([Fraction(each) for each in values], mine).sides
    assert [index in xmr.runs(sides, 8) for index in range(len(values))] == XmR(values).rule_2_runs_about_central_line()


@given(SERIES)
def test_three_of_four_near_a_limit_are_found_alike(values: list[int]) -> None:
    """Ours marks the near ones, theirs all four."""
    mine = ours(values)
    assert mine.upper is not None
    assert mine.lower is not None
    half = [(mine.centre + limit) / 2 for limit in (mine.lower, mine.upper)]
    assume(all(clear(each, *half) for each in values))
    near = [(each > half[1]) - (each < half[0]) for each in values]
    assume(not {1, -1} <= set(near))
    theirs = XmR(values).rule_3_runs_near_limits()
    rule = [
        index
        for index, point in enumerate(xmr.mark([Fraction(each) for each in values], mine, "wheeler"))
        if point.rule in ("two-of-three", "outside") and theirs[index]
    ]
    windows = [start for start in range(len(near) - 3) if abs(sum(near[start : start + 4])) >= 3]
    assert rule == sorted({start + n for start in windows for n in range(4) if near[start + n]})
