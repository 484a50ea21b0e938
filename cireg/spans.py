"""Where every part of a YAML text stands, from one loop over libyaml's parser events: what edits are cut by."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from cireg.errors import CiregError
from cireg.scalars import resolve
from cireg.source import Route

Kind = Literal["map", "list", "scalar"]
Style = Literal["block", "flow", "plain", "single", "double", "literal", "folded"]

_SCALAR_STYLES: dict[str, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
BLOCK_HEADER = re.compile(r"[|>][0-9+-]*")  # a comment may follow it in its line

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_MOST_OPEN = 64  # maps and lists within each other


@dataclass(slots=True)
class Node:
    """A part of a text: `text[start:end]`, without the comments and line ends that follow it.

    `column` is that of its first character, from 0; of a block list or map so is that of each entry. `value` is
    the text that a scalar stands for. A map has `pairs` of key and value, a list has `items`.
    """

    kind: Kind
    style: Style
    start: int
    end: int
    column: int
    value: str = ""
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)


def spans(text: str) -> Node:
    """The root of a text of one document without anchors, aliases and tags; any other raises CiregError."""
    if text.startswith("\ufeff"):
        raise CiregError("a text with a byte order mark cannot be edited")
    try:
        root = _tree(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        raise CiregError(f"{line}{error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise CiregError(f"not YAML: {error}") from None
    if root is None:
        raise CiregError("the text holds nothing")
    return root


def _tree(text: str, parser: Any) -> Node | None:
    event: Any
    root: Node | None = None
    parents: list[Node] = []
    keys: list[Node | None] = []  # for each open node the key that waits for its value
    while parser.check_event():
        event = parser.get_event()
        kind = type(event)
        if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            node = parents.pop()
            keys.pop()
            node.end = event.end_mark.index if node.style == "flow" else _last_end(node)
            continue
        node_or_none = _node(text, event)
        if node_or_none is None:
            continue
        node = node_or_none
        if root is None:
            root = node
        elif not parents:
            raise CiregError("a second document follows in the text")
        elif parents[-1].kind == "list":
            parents[-1].items.append(node)
        elif (key := keys[-1]) is not None:
            parents[-1].pairs.append((key, node))
            keys[-1] = None
        elif node.kind == "scalar":
            keys[-1] = node
        else:
            raise CiregError("a key is a list or a map")
        if node.kind != "scalar":
            if len(parents) == _MOST_OPEN:
                raise CiregError(f"more than {_MOST_OPEN} lists and maps within each other")
            parents.append(node)
            keys.append(None)
    return root


def _node(text: str, event: Any) -> Node | None:
    kind = type(event)
    if kind is yaml.AliasEvent or getattr(event, "anchor", None) or getattr(event, "tag", None):
        raise CiregError("a text with anchors, aliases or tags cannot be edited")
    start = event.start_mark.index
    column = event.start_mark.column
    if kind is yaml.ScalarEvent:
        style = _SCALAR_STYLES.get(event.style or "", "plain")
        end = event.end_mark.index
        if style in ("literal", "folded"):
            end = start + len(_without_line_ends(text[start:end], event.value))
        return Node("scalar", style, start, end, column, event.value)
    if kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
        container: Kind = "map" if kind is yaml.MappingStartEvent else "list"
        return Node(container, "flow" if event.flow_style else "block", start, start, column)
    return None


def _without_line_ends(raw: str, value: str) -> str:
    """A block scalar without the line ends and blanks that are not part of what it stands for."""
    if "+" in raw.partition("\n")[0].partition("#")[0]:  # every blank line counts, and only the last end is no line
        return raw.removesuffix("\n").removesuffix("\r")
    stripped = value.rstrip("\n")
    return raw.rstrip("\r\n") if stripped.endswith((" ", "\t")) else raw.rstrip()


def _last_end(node: Node) -> int:
    return node.items[-1].end if node.kind == "list" else node.pairs[-1][1].end


def value_of(node: Node) -> Any:
    """The data that a node stands for, as `source.read` gives it."""
    if node.kind == "map":
        values: dict[str, Any] = {}
        for key, value in node.pairs:
            values.setdefault(name_of(key), value_of(value))
        return values
    if node.kind == "list":
        return [value_of(each) for each in node.items]
    return resolve(node.value)[0] if node.style == "plain" else node.value


def scalars(node: Node, route: Route = (), *, in_flow: bool = False) -> Iterator[tuple[Route, Node, bool]]:
    """Every scalar that is no key, with its route, and whether it stands within [] or {}."""
    if node.kind == "scalar":
        yield route, node, in_flow
    in_flow = in_flow or node.style == "flow"
    for key, value in node.pairs:
        yield from scalars(value, (*route, name_of(key)), in_flow=in_flow)
    for place, value in enumerate(node.items):
        yield from scalars(value, (*route, place), in_flow=in_flow)


def shown(route: Route) -> str:
    """A route in words: target.due, steps[2].by."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route)
    return text.removeprefix(".") or "the file"


def name_of(key: Node) -> str:
    """The name that a key stands for."""
    return unicodedata.normalize("NFC", key.value)


def comments(text: str, root: Node) -> Counter[str]:
    """Every comment of a text with this root: what follows a # that is part of no scalar."""
    gaps: list[str] = []
    done = 0
    for start, end in _masks(text, root):
        gaps.append(text[done:start])
        done = end
    gaps.append(text[done:])
    return Counter(found.rstrip() for found in _COMMENT.findall("x".join(gaps)))


def _masks(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """The stretches of text that scalars take up; the header line of a block scalar may hold a comment."""
    if node.style in ("literal", "folded"):
        stop = text.find("\n", node.start, node.end)
        header = BLOCK_HEADER.match(text, node.start)
        yield node.start, header.end() if header else node.start
        if stop >= 0:
            yield stop + 1, node.end
    elif node.kind == "scalar":
        yield node.start, node.end
    for key, value in node.pairs:
        yield from _masks(text, key)
        yield from _masks(text, value)
    for value in node.items:
        yield from _masks(text, value)
