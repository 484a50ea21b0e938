"""What the three kinds of file may say: the one door to JSON Schema, and the one reading of what it declares.

jsonschema-rs says quickly whether a file is right; jsonschema is asked where and why only for a file that is not.
Nothing is ever fetched: every reference points inside its own schema.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from cireg.layout import schema_document
from cireg.source import Route

KINDS = ("improvement", "kpi", "config")

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "fields with values",
    "null": "empty",
}
_SHOWN = 60


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


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the schema declares it: `route` has "[]" where a list's entry stands."""

    route: tuple[str, ...]
    title: str
    description: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    required: bool
    examples: tuple[Any, ...]
    default: Any
    step: int | None
    ask: str | None

    @property
    def name(self) -> str:
        return dotted(self.route)


@cache
def _fast(kind: str) -> Any:
    return jsonschema_rs.validator_for(schema_document(kind), validate_formats=True)


@cache
def _thorough(kind: str) -> Any:
    import jsonschema
    import referencing

    checker = jsonschema.FormatChecker(formats=["date"])
    return jsonschema.Draft202012Validator(
        schema_document(kind), registry=referencing.Registry(), format_checker=checker
    )


def violations(kind: str, data: dict[str, Any]) -> list[Violation]:
    """Every way in which `data` breaks the schema of its kind, in the order of the file's parts."""
    if _fast(kind).is_valid(data):
        return []
    found: dict[tuple[Route, str], Violation] = {}
    for error in _thorough(kind).iter_errors(data):
        for violation in _explain(kind, error):
            found.setdefault((violation.route, _family(violation.rule)), violation)
    return list(found.values())


class PartsChecker:
    """Says which of several parts of a gate data lacks; each part is a JSON Schema without references."""

    def __init__(self, parts: Sequence[dict[str, Any]]) -> None:
        self._validator = jsonschema_rs.validator_for({"$schema": _DRAFT, "allOf": [*parts, True]})

    def lacking(self, data: dict[str, Any]) -> list[int]:
        """The numbers, from 0, of the parts that `data` does not satisfy."""
        if self._validator.is_valid(data):
            return []
        return sorted({int(error.schema_path[1]) for error in self._validator.iter_errors(data)})


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _family(rule: str) -> str:
    # A date that is no date breaks its pattern and its format; one of them is enough.
    return "shape" if rule in {"wrong-shape", "wrong-date"} else rule


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
                wanted = node_at(kind, (*route, key)) or {}
                yield Violation(
                    "missing-field", (*route, key), f"{dotted((*route, key))} is missing", _help(wanted)
                )
        return
    if keyword == "additionalProperties":
        allowed = list(schema.get("properties", ()))
        patterns = schema.get("patternProperties", {})
        for key in value:
            if key not in allowed and not any(_matches(pattern, key) for pattern in patterns):
                yield Violation(
                    "unknown-field", (*route, key), f"there is no field {_quoted(key)} here",
                    _choose(key, allowed) if allowed else help_, at_key=True, stray=True,
                )  # fmt: skip
        return
    if keyword == "type":
        wanted = limit if isinstance(limit, list) else [limit]
        words = " or ".join(_TYPES[each] for each in wanted if each != "null")
        if value is None:
            yield Violation(
                "wrong-type", route, f"{name} is empty", f"fill it in or remove the line. {help_}", stray=True
            )
        else:
            yield Violation(
                "wrong-type", route, f"{name} must be {words}, not {_shown(value)}", help_, stray=True
            )
    elif keyword in {"enum", "const"}:
        choices = [limit] if keyword == "const" else limit
        yield Violation(
            "unknown-value", route, f"{name} cannot be {_shown(value)}", _choose(value, choices), stray=True
        )
    elif keyword == "pattern":
        shape = schema.get("x-shape", "of the shape " + str(limit))
        yield Violation(
            "wrong-shape", route, f"{name} must be {shape}, not {_shown(value)}", help_, stray=True
        )
    elif keyword == "format":
        yield Violation(
            "wrong-date", route, f"{name} must be a day that exists, not {_shown(value)}", help_, stray=True
        )
    elif keyword in {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}:
        word = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}.get(
            keyword, "less than"
        )
        yield Violation(
            "out-of-range", route, f"{name} must be {word} {limit:,}, not {_shown(value)}", help_, stray=True
        )
    elif keyword in {"maxLength", "minLength"}:
        word = "at most" if keyword == "maxLength" else "at least"
        message = f"{name} must have {word} {limit:,} characters, not {len(value):,}"
        yield Violation("wrong-length", route, message, help_, stray=True)
    elif keyword in {"maxItems", "minItems", "maxProperties", "minProperties"}:
        word = "at most" if keyword.startswith("max") else "at least"
        message = f"{name} must have {word} {limit:,} entries, not {len(value):,}"
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
        example = str(examples[0]).strip().replace("\n", " ")
        return f"{description} For example: {example}".strip()
    return description


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


