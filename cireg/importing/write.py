"""The texts of an import's files: new ones whole, others with every byte kept that the sheet says nothing about."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cireg.blank import modeline
from cireg.columns import as_json
from cireg.edit import Order, dump, remove, set_value
from cireg.errors import CiregError
from cireg.files import FileRefused, Tree, Write
from cireg.importing.places import look
from cireg.importing.update import Change
from cireg.layout import CONFIG
from cireg.schema import node_at
from cireg.source import FILE_LIMIT, Route, read


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the register: its text now, None for a new one, and the text that it is to have."""

    path: str
    before: str | None
    after: str

    def diff(self) -> Iterator[str]:
        """The change as a unified diff, line by line, without line ends."""
        before, after = (self.before or "").split("\n"), self.after.split("\n")
        yield from difflib.unified_diff(before, after, f"a/{self.path}", f"b/{self.path}", n=2, lineterm="")

    def as_write(self, root: Path) -> Write:
        """The same for `write_all`."""
        expected = None if self.before is None else self.before.encode()
        return Write(root / self.path, self.after.encode(), expected)


def _order(kind: str, route: Route) -> tuple[str, ...]:
    node = node_at(kind, tuple("[]" if isinstance(step, int) else step for step in route))
    return tuple((node or {}).get("properties", ()))


def new_text(path: str, data: Mapping[str, Any]) -> str:
    """The text of a new improvement's file; raises `CiregError` for data that no file can hold."""
    _fits(as_json(data))  # which is about as long, and tells it better than that the text cannot be read back
    return _fits(f"{modeline(path, 'improvement')}\n{dump(data, order=improvement_order)}")


def _fits(text: str) -> str:
    if len(text.encode(errors="replace")) > FILE_LIMIT:
        raise CiregError(f"a file holds at most {FILE_LIMIT // 1024} KiB", "shorten its texts, or add less at once")
    return text


def improvement_order(route: Route) -> tuple[str, ...]:
    """The fields of the section or entry at `route`, in the schema's order."""
    return _order("improvement", route)


def config_order(route: Route) -> tuple[str, ...]:
    """The fields of the part of cireg.yaml at `route`, in the schema's order."""
    return _order("config", route)


def text_at(tree: Tree, path: str) -> str:
    """The text of a file of the register; raises `CiregError` where it cannot be read."""
    try:
        return tree.read(path, FILE_LIMIT).decode()
    except FileRefused as refused:
        raise CiregError(f"'{path}' {refused.message}") from refused
    except UnicodeDecodeError as error:
        raise CiregError(f"'{path}' is not UTF-8") from error


def edited(text: str, changes: Sequence[Change], data: Mapping[str, Any]) -> str:
    """The text of an improvement's file after the changes; `data` is what it then stands for.

    Raises `CiregError` where the file is written in a way that cannot be edited without changing more.
    """
    for route in dict.fromkeys(_all_of(change.route, data) for change in changes if change.new is None):
        text = remove(text, route)
    for change in changes:
        if change.new is not None:
            text = _set(text, change.route, change.new, improvement_order)
    return text


def _set(text: str, route: Route, value: Any, order: Order) -> str:
    try:
        return set_value(text, route, value, order=order)
    except CiregError:
        _fits(text + as_json(value))  # a file that is too large cannot be edited either: that is said first
        raise


def _all_of(route: Route, data: Mapping[str, Any]) -> Route:
    """The section that goes with the last of its parts, else the part itself."""
    while len(route) > 1 and look(data, route[:-1]) is None:
        route = route[:-1]
    return route


def configured(text: str, additions: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The text of cireg.yaml with these entries at the end of its lists, everything else as it is."""
    data = read(CONFIG, text.encode()).data or {}
    for group, entries in additions.items():
        text = _set(text, (group,), [*(data.get(group) or ()), *entries], config_order)
    return text
