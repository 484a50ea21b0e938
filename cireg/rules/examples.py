"""A rule's example as a register: two lines of it are shown, the rest comes from the schemas' own examples.

An example is the text of an improvement's fields, which stand over those of the schema's example. More files, or
other ones, are given as a dict from path to text; a text may also be bytes or a `Symlink`. A path that begins with
`before/` is a file of an earlier version, for a rule that compares two. The day of an example is `TODAY`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cireg.files import MemoryTree, Special, Symlink
from cireg.layout import CONFIG, schema_document
from cireg.rules.declare import Files
from cireg.text import safe_text

TODAY = date(2026, 11, 23)
IMPROVEMENT = "improvements/CI-0001.yaml"
_FIELD = re.compile(r"^([A-Za-z_][A-Za-z0-9_-]*):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """An example's register, and how many lines at the head of each of its files are the example's own."""

    tree: MemoryTree
    shown: Mapping[str, int]


BEFORE = "before/"


def files_of(example: Files) -> dict[str, Any]:
    """The files that an example shows, by path."""
    return {IMPROVEMENT: example} if isinstance(example, str) else dict(example)


def earlier(example: Files) -> Example | None:
    """The earlier version that an example has, None where it has only one."""
    given = {path.removeprefix(BEFORE): text for path, text in files_of(example).items() if path.startswith(BEFORE)}
    return build(given) if given else None


def build(example: Files) -> Example:
    """The register that an example stands for, the later one where it has two."""
    given = {path: text for path, text in files_of(example).items() if not path.startswith(BEFORE)}
    contents: dict[str, bytes | str | Symlink | Special] = {}
    shown: dict[str, int] = {}
    for path, text in given.items():
        if isinstance(text, str) and path.endswith(".yaml"):
            contents[path] = _overlay(path, text)
            shown[path] = text.count("\n") + (not text.endswith("\n"))
        else:
            contents[path] = text
            shown[path] = max(1, text.count(b"\n")) if isinstance(text, bytes) else 1
    if CONFIG not in contents:
        contents[CONFIG] = _fields(_base(CONFIG, ""), set())
    return Example(MemoryTree(contents), shown)


def _overlay(path: str, text: str) -> str:
    """The example's own lines first, then every field of the schema's example that they do not name."""
    own = set(_FIELD.findall(text))
    return text.rstrip("\n") + "\n" + _fields(_base(path, text), own)


def _base(path: str, text: str) -> dict[str, Any]:
    kind = "config" if path == CONFIG else path.split("/")[0].rstrip("s").removesuffix("s")
    schema = schema_document(kind)
    if kind == "improvement":
        # The first of the schema's examples is a proposal, the second one has come all the way.
        base = dict(schema["examples"][1 if re.search(r"^status: closed", text, re.MULTILINE) else 0])
    else:
        base = dict(schema["examples"][0])
    if kind != "config":
        stem = path.rpartition("/")[2].removesuffix(".yaml")
        number = re.match(r"[A-Z]+-[0-9]+", stem)
        base["id"] = number[0] if number else stem
        if kind == "improvement" and base["id"] != "CI-0001":
            base["title"] = f"Publish the answers of week {base['id'][-2:]}"
    return base


def _fields(base: dict[str, Any], without: set[str]) -> str:
    # JSON is YAML; one field a line keeps the lines apart.
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in base.items() if name not in without)


_LONGEST = 100
_MOST_LINES = 30


def shown(example: Files) -> list[tuple[str, list[str]]]:
    """An example as it is printed: for each file its path ("" where there is only one improvement) and its lines."""
    given = files_of(example)
    single = list(given) == [IMPROVEMENT]
    return [("" if single else path, _printed(content)) for path, content in given.items()]


def _printed(content: Any) -> list[str]:
    if isinstance(content, Symlink):
        return [f"(a link to {content.target})"]
    if isinstance(content, Special):
        return ["(a pipe or a device)" if content.kind == "special" else "(a file without the right to read it)"]
    text = content.decode("utf-8", errors="backslashreplace") if isinstance(content, bytes) else content
    lines = [safe_text(line) for line in text.splitlines()[:_MOST_LINES]]
    return [line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…" for line in lines] or ["(everything else)"]
