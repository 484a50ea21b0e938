"""Fields and values of the register's files in words: what a field is called, how a value reads, how it changed."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cireg.layout import schema_document

_PERCENT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?%")
_LONG = 60  # characters of a text that is quoted whole
_NONE = "nothing"
_THOUSANDS = 10_000  # from here on they are set apart
_MAIN = ("value", "figure", "change")  # the part of a target or a baseline that is meant by its name


@cache
def label(kind: str, route: tuple[str, ...]) -> str:
    """What the schema of a kind of file calls the field at `route`, list indices left out; the last name otherwise."""
    document = schema_document(kind)
    node: Any = document
    title = ""
    for step in route:
        node = _resolved(document, node)
        if "items" in node and "properties" not in node:
            node = _resolved(document, node["items"])
        node = node.get("properties", {}).get(step, {})
        title = node.get("title") or _resolved(document, node).get("title") or step
    return title.replace("_", " ")


def _resolved(document: dict[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found.get(step, {})
        node = {**found, **{name: value for name, value in node.items() if name != "$ref"}}
    return node


def value(given: Any) -> str:
    """A value as one reads it: text as it is, percentages with a space, lists with commas, fields with their names."""
    if given is None or given == "":
        return _NONE
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, int | float):
        return f"{given:,}" if abs(given) >= _THOUSANDS else str(given)
    if isinstance(given, list):
        return ", ".join(value(each) for each in given) or _NONE
    if isinstance(given, dict):
        return _fields(given)
    text = " ".join(str(given).split())
    return _PERCENT.sub(r"\1 %", text) if _PERCENT.fullmatch(text) else text


def _fields(given: dict[str, Any]) -> str:
    """The parts of a group of fields; a target and a window read as people say them."""
    rest = dict(given)
    found = []
    if {"from", "to"} <= rest.keys():
        found.append(f"{value(rest.pop('from'))} to {value(rest.pop('to'))}")
    elif {"min", "max"} <= rest.keys():
        found.append(f"{value(rest.pop('min'))} to {value(rest.pop('max'))}")
    found += [value(rest.pop(name)) for name in _MAIN if name in rest]
    found += [f"{name.replace('_', ' ')} {value(each)}" for name, each in rest.items()]
    return ", ".join(found) or _NONE


def changed(name: str, before: Any, after: Any) -> str:
    """What became of a field: raised, lowered or changed from one value to another, added, removed, or rewritten."""
    if before is None or before in ("", []):
        return f"{name} added: {shortened(after)}"
    if after is None or after in ("", []):
        return f"{name} removed, it was {shortened(before)}"
    if isinstance(before, dict) and isinstance(after, dict):
        differ = [each for each in {**before, **after} if before.get(each) != after.get(each)]
        if differ and (len(differ) < len({**before, **after}) or len(differ) == 1):
            names = [name if each in _MAIN else f"{each.replace('_', ' ')} of {name}" for each in differ]
            pairs = zip(names, differ, strict=True)
            return "; ".join(changed(each, before.get(key), after.get(key)) for each, key in pairs)
    old, new = _magnitude(before), _magnitude(after)
    if old is not None and new is not None and old[1] == new[1] and old[0] != new[0]:
        verb = "lowered" if new[0] < old[0] else "raised"
        return f"{name} {verb} from {_unsigned(before)} to {_unsigned(after)}"
    if _is_long(before) or _is_long(after):
        return f"{name} rewritten"
    return f"{name} changed from {shortened(before)} to {shortened(after)}"


def _magnitude(given: Any) -> tuple[float, str] | None:
    """The size of a number or of a percentage, and its kind, so that only like is compared with like.

    Two changes are compared only where they go the same way.
    """
    if isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        return float(given), "number"
    if isinstance(given, str) and (match := _PERCENT.fullmatch(given)):
        figure = float(match[1])
        return abs(figure), "percentage up" if figure > 0 else "percentage down"
    return None


def _unsigned(given: Any) -> str:
    text = value(given)
    return text.lstrip("+-") if text.endswith("%") else text


def _is_long(given: Any) -> bool:
    return len(value(given)) > _LONG


def shortened(given: Any) -> str:
    """A value as one reads it, cut where it is long."""
    text = value(given)
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"
