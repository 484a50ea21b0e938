"""Makes a register in a folder, or adds what one lacks, and is careful with everything that is there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from cireg import __version__, kit
from cireg.decoding import FORBIDDEN_IN_VALUE
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree, Write, write_all
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS
from cireg.source import FILE_LIMIT, read
from cireg.violations import violations

RECORD = ".cireg-init.json"  # what was written, so that a later run can tell what was edited since
NAME = "Improvement register"

State = Literal["new", "updated", "unchanged", "edited"]

_LIMIT = 4 * FILE_LIMIT


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what became of it; an edited one was left as it is."""

    path: str
    state: State


def scaffold(root: Path, today: date, *, name: str | None = None, requirement: str | None = None) -> tuple[Made, ...]:
    """Make a register in the folder `root`, or add to the one that is there what it lacks; all files, by path.

    `name` is for a new register. `requirement` is what the workflows install, as pip takes it; without one it is
    what an earlier run was told, or this version. What an earlier run wrote and nobody has edited is brought up to
    date, everything else is left alone. Raises `CiregError`, and writes nothing, where a link is in the way or
    something cannot be used.
    """
    for folder in (root, root / IMPROVEMENTS, root / KPIS):
        if folder.is_symlink():
            raise CiregError(f"{folder} is a symbolic link", "put the folder itself in its place")
    if root.exists() and not root.is_dir():
        raise CiregError(f"{root} is not a folder")
    tree = WorkTree(root)
    before = _read(tree, RECORD)
    record = _record(before)
    asked = _requirement(requirement) if requirement else record["from"]
    named = _name(_read(tree, CONFIG), name)
    follows = dict(kit.kept(named, asked or f"cireg=={__version__}"))
    own = dict(kit.begun(named))
    if not any(tree.list(folder) for folder in (CONFIG, IMPROVEMENTS, KPIS)):
        own.update(kit.examples(named, today))
    made: list[Made] = []
    writes: list[Write] = []
    hashes: dict[str, str] = {}
    for path, data in sorted({**follows, **own}.items()):
        there = _read(tree, path)
        known = record["files"].get(path)
        state = _state(there, data, known)
        made.append(Made(path, state))
        if state in ("new", "updated"):
            writes.append(Write(root / path, data, there))
        if path in follows and (state != "edited" or known):
            hashes[path] = known if known and state == "edited" else _hash(data)
    after = json.dumps({"cireg": __version__, "from": asked, "files": hashes}, indent=2, sort_keys=True) + "\n"
    if after.encode() != before:
        writes.append(Write(root / RECORD, after.encode(), before))
    write_all(writes, root=root)
    return tuple(made)


def _state(there: bytes | None, data: bytes, known: str | None) -> State:
    if there is None:
        return "new"
    if there == data:
        return "unchanged"
    return "updated" if known == _hash(there) else "edited"


def _hash(data: bytes) -> str:
    """The fingerprint of a file, the same whichever line ends git gave it."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _read(tree: WorkTree, path: str) -> bytes | None:
    """A file's bytes, None where there is none; raises `CiregError` for what is no file, or behind a link."""
    try:
        return tree.read(path, _LIMIT)
    except FileRefused as refused:
        if refused.rule == "unreadable" and not tree.exists(path):
            return None
        raise CiregError(f"'{path}' {refused.message}", "nothing was changed; move it out of the way") from refused


def _record(raw: bytes | None) -> dict[str, Any]:
    """What an earlier run says it wrote; nothing where that cannot be read."""
    try:
        given = json.loads(raw or b"{}")
    except ValueError:
        given = {}
    given = given if isinstance(given, dict) else {}
    files, asked = given.get("files"), given.get("from")
    return {
        "from": _requirement(asked) if isinstance(asked, str) and asked else None,
        "files": files if isinstance(files, dict) else {},
    }


def _name(config: bytes | None, name: str | None) -> str:
    """The register's name: what its configuration says, else what was asked for."""
    if config is not None:
        known = (read(CONFIG, config).data or {}).get("name")
        return known if isinstance(known, str) and _is_name(known) else NAME
    if name is not None and not _is_name(name):
        raise CiregError("a register's name is one line of text that can be seen, 300 characters at most")
    return name or NAME


def _is_name(name: str) -> bool:
    return not FORBIDDEN_IN_VALUE.search(name) and not violations("config", {"version": 1, "name": name})


def _requirement(text: str) -> str:
    """What pip is to install; raises `CiregError` for what is an option, or more than text to the workflow."""
    if text.startswith("-") or "${{" in text or not text.isprintable():
        raise CiregError(f"the workflows cannot install '{text}'", "name a version, a wheel or an address for pip")
    return text
