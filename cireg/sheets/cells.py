"""What a value looks like as the text of a cell, and the guard that keeps text from running as a formula."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cireg.errors import CiregError

Value = None | bool | int | float | Decimal | date | time | timedelta | str

MAX_CELL = 64 * 1024  # characters

# What spreadsheets pass over before they look for a formula: blanks, control and invisible characters.
_PASSED_OVER = (
    r"[\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u1680\u180e"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
)
_TRIGGER = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"  # full-width and small forms too
_ACTIVE = re.compile(_PASSED_OVER + _TRIGGER)
_PURE_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def cell_text(value: Value) -> str:
    """The text of a value in a table: "" for None, true and false, ISO dates, plain decimal numbers.

    A date and time at midnight is a date, and seconds are the finest unit, since a spreadsheet does not know
    better. A float has the 15 significant digits that a spreadsheet keeps. A duration is h:mm:ss.
    Raises CiregError for a number that is not finite.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return _decimal_text(value)
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"


def _decimal_text(value: float | Decimal) -> str:
    if not math.isfinite(value):
        raise CiregError(f"{value} is not a number that a cell can hold")
    text = f"{Decimal(f'{value:.15g}' if isinstance(value, float) else value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _moment_text(value: datetime) -> str:
    rounded = value.replace(microsecond=0) + timedelta(seconds=round(value.microsecond / 1_000_000))
    if rounded.time() == time() and rounded.tzinfo is None:
        return rounded.date().isoformat()
    return rounded.isoformat()


def guard(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    That is text whose first character, after any apostrophes and then anything a spreadsheet passes over, is
    one of = + - @ (their full-width and small forms too), a tab or the end of a line, pure numbers excepted.
    Apostrophes count as passed over so that `unguard` always gives back what was guarded: =1 becomes '=1, and
    '=1 becomes ''=1, while 'tis and -1 stay.
    """
    return "'" + text if _is_active(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given; text that it would never have written comes back as it is."""
    return text[1:] if text.startswith("'") and _is_active(text[1:]) else text


def _is_active(text: str) -> bool:
    bare = text.lstrip("'")
    return _ACTIVE.match(bare) is not None and not _PURE_NUMBER.fullmatch(bare)
