"""The day on which a ticket was opened: as the map says days are written, else found out where one reading fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cireg.errors import CiregError
from cireg.importing.dates import DateFormat, compile_format, read_day

# A time of day at the end, with or without its zone: it never changes the day that is written before it.
TIME = re.compile(
    r"(?:T|,? )[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?"
)
_CLEARLY = 20  # so many days for one form outweigh one that can only be the other: that one is a slip
_FORMS = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "D.M.YYYY", "D MMM YYYY", "D MMMM YYYY", "D-MMM-YYYY", "D-MMM-YY",
    "MMM D, YYYY", "MMMM D, YYYY",
)  # fmt: skip
_EITHER = (("D/M/YYYY", "M/D/YYYY"), ("D-M-YYYY", "M-D-YYYY"), ("D/M/YY", "M/D/YY"))


def without_time(text: str) -> str:
    """The text, which has no two blanks in a row, without a time of day at its end."""
    at = next((found.start() for found in TIME.finditer(text) if found.end() == len(text)), None)
    return text if at is None else text[:at].rstrip()


def formats_of(texts: Sequence[str]) -> tuple[DateFormat, ...]:
    """The formats that read these days, without their times.

    Raises CiregError where they could be a day and a month, or a month and a day.
    """
    distinct = list(dict.fromkeys(texts))
    chosen = [_format(name) for name in _FORMS]
    for pair in _EITHER:
        forms = [_format(name) for name in pair]
        days = [(read_day(text, forms[:1]), read_day(text, forms[1:])) for text in distinct if _fits(text, forms)]
        only = [sum(day is not None and other is None for day, other in days)]
        only.append(sum(other is not None and day is None for day, other in days))
        if any(day != other for day, other in days) and max(only) <= _CLEARLY * min(only):
            example = next(text for text in distinct if _fits(text, forms))
            raise CiregError(
                f"days such as {example} could be {pair[0]} or {pair[1]}, and the file does not tell which",
                "say it in a map, such as `dates: [DD/MM/YYYY]`, and give it with --map",
            )
        chosen.append(forms[0] if only[0] >= only[1] else forms[1])
    return tuple(chosen)


def _fits(text: str, forms: Iterable[DateFormat]) -> bool:
    return any(form.pattern.fullmatch(text) for form in forms)


def _format(name: str) -> DateFormat:
    form = compile_format(name)
    if isinstance(form, str):
        raise ValueError(form)
    return form
