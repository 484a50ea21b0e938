"""Edits of a YAML file that change their target and keep every other byte: comments, quotes, blank lines, line ends.

Every edit reads its own result back: where anything but the target would change, nothing does, and CiregError says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from cireg.canonical import Order, dump, dump_scalar, same
from cireg.errors import CiregError
from cireg.source import Route, read
from cireg.spans import scalars, shown, spans
from cireg.splices import Draft

__all__ = ["Order", "append_item", "dump", "dump_scalar", "remove", "replace_scalars", "set_value"]

_LIMITS = ("too-many-nodes", "file-too-large", "scalar-too-long")


def set_value(text: str, route: Route, value: Any, *, order: Order | None = None) -> str:
    """The text with this value at `route`: a scalar, list or map, of which no more is rewritten than differs.

    What is missing on the way is added, each key where `order(route of its map)` has it, or at the end. A number
    in the route that is one past a list's end adds an item.
    """
    data = _load(text)
    _put(data, route, value)
    draft = Draft(text, order)
    draft.make(route, value)
    return _checked(text, draft, data)


def append_item(text: str, route: Route, value: Any, *, order: Order | None = None) -> str:
    """The text with one more item in the list at `route`, written as its siblings are; the list may be missing."""
    items = _get(_load(text), route)
    if items is None:
        return set_value(text, route, [value], order=order)
    if not isinstance(items, list):
        raise CiregError(f"{shown(route)} is no list")
    return set_value(text, (*route, len(items)), value, order=order)


def remove(text: str, route: Route) -> str:
    """The text without the entry or item at `route` and its comment; a map or list that it was all of stays, empty."""
    data = _load(text)
    draft = Draft(text, None)
    draft.remove(route)
    del _get(data, route[:-1])[route[-1]]
    return _checked(text, draft, data)


def replace_scalars(text: str, old: str, new: str, *, where: Callable[[Route], bool] = lambda _: True) -> str:
    """The text with `new` for every value that is exactly the text `old`, at the routes that `where` allows."""
    data = _load(text)
    found = [each for each in scalars(spans(text)) if _get(data, each[0]) == old and where(each[0])]
    for route, _, _ in found:
        _put(data, route, new)
    draft = Draft(text, None)
    draft.replace_scalars([(node, in_flow) for _, node, in_flow in found], partial(dump_scalar, new))
    return _checked(text, draft, data)


def _load(text: str) -> dict[str, Any]:
    source = read("", text.encode())
    if source.data is None:
        problem = source.problems[0]
        raise CiregError(f"line {problem.line}: {problem.message}", "mend the file first")
    return source.data


def _checked(before: str, draft: Draft, data: dict[str, Any]) -> str:
    """The new text, if it stands for `data`.

    A file without a line end at its end stays so, unless the value that is last now needs one.
    """
    unended = draft.text.removesuffix(draft.line_end)
    for after in (draft.text,) if before.endswith("\n") else (unended, draft.text):
        found = read("", after.encode())
        if same(found.data, data):
            return after
        problem = next((each for each in found.problems if each.rule in _LIMITS), None)
        if problem is not None:
            raise CiregError(f"after this, at line {problem.line}, {problem.message}", "make the file smaller first")
    raise CiregError("the file is written in a way that cannot be edited without changing more", "edit it by hand")


def _get(data: Any, route: Route) -> Any:
    """The value at `route`, or None."""
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data


def _put(data: Any, route: Route, value: Any) -> None:
    """Set the value at `route`, adding what is missing on the way."""
    for place, step in enumerate(route):
        last = place == len(route) - 1
        inner = value if last else _get(data, (step,))
        inner = {} if inner is None and not last else inner
        if isinstance(data, dict) and isinstance(step, str):
            data[step] = inner
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step <= len(data):
            data[step : step + 1] = [inner]
        else:
            raise CiregError(f"there is no place for {shown(route)}")
        data = inner
