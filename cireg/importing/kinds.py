"""What a field takes, by its schema, and how the text of a cell becomes such a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from cireg.columns import CUSTOM, route_of
from cireg.decoding import FORBIDDEN_IN_VALUE, character_name
from cireg.importing.dates import DateFormat, read_day
from cireg.importing.places import overlaps, put
from cireg.schema import node_at
from cireg.source import Route
from cireg.violations import Violation, violations

Name = Literal["text", "date", "number", "truth", "choice", "nested"]

# Fields of the map that stand for a part of the history, with the part that each fills.
HISTORY: dict[str, Route] = {
    "history.raised": ("history", 0, "on"),
    "history.raised_by": ("history", 0, "by"),
    "history.since": ("history", 1, "on"),
    "history.by": ("history", 1, "by"),
    "history.note": ("history", 1, "note"),
    "history.until": ("history", 1, "until"),
}
# Fields whose values are ids of cireg.yaml, with the list there that knows them.
DIRECTORIES = {
    "owner": "people", "sponsor": "people", "team": "people", "scores.by": "people", "review.by": "people",
    "history.by": "people", "practices": "practices", "services": "services", "vision.goal": "goals",
}  # fmt: skip

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_THOUSAND = re.compile(r"^[^,]*\.[0-9]{3}$")
_MOST_DIGITS = 18  # what YAML readers agree on
_TRUTHS = {"true": True, "false": False}


class Unusable(Exception):
    """A text cannot be a value of its field: `reason` says why, `help` what would do."""

    def __init__(self, reason: str, help_: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.help = help_


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field takes: `many` of them in a list, one of `choices` where there are any."""

    name: Name
    many: bool = False
    choices: tuple[str, ...] = ()


def route_in_file(name: str) -> Route:
    """Where a field of the map stands in an improvement's file."""
    return HISTORY.get(name) or route_of(name)


@cache
def kind_of(name: str) -> Kind:
    """What the field of that name takes; the fields under `custom` take text."""
    if name.startswith(CUSTOM):
        return Kind("text")
    node = node_at("improvement", route_in_file(name)) or {}
    entry = node_at("improvement", (*route_in_file(name), "[]"))
    if entry is not None and node.get("type") == "array" and "properties" not in entry:
        return Kind(_scalar(entry), many=True, choices=tuple(entry.get("enum", ())))
    if "oneOf" in node:  # a list of texts, or else fields
        return Kind("text", many=True)
    if "properties" in node or entry is not None:
        return Kind("nested")
    return Kind(_scalar(node), choices=tuple(node.get("enum", ())))


def _scalar(node: dict[str, Any]) -> Name:
    if "enum" in node:
        return "choice"
    if node.get("format") == "date":
        return "date"
    kinds: dict[str, Name] = {"integer": "number", "number": "number", "boolean": "truth"}
    return kinds.get(str(node.get("type")), "text")


def read_text(kind: Kind, text: str, *, dates: Iterable[DateFormat], decimal: str, any_case: bool) -> Any:
    """The value of one text; raises `Unusable`."""
    if kind.name == "date":
        day = read_day(text, dates)
        if day is None:
            raise Unusable(f"is no day of the form {' or '.join(form.name for form in dates)}")
        return day.isoformat()
    if kind.name == "number":
        return _in_notation(text, decimal)
    if kind.name == "truth":
        if text.casefold() not in _TRUTHS:
            raise Unusable("is neither true nor false")
        return _TRUTHS[text.casefold()]
    if kind.name == "choice" and any_case:
        same = {fold(choice): choice for choice in kind.choices}
        return same.get(fold(text), text)
    return text


def _in_notation(text: str, decimal: str) -> int | float:
    """A number with that decimal mark; a point is understood too, as typed numbers of XLSX arrive with it."""
    if decimal == "," and _THOUSAND.search(text):
        raise Unusable("could mean thousands or decimals")
    return read_number(text if decimal == "." or "." in text else text.replace(",", "."))


def unfit(name: str, value: Any) -> list[Violation]:
    """Why the schema does not let a value, or an entry of a list, stand in the field of that name."""
    route = route_in_file(name)
    history = [{"on": "2000-01-01", "status": "proposed"} for _ in range(2)]
    data = {"id": "CI-0001", "title": "-", "status": "proposed", "opportunity": "-", "history": history}
    put(data, route, [value] if kind_of(name).many and not isinstance(value, list | dict) else value)
    return [each for each in violations("improvement", data) if overlaps(each.route, route)]


def fold(text: str) -> str:
    """What is left of a word when capitals, spaces, hyphens and underscores make no difference."""
    return re.sub(r"[\s_-]+", "", text).casefold()


def read_number(text: str) -> int | float:
    """A plain decimal number; raises `Unusable`."""
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        raise Unusable("is no plain number")
    return float(text) if "." in text else int(text)


def read_json(text: str) -> Any:
    """The lists and fields of a JSON text, as YAML can hold them; raises `Unusable`."""
    try:
        return json.loads(
            text, object_pairs_hook=_each_once, parse_float=read_number, parse_int=read_number, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise Unusable("is no JSON, which this field takes") from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unusable("names a field twice")
    return found


def _refuse(word: str) -> Any:
    raise Unusable(f"holds {word}, which is no number")


def forbidden(value: Any) -> str | None:
    """The name of a character in the value that no file may hold, None where there is none."""
    if isinstance(value, str):
        found = FORBIDDEN_IN_VALUE.search(value)
        return character_name(found[0]) if found else None
    parts: Iterable[Any] = ()
    if isinstance(value, dict):
        parts = (*value, *value.values())
    elif isinstance(value, list):
        parts = value
    return next((name for part in parts if (name := forbidden(part))), None)
