"""The texts of an import's files: new ones whole, others with every byte kept that the sheet says nothing about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cireg.changes import config_order, improvement_order
from cireg.columns import as_json
from cireg.edit import Order, dump, remove, set_value
from cireg.errors import CiregError
from cireg.importing.places import look
from cireg.importing.update import Change
from cireg.layout import CONFIG
from cireg.modeline import modeline
from cireg.source import FILE_LIMIT, NODE_LIMIT, Route, read


def new_text(path: str, data: Mapping[str, Any]) -> str:
    """The text of a new improvement's file; raises `CiregError` for data that no file can hold."""
    _fits(as_json(data))  # which is about as long, and tells it better than that the text cannot be read back
    return _fits(f"{modeline(path, 'improvement')}\n{dump(data, order=improvement_order)}")


def _fits(text: str) -> str:
    if len(text.encode(errors="replace")) > FILE_LIMIT:
        raise CiregError(f"a file holds at most {FILE_LIMIT // 1024} KiB", "shorten its texts, or add less at once")
    return text


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
    """The text of cireg.yaml with these entries at the end of its lists, everything else as it is.

    Raises `CiregError` at the list's place where a file could not hold them.
    """
    source = read(CONFIG, text.encode())
    data = source.data or {}
    values = nodes(data)
    for group, entries in additions.items():
        line, column = source.key_at((group,))
        where = f"{CONFIG}:{line}:{column}: {len(entries):,} more in {group}"
        each = nodes(entries[0])
        held = values + (0 if group in data else 2)  # the list's name, and the list
        values = held + len(entries) * each
        if values > NODE_LIMIT:
            raise CiregError(
                f"{where} would make {values:,} values in the file, and a file has at most {NODE_LIMIT:,}; "
                f"{max(0, (NODE_LIMIT - held) // each):,} more fit",
                "let the map make fewer of them with `values`, such as teams instead of people, or leave "
                "--update-config out",
            )
        try:
            text = set_value(text, (group,), [*(data.get(group) or ()), *entries], order=config_order)
        except CiregError as error:
            raise CiregError(f"{where} cannot be added: {error.message}", error.hint) from error
    return text


def nodes(value: Any) -> int:
    """How many values the reader counts in data: each field's name, each value, each list and each map."""
    if isinstance(value, Mapping):
        return 1 + sum(1 + nodes(each) for each in value.values())
    if isinstance(value, list | tuple):
        return 1 + sum(map(nodes, value))
    return 1
