"""The day on which a ticket was opened, as service desks write it."""

from __future__ import annotations

from datetime import date

import pytest

from cireg.errors import CiregError
from cireg.importing.dates import read_day
from cireg.spotting.days import formats_of, without_time


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05", "2026-10-05 08:12", "2026-10-05T08:12:33Z", "2026-10-05T08:12:33.123+02:00",
        "2026-10-05 08:12 UTC", "2026/10/05 8:12", "5.10.2026, 08:12", "05.10.2026 08:12:33", "5 Oct 2026 08:12",
        "5 October 2026", "05-Oct-2026 8:12 AM", "5-Oct-26", "Oct 5, 2026 8:12 p.m.", "October 5, 2026",
    ],
)  # fmt: skip
def test_a_day_that_can_be_read_in_one_way_is_read(text: str) -> None:
    """With or without a time."""
    bare = without_time(text)
    assert date(2026, 10, 5) == read_day(bare, formats_of([bare]))


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["03/04/2026", "13/04/2026"], date(2026, 4, 3)),
        (["03/04/2026", "04/13/2026"], date(2026, 3, 4)),
        (["3-4-2026", "4-13-2026"], date(2026, 3, 4)),
        (["3/4/26", "13/4/26"], date(2026, 4, 3)),
        (["03/04/2026", *(f"{day}/04/2026" for day in range(13, 31)), *["28/05/2026", "29/05/2026", "30/05/2026"],
          "04/13/2026"], date(2026, 4, 3)),
        (["05/05/2026"], date(2026, 5, 5)),
    ],
)  # fmt: skip
def test_the_other_days_tell_which_number_is_the_month(texts: list[str], first: date) -> None:
    """One slip among many does not change it; a day that is the same either way needs no telling."""
    assert first == read_day(texts[0], formats_of(texts))


@pytest.mark.parametrize("texts", [["03/04/2026"], ["13/04/2026", "04/13/2026", "03/04/2026"]])
def test_days_that_could_be_either_are_refused(texts: list[str]) -> None:
    """With what to write into a map."""
    with pytest.raises(CiregError, match="could be D/M/YYYY or M/D/YYYY") as refused:
        formats_of(texts)
    assert refused.value.hint is not None
    assert "dates: [DD/MM/YYYY]" in refused.value.hint


@pytest.mark.parametrize("text", ["", "10:12", "yesterday", "2026-10-05 at noon", "x" * 100_000, "1:00 " * 20_000])
def test_what_is_no_day_stays_as_it_is_or_becomes_nothing(text: str) -> None:
    """However long it is."""
    assert read_day(without_time(text), formats_of([text])) is None
