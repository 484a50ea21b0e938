"""What a number in a sheet means by its format: a date, a time of day, a duration, a percentage or itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

from cireg.sheets.cells import cell_text

Meaning = Literal["number", "percentage", "date", "time", "duration"]

_BUILT_IN: dict[int, Meaning] = {
    **dict.fromkeys([9, 10], "percentage"),
    **dict.fromkeys([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58], "date"),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56], "time"),
    46: "duration",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETED = re.compile(r"\[[^\]]*\]")  # a colour, a currency, a condition
_DAY = 86_400  # seconds
_END = 2_958_466  # the day after 9999-12-31, counted from 1899-12-30
_1904 = 1462  # days between the two days that sheets count from
_LONGEST_CODE = 255  # the format's own limit; the patterns below would take long for much more
_LEAP_BUG = 60  # the format's 29 February 1900, a day that never was


def meaning(identifier: int, code: str | None) -> Meaning:
    """What a number format stands for: by its code, such as yyyy-mm-dd, or its number if built in."""
    if code is None:
        return _BUILT_IN.get(identifier, "number")
    if len(code) > _LONGEST_CODE:
        return "number"
    section = _LITERAL.sub("", code).partition(";")[0].lower()
    if _ELAPSED.search(section):
        return "duration"
    section = _BRACKETED.sub("", section)
    letters = set(section) if section != "general" else set()
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s"}):
        return "date"
    if letters & {"h", "s"}:
        return "time"
    return "percentage" if "%" in letters else "number"


def number_text(value: float, kind: Meaning, *, since_1904: bool) -> str:
    """The number as a person reads it in the sheet; a date that no calendar has there stays a number."""
    if kind == "number":
        return cell_text(value)
    if kind == "percentage":
        return cell_text(float(f"{value * 100:.15g}")) + "%"
    if kind == "duration" and abs(value) < _END:
        return cell_text(timedelta(days=value))
    day = value + _1904 if since_1904 else value
    seconds = round(day * _DAY) if abs(day) < _END else -1
    if kind == "duration" or not 0 <= seconds < _END * _DAY:
        return cell_text(value)
    first = datetime(1899, 12, 30 if day > _LEAP_BUG else 31)  # noqa: DTZ001  # the format knows no time zone
    moment = first + timedelta(seconds=seconds)
    return cell_text(moment.time() if kind == "time" else moment)
