"""How a file breaks its schema, said for people: the field, its value, what it may be, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cireg.decoding import character_name
from cireg.schema import TYPES, dotted, errors, node_at
from cireg.source import Route

_SHOWN = 60  # characters of a value that are quoted


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a file breaks its schema.

    `rule` is the name of the rule, `route` the part it is about; with `at_key` the field's name is meant, not
    its value. `stray` tells that the value cannot be used and is to be left out.
    """

    rule: str
    route: Route
    message: str
    help: str
    at_key: bool = False
    stray: bool = False


def violations(kind: str, data: dict[str, Any]) -> list[Violation]:
    """Every way in which `data` breaks the schema of its kind, in the order of the file's parts."""
    found: dict[tuple[Route, str], Violation] = {}
    for error in errors(kind, data):
        for violation in _explain(kind, error):
            found.setdefault((violation.route, violation.rule), violation)
    # What does not look like a date is no day that exists either; the one is enough.
    shapeless = {route for route, rule in found if rule == "wrong-shape"}
    return [each for each in found.values() if each.rule != "wrong-date" or each.route not in shapeless]


def _explain(kind: str, error: Any) -> Iterator[Violation]:
    route: Route = tuple(error.absolute_path)
    name, value, keyword, limit = (
        dotted(route) or "the file",
        error.instance,
        error.validator,
        error.validator_value,
    )
    schema = error.schema if isinstance(error.schema, dict) else {}
    help_ = _help(node_at(kind, route) or schema)
    if keyword == "required":
        for key in limit:
            if key not in value:
                field = node_at(kind, (*route, key)) or {}
                yield Violation("missing-field", (*route, key), f"{dotted((*route, key))} is missing", _help(field))
        return
    if keyword == "additionalProperties":
        allowed = list(schema.get("properties", ()))
        patterns = schema.get("patternProperties", {})
        for key in value:
            if key not in allowed and not any(_matches(pattern, key) for pattern in patterns):
                yield Violation(
                    "unknown-field", (*route, key), f"there is no field {_quoted(key)} here{_unseen(key)}",
                    _choose(key, allowed) if allowed else help_, at_key=True, stray=True,
                )  # fmt: skip
        return
    if keyword == "type":
        wanted = limit if isinstance(limit, list) else [limit]
        words = " or ".join(TYPES[each] for each in wanted if each != "null")
        if value is None:
            yield Violation(
                "wrong-type", route, f"{name} is empty", f"fill it in or remove the line. {help_}", stray=True
            )
        else:
            yield Violation("wrong-type", route, f"{name} must be {words}, not {_shown(value)}", help_, stray=True)
    elif keyword in {"enum", "const"}:
        possible = [limit] if keyword == "const" else list(limit)
        yield Violation(
            "unknown-value", route, f"{name} cannot be {_shown(value)}", _choose(value, possible), stray=True
        )
    elif keyword == "pattern":
        shape = schema.get("x-shape", "of the shape " + str(limit))
        yield Violation("wrong-shape", route, f"{name} must be {shape}, not {_shown(value)}", help_, stray=True)
    elif keyword == "format":
        yield Violation(
            "wrong-date", route, f"{name} must be a day that exists, not {_shown(value)}", help_, stray=True
        )
    elif keyword in {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}:
        word = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}.get(keyword, "less than")
        yield Violation(
            "out-of-range", route, f"{name} must be {word} {limit:,}, not {_shown(value)}", help_, stray=True
        )
    elif keyword in {"maxLength", "minLength"}:
        word = "at most" if keyword == "maxLength" else "at least"
        message = f"{name} must have {word} {limit:,} {_plural(limit, 'character')}, not {len(value):,}"
        yield Violation("wrong-length", route, message, help_, stray=True)
    elif keyword in {"maxItems", "minItems", "maxProperties", "minProperties"}:
        word = "at most" if keyword.startswith("max") else "at least"
        message = f"{name} must have {word} {limit:,} {_plural(limit, 'entry')}, not {len(value):,}"
        yield Violation("wrong-length", route, message, help_)
    elif keyword == "uniqueItems":
        yield Violation("repeated-value", route, f"{name} names something twice", "keep each entry once")
    elif keyword in {"oneOf", "anyOf"} and "x-one-of" in schema:
        yield from _one_of(kind, error, name, help_)
    else:
        yield Violation("wrong-form", route, f"{name}: {error.message}", help_, stray=True)


def _one_of(kind: str, error: Any, name: str, help_: str) -> Iterator[Violation]:
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [
        errors for errors in branches.values()
        if not any(inner.validator == "type" and not inner.relative_path for inner in errors)
    ]  # fmt: skip
    if len(branches) > 1 and len(fitting) == 1:
        for inner in fitting[0]:
            yield from _explain(kind, inner)
        return
    message = f"{name} must be {error.schema['x-one-of']}"
    yield Violation("wrong-form", tuple(error.absolute_path), message, help_, stray=True)


def _choose(value: Any, choices: Iterable[Any]) -> str:
    words = [str(each) for each in choices]
    near = difflib.get_close_matches(str(value), words, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"one of: {', '.join(words)}"


def _help(schema: dict[str, Any]) -> str:
    description = str(schema.get("description", ""))
    examples = schema.get("examples")
    if examples and not isinstance(examples[0], dict | list):
        example = examples[0].strip().replace("\n", " ") if isinstance(examples[0], str) else _shown(examples[0])
        return f"{description} For example: {example}".strip()
    return description


def _unseen(key: str) -> str:
    """Names the blanks in a field's name that look like a space or like nothing."""
    blanks = dict.fromkeys(each for each in key if each.isspace() and each not in " \t\n")
    return "".join(f", with {character_name(each)} in it" for each in blanks)


def _plural(number: int, word: str) -> str:
    return word if number == 1 else word.removesuffix("y") + "ies" if word.endswith("y") else word + "s"


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "fields with values"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return "'" + (line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…") + "'"
