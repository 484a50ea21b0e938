"""An export of tickets, counted: how many of each kind in each month, the work they took, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cireg.importing.dates import DateFormat, read_day
from cireg.importing.kinds import Unusable, fold, read_number
from cireg.sheets import Table
from cireg.spotting.days import formats_of, without_time
from cireg.spotting.ticket_map import Column, TicketMap
from cireg.text import fold_key

_LONGEST = 200  # characters of a kind's name that count
_LISTED = 100  # rows that are named one by one


@dataclass(slots=True)
class Kind:
    """The tickets of one kind. `months` counts them by month, from year 0; `effort` is None where none is known."""

    count: int = 0
    effort: Decimal | None = None
    months: Counter[int] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The commonest spelling, of several the first in the alphabet; "" for tickets that do not say."""
        return min(self.spellings, key=lambda text: (-self.spellings[text], text))


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that could not be counted, or of which a part could not be: the spreadsheet's number, and why."""

    row: int
    reason: str


@dataclass(slots=True)
class Tally:
    """All tickets that were counted. `rejected` and `left_out` list the first hundred, their numbers count all.

    `dated` tells whether a column says when tickets were opened; `first` and `last` are the days of each month's
    first and last ticket.
    """

    dated: bool
    kinds: dict[str, Kind] = field(default_factory=dict)
    count: int = 0
    months: Counter[int] = field(default_factory=Counter)
    first: dict[int, date] = field(default_factory=dict)
    last: dict[int, date] = field(default_factory=dict)
    rejected: list[RowFault] = field(default_factory=list)
    left_out: list[RowFault] = field(default_factory=list)
    rejected_rows: int = 0
    left_out_values: int = 0

    @property
    def span(self) -> tuple[date, date] | None:
        """The days of the first and the last ticket."""
        return (self.first[min(self.first)], self.last[max(self.last)]) if self.first else None


def month_of(day: date) -> int:
    """The month of a day, counted from year 0 as `Period` counts months."""
    return day.year * 12 + day.month - 1


def tally(table: Table, ticket_map: TicketMap, by: Column, latest: date) -> Tally:
    """Count the tickets of a table by the kinds that the column `by` names.

    A row whose day cannot be read, or lies after `latest`, is not counted. Effort that is no number is left out.
    """
    opened, effort = (ticket_map.fields.get(name) for name in ("opened", "effort"))
    text_of = _texts(table.header, ticket_map)
    days = [without_time(text_of(opened, row.cells)) for row in table.rows] if opened else []
    formats = (ticket_map.dates or formats_of(days)) if opened else ()
    found = Tally(dated=opened is not None)
    for number, row in enumerate(table.rows):
        day = None
        if opened:
            read = _day(text_of(opened, row.cells), days[number], formats, latest + timedelta(days=1))
            if isinstance(read, str):
                _reject(found, row.number, f"{opened.name} {read}")
                continue
            day = read
        spent = _effort(found, row.number, effort, text_of(effort, row.cells), ticket_map) if effort else None
        _count(found, _kind_name(by, text_of(by, row.cells)), day, spent)
    return found


def _texts(header: Sequence[str], ticket_map: TicketMap) -> Callable[[Column, Sequence[str]], str]:
    """What gives the text of a column in a row: one line, "" for the words that stand for nothing."""
    places = {" ".join(name.split()): place for place, name in reversed(list(enumerate(header)))}

    def text_of(column: Column, cells: Sequence[str]) -> str:
        text = " ".join(cells[places[column.name]].split())
        return "" if text.casefold() in ticket_map.empty else text

    return text_of


def _kind_name(by: Column, text: str) -> str:
    translated = by.values.get(fold(text), text) if by.values else text
    return (translated or "")[:_LONGEST]


def _day(text: str, bare: str, formats: Sequence[DateFormat], latest: date) -> date | str:
    """The day, or what is wrong with it."""
    if not text:
        return "is empty"
    day = read_day(text, formats) or read_day(bare, formats)
    if day is None:
        return f"'{text[:40]}' is no day that can be read"
    if day > latest:
        return f"'{text[:40]}' lies in the future"
    return day


def _effort(found: Tally, row: int, column: Column, text: str, ticket_map: TicketMap) -> Decimal | None:
    if not text:
        return None
    plain = text.replace(",", ".") if ticket_map.decimal == "," and "." not in text else text
    try:
        spent = Decimal(str(read_number(plain)))
    except Unusable:
        spent = Decimal(-1)
    if spent >= 0:
        return spent
    found.left_out_values += 1
    if len(found.left_out) < _LISTED:
        found.left_out.append(RowFault(row, f"{column.name} '{text[:40]}' is no plain number of work"))
    return None


def _reject(found: Tally, row: int, reason: str) -> None:
    found.rejected_rows += 1
    if len(found.rejected) < _LISTED:
        found.rejected.append(RowFault(row, reason))


def _count(found: Tally, name: str, day: date | None, spent: Decimal | None) -> None:
    kind = found.kinds.setdefault(fold_key(name), Kind())
    kind.count += 1
    kind.spellings[name] += 1
    found.count += 1
    if spent is not None:
        kind.effort = spent + (kind.effort or 0)
    if day is not None:
        month = month_of(day)
        kind.months[month] += 1
        found.months[month] += 1
        found.first[month] = min(found.first.get(month, day), day)
        found.last[month] = max(found.last.get(month, day), day)
