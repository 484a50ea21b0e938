"""All that asks for an improvement, numbered: the KPIs first, then the tickets from the most frequent kind on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cireg import lifecycle
from cireg.errors import CiregError
from cireg.importing.kinds import fold
from cireg.model import Register
from cireg.sheets import Note, Table
from cireg.spotting.pareto import Line, Pareto, pareto
from cireg.spotting.signals import Signal, signals
from cireg.spotting.ticket_map import TicketMap, column_of, usual_grouping
from cireg.spotting.tickets import Tally, tally

_MOST_WORDS = 12  # of a kind's name that are looked for in titles
_SHORTEST = 4  # letters of a kind's name that say something


@dataclass(frozen=True, slots=True)
class Tickets:
    """An export of tickets, counted. `file` is as the user named it, `by` the field or column they are grouped by."""

    file: str
    by: str
    ticket_map: TicketMap
    rows: int
    notes: tuple[Note, ...]
    tally: Tally
    pareto: Pareto


@dataclass(frozen=True, slots=True)
class Spot:
    """One line of the list: a KPI's signal, or a kind of ticket with what the register has on it already.

    `kpi` is the KPI that shows it, `improvements` the open ones whose title, tags or services name it.
    """

    number: int
    signal: Signal | None = None
    line: Line | None = None
    kpi: str | None = None
    improvements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spots:
    """The list, in its order."""

    items: tuple[Spot, ...]
    tickets: Tickets | None

    def at(self, number: int) -> Spot:
        """The line of that number; raises CiregError where there is none."""
        if not 1 <= number <= len(self.items):
            there = f"the list has {len(self.items)}" if self.items else "the list is empty"
            raise CiregError(f"there is no number {number}: {there}", "cireg spot shows it, with the same options")
        return self.items[number - 1]


def counted(file: str, table: Table, ticket_map: TicketMap, by: str | None, latest: date) -> Tickets:
    """The tickets of a table, by a field of the map or any column; raises CiregError where that is not there."""
    by = by or usual_grouping(ticket_map)
    found = tally(table, ticket_map, column_of(by, ticket_map, table.header), latest)
    return Tickets(file, by, ticket_map, len(table.rows), table.notes, found, pareto(found))


def spots(register: Register, tickets: Tickets | None) -> Spots:
    """The list of a register and, where they are given, of tickets: the same for the same files."""
    found = [Spot(0, signal=each, kpi=each.kpi.id) for each in signals(register)]
    for line in tickets.pareto.lines if tickets else ():
        pattern = _named(line.name)
        found.append(
            Spot(
                0, line=line, kpi=_kpi(pattern, register),
                improvements=_at_it(pattern, services_named(line.name, register), register),
            )
        )  # fmt: skip
    numbered = (
        Spot(number, each.signal, each.line, each.kpi, each.improvements) for number, each in enumerate(found, 1)
    )
    return Spots(tuple(numbered), tickets)


def services_named(name: str, register: Register) -> list[str]:
    """The services of the configuration that a kind of ticket is called by."""
    wanted = fold(name)
    return [
        identity
        for identity, service in register.config.services.items()
        if wanted and wanted in (fold(identity), fold(str(service.get("name", ""))))
    ]


def _named(name: str) -> re.Pattern[str] | None:
    """What finds a kind of ticket in a title or an id: its words, written in one or with hyphens, or in the plural."""
    words = re.findall(r"\w+", name)
    if not words or len(words) > _MOST_WORDS or len("".join(words)) < _SHORTEST:
        return None
    return re.compile(r"(?<!\w)" + r"[\s_-]?".join(words) + r"s?(?!\w)", re.IGNORECASE)


def _kpi(pattern: re.Pattern[str] | None, register: Register) -> str | None:
    """The one KPI of readings that is named like it; None where there is none, or more than one."""
    found = [
        kpi.id
        for kpi in register.kpis.values()
        if pattern and not kpi.derived and (pattern.search(kpi.id) or pattern.search(kpi.name))
    ]
    return found[0] if len(found) == 1 else None


def _at_it(pattern: re.Pattern[str] | None, services: list[str], register: Register) -> tuple[str, ...]:
    return tuple(
        item.id
        for item in register.improvements.values()
        if lifecycle.is_open(item.status)
        and (
            any(pattern and pattern.search(text) for text in (item.title, *item.texts("tags")))
            or any(service in item.texts("services") for service in services)
        )
    )
