"""Tables of tickets for tests: so many of a kind in each month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from cireg.sheets import read_table
from cireg.spotting.spots import Tickets, counted
from cireg.spotting.ticket_map import TicketMap, guessed

TODAY = date(2026, 11, 23)


def month(first: str, number: int) -> tuple[int, int]:
    """Year and month, so many months after one such as 2025-05."""
    total = int(first[:4]) * 12 + int(first[5:]) - 1 + number
    return total // 12, total % 12 + 1


def days(first: str, counts: Sequence[int]) -> list[str]:
    """A day for each ticket: the first and the last of the month, then the tenth."""
    found = []
    for number, count in enumerate(counts):
        year, part = month(first, number)
        ends = (1, monthrange(year, part)[1])
        found += [f"{year}-{part:02}-{ends[each] if each < 2 else 10:02}" for each in range(count)]
    return found


def csv(first: str, kinds: dict[str, Sequence[int]]) -> str:
    """A file with the columns Opened and Category."""
    rows = [f'{day},"{name}"' for name, counts in kinds.items() for day in days(first, counts)]
    return "\n".join(["Opened,Category", *rows]) + "\n"


def tickets(text: str, by: str | None = None, ticket_map: TicketMap | None = None, today: date = TODAY) -> Tickets:
    """The tickets of a CSV."""
    table = read_table("tickets.csv", text.encode())
    return counted("tickets.csv", table, ticket_map or guessed(table.header), by, today)
