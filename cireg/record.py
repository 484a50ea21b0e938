"""One file of the register in memory: its data, with the place of each part of it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from cireg.clock import parse_date as _parse_date
from cireg.findings import Place
from cireg.source import Source

parse_date = lru_cache(maxsize=4096)(_parse_date)


class Record:
    """A file of the register: its data, and the place of each part of it.

    What breaks the schema has been left out of `data`, so that every value that is there is of its kind.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = source.path
        self.data: dict[str, Any] = source.data or {}

    def get(self, *route: str | int) -> Any:
        """The value at `route`, None where there is none."""
        node: Any = self.data
        for step in route:
            if node.__class__ is dict:
                node = node.get(step)
            elif node.__class__ is list and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def text(self, *route: str | int) -> str:
        """The text at `route`, "" where there is none."""
        value = self.get(*route)
        return value if isinstance(value, str) else ""

    def date(self, *route: str | int) -> date | None:
        """The day at `route`, None where there is none."""
        value = self.get(*route)
        return parse_date(value) if isinstance(value, str) else None

    def entries(self, *route: str | int) -> list[tuple[int, dict[str, Any]]]:
        """The entries of the list at `route` that are fields with values, each with its index."""
        value = self.get(*route)
        return [(n, each) for n, each in enumerate(value) if isinstance(each, dict)] if isinstance(value, list) else []

    def texts(self, *route: str | int) -> list[str]:
        """The texts of the list at `route`."""
        value = self.get(*route)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    def lost(self, *route: str | int) -> bool:
        """Whether something at `route`, above it or below it could not be used: why it is missing was said there."""
        return any(route[: len(each)] == each or each[: len(route)] == route for each in self.source.dropped)

    def at(self, *route: str | int) -> Place:
        """Where the value at `route` stands; of a missing one, the nearest part that is there."""
        return Place(self.path, *self.source.value_at(route))

    def key_at(self, *route: str | int) -> Place:
        """Where the field's name at `route` stands; of a missing one, the nearest part that is there."""
        return Place(self.path, *self.source.key_at(route))
