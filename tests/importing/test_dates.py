"""Days as sheets write them, read in one way only."""

from __future__ import annotations

from datetime import date

import pytest

from cireg.importing.dates import ISO_ONLY, DateFormat, compile_format, read_day


def form(name: str) -> DateFormat:
    """The format of that name, which there must be."""
    made = compile_format(name)
    assert isinstance(made, DateFormat)
    return made


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("YYYY-MM-DD", "2026-03-09", date(2026, 3, 9)),
        ("YYYY-M-D", "2025-10-9", date(2025, 10, 9)),
        ("DD/MM/YYYY", "09/03/2026", date(2026, 3, 9)),
        ("MM/DD/YYYY", "09/03/2026", date(2026, 9, 3)),
        ("D MMM YYYY", "9 mar 2026", date(2026, 3, 9)),
        ("MMMM D, YYYY", "March 9, 2026", date(2026, 3, 9)),
        ("DD.MM.YY", "09.03.26", date(2026, 3, 9)),
        ("DD/MM/YYYY hh:mm", "09/03/2026 14:05", date(2026, 3, 9)),
    ],
)
def test_a_format_reads_its_days(name: str, text: str, expected: date) -> None:
    """Each letter stands for what people take it for."""
    assert expected == read_day(text, [form(name)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("YYYY-MM-DD", "2023-14-05"),
        ("YYYY-MM-DD", "2025-30-01"),
        ("YYYY-MM-DD", "2026-02-30"),
        ("YYYY-MM-DD", "2025-10-9"),
        ("YYYY-MM-DD", "yyyy-mm-dd"),
        ("YYYY-MM-DD", "2026-03-09\n"),
        ("YYYY-MM-DD", "٢٠٢٦-٠٣-٠٩"),
        ("DD/MM/YYYY", "31/04/2026"),
        ("DD/MM/YYYY", "9/3/2026"),
        ("D MMM YYYY", "9 Maerz 2026"),
        ("DD/MM/YYYY", ""),
    ],
)
def test_what_is_no_such_day_is_none(name: str, text: str) -> None:
    """Nothing is swapped, completed or rounded."""
    assert read_day(text, [form(name)]) is None


def test_the_first_fitting_format_counts() -> None:
    """Where a text fits two formats, the map's order decides."""
    assert date(2026, 3, 2) == read_day("02/03/2026", [form("DD/MM/YYYY"), form("MM/DD/YYYY")])


def test_a_format_that_fits_and_gives_no_day_ends_the_search() -> None:
    """13 is no month, and nobody here guesses that day and month were swapped."""
    assert read_day("2026-13-01", [form("YYYY-MM-DD"), form("YYYY-DD-MM")]) is None


@pytest.mark.parametrize("text", ["2026-03-09", "2026-03-09T14:05:00", "2026-03-09 14:05"])
def test_typed_dates_of_a_workbook_are_read_under_every_format(text: str) -> None:
    """The same sheet saved as XLSX holds dates as numbers, which arrive as YYYY-MM-DD."""
    assert date(2026, 3, 9) == read_day(text, [form("DD/MM/YYYY")])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dd/mm/yyyy", "'d' stands for nothing"),
        ("YYYY-MM", "it needs one year"),
        ("DD/MM/YYYY DD", "it needs one year"),
        ("%d.%m.%Y", "'d' stands for nothing"),
        ("", "it needs one year"),
    ],
)
def test_what_is_no_format_says_why(name: str, reason: str) -> None:
    """The reason is for whoever writes the map."""
    assert str(compile_format(name)).startswith(reason)


def test_the_signs_of_a_format_stand_for_themselves() -> None:
    """A dot is a dot, whatever it means to a regular expression."""
    assert read_day("09x03x2026", [form("DD.MM.YYYY")]) is None
    assert ["YYYY-MM-DD"] == [each.name for each in ISO_ONLY]
