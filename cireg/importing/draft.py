"""One row as an improvement's data, with what the row could not fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cireg import lifecycle
from cireg.columns import fixed
from cireg.importing.kinds import DIRECTORIES, route_in_file
from cireg.importing.make import Fault, Made, make
from cireg.importing.mapping import ImportMap, Making
from cireg.importing.places import look, put, remove
from cireg.source import Route
from cireg.violations import violations

_ENTRY = ("by", "note", "until")  # what a history entry may say beside its day and its status


@dataclass(slots=True)
class Draft:
    """What one row says, laid out as a file's data.

    `given` are the places that the sheet itself fills, not the map, each with its column. For `lacking` faults the
    row is rejected; the others are `left_out`. `names` has, for each list of cireg.yaml, the ids of which the sheet
    has a spelling of its own. `undated` tells that the day of its status is not known.
    """

    row: int
    data: dict[str, Any] = field(default_factory=dict)
    given: dict[Route, str] = field(default_factory=dict)
    lacking: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    undated: bool = False

    @property
    def id(self) -> str:
        """Its id, "" where it has none."""
        return str(self.data.get("id", ""))


def draft(number: int, row: Mapping[str, str], import_map: ImportMap, today: date) -> Draft:
    """The draft of the row with that number; `row` is {column: text}."""
    made = Draft(number)
    values = {making.name: take(making, row, import_map, made) for making in import_map.makings}
    order = fixed()
    for name in sorted(values, key=lambda name: order.index(name) if name in order else len(order)):
        if not name.startswith("history."):
            put(made.data, route_in_file(name), values[name].value)
    if "history.raised" in values:
        _date(made, values, today)
    _settle(made)
    made.given = {route: column for route, column in made.given.items() if look(made.data, route) is not None}
    return made


def take(making: Making, row: Mapping[str, str], import_map: ImportMap, made: Draft) -> Made:
    """One value of the row; its faults, its names and where it comes from go to `made`."""
    value = make(making, row, import_map)
    if value.given:
        made.given[route_in_file(making.name)] = value.column
    for identity, text in value.names.items():
        made.names.setdefault(DIRECTORIES[making.name], {}).setdefault(identity, text)
    if not making.required or value.value is not None:
        made.left_out += value.faults
    else:
        made.lacking += value.faults or [
            Fault(_columns(making), making.name, "", f"empty, and {making.name} is needed")
        ]
    return value


def _columns(making: Making) -> str:
    return ", ".join(dict.fromkeys(making.names))


def _date(made: Draft, values: Mapping[str, Made], today: date) -> None:
    """The first entry on the day it was raised, and one for the status it has, if that is another."""
    raised = values["history.raised"]
    latest = (today + timedelta(days=1)).isoformat()  # it may already be tomorrow where the sheet was written
    if raised.value is not None and raised.value > latest:
        made.lacking.append(Fault(raised.column, "history.raised", raised.value, "lies in the future"))
    first, status = lifecycle.line()[0], made.data.get("status")
    if raised.value is None or status is None:
        return
    history: list[dict[str, Any]] = [{"on": raised.value, "status": first}]
    put(history[0], ("by",), values["history.raised_by"].value if "history.raised_by" in values else None)
    if status != first:
        since = _since(made, values, raised.value, latest)
        history.append({"on": since or raised.value, "status": status})
        made.undated = since is None
        for name in _ENTRY:
            put(history[1], (name,), values[f"history.{name}"].value if f"history.{name}" in values else None)
    made.data["history"] = history


def _since(made: Draft, values: Mapping[str, Made], raised: str, latest: str) -> str | None:
    """The day since when it has its status, where the sheet has a possible one."""
    found = values.get("history.since", Made())
    day: str | None = found.value
    if day is None or raised <= day <= latest:
        return day
    reason = "lies in the future" if day > latest else f"lies before the day it was raised, {raised}"
    made.left_out.append(Fault(found.column, "history.since", day, reason))
    return None


def _settle(made: Draft) -> None:
    """Take out what is right only by itself: sections that lack a part, lists that are too long."""
    while found := [each for each in violations("improvement", made.data) if not _known(each.route, made)]:
        violation = found[0]
        route = violation.route
        while look(made.data, route) is None and len(route) > 1:
            route = route[:-1]
        name = ".".join(map(str, route))
        fault = Fault(made.given.get(route, ""), name, "", violation.message, violation.help)
        if look(made.data, route) is None:
            made.lacking.append(fault)
        else:
            made.left_out.append(fault)
            remove(made.data, route)


def _known(route: Route, made: Draft) -> bool:
    """Whether the row is rejected for what is missing there already; without a status there is no history."""
    if route == ("history",) and made.lacking:
        return True
    return any(route_in_file(fault.field)[: len(route)] == route for fault in made.lacking)


def same(one: Any, other: Any) -> bool:
    """Whether two values of a file say the same; how a text ends, and whether a number has decimals, says nothing."""
    if isinstance(one, str) and isinstance(other, str):
        return [line.rstrip() for line in one.rstrip().split("\n")] == [
            line.rstrip() for line in other.rstrip().split("\n")
        ]
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other and isinstance(one, bool) == isinstance(other, bool))
