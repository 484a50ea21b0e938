"""A change to a file of the register, before it is made: its text now and then, as a diff and as a write."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cireg.errors import CiregError
from cireg.files import FileRefused, Tree, Write
from cireg.schema import node_at
from cireg.source import FILE_LIMIT, Route


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the register: its text now, None for a new one, and the text that it is to have.

    `path` is the path that it is to have, `moved_from` the one that it has where that is another.
    """

    path: str
    before: str | None
    after: str
    moved_from: str | None = None

    def diff(self) -> Iterator[str]:
        """The change as a unified diff, line by line, without line ends."""
        old = self.moved_from or self.path
        if self.moved_from:
            yield f"rename from {self.moved_from}"
            yield f"rename to {self.path}"
        before, after = (self.before or "").split("\n"), self.after.split("\n")
        yield from difflib.unified_diff(before, after, f"a/{old}", f"b/{self.path}", n=2, lineterm="")

    def as_writes(self, root: Path) -> tuple[Write, ...]:
        """The same for `write_all`, where the file may be one that moves."""
        if self.moved_from is None:
            return (self.as_write(root),)
        expected = (self.before or "").encode()
        return (Write(root / self.path, self.after.encode(), None), Write(root / self.moved_from, None, expected))

    def as_write(self, root: Path) -> Write:
        """The same for `write_all`."""
        expected = None if self.before is None else self.before.encode()
        return Write(root / self.path, self.after.encode(), expected)


def improvement_order(route: Route) -> tuple[str, ...]:
    """The fields of the section or entry at `route` of an improvement, in the schema's order."""
    return _order("improvement", route)


def config_order(route: Route) -> tuple[str, ...]:
    """The fields of the part of cireg.yaml at `route`, in the schema's order."""
    return _order("config", route)


def _order(kind: str, route: Route) -> tuple[str, ...]:
    node = node_at(kind, tuple("[]" if isinstance(step, int) else step for step in route))
    return tuple((node or {}).get("properties", ()))


def text_at(tree: Tree, path: str) -> str:
    """The text of a file of the register; raises `CiregError` where it cannot be read."""
    try:
        return tree.read(path, FILE_LIMIT).decode()
    except FileRefused as refused:
        raise CiregError(f"'{path}' {refused.message}") from refused
    except UnicodeDecodeError as error:
        raise CiregError(f"'{path}' is not UTF-8") from error
