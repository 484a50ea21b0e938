"""The comment by which an editor knows a file's schema: what it says, and what it is to say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cireg.layout import SCHEMAS

# As the YAML language server takes it, and the form that other editors know.
_STATED = re.compile(
    rb"^#[ \t]+(?:yaml-language-server[ \t]*:[^\r\n]*?\$schema=|\$schema[ \t]*:[ \t]*)([^\s]+)", re.MULTILINE
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Stated:
    """The way to a schema that a file states: where it is in the file's bytes, and its place."""

    way: str
    start: int
    end: int
    line: int
    column: int


def modeline(path: str, kind: str) -> str:
    """The line for the file at `path`; the way to the schema is relative to the file."""
    return f"# yaml-language-server: $schema={way(path, kind)}"


def way(path: str, kind: str) -> str:
    """The way from the file at `path` to the register's copy of the schema of its kind."""
    return f"{'../' * path.count('/')}{copy(kind)}"


def copy(kind: str) -> str:
    """The path of the register's copy of a schema."""
    return f"{SCHEMAS}/{kind}.schema.json"


def stated(raw: bytes) -> Iterator[Stated]:
    """The ways to a schema that a file's comments state; an editor takes the first."""
    for match in _STATED.finditer(raw):
        start = raw.rfind(b"\n", 0, match.start()) + 1
        column = len(raw[start : match.start(1)].decode("utf-8", "replace")) + 1
        line = raw.count(b"\n", 0, match.start()) + 1
        yield Stated(match[1].decode("utf-8", "replace"), match.start(1), match.end(1), line, column)


def wrong(path: str, kind: str, raw: bytes) -> Stated | None:
    """The first way that a file states, where it leads to something else; an address with a scheme is nobody's slip."""
    line = modeline(path, kind).encode()
    if raw.startswith((line + b"\n", line + b"\r\n")):
        return None
    found = next(stated(raw), None)
    if found is None or _ELSEWHERE.match(found.way):
        return None
    leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), found.way))
    return None if leads == copy(kind) else found
