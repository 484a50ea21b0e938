"""The one clock: which day it is for a command, and from where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from cireg.errors import CiregError

Source = Literal["--today", "CIREG_TODAY", "SOURCE_DATE_EPOCH", "commit", "clock"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a command takes for today, and what said so."""

    date: date
    source: Source


def today(spec: str | None, env: Mapping[str, str], timezone: str, head_date: Callable[[], date | None]) -> AsOf:
    """The day for a command that reads: the first of these that is set.

    `spec`, the value of --today: a date or `now`; CIREG_TODAY, likewise; SOURCE_DATE_EPOCH, in seconds; what
    `head_date` returns, the date of the last commit when nothing in the register differs from it; the wall
    clock. Instants become days in `timezone`. Raises `CiregError` for any other value or an unknown zone.
    """
    place = zone(timezone)
    values: tuple[tuple[Source, str | None], ...] = (
        ("--today", spec),
        ("CIREG_TODAY", env.get("CIREG_TODAY")),
    )
    for source, value in values:
        if value == "now":
            return AsOf(_now().astimezone(place).date(), "clock")
        if value:
            day = parse_date(value)
            if day is None:
                raise CiregError(f"{source} is '{value}'", "give a date such as 2026-03-31, or now")
            return AsOf(day, source)
    if epoch := env.get("SOURCE_DATE_EPOCH"):
        return AsOf(_day_of_epoch(epoch, place), "SOURCE_DATE_EPOCH")
    if day := head_date():
        return AsOf(day, "commit")
    return AsOf(_now().astimezone(place).date(), "clock")


def wall_date(timezone: str) -> date:
    """The day for a command that writes: the wall clock in `timezone`, or `CiregError` if that is unknown."""
    return _now().astimezone(zone(timezone)).date()


def zone(name: str) -> ZoneInfo:
    """The time zone of that name in the IANA database; raises `CiregError` where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder of the database
        if not available_timezones():
            raise CiregError("this machine has no time zones", "pip install tzdata") from error
        hint = "`timezone` in cireg.yaml takes a name such as Europe/London or UTC"
        raise CiregError(f"there is no time zone '{name}'", hint) from error


def parse_date(text: str) -> date | None:
    """The date written exactly as YYYY-MM-DD in ASCII digits; None for anything else."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_of_epoch(text: str, place: tzinfo) -> date:
    if _SECONDS.fullmatch(text):
        try:
            return datetime.fromtimestamp(int(text), UTC).astimezone(place).date()
        except (OverflowError, ValueError, OSError):
            pass  # beyond the year 9999
    raise CiregError(f"SOURCE_DATE_EPOCH is '{text}'", "it takes whole seconds since 1970")


def _now() -> datetime:
    return datetime.now(UTC)
