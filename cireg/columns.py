"""An improvement as one flat row: a column for each field in the schema's order, and what stands in its cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from cireg.record import Record, parse_date
from cireg.schema import fields, node_at
from cireg.sheets import Value
from cireg.source import Route

CUSTOM = "custom."
SEPARATOR = ";"  # between the entries of a list in one cell


@cache
def fixed() -> tuple[str, ...]:
    """Every column that a register's fields need, by their dotted names; those under `custom` are not among them."""
    inside_no_list = [field.route for field in fields("improvement") if "[]" not in field.route]
    sections = {route[:-1] for route in inside_no_list}
    return tuple(".".join(route) for route in inside_no_list if route not in sections and route != ("custom",))


def header(items: Iterable[Record]) -> tuple[str, ...]:
    """The columns for these improvements: the fixed ones, with their own fields before the history."""
    own = {CUSTOM + name for item in items for name in item.get("custom") or ()}
    names = fixed()
    place = names.index("history")
    return (*names[:place], *sorted(own), *names[place:])


def route_of(column: str) -> Route:
    """Where in a file the field of a column stands; a dot in the name of a field under `custom` is part of it."""
    if column.startswith(CUSTOM):
        return ("custom", column.removeprefix(CUSTOM))
    return tuple(column.split("."))


def cell(item: Record, column: str) -> Value:
    """What stands in the cell of that column: typed where a spreadsheet has the type, JSON for what is nested.

    The texts of a list are joined by "; " where they can be told apart again.
    """
    value = item.get(*route_of(column))
    if value is None or value == [] or value == {}:
        return None
    if isinstance(value, str):
        return (parse_date(value) or value) if is_day(column) else value.rstrip("\n")
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list) and all(_stands_alone(each) for each in value) and value[0][0] not in "[{":
        return f"{SEPARATOR} ".join(value)
    return as_json(value)


def _stands_alone(entry: Any) -> bool:
    return isinstance(entry, str) and entry == entry.strip() != "" and SEPARATOR not in entry and "\n" not in entry


def as_json(value: Any) -> str:
    """A nested value as the text of a cell, its fields in the file's order."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


@cache
def is_day(column: str) -> bool:
    """Whether the field of that column holds a day."""
    node = node_at("improvement", route_of(column))
    return node is not None and node.get("format") == "date"