def dotted(route: Iterable[str | int]) -> str:
    """A route as people read it: target.due, plan.steps[3].by; entries are counted from 1."""
    text = ""
    for step in route:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        elif step == "[]":
            text += "[]"
        else:
            text += f".{step}" if text else step
    return text


def resolve(kind: str, node: dict[str, Any]) -> dict[str, Any]:
    """`node` with what its $ref names laid under its own keywords."""
    reference = node.get("$ref")
    if reference is None:
        return node
    target = schema_document(kind)["$defs"][reference.rpartition("/")[2]]
    return {**resolve(kind, target), **{key: value for key, value in node.items() if key != "$ref"}}


def node_at(kind: str, route: Iterable[str | int]) -> dict[str, Any] | None:
    """The schema of the field at `route` ("[]" or a number stands for a list's entry), or None."""
    node: dict[str, Any] = schema_document(kind)
    for step in route:
        node = resolve(kind, node)
        if isinstance(step, int) or step == "[]":
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step, {})
        if not node:
            return None
    return resolve(kind, node)


@cache
def fields(kind: str) -> tuple[Field, ...]:
    """Every field of a kind of file, in the schema's order, parents before their parts."""
    return tuple(_walk(kind, schema_document(kind), ()))


def _walk(kind: str, node: dict[str, Any], route: tuple[str, ...]) -> Iterator[Field]:
    needed = node.get("required", ())
    for name, raw in node.get("properties", {}).items():
        schema = resolve(kind, raw)
        here = (*route, name)
        yield _field(kind, here, schema, name in needed)
        if "properties" in schema:
            yield from _walk(kind, schema, here)
        entry = resolve(kind, schema["items"]) if "items" in schema else {}
        if "properties" in entry:
            yield from _walk(kind, entry, (*here, "[]"))


def _field(kind: str, route: tuple[str, ...], schema: dict[str, Any], required: bool) -> Field:
    entry = resolve(kind, schema["items"]) if "items" in schema else {}
    choosing = schema if "enum" in schema else entry
    meanings = choosing.get("markdownEnumDescriptions", [""] * len(choosing.get("enum", ())))
    return Field(
        route=route,
        title=schema.get("title", ""),
        description=schema.get("description", ""),
        kind=_kind(schema, entry),
        choices=tuple(zip(map(str, choosing.get("enum", ())), meanings, strict=True)),
        required=required,
        examples=tuple(schema.get("examples", ())),
        default=schema.get("default"),
        step=schema.get("x-step"),
        ask=schema.get("x-ask"),
    )


def _kind(schema: dict[str, Any], entry: dict[str, Any]) -> str:
    if "x-one-of" in schema and "type" not in schema:
        return str(schema["x-one-of"])
    if "enum" in schema:
        return "one of the values below"
    if "const" in schema:
        return f"always {schema['const']}"
    if entry:
        if "enum" in entry:
            return "a list of the values below"
        return "a list of " + ("entries" if "properties" in entry else _many(entry))
    if "x-shape" in schema:
        return str(schema["x-shape"])
    kinds = schema.get("type", "string")
    words = [_TYPES[each] for each in ([kinds] if isinstance(kinds, str) else kinds) if each != "null"]
    return " or ".join(words)


def _many(entry: dict[str, Any]) -> str:
    if entry.get("x-shape", "").startswith("two to five"):
        return "improvement ids"
    return "numbers" if entry.get("type") != "string" else "texts" if entry.get("maxLength") else "ids"


def field(kind: str, name: str) -> Field:
    """One field by its dotted name, such as target.due."""
    return next(each for each in fields(kind) if each.name == name)


def choices(kind: str, name: str) -> tuple[str, ...]:
    """The values that a field may have, in the schema's order."""
    return tuple(value for value, _ in field(kind, name).choices)


@cache
def default(kind: str, route: tuple[str, ...]) -> Any:
    """What the schema gives where a file says nothing at `route`; None where it gives nothing."""
    node = node_at(kind, route)
    return None if node is None else node.get("default")
