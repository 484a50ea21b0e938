"""Days as a sheet writes them: formats such as DD/MM/YYYY, each read in one way only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cireg.clock import parse_date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = {name[:length].casefold(): n for n, name in enumerate(_MONTHS, start=1) for length in (3, None)}
_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short_year>[0-9]{2})",
    "MMMM": rf"(?P<month_name>{'|'.join(_MONTHS)})",
    "MMM": rf"(?P<month_name>{'|'.join(name[:3] for name in _MONTHS)})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"[0-9]{1,2}",
    "mm": r"[0-9]{2}",
    "ss": r"[0-9]{2}",
}
_PIECE = re.compile("|".join(_PARTS) + "|.", re.DOTALL)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A format by its name, such as D MMM YYYY."""

    name: str
    pattern: re.Pattern[str]


def compile_format(name: str) -> DateFormat | str:
    """The format of that name, or the reason why it is none."""
    pattern, kinds = "", []
    for match in _PIECE.finditer(name):
        piece = match[0]
        if piece in _PARTS:
            pattern += _PARTS[piece]
            kinds.append(piece[0])
        elif piece.isalnum():
            return f"'{piece}' stands for nothing: a day is written with YYYY or YY, M to MMMM, D or DD, in capitals"
        else:
            pattern += re.escape(piece)
    if [kinds.count(kind) for kind in "YMD"] != [1, 1, 1]:
        return "it needs one year (YYYY or YY), one month (M to MMMM) and one day (D or DD)"
    return DateFormat(name, re.compile(pattern, re.ASCII | re.IGNORECASE))


ISO = "YYYY-MM-DD"
ISO_ONLY = tuple(form for form in (compile_format(ISO),) if isinstance(form, DateFormat))


def read_day(text: str, formats: Iterable[DateFormat]) -> date | None:
    """The day that the first fitting format finds in the whole text; None where none does, or there is no such day.

    YYYY-MM-DD is always tried, with or without a time: it is how a typed date of XLSX arrives. A year of two digits
    is one of 2000 to 2099.
    """
    day = parse_date(text)
    if day is not None:
        return day
    if moment := _MOMENT.fullmatch(text):
        return parse_date(moment[1])
    for form in formats:
        if match := form.pattern.fullmatch(text):
            return _day(match.groupdict())
    return None


def _day(parts: dict[str, str]) -> date | None:
    year = int(parts["year"]) if "year" in parts else 2000 + int(parts["short_year"])
    month = int(parts["month"]) if "month" in parts else _NUMBERS[parts["month_name"].casefold()]
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None
