"""Days, periods, numbers, amounts and values of fields in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cireg.figures import number

Say = Callable[..., str]

_MOST = 20_000  # strings that are kept: the same ones come again and again
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_PART = re.compile(r"([0-9]{4})-(W|Q|H)([0-9]{1,2})")


class Day(NamedTuple):
    """A day: `iso` for machines, `text` for people."""

    iso: str
    text: str


class Choice(NamedTuple):
    """A value of a field that has a fixed list of them: `value` for styles and scripts, `label` for people."""

    value: str
    label: str


class Words:
    """The words for values; `t` gives the strings of the pages by key."""

    def __init__(self, t: Say, currency: str) -> None:
        self._t = t
        self.currency = currency
        self._strings: dict[object, str] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._periods: dict[str, str] = {}
        self._days: dict[date, Day] = {}
        self._short_days: dict[date, Day] = {}

    def say(self, key: str, /, **values: object) -> str:
        """A string of the pages; safe HTML where a value is."""
        made = (key, *values.items()) if values else key
        text = self._strings.get(made)
        if text is None:
            if len(self._strings) > _MOST:
                self._strings.clear()
            text = self._strings[made] = self._t(key, **values)
        return text

    def label(self, field: str, value: str) -> str:
        """A value of a field in words; `field` is the field's name in the catalogue."""
        key = field, value
        if key not in self._labels:
            self._labels[key] = self.say(f"{field}.{value}")
        return self._labels[key]

    def choice(self, field: str, value: str) -> Choice:
        """A value of a field with its words."""
        return Choice(value, self.label(field, value))

    def day(self, on: date) -> Day:
        """A day, as in 5 October 2026."""
        if on not in self._days:
            text = self.say("day", day=on.day, month=self.label("month", str(on.month)), year=on.year)
            self._days[on] = Day(on.isoformat(), text)
        return self._days[on]

    def short_day(self, on: date) -> Day:
        """A day for the cell of a table, as in 5 Oct 2026."""
        if on not in self._short_days:
            text = self.say("day", day=on.day, month=self.label("month.short", str(on.month)), year=on.year)
            self._short_days[on] = Day(on.isoformat(), text)
        return self._short_days[on]

    def period(self, period: str) -> str:
        """A day, week, month, quarter, half-year or year of a KPI, as in April 2026."""
        if period not in self._periods:
            self._periods[period] = self._period(period)
        return self._periods[period]

    def _period(self, period: str) -> str:
        if month := _MONTH.fullmatch(period):
            return self.say("period.month", month=self.label("month", str(int(month[2]))), year=month[1])
        if part := _PART.fullmatch(period):
            return self.say(f"period.{part[2]}", part=int(part[3]), year=part[1])
        try:
            return self.day(date.fromisoformat(period)).text
        except ValueError:
            return period

    def money(self, figure: Decimal | float) -> str:
        """An amount in the register's currency."""
        return self.say("money", currency=self.currency, amount=number(figure))


def sentence(text: str) -> str:
    """A finding's or a gate's words as a sentence of its own."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:] if text[0].islower() and not _is_name(text) else text
    return text if text[-1] in ".!?…:" else text + "."


def _is_name(text: str) -> bool:
    """Whether a text begins with the name of a field, such as target.due, which keeps its small letter."""
    first = text.split(maxsplit=1)[0]
    return "." in first.rstrip(".") or "_" in first or "[" in first
