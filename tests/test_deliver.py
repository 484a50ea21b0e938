"""Delivered readings: one line more or another one, and every other byte as it was."""

from __future__ import annotations

from datetime import date

import pytest

from cireg.deliver import Delivery, deliver
from cireg.errors import CiregError
from tests import small_register

TODAY = date(2026, 11, 23)
PATH = "kpis/answer-hours.csv"
RATIO = b"period,numerator,denominator,n\n2026-09,20,4,9\n"


def put(
    raw: bytes | None, *given: tuple[str, dict[str, str]], correct: bool = False, **fields: object
) -> tuple[bytes | None, tuple[str, ...]]:
    done = deliver(
        small_register.kpi(**fields), PATH, raw, [Delivery(period, cells) for period, cells in given], TODAY,
        correct=correct,
    )  # fmt: skip
    return done.data, done.said


@pytest.mark.parametrize(
    ("raw", "period", "expected"),
    [
        (b"period,value\n2026-09,7\n", "2026-10", b"period,value\n2026-09,7\n2026-10,5\n"),
        (b"period,value\r\n2026-09,7\r\n", "2026-10", b"period,value\r\n2026-09,7\r\n2026-10,5\r\n"),
        (b"period,value\n2026-07,7\n2026-09, 7\n", "2026-08", b"period,value\n2026-07,7\n2026-08,5\n2026-09, 7\n"),
        (b"period,value\n2026-09,7", "2026-10", b"period,value\n2026-09,7\n2026-10,5\n"),
        (b"period,value\n2026-09,7", "2026-08", b"period,value\n2026-08,5\n2026-09,7"),
        (b"period,value\r\n2026-08,7\n2026-10,8\r\n", "2026-09",
         b"period,value\r\n2026-08,7\n2026-09,5\r\n2026-10,8\r\n"),
        (b'period,value,note\n2026-08,7,"a\nb"\n2026-10,8,"c\nd"\n', "2026-09",
         b'period,value,note\n2026-08,7,"a\nb"\n2026-09,5,\n2026-10,8,"c\nd"\n'),
        (b"note,value,period\n,7,2026-09\n", "2026-10", b"note,value,period\n,7,2026-09\n,5,2026-10\n"),
        (b"period,value\n", "2026-10", b"period,value\n2026-10,5\n"),
    ],
)  # fmt: skip
def test_a_reading_joins_the_others_in_order_and_nothing_else_changes(raw: bytes, period: str, expected: bytes) -> None:
    """Line ends, quotes, blanks and columns stay as they are."""
    data, said = put(raw, (period, {"value": "5"}))
    assert data == expected
    assert said == (f"answer-hours {period}: added",)


def test_a_new_file_has_the_columns_that_its_readings_use() -> None:
    """In the usual order, the periods too."""
    data, _ = put(None, ("2026-10", {"note": "late", "value": "5"}), ("2026-09", {"value": "7"}))
    assert data == b"period,value,note\n2026-09,7,\n2026-10,5,late\n"


def test_a_column_that_is_new_goes_to_the_end_of_the_first_line() -> None:
    """Rows that are there stay as they are: an empty cell at the end need not be written."""
    data, _ = put(b"period,value\r\n2026-09,7\r\n", ("2026-10", {"value": "5", "n": "12", "note": "late"}))
    assert data == b"period,value,n,note\r\n2026-09,7\r\n2026-10,5,12,late\r\n"


def test_the_same_reading_again_changes_nothing() -> None:
    """A feed may be delivered twice; 7.0 is 7."""
    data, said = put(b"period,value\n2026-09,7\n", ("2026-09", {"value": "7.0"}))
    assert (data, said) == (None, ("answer-hours 2026-09: there already, and the same",))


def test_another_value_is_refused_unless_it_corrects() -> None:
    """Nobody changes the past by accident."""
    with pytest.raises(CiregError, match="has a reading already: 7") as raised:
        put(b"period,value\n2026-09,7\n", ("2026-09", {"value": "5"}))
    assert "--correct" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("raw", "cells", "expected"),
    [
        (b"period,value\n2026-09,7.50\n", {"value": "5"}, b"period,value,note\n2026-09,5,was 7.5\n"),
        (b"period,value,note\n2026-09,7,late\n2026-10,8,\n", {"value": "5", "note": "counted anew"},
         b'period,value,note\n2026-09,5,"counted anew; was 7; late"\n2026-10,8,\n'),
        (RATIO, {"numerator": "21", "denominator": "4"},
         b"period,numerator,denominator,n,note\n2026-09,21,4,,was 20 of 4 (n 9)\n"),
        (b"period,value\n2026-09,\n", {"value": "5"}, b"period,value,note\n2026-09,5,was a gap\n"),
        (b'period,value,note\r\n2026-09,7,"a\r\nb"\r\n2026-10,8,\r\n', {"value": "5"},
         b'period,value,note\r\n2026-09,5,"was 7; a b"\r\n2026-10,8,\r\n'),
        (b"period,value\n2026-09,123456789012345.123456789\n", {"value": "5"},
         b"period,value,note\n2026-09,5,was 123456789012345.123456789\n"),
    ],
)  # fmt: skip
def test_a_correction_keeps_the_old_value_in_the_note(raw: bytes, cells: dict[str, str], expected: bytes) -> None:
    """What was said before stays to be read, to the last digit."""
    data, said = put(raw, ("2026-09", cells), correct=True)
    assert data == expected
    assert said[0].startswith("answer-hours 2026-09: corrected, was ")


