"""Places in a file's data: looked at, filled and emptied by the route that leads there."""

from __future__ import annotations

from typing import Any

from cireg.source import Route


def look(data: Any, route: Route) -> Any:
    """The value at `route`, None where there is none."""
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def put(data: Any, route: Route, value: Any) -> None:
    """Set the value at `route`, with the sections on the way; None sets nothing."""
    if value is None:
        return
    for step in route[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    data[route[-1]] = value


def remove(data: Any, route: Route) -> None:
    """Take out the value at `route`, and the sections that are empty then."""
    above = look(data, route[:-1])
    if isinstance(above, dict):
        above.pop(route[-1], None)
    elif isinstance(above, list) and isinstance(route[-1], int) and route[-1] < len(above):
        del above[route[-1]]
    if not above and len(route) > 1:
        remove(data, route[:-1])


def overlaps(one: Route, other: Route) -> bool:
    """Whether one of two places is the other, or lies in it."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
