"""The one reader of YAML that strangers wrote: plain data with a place for every node, or a problem with its place.

One loop over libyaml's parser events builds the data. Nothing recurses and nothing is expanded, so no input can
crash it: depth, size, anchors, aliases, tags, duplicate keys and characters are refused on the way, before any
harm. Scalars are null, true, false, decimal numbers or text; what another reader would take for something else
is text and a warning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from cireg.decoding import FILE_LIMIT, FORBIDDEN_IN_VALUE, Problem, character_name, decode
from cireg.scalars import resolve

__all__ = ["DEPTH_LIMIT", "FILE_LIMIT", "NODE_LIMIT", "PLAIN_LIMIT", "TEXT_LIMIT", "Problem", "Route", "Source", "read"]

DEPTH_LIMIT = 16
NODE_LIMIT = 10_000
PLAIN_LIMIT = 4_096
TEXT_LIMIT = 64 * 1024

Route: TypeAlias = tuple[str | int, ...]

_SCALAR, _MAPPING, _SEQUENCE = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent

_EXPLANATIONS = {
    "mapping values are not allowed": "a second ': ' stands in this line: put the text in double quotes",
    "could not find expected ':'": "a line is no 'field: value', or a text above it goes on without indentation",
    "found character that cannot start any token": "a value cannot start like this: use spaces instead of tabs, "
    "and put a text that starts with @, ` or % in double quotes",
    "did not find expected key": "this line does not fit the one above: check its indentation, and put a text "
    "with quotes in it in double quotes as a whole",
    "did not find expected <document start>": "this line does not fit the ones above: check its indentation",
    "found unexpected end of stream": "a quote is opened and never closed",
    "did not find expected '-' indicator": "a list goes on with '- ' at the same indentation",
    "did not find expected ',' or": "a bracket is opened and not closed, or a comma is missing",
    "block sequence entries are not allowed": "a list starts on a line of its own, below its field",
}
# These are noticed only where something else comes; what is to be mended stands further up.
_NOTICED_LATER = {"could not find expected ':'", "found unexpected end of stream", "did not find expected ',' or"}


@dataclass(slots=True)
class Source:
    """A file's data and where each part of it stands.

    `data` is None when the file was refused; `problems` says why, or lists what is wrong in a file that could
    be read all the same. `dropped` are the routes of values that were taken out.
    """

    path: str
    data: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    start: tuple[int, int] = (1, 1)
    # For a mapping {key: (key line, key column, value line, value column)}, for a list [(line, column), …],
    # by the identity of the container in `data`; counted from 0, as the parser does.
    marks: dict[int, Any] = field(default_factory=dict)
    dropped: set[Route] = field(default_factory=set)

    def value_at(self, route: Route) -> tuple[int, int]:
        """Where the value at `route` stands; of a missing one, the key of the nearest part that is there."""
        return self._at(route, key=False)

    def key_at(self, route: Route) -> tuple[int, int]:
        """Where the key at `route` stands; of a missing one, the key of the nearest part that is there."""
        return self._at(route, key=True)

    def _at(self, route: Route, *, key: bool) -> tuple[int, int]:
        node: Any = self.data
        key_place = value_place = self.start
        for step in route:
            marks = self.marks.get(id(node))
            if isinstance(node, dict) and isinstance(step, str) and marks is not None and step in marks:
                mark = marks[step]
                key_place, value_place = (mark[0] + 1, mark[1] + 1), (mark[2] + 1, mark[3] + 1)
            elif isinstance(node, list) and isinstance(step, int) and marks is not None and step < len(marks):
                line, column = marks[step]
                key_place = value_place = (line + 1, column + 1)
            else:
                return key_place
            node = node[step]
        return key_place if key else value_place

    def drop(self, route: Route) -> None:
        """Take the value at `route` out of the data, with its marks."""
        node: Any = self.data
        for step in route[:-1]:
            node = node[step]
        del node[route[-1]]
        del self.marks[id(node)][route[-1]]
        self.dropped.add(route)


def read(path: str, raw: bytes) -> Source:
    """Read one YAML file of at most `FILE_LIMIT` bytes; never raises for what is in it."""
    source = Source(path)
    text = decode(raw)
    if not isinstance(text, str):
        source.problems += text
        return source
    try:
        _build(text, source)
    except _Refused as refused:
        source.data = None
        source.problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        source.data = None
        source.problems.append(_syntax(error))
    except yaml.YAMLError as error:
        source.data = None
        source.problems.append(Problem("syntax", 1, 1, f"not YAML: {error}"))
    return source


class _Refused(Exception):
    def __init__(self, rule: str, mark: Any, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(rule, mark.line + 1, mark.column + 1, message)


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context or "not YAML")
    for start, explanation in _EXPLANATIONS.items():
        if problem.startswith(start):
            began = error.context_mark
            where = f"; it begins in line {began.line + 1}" if start in _NOTICED_LATER and began else ""
            problem = f"{explanation} ({problem}{where})"
            break
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem("syntax", line, column, problem)


def _events(text: str) -> Iterator[Any]:
    # libyaml's parser keeps its own stack on the heap; PyYAML's Python parser is a state machine. Neither recurses
    # while events are asked for one by one, and the depth is checked before the next is asked for.
    parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    return iter(parser.get_event, None)


def _build(text: str, source: Source) -> None:
    marks = source.marks
    stack: list[tuple[Any, Any]] = []  # the open containers with their marks
    node: Any = None  # the innermost open container
    node_marks: Any = None
    in_mapping = False  # whether that is a mapping
    key: Any = None  # the key that waits for its value, in a mapping
    key_line = key_column = 0
    count = 0
    documents = 0
    for event in _events(text):
        kind = event.__class__
        if kind is _SCALAR:
            value = event.value
            mark = event.start_mark
            if event.anchor is not None or event.tag is not None:
                _refuse_properties(event)
            style = event.style
            if not style:  # '' from libyaml, None from the Python parser
                if len(value) > PLAIN_LIMIT:
                    raise _Refused(
                        "scalar-too-long", mark, f"a value without quotes has over {PLAIN_LIMIT:,} characters"
                    )
            elif len(value) > TEXT_LIMIT:
                raise _Refused("scalar-too-long", mark, f"a text has over {TEXT_LIMIT // 1024} KiB characters")
            elif style == '"' and (found := FORBIDDEN_IN_VALUE.search(value)):
                raise _Refused("forbidden-character", mark, f"{character_name(found[0])} is not allowed")
            count += 1
            if count > NODE_LIMIT:
                raise _too_many(mark)
            if in_mapping and key is None:
                key = _key(value, mark, node, source)
                key_line, key_column = mark.line, mark.column
                continue
            if not style:
                value, ambiguous = resolve(value)
                if ambiguous:
                    source.problems.append(_ambiguous(value, mark))
        elif kind is _MAPPING or kind is _SEQUENCE:
            mark = event.start_mark
            if event.anchor is not None or event.tag is not None:
                _refuse_properties(event)
            count += 1
            if count > NODE_LIMIT:
                raise _too_many(mark)
            if in_mapping and key is None:
                raise _Refused("complex-key", mark, "a field's name must be plain text, not a list or a mapping")
            if len(stack) >= DEPTH_LIMIT:
                raise _Refused("too-deep", mark, f"values are nested more than {DEPTH_LIMIT} deep")
            value = {} if kind is _MAPPING else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            node, node_marks = stack[-1] if stack else (None, None)
            in_mapping = node.__class__ is dict
            continue
        elif kind is yaml.AliasEvent:
            raise _Refused("alias", event.start_mark, f"*{event.anchor} repeats another part of the file")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if event.version or event.tags:
                raise _Refused("directive", event.start_mark, "lines that start with % are not allowed")
            if documents > 1:
                raise _Refused("multiple-documents", event.start_mark, "a second document starts here")
            continue
        else:
            continue

        # `value` is complete, or a container that is now open: it goes into the innermost open container.
        if in_mapping:
            if key not in node:  # a second value was reported with its key: the first one stands
                node[key] = value
                node_marks[key] = (key_line, key_column, mark.line, mark.column)
            key = None
        elif node is None:
            if value.__class__ is not dict:
                if value is None:
                    break
                raise _Refused("not-a-mapping", mark, "the file must be fields with values, as in 'title: …'")
            source.data = value
            source.start = (mark.line + 1, mark.column + 1)
        else:
            node.append(value)
            node_marks.append((mark.line, mark.column))
        if kind is not _SCALAR:
            node = value
            in_mapping = kind is _MAPPING
            node_marks = marks[id(value)] = {} if in_mapping else []
            stack.append((node, node_marks))
    if source.data is None:
        source.problems.append(Problem("empty-file", 1, 1, "the file is empty"))


def _too_many(mark: Any) -> _Refused:
    return _Refused("too-many-nodes", mark, f"the file has over {NODE_LIMIT:,} values")


def _refuse_properties(event: Any) -> None:
    if event.anchor is not None:
        raise _Refused("anchor", event.start_mark, f"&{event.anchor} marks a part of the file to be repeated")
    if event.tag is not None:
        raise _Refused("tag", event.start_mark, f"the tag {event.tag} is not allowed")


def _key(value: str, mark: Any, node: dict[str, Any], source: Source) -> str:
    key = value if value.isascii() else unicodedata.normalize("NFC", value)
    if key == "<<":
        raise _Refused("merge-key", mark, "<< merges another part of the file")
    if key in node:
        line = source.marks[id(node)][key][0] + 1
        message = f"{value!r} is given a second time; the first is in line {line}"
        source.problems.append(Problem("duplicate-key", mark.line + 1, mark.column + 1, message))
    return key


def _ambiguous(text: str, mark: Any) -> Problem:
    shown = text if len(text) <= 40 else text[:39] + "…"
    message = f"{shown} is read as text here, and as something else by other tools"
    return Problem("ambiguous-scalar", mark.line + 1, mark.column + 1, message)
