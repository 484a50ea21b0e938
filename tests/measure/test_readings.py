"""The CSV of readings: every fault at its line and column, and everything else read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cireg.measure.readings import Definition, Readings, exact, read

TODAY = date(2026, 11, 23)


def reading(
    text: str | bytes, *, cadence: str = "month", percent: bool = False, bounds: Any = (None, None)
) -> Readings:
    raw = text if isinstance(text, bytes) else text.encode()
    return read("kpis/x.csv", raw, Definition(cadence, percent, exact(bounds[0]), exact(bounds[1]), TODAY))


def values(found: Readings) -> dict[str, Fraction | None]:
    return {str(each.period): each.value for each in found.readings}


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("month,value\n2026-10,7\n", "readings-form", 1, 1),
        ("", "readings-form", 1, 1),
        ("period,value,colour\n2026-10,7,red\n", "readings-form", 1, 14),
        ("period,value,value\n2026-10,7,8\n", "readings-form", 1, 14),
        ("period,numerator\n2026-10,7\n", "readings-form", 1, 1),
        ("period,value\n2026-10,7,5\n", "readings-form", 2, 11),
        ('period,value\n2026-10,"7\n', "readings-form", 1, 1),
        ("period,value\n2026-W40,7\n", "readings-period", 2, 1),
        ("value,period\n7,2026-13\n", "readings-period", 2, 3),
        ("value,period\n7,\n", "readings-period", 2, 3),
        ("period,value\n1899-12,7\n", "readings-period", 2, 1),
        ("period,value\n2026-11,7\n", "readings-future", 2, 1),
        ("period,note,value\n2026-10,\"a, b\",7 h\n", "readings-number", 2, 16),
        ("period,value\n2026-10,1e3\n", "readings-number", 2, 9),
        ("period,value\n2026-10,NaN\n", "readings-number", 2, 9),
        ("period,value\n2026-10,١٢\n", "readings-number", 2, 9),
        ("period,value,n\n2026-10,7,-3\n", "readings-number", 2, 11),
        ("period,value,numerator,denominator\n2026-10,7,20,4\n", "readings-parts", 2, 9),
        ("period,numerator,denominator\n2026-10,20,\n", "readings-parts", 2, 12),
        ("period,numerator,denominator\n2026-10,,4\n", "readings-parts", 2, 9),
        ("period,numerator,denominator\n2026-10,20,0\n", "readings-parts", 2, 12),
        ("period,value\n2026-10,101\n", "readings-bounds", 2, 9),
        ("period,value\n2026-10,-0.5\n", "readings-bounds", 2, 9),
        ("value,period\n7,2026-10\n6,2026-10\n", "readings-duplicate", 3, 3),
        ("value,period\n7,2026-10\n6,2026-09\n", "readings-order", 3, 3),
        (b"period,value\n2026-10,\xff\n", "encoding", 2, 9),
        ("period,value\n2026-10,7\u202e\n", "forbidden-character", 2, 10),
        ("\ufeffperiod,value\n2026-10,7\n", "bom", 1, 1),
        ("period,value\n<<<<<<< a\n2026-10,7\n>>>>>>> b\n", "merge-conflict", 2, 1),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line_and_column(text: str | bytes, rule: str, line: int, column: int) -> None:
    """Lines and columns count from 1, in characters."""
    problem = reading(text, bounds=(0, 100)).problems[0]
    assert (problem.rule, problem.line, problem.column) == (rule, line, column)


def test_a_row_with_a_fault_is_left_out_and_every_other_one_stands() -> None:
    """One bad month costs one month, and is told once."""
    found = reading("period,value\n2026-07,7\n2026-08,x\n2026-09,8\n2026-09,9\n2026-11,3\n2026-06,6\n")
    assert values(found) == {"2026-06": 6, "2026-07": 7, "2026-09": 8}
    assert [each.rule for each in found.problems] == [
        "readings-number", "readings-future", "readings-duplicate", "readings-order",
    ]  # fmt: skip


def test_columns_stand_in_any_order_and_lines_may_end_as_windows_ends_them() -> None:
    """Blank lines and blanks around a cell mean nothing."""
    found = reading("note,n,value,period\r\nfine, 12 , 7.50 ,2026-09\r\n\r\n,,,2026-10\r\n")
    first, gap = found.readings
    assert (first.value, first.n, first.note, first.line) == (Fraction("7.5"), 12, "fine", 2)
    assert (gap.value, str(gap.period), gap.line) == (None, "2026-10", 4)
    assert found.problems == []


def test_a_ratio_is_exact_and_agrees_with_its_value_as_far_as_that_is_written() -> None:
    """301 of 341 is 88.27 % when two decimals are written, and 88.3 when one is."""
    header = "period,value,numerator,denominator\n"
    for value, problems in (("88.27", 0), ("88.3", 0), ("88", 0), ("88.28", 1), ("", 0)):
        found = reading(f"{header}2026-10,{value},301,341\n", percent=True)
        assert len(found.problems) == problems
        if not problems:
            assert found.readings[0].value == Fraction(30100, 341)
    assert reading("period,numerator,denominator\n2026-10,20,4\n").readings[0].value == 5


def test_decimals_are_those_that_were_written() -> None:
    """0.1 and 0.2 make 0.3."""
    found = reading("period,value\n2026-09,0.1\n2026-10,0.2\n")
    assert sum(each.value or 0 for each in found.readings) == Fraction("0.3")


def test_missing_periods_and_empty_cells_are_gaps_of_the_series() -> None:
    """Every period from the first to the last is there."""
    found = reading("period,value\n2026-05,1\n2026-07,\n2026-08,4\n")
    assert [value for _, value in found.series] == [1, None, None, 4]
    assert reading("period,value\n").series == []


def test_today_counts_as_over() -> None:
    """A day's reading may be delivered on its evening."""
    assert reading("period,value\n2026-11-23,1\n", cadence="day").problems == []
    assert reading("period,value\n2026-11-24,1\n", cadence="day").problems[0].rule == "readings-future"


@pytest.mark.parametrize(
    "row",
    ["2026-10,7", "2026-10,7.50", " 2026-10 , 7", "2026-10,", "2026-10,x", "2026-11,7", "2026-10,101", "2026-W40,7",
     "2026-10", "2026-10,-0.5", '"2026-10","7"', "1899-12,7"],
)  # fmt: skip
def test_rows_of_a_period_and_a_value_alone_are_read_like_any_other(row: str) -> None:
    """Sooner, and with the same faults."""
    alone = reading(f"period,value\n{row}\n", bounds=(0, 100))
    among = reading(f"period,value,note\n{row}\n", bounds=(0, 100))
    assert (alone.readings, alone.problems) == (among.readings, among.problems)
