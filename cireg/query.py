"""Improvements by what they say: conditions on any field of the schema, and an improvement whole, as plain data."""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cireg import gates, lifecycle, ranking
from cireg.errors import CiregError
from cireg.model import Improvement, Register
from cireg.schema import dotted, fields, node_at
from cireg.scoring import models
from cireg.suggest import did_you_mean
from cireg.text import fold_key

OPEN = "open"  # stands for every open status
TODAY = "today"  # stands for the day that the command takes for today

_CONDITION = re.compile(r"\s*([A-Za-z_][\w.\-\[\]]*)\s*(<=|>=|!=|==|=|<|>|~)\s*(.*?)\s*", re.DOTALL)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAYS = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_COMPUTED = {"score": "number", "path": "text"}
_CUSTOM = "custom."  # below it a field may have any name

# Fields that name something of cireg.yaml: a name that nobody has is a slip, not an empty list.
_DIRECTORIES = {"owner": "people", "practices": "practices", "services": "services", "vision.goal": "goals"}
_ONE_OF = {"people": "person", "practices": "practice", "services": "service", "goals": "goal"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be: `operator` is one of = != < <= > >= ~, `values` are texts of which one must fit.

    Of a field in a list any entry may fit. A field that is not there fits nothing but `!=`; it is asked for with
    an empty value.
    """

    field: str
    operator: str
    values: tuple[str, ...]


def parse(text: str) -> Condition:
    """The condition that `text` states, as in target.due<2027-01-01; raises `CiregError`."""
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise CiregError(
            f"'{text}' is no condition", "write a field, one of = != < <= > >= ~, and a value: target.due<2027-01-01"
        )
    return Condition(_known_field(match[1]), match[2].replace("==", "="), (match[3],))


def select(register: Register, conditions: Iterable[Condition]) -> list[Improvement]:
    """The improvements that fit all conditions, by id; raises `CiregError` for a value that cannot be compared."""
    tests = [_test(condition, register) for condition in conditions]
    return [item for item in register.improvements.values() if all(test(item) for test in tests)]


def find(register: Register, identity: str) -> Improvement:
    """The improvement with that id, in capitals or not; raises `CiregError` naming those that are near."""
    known = register.improvements
    wanted = identity.strip().upper()
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "find it by a word: cireg list --where title~WORD"
    raise CiregError(f"there is no improvement {identity}", hint)


def score(item: Improvement, register: Register) -> float | None:
    """What an improvement scores by the register's model, None where an input is missing."""
    config = register.config
    given = item.get("scores") or {}
    model = config.get("scoring", "model")
    if model == "wsjf":
        return models.wsjf(given.get("wsjf") or {})
    if model == "rice":
        return models.rice(given.get("rice") or {})
    found = ranking.score(item, config)
    return None if found is None else found.total


def as_data(item: Improvement, register: Register) -> dict[str, Any]:
    """Everything in an improvement's file, with what follows from it and from the other files.

    `path` starts at the register's root. `next_status` is null at the end of the way; `lacking` is what its gate
    does not find.
    """
    status = lifecycle.next_status(item)
    lacks = gates.lacking(item, register, status) if status else []
    return {
        **item.data,
        "path": item.path,
        "score": score(item, register),
        "next_status": status,
        "lacking": [{"field": dotted(lack.route), "title": lack.title, "help": lack.help} for lack in lacks],
        "parts": [part.id for part in register.parts.get(item.id, ())],
        "followers": [follower.id for follower in register.followers.get(item.id, ())],
    }


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """The fields that can be asked for, as they are written, with their way through the schema."""
    return {field.name.replace("[]", ""): field.route for field in fields("improvement")}


def _known_field(text: str) -> str:
    name = text.replace("[]", "")
    if name in _names() or name in _COMPUTED or (name.startswith(_CUSTOM) and name != _CUSTOM):
        return name
    raise CiregError(f"an improvement has no field '{text}'", _near_field(name))


def _near_field(name: str) -> str:
    names = [*_names(), *_COMPUTED]
    # Most often the section is left out (due for target.due), less often a letter is wrong.
    below = [each for each in names if each.rpartition(".")[2] == name]
    near = below or difflib.get_close_matches(name, names, n=3, cutoff=0.7)
    if near:
        return f"did you mean {' or '.join(near[:3])}?"
    return "its fields are those of its file, such as title, owner, vision.goal, target.due, scores.value"


def _test(condition: Condition, register: Register) -> Callable[[Improvement], bool]:
    """The condition as a function; values are read as the field's kind of value once, and compared as such."""
    name, sign = condition.field, condition.operator
    kind = _kind(name)
    if "" in condition.values:
        if sign not in ("=", "!="):
            raise CiregError(f"'{name}{sign}' has no value", f"{name}= finds what has no {name}, {name}!= what has one")
        return lambda item: (not any(True for _ in _values(item, name, register))) == (sign == "=")
    if kind == "section":
        parts = [each for each in _names() if each.startswith(name + ".")]
        raise CiregError(f"{name} has parts, and one of them can be compared", f"for example {', '.join(parts[:4])}")
    if sign == "~":
        pieces = [fold_key(value) for value in condition.values]
        return lambda item: any(
            piece in fold_key(_as_text(value)) for value in _values(item, name, register) for piece in pieces
        )
    wanted = [_read(name, kind, value, sign, register) for value in condition.values]
    compare = _ORDER.get(sign, operator.eq)
    fits = _fits(kind, compare, wanted)
    if sign == "!=":
        return lambda item: not any(fits(value) for value in _values(item, name, register))
    return lambda item: any(fits(value) for value in _values(item, name, register))


def _fits(kind: str, compare: Callable[[Any, Any], bool], wanted: list[Any]) -> Callable[[Any], bool]:
    if kind == "day":
        # 2027 stands for the whole year, 2027-03 for the whole month.
        return lambda value: any(compare(value[: len(each)], each) for each in wanted)
    if kind in ("number", "truth"):
        return lambda value: any(compare(value, each) for each in wanted)
    return lambda value: any(compare(*_alike(value, each)) for each in wanted)


def _alike(value: Any, wanted: str) -> tuple[Any, Any]:
    """Both as numbers where both are: a field of a kind of its own, or one that holds text or a number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and _NUMBER.fullmatch(wanted):
        return value, float(wanted)
    return _as_text(value), wanted


def _as_text(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _values(item: Improvement, name: str, register: Register) -> Iterator[Any]:
    """Every value that the field has, those of a list's entries one by one."""
    if name == "score":
        found = score(item, register)
        yield from () if found is None else (found,)
    elif name == "path":
        yield item.path
    else:
        yield from _below(item.data, name.split("."))


def _below(node: Any, route: list[str]) -> Iterator[Any]:
    if isinstance(node, list):
        for each in node:
            yield from _below(each, route)
    elif not route:
        if node is not None and node != {}:
            yield node
    elif isinstance(node, dict) and route[0] in node:
        yield from _below(node[route[0]], route[1:])


@cache
def _kind(name: str) -> str:
    """What a field's values are: choice, number, truth, day, text, or a section with parts."""
    if name in _COMPUTED:
        return _COMPUTED[name]
    node = node_at("improvement", _names()[name]) if name in _names() else None
    if node is not None and "items" in node:
        node = node_at("improvement", (*_names()[name], "[]"))
    if node is None:
        return "text"  # an organisation's own field
    if "properties" in node or node.get("type") == "object":
        return "section"
    if "enum" in node:
        return "choice"
    if node.get("format") == "date" or "YYYY-MM" in node.get("x-shape", ""):
        return "day"
    return {"number": "number", "integer": "number", "boolean": "truth"}.get(str(node.get("type")), "text")


def _read(name: str, kind: str, value: str, sign: str, register: Register) -> Any:
    """A condition's value as the kind of value that the field has; raises `CiregError` where it cannot be one."""
    if kind == "number":
        if not _NUMBER.fullmatch(value):
            raise CiregError(f"{name} is a number, and '{value}' is none")
        return float(value)
    if kind == "day":
        if value == TODAY:
            return register.as_of.isoformat()
        if not _DAYS.fullmatch(value):
            raise CiregError(f"{name} is a day, and '{value}' is none", "write 2027-01-31, 2027-01, 2027 or today")
        return value
    if kind == "truth":
        if value not in ("true", "false"):
            raise CiregError(f"{name} is true or false, not '{value}'")
        return value == "true"
    if kind == "choice":
        if sign in _ORDER:
            raise CiregError(f"the values of {name} have no order", f"use = or !=, as in {name}={value}")
        _one_of(value, _choices(name), f"{name} is never '{value}'")
    elif name in _DIRECTORIES and sign == "=":
        directory = _DIRECTORIES[name]
        known = {*getattr(register.config, directory), *_used(register, name)}
        _one_of(value, sorted(known), f"there is no {_ONE_OF[directory]} {value} in cireg.yaml")
    return value


def _choices(name: str) -> list[str]:
    return next(
        [value for value, _ in field.choices] for field in fields("improvement") if field.name.replace("[]", "") == name
    )


def _used(register: Register, name: str) -> Iterator[str]:
    for item in register.improvements.values():
        yield from _below(item.data, name.split("."))


def _one_of(value: str, known: Iterable[str], message: str) -> None:
    known = list(known)
    if value not in known:
        raise CiregError(message, did_you_mean(value, known) or None)
