"""How cireg writes YAML: scalars that every reader takes for the same, maps and lists as a person would set them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cireg.decoding import FORBIDDEN_IN_VALUE, character_name
from cireg.errors import CiregError
from cireg.scalars import DIGITS, resolve
from cireg.source import PLAIN_LIMIT, TEXT_LIMIT, Route, read

Order = Callable[[Route], Iterable[str]]

COLUMNS = 100  # a list or map that fits is written in one line

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_FIRST = re.compile(r"[^\W_]|[(/$]|-(?=[^\W_])|[^\x00-\x7f]")
_BREAKS_PLAIN = re.compile(r": |:$| #")
_BREAKS_FLOW = re.compile(r"[\[\]{},:?]")
_OPENS_LITERAL = re.compile(r"[ \t\n]")


def dump_scalar(value: str | float | bool | None, *, flow: bool = False) -> str:
    """One line of YAML for a value: without quotes only where no reader takes it for something else.

    `flow` is within [] or {}. Raises CiregError for what no file of a register may hold: characters that a
    reader does not see, a text over 64 KiB, a number of more than 18 digits or one that is not finite.
    """
    if isinstance(value, str):
        found = FORBIDDEN_IN_VALUE.search(value)
        if found:
            raise CiregError(f"{character_name(found[0])} cannot stand in a register's file")
        if len(value) > TEXT_LIMIT:
            raise CiregError(f"a text of more than {TEXT_LIMIT:,} characters cannot stand in a register's file")
        return value if _is_plain(value, flow) else json.dumps(value, ensure_ascii=False)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value)


def _number(value: float) -> str:
    if isinstance(value, int):
        text = str(value) if abs(value) < 10**DIGITS else ""
    else:
        text = f"{Decimal(repr(value)):f}"
        text += "" if "." in text else ".0"
    if not same(resolve(text)[0], value):
        raise CiregError(f"a number of more than {DIGITS} digits cannot stand in a register's file")
    return text


def _is_plain(text: str, flow: bool) -> bool:
    if not _FIRST.match(text) or text.endswith(" ") or not text.isprintable():
        return False
    if _BREAKS_PLAIN.search(text) or (flow and _BREAKS_FLOW.search(text)) or len(text) > PLAIN_LIMIT:
        return False
    return resolve(text) == (text, False) and not (_DATE.fullmatch(text) and not _is_date(text))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def dump_key(key: str) -> str:
    """A map's key: names and numbers are plain, `on` too, since no key is ever anything but text."""
    if _PLAIN_KEY.fullmatch(key) and (key == "on" or key[0].isdigit() or resolve(key) == (key, False)):
        return key
    return dump_scalar(key, flow=True)


def dump(value: Mapping[str, Any], *, order: Order | None = None) -> str:
    """The whole text of a new file, its keys as `order(route)` lists them and then as they come.

    It reads back as the same value, or CiregError is raised.
    """
    lines: list[str] = []
    last_was_section = False
    for key in ordered(value, (), order):
        section = isinstance(value[key], Mapping)
        if lines and (section or last_was_section):
            lines.append("")
        lines += entry(key, value[key], 0, (key,), order)
        last_was_section = section
    text = "\n".join(lines) + "\n" if lines else "{}\n"
    if not same(read("", text.encode()).data, value):
        raise CiregError("this cannot be written as a register's file")
    return text


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal and of the same types throughout; the order of keys does not matter."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and bool(left == right)


def ordered(keys: Iterable[str], route: Route, order: Order | None) -> list[str]:
    """The keys of the map at `route`, in their order."""
    places = {name: place for place, name in enumerate(order(route))} if order else {}
    return sorted(keys, key=lambda key: places.get(key, len(places)))


def entry(key: str, value: Any, column: int, route: Route, order: Order | None) -> list[str]:
    """The lines of one entry of a block map whose keys stand at `column`; `route` is the entry's own."""
    first, more = parts(value, column, route, order)
    return [f"{' ' * column}{dump_key(key)}:{' ' if first else ''}{first}", *more]


def parts(value: Any, column: int, route: Route, order: Order | None) -> tuple[str, list[str]]:
    """What follows `key:` in its line, and the lines below, for a key at `column`."""
    if isinstance(value, str) and (lines := _literal(value, column + 2)):
        return lines[0], lines[1:]
    if not isinstance(value, Mapping | list | tuple):
        return dump_scalar(value), []
    in_one_line = flow(value, route, order)
    room = COLUMNS - column - len(dump_key(str(route[-1]))) - 2
    if not value or (
        len(in_one_line) <= room and _is_flat(value) and not (isinstance(value, Mapping) and len(route) == 1)
    ):
        return in_one_line, []
    if isinstance(value, Mapping):
        keys = ordered(value, route, order)
        return "", [line for key in keys for line in entry(key, value[key], column + 2, (*route, key), order)]
    lists = (item(each, column + 2, (*route, number), order) for number, each in enumerate(value))
    return "", [line for lines in lists for line in lines]


def item(value: Any, column: int, route: Route, order: Order | None, *, in_one_line: bool | None = None) -> list[str]:
    """The lines of one item of a block list whose dashes stand at `column`.

    A map is written in one line where it fits, unless `in_one_line` says how its siblings are written.
    """
    dash = " " * column + "- "
    if isinstance(value, str) and (lines := _literal(value, column + 2)):
        return [dash + lines[0], *lines[1:]]
    if not isinstance(value, Mapping | list | tuple):
        return [dash + dump_scalar(value)]
    line = dash + flow(value, route, order)
    fits = len(line) <= COLUMNS and not _has_lines(value) if in_one_line is None else in_one_line
    if not value or fits or not isinstance(value, Mapping):
        return [line]
    keys = ordered(value, route, order)
    lines = [line for key in keys for line in entry(key, value[key], column + 2, (*route, key), order)]
    return [dash + lines[0].lstrip(), *lines[1:]]


def flow(value: Any, route: Route = (), order: Order | None = None) -> str:
    """The value in one line: [a, b] or {a: 1}."""
    if isinstance(value, Mapping):
        keys = ordered(value, route, order)
        return "{" + ", ".join(f"{dump_key(key)}: {flow(value[key], (*route, key), order)}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each, (*route, number), order) for number, each in enumerate(value)) + "]"
    return dump_scalar(value, flow=True)


def _is_flat(value: Mapping[str, Any] | list[Any] | tuple[Any, ...]) -> bool:
    """Whether a list or map holds nothing but scalars of one line."""
    each = value.values() if isinstance(value, Mapping) else value
    return not any(isinstance(one, Mapping | list | tuple) or _has_lines(one) for one in each)


def _has_lines(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_lines, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_lines, value))
    return isinstance(value, str) and "\n" in value


def _literal(text: str, column: int) -> list[str]:
    """A text of several lines below a `|`, from `column` on; nothing where that would lose some of it."""
    if "\n" not in text or text.endswith("\n\n") or not text.strip("\n"):
        return []
    dump_scalar(text)  # refuses what no file may hold
    indent = "2" if _OPENS_LITERAL.match(text) else ""
    chomp = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    return [f"|{indent}{chomp}", *(" " * column + line if line else "" for line in lines)]
