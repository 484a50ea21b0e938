"""What the kinds of file may say: the one door to JSON Schema, and the one reading of what the schemas declare.

jsonschema-rs says quickly whether a file is right; jsonschema is asked where and why only for a file that is not.
Nothing is ever fetched: every reference points inside its own schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from cireg.layout import schema_document

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "fields with values",
    "null": "empty",
}


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


def errors(kind: str, data: dict[str, Any]) -> list[Any]:
    """The errors of jsonschema, none where `data` satisfies the schema of its kind."""
    return [] if _fast(kind).is_valid(data) else list(_thorough(kind).iter_errors(data))


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
    words = [TYPES[each] for each in ([kinds] if isinstance(kinds, str) else kinds) if each != "null"]
    return " or ".join(words)


def _many(entry: dict[str, Any]) -> str:
    if entry.get("x-shape", "").startswith("two to five"):
        return "improvement ids"
    return "numbers" if entry.get("type") != "string" else "texts" if entry.get("maxLength") else "ids"


def field(kind: str, name: str) -> Field:
    """One field by its dotted name, such as target.due."""
    return next(each for each in fields(kind) if each.name == name)


@cache
def choices(kind: str, name: str) -> tuple[str, ...]:
    """The values that a field may have, in the schema's order."""
    return tuple(value for value, _ in field(kind, name).choices)


@cache
def default(kind: str, route: tuple[str, ...]) -> Any:
    """What the schema gives where a file says nothing at `route`; None where it gives nothing."""
    node = node_at(kind, route)
    return None if node is None else node.get("default")
