"""What a row says otherwise than the file that the register has of the same improvement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cireg.columns import CUSTOM, SEPARATOR, cell, route_of
from cireg.importing.draft import Draft, same, take
from cireg.importing.kinds import HISTORY, Unusable, read_json, read_number, route_in_file
from cireg.importing.make import Fault, clean
from cireg.importing.mapping import ImportMap
from cireg.importing.places import look
from cireg.model import Improvement
from cireg.moving import NoMove, entry_for
from cireg.sheets import cell_text
from cireg.source import Route

_REQUIRED = ("title", "status", "opportunity", "history")
_ENTRY = ("on", "by", "note", "until")


@dataclass(frozen=True, slots=True)
class Change:
    """A value in a file, and the sheet's: None where there is none. `route` may lead to a list's next entry."""

    field: str
    column: str
    route: Route
    old: Any
    new: Any


@dataclass(slots=True)
class Comparison:
    """What differs, what of it can be changed, and what cannot, with the reason."""

    changes: list[Change] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)


def compare(item: Improvement, made: Draft, import_map: ImportMap, today: date) -> Comparison:
    """What a row of a mapped sheet says otherwise than the file; an empty cell and the map itself say nothing."""
    found = Comparison()
    for making in import_map.makings:
        route = route_in_file(making.name)
        if making.name in ("id", "status") or making.name in HISTORY or route not in made.given:
            continue
        _compare_value(found, item, making.name, made.given[route], route, look(made.data, route))
    _compare_history(found, item, made, today)
    return found


def _compare_value(found: Comparison, item: Improvement, name: str, column: str, route: Route, new: Any) -> None:
    old = item.get(*route)
    if not same(old, new):
        if isinstance(old, str) and isinstance(new, str) and old.endswith("\n"):
            new = new.rstrip("\n") + "\n"
        found.changes.append(Change(name, column, route, old, new))


def _compare_history(found: Comparison, item: Improvement, made: Draft, today: date) -> None:
    """The status, and while the file's history is as it was imported, its days and words."""
    history = made.data["history"]
    status = made.data["status"]
    column = made.given.get(("status",), "")
    if status != item.status:
        last = history[-1] if len(history) > 1 else {}
        known = {name: value for name, value in last.items() if ("history", 1, name) in made.given}
        _move(found, item, status, column, known, today)
    entries = [entry.status for entry in item.history]
    known_entries = 2 if entries == [entry["status"] for entry in history] else 1
    for index, entry in enumerate(history[:known_entries]):
        for name in _ENTRY:
            route: Route = ("history", index, name)
            if route in made.given and item.history_is_whole:
                _compare_value(found, item, f"history.{name}", made.given[route], route, entry.get(name))


def _move(found: Comparison, item: Improvement, status: str, column: str, known: dict[str, Any], today: date) -> None:
    entry = entry_for(item, status, known, today)
    if isinstance(entry, NoMove):
        found.left_out.append(Fault(column, "status", status, entry.reason))
        return
    found.changes.append(Change("status", column, ("status",), item.status, status))
    found.changes.append(Change("history", column, ("history", len(item.history)), None, entry))


def compare_exported(
    item: Improvement, row: Mapping[str, str], import_map: ImportMap, made: Draft, today: date
) -> Comparison:
    """What a row of an exported sheet says otherwise than the file; only cells that were edited are looked at.

    An empty cell empties the field. Names that the sheet brings along go to `made`.
    """
    found = Comparison()
    for making in import_map.makings:
        column, text = making.name, clean(row[making.name])
        if column == "id" or same(text, clean(cell_text(cell(item, column)))):
            continue
        if column.startswith("imported."):
            found.left_out.append(
                Fault(column, column, text, "says where the file came from, and no sheet changes that")
            )
        elif not text and column in _REQUIRED:
            found.left_out.append(Fault(column, column, "", f"empty, and {column} is needed"))
        elif not text:
            found.changes.append(Change(column, column, route_of(column), item.get(*route_of(column)), None))
        else:
            new = _like(item.get(*route_of(column)), text) if column.startswith(CUSTOM) else None
            new = take(making, row, import_map, made).value if new is None else new
            if new is not None:
                _compare_value(found, item, column, column, route_of(column), new)
    found.left_out += made.lacking
    _agree(found, item, today)
    return found


def _like(old: Any, text: str) -> Any:
    """The text as what the organisation's own field held before; None where it cannot be that, or held text."""
    try:
        if isinstance(old, list) and not text.startswith("["):
            return [part.strip() for part in text.split(SEPARATOR) if part.strip()]
        if isinstance(old, list | dict):
            return read_json(text)
        if isinstance(old, bool):
            return {"true": True, "false": False}.get(text.casefold())
        if isinstance(old, int | float):
            return read_number(text)
    except Unusable:
        pass
    return None


def _agree(found: Comparison, item: Improvement, today: date) -> None:
    """Status and history go together: an edited history ends with the status, an edited status adds an entry."""
    by_field = {change.field: change for change in found.changes}
    status, history = by_field.get("status"), by_field.get("history")
    wanted = status.new if status else item.status
    if history is not None and history.new[-1]["status"] != wanted:
        found.changes.remove(history)
        reason = f"its last entry says {history.new[-1]['status']}, and the status is {wanted}"
        found.left_out.append(Fault("history", "history", "", reason))
        history = None
    if status is not None and history is None:
        found.changes.remove(status)
        _move(found, item, status.new, status.column, {}, today)
