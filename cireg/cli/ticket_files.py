"""The options that say which tickets are counted, and how: the same for `spot`, which shows them, and `new`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from cireg.cli.given_files import read_given, tell_findings
from cireg.errors import CiregError
from cireg.sheets import read_table
from cireg.sheets.table import MAX_FILE
from cireg.source import FILE_LIMIT
from cireg.spotting.spots import Tickets, counted
from cireg.spotting.ticket_map import TicketMap, column_of, guessed, missing_columns, read_map

Command = TypeVar("Command", bound=Callable[..., Any])

_READING = (
    click.option(
        "--map", "map_file", metavar="MAP", type=click.Path(path_type=Path),
        help="Which column of the tickets says what. Without it the columns' names do.",
    ),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook. Default: the first one that is not hidden."),
)  # fmt: skip


def ticket_options(*by: str) -> Callable[[Command], Command]:
    """--tickets, --map and --sheet, and what the tickets are counted by, under the names `by`."""
    options = (
        click.option("--tickets", metavar="FILE", type=click.Path(path_type=Path), help="Tickets, CSV or XLSX."),
        click.option(
            *by, "group", metavar="COLUMN",
            help="What the tickets are counted by: category, service, any column. Default: category.",
        ),
        *_READING,
    )  # fmt: skip

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def read_tickets(
    file: Path | None, map_file: Path | None, group: str | None, sheet: str | None, latest: date
) -> Tickets | None:
    """The tickets of the file that the options name, None where they name none; `latest` is the day that it is.

    Ends the command where the map cannot be used; raises `CiregError` for a file that holds no table.
    """
    if file is None:
        given = {"--map": map_file, "--by": group, "--sheet": sheet}
        stray = next((name for name, value in given.items() if value is not None), None)
        if stray:
            raise click.UsageError(f"{stray} says how a file of tickets is read, and no file is named.")
        return None
    ticket_map = TicketMap()
    if map_file is not None:
        ticket_map = _map(map_file)
    table = read_table(
        file.name, read_given(file, MAX_FILE), sheet=sheet or ticket_map.sheet, encoding=ticket_map.encoding,
        delimiter=ticket_map.delimiter,
    )  # fmt: skip
    if map_file is None:
        ticket_map = guessed(table.header)
    if missing := list(missing_columns(ticket_map, table.header)):
        tell_findings(missing, read_given(map_file or file, FILE_LIMIT))
        raise SystemExit(2)
    for column in ticket_map.fields.values():
        column_of(column.name, TicketMap(), table.header)  # a name that stands twice says nothing
    if not table.rows:
        raise CiregError(f"{file.name} has no tickets", "its first row names the columns, each other row is a ticket")
    return counted(str(file), table, ticket_map, group, latest)


def _map(path: Path) -> TicketMap:
    raw = read_given(path, FILE_LIMIT)
    made, found = read_map(path.as_posix(), raw)
    tell_findings(found, raw)
    if made is None:
        raise SystemExit(2)
    return made
