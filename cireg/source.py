"""The one reader of YAML that strangers wrote: plain data with a place for every node, or a problem with its place.

One loop over libyaml's parser events builds the data. Nothing recurses and nothing is expanded, so no input can
crash it: depth, size, anchors, aliases, tags, duplicate keys and characters are refused on the way, before any
harm. Scalars are null, true, false, decimal numbers or text; what another reader would take for something else
is text and a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

FILE_LIMIT = 256 * 1024
DEPTH_LIMIT = 16
NODE_LIMIT = 10_000
PLAIN_LIMIT = 4_096
TEXT_LIMIT = 64 * 1024
REPEATS_SHOWN = 20

Route: TypeAlias = tuple[str | int, ...]

# Anything that a reader does not see or that moves what he sees: controls, line separators, bidirectional and
# zero-width marks, tags, surrogates and what XML cannot carry.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
FORBIDDEN_IN_FILE = re.compile(FORBIDDEN.pattern + "|\r(?!\n)")
FORBIDDEN_IN_VALUE = re.compile(FORBIDDEN.pattern + "|\r")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}$)", re.MULTILINE)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_AMBIGUOUS_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # 010, 1_000, +1, 5., 1e3, more than 18 digits
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"  # .5
    r"|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # 12:30 counts sixty each
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*"  # a date with a time
)
_AMBIGUOUS_WORDS = frozenset(
    word
    for plain in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    for word in (plain, plain.capitalize(), plain.upper())
) - {"true", "false", "null"} | {"="}  # fmt: skip

_PLAIN_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("0123456789+-.")

_EXPLANATIONS = {
    "mapping values are not allowed": "a second ': ' stands in this line: put the text in double quotes",
    "could not find expected ':'": "this line is no 'field: value', or a text above it goes on without indentation",
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


@dataclass(frozen=True, slots=True)
class Problem:
    """What the reader found: `rule` is the class of the fault; line and column from 1, in code points."""

    rule: str
    line: int
    column: int
    message: str


@dataclass(slots=True)
class Source:
    """A file's data and where each part of it stands.

    `data` is None when the file was refused; `problems` says why, or lists what is wrong in a file that could
    be read all the same.
    """

    path: str
    data: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    start: tuple[int, int] = (1, 1)
    # For a mapping {key: (key line, key column, value line, value column)}, for a list [(line, column), …],
    # by the identity of the container in `data`.
    marks: dict[int, Any] = field(default_factory=dict)

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
                key_place, value_place = (mark[0], mark[1]), (mark[2], mark[3])
            elif isinstance(node, list) and isinstance(step, int) and marks is not None and step < len(marks):
                key_place = value_place = marks[step]
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


def read(path: str, raw: bytes) -> Source:
    """Read one YAML file of at most `FILE_LIMIT` bytes; never raises for what is in it."""
    source = Source(path)
    text = _decode(raw, source)
    if text is None:
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


def _decode(raw: bytes, source: Source) -> str | None:
    if len(raw) > FILE_LIMIT:
        source.problems.append(Problem("file-too-large", 1, 1, f"the file is larger than {FILE_LIMIT // 1024} KiB"))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        source.problems.append(Problem("encoding", 1, 1, "the file is UTF-16"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = _line_column(before, len(before))
        byte = raw[error.start]
        source.problems.append(Problem("encoding", line, column, f"the byte 0x{byte:02X} is not UTF-8"))
        return None
    if text.startswith("\ufeff"):
        source.problems.append(Problem("bom", 1, 1, "the file starts with a byte order mark"))
        return None
    found = [match.start() for match in FORBIDDEN_IN_FILE.finditer(text)]
    for start in found[:REPEATS_SHOWN]:
        line, column = _line_column(text, start)
        if text[start] == "\r":  # nothing can be seen there: shown at the character that it follows
            column = max(1, column - 1)
        name = _character_name(text[start])
        source.problems.append(Problem("forbidden-character", line, column, f"{name} is not allowed"))
    if found:
        return None
    conflict = _CONFLICT.search(text)
    if conflict and ("<<<<<<<" in text or ">>>>>>>" in text):
        line, column = _line_column(text, conflict.start())
        source.problems.append(Problem("merge-conflict", line, column, "a merge conflict marker was left in"))
        return None
    return text


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _character_name(character: str) -> str:
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    return f"the character {code} ({name.lower()})" if name else f"the control character {code}"


def _syntax(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context or "not YAML")
    for start, explanation in _EXPLANATIONS.items():
        if problem.startswith(start):
            problem = f"{explanation} ({problem})"
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
    key: Any = None  # the key that waits for its value, in a mapping
    key_mark: Any = None
    count = 0
    documents = 0
    for event in _events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent:
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
            if style == '"' and (found := FORBIDDEN_IN_VALUE.search(value)):
                raise _Refused("forbidden-character", mark, f"{_character_name(found[0])} is not allowed")
            count += 1
            if count > NODE_LIMIT:
                raise _Refused("too-many-nodes", mark, f"the file has over {NODE_LIMIT:,} values")
            if node.__class__ is dict and key is None:
                key, key_mark = _key(value, mark, node, source), mark
                continue
            if not style:
                value = _resolve(value, mark, source)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            mark = event.start_mark
            if event.anchor is not None or event.tag is not None:
                _refuse_properties(event)
            count += 1
            if count > NODE_LIMIT:
                raise _Refused("too-many-nodes", mark, f"the file has over {NODE_LIMIT:,} values")
            if node.__class__ is dict and key is None:
                raise _Refused("complex-key", mark, "a field's name must be plain text, not a list or a mapping")
            if len(stack) >= DEPTH_LIMIT:
                raise _Refused("too-deep", mark, f"values are nested more than {DEPTH_LIMIT} deep")
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            node, node_marks = stack[-1] if stack else (None, None)
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
        if node is None:
            if value.__class__ is not dict:
                if value is None:
                    break
                raise _Refused("not-a-mapping", mark, "the file must be fields with values, as in 'title: …'")
            source.data = value
            source.start = (mark.line + 1, mark.column + 1)
        elif node.__class__ is dict:
            if key not in node:  # a second value was reported with its key: the first one stands
                node[key] = value
                node_marks[key] = (key_mark.line + 1, key_mark.column + 1, mark.line + 1, mark.column + 1)
            key = None
        else:
            node.append(value)
            node_marks.append((mark.line + 1, mark.column + 1))
        if kind is not yaml.ScalarEvent:
            node = value
            node_marks = marks[id(value)] = {} if value.__class__ is dict else []
            stack.append((node, node_marks))
    if source.data is None:
        source.problems.append(Problem("empty-file", 1, 1, "the file is empty"))


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
        line = source.marks[id(node)][key][0]
        message = f"{value!r} is given a second time; the first is in line {line}"
        source.problems.append(Problem("duplicate-key", mark.line + 1, mark.column + 1, message))
    return key


def _resolve(value: str, mark: Any, source: Source) -> Any:
    """What a scalar without quotes means."""
    if value in _PLAIN_WORDS:
        return _PLAIN_WORDS[value]
    if value[0] in _NUMBER_STARTS:
        number = _NUMBER.fullmatch(value)
        if number and sum(map(str.isdigit, value)) <= 18:
            return float(value) if number[1] else int(value)
        ambiguous = _AMBIGUOUS_NUMBER.fullmatch(value) is not None
    else:
        ambiguous = value in _AMBIGUOUS_WORDS
    if ambiguous:
        shown = value if len(value) <= 40 else value[:39] + "…"
        message = f"{shown} is read as text here, and as something else by other tools"
        source.problems.append(Problem("ambiguous-scalar", mark.line + 1, mark.column + 1, message))
    return value