def test_a_second_correction_keeps_both() -> None:
    """The note tells the whole story, the newest first."""
    data, _ = put(b"period,value,note\n2026-09,5,was 7\n", ("2026-09", {"value": "4"}), correct=True)
    assert data == b'period,value,note\n2026-09,4,"was 5; was 7"\n'


@pytest.mark.parametrize(
    ("raw", "period", "cells", "message"),
    [
        (None, "2026-W40", {"value": "5"}, "'2026-W40' is not a month"),
        (None, "2026-11", {"value": "5"}, "is not over"),
        (None, "2026-10", {"value": "5 h"}, "not a number"),
        (None, "2026-10", {"value": "1e3"}, "not a number"),
        (None, "2026-10", {"value": "-1"}, "outside the bounds"),
        (None, "2026-10", {"value": "5", "n": "few"}, "not a whole number"),
        (None, "2026-10", {}, "a reading has a value"),
        (None, "2026-10", {"numerator": "5"}, "a reading has a value"),
        (None, "2026-10", {"numerator": "5", "denominator": "0"}, "more than 0"),
        (None, "2026-10", {"value": "9", "numerator": "5", "denominator": "1"}, "two parts give"),
        (None, "2026-10", {"value": "5", "note": "x\u202ey"}, "not allowed"),
        (None, "2026-10", {"value": "5", "note": "\ud800"}, "cannot hold"),
        (RATIO, "2026-10", {"value": "5"}, "has the columns period, numerator"),
        (b"month,value\n2026-10,7\n", "2026-10", {"value": "5"}, "cannot be used"),
        (b"period,value\n2026-10,x\n", "2026-10", {"value": "5"}, "a line for 2026-10 that cannot be used, line 2"),
        (b"sep=,\nperiod,value\n2026-09,7\n", "2026-10", {"value": "5"}, "cannot be used"),
        (b'"period\n",value\n2026-09,7\n', "2026-10", {"value": "5"}, "cannot be used"),
        (b'period,value\n2026-09,"7\n', "2026-10", {"value": "5"}, "cannot be used"),
        (b"\xff", "2026-10", {"value": "5"}, "cannot be read"),
    ],
)
def test_what_the_register_would_not_accept_is_refused(
    raw: bytes | None, period: str, cells: dict[str, str], message: str
) -> None:
    """With the reader's own words."""
    with pytest.raises(CiregError, match=message):
        put(raw, (period, cells), bounds=[0, None])


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ('say "so", then', '"say ""so"", then"'),
        ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
        ("one\ntwo\r\n2026-01,999", '"one two 2026-01,999"'),
        ("a;b", '"a;b"'),
    ],
)
def test_a_hostile_note_is_one_cell_of_one_line(note: str, written: str) -> None:
    """It forges no row, runs no formula, and the file stays readable."""
    data, _ = put(b"period,value,note\n", ("2026-10", {"value": "5", "note": note}))
    assert data == f"period,value,note\n2026-10,5,{written}\n".encode()
    again, _ = put(data, ("2026-09", {"value": "4"}))
    assert again == f"period,value,note\n2026-09,4,\n2026-10,5,{written}\n".encode()


def test_the_same_period_twice_in_one_delivery_must_agree() -> None:
    """Of two figures for one month, one is wrong."""
    data, said = put(None, ("2026-10", {"value": "5"}), ("2026-10", {"value": "5"}))
    assert (data, len(said)) == (b"period,value\n2026-10,5\n", 2)
    with pytest.raises(CiregError, match="delivered twice"):
        put(None, ("2026-10", {"value": "5"}), ("2026-10", {"value": "6"}), correct=True)


def test_an_unordered_file_keeps_its_order() -> None:
    """The new reading goes before the first line that is later."""
    data, _ = put(b"period,value\n2026-10,7\n2026-08,6\n", ("2026-09", {"value": "5"}))
    assert data == b"period,value\n2026-09,5\n2026-10,7\n2026-08,6\n"
