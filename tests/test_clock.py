"""Which day it is, and who says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cireg import clock
from cireg.clock import AsOf, parse_date, today, wall_date, zone
from cireg.errors import CiregError

COMMIT = date(2026, 5, 5)


@pytest.fixture(autouse=True)
def late_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock stands at 23:30 UTC on 30 June 2026: in London and Tokyo that is the next day."""
    monkeypatch.setattr(clock, "_now", lambda: datetime(2026, 6, 30, 23, 30, tzinfo=UTC))


def _today(spec: str | None = None, zone: str = "UTC", head: date | None = None, **env: str) -> AsOf:
    return today(spec, env, zone, lambda: head)


def test_the_sources_of_the_day_stand_over_each_other_in_order() -> None:
    """The option, CIREG_TODAY, SOURCE_DATE_EPOCH, the last commit, the clock."""
    env = {"CIREG_TODAY": "2026-02-02", "SOURCE_DATE_EPOCH": "1772496000"}
    assert AsOf(date(2026, 1, 1), "--today") == _today("2026-01-01", head=COMMIT, **env)
    assert AsOf(date(2026, 2, 2), "CIREG_TODAY") == _today(head=COMMIT, **env)
    assert AsOf(date(2026, 3, 3), "SOURCE_DATE_EPOCH") == _today(head=COMMIT, SOURCE_DATE_EPOCH="1772496000")
    assert AsOf(COMMIT, "commit") == _today(head=COMMIT)
    assert AsOf(date(2026, 6, 30), "clock") == _today()


def test_now_is_the_wall_clock_whatever_else_is_set() -> None:
    """As the option and as CIREG_TODAY."""
    expected = AsOf(date(2026, 6, 30), "clock")
    assert expected == _today("now", head=COMMIT, CIREG_TODAY="2026-02-02")
    assert expected == _today(head=COMMIT, CIREG_TODAY="now", SOURCE_DATE_EPOCH="1772496000")


def test_an_empty_variable_is_not_set() -> None:
    """A CI system sets variables to nothing."""
    assert AsOf(COMMIT, "commit") == _today(head=COMMIT, CIREG_TODAY="", SOURCE_DATE_EPOCH="")


def test_git_is_not_asked_when_the_day_is_given() -> None:
    """It costs a process."""

    def never() -> date:
        raise AssertionError("git was asked")

    assert AsOf(date(2026, 1, 1), "--today") == today("2026-01-01", {}, "UTC", never)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Europe/London", 1), ("Asia/Tokyo", 1), ("UTC", 30), ("America/New_York", 30)],
)
def test_the_clock_and_the_epoch_are_read_in_the_time_zone(name: str, expected: int) -> None:
    """An instant late in the evening is another day elsewhere."""
    assert expected == _today(zone=name).date.day
    assert expected == _today(zone=name, SOURCE_DATE_EPOCH="1782862200").date.day
    assert expected == wall_date(name).day


@pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "26-01-01", "2026-1-1", "NOW", " now"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    """The message names where it came from."""
    with pytest.raises(CiregError, match=f"--today is '{text}'"):
        _today(text)
    with pytest.raises(CiregError, match=f"CIREG_TODAY is '{text}'"):
        _today(CIREG_TODAY=text)


@pytest.mark.parametrize("text", ["-1", "1.5", "soon", "9" * 12, "9" * 40, "\u0661"])
def test_an_epoch_that_is_none_is_refused(text: str) -> None:
    """Negative, broken, beyond the calendar, other digits."""
    with pytest.raises(CiregError, match="SOURCE_DATE_EPOCH is"):
        _today(SOURCE_DATE_EPOCH=text)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "/etc/localtime", "a\0b"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    """Also one that is a folder or a path."""
    with pytest.raises(CiregError, match="there is no time zone") as error:
        zone(name)
    assert "Europe/London" in str(error.value.hint)


def test_a_machine_without_time_zones_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none of its own."""

    def missing(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(clock, "ZoneInfo", missing)
    monkeypatch.setattr(clock, "available_timezones", set)
    with pytest.raises(CiregError) as error:
        zone("Europe/London")
    assert "pip install tzdata" == error.value.hint


def test_dates_are_read_strictly() -> None:
    """Only YYYY-MM-DD, only ASCII, only days that exist."""
    assert date(2024, 2, 29) == parse_date("2024-02-29")
    refused = [
        "2026-02-29",
        "2026-13-01",
        "0000-01-01",
        "20260101",
        "2026-W01-1",
        "2026-01-01 ",
        "2026-01-01\n",
        "",
        "२०२६-01-01",
    ]
    assert [] == [text for text in refused if parse_date(text) is not None]
