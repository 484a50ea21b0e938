"""What `check --fix` mends: faults that have one right answer, each as a change of just the bytes that are wrong."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cireg import modeline
from cireg.changes import FileChange
from cireg.files import FileRefused, Tree
from cireg.layout import KINDS, schema_document, schema_text
from cireg.model import Kpi, Register
from cireg.record import Record
from cireg.rules.identity import file_name, kpi_file_name, right_name
from cireg.source import FILE_LIMIT, read
from cireg.text import fold_key

_NEWLINE = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that is mended, and what is done to it."""

    change: FileChange
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is left as it is, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Mending:
    """What can be mended, and what cannot; both in the order of the paths."""

    mended: list[Mended] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def plan(tree: Tree, register: Register, wanted: Callable[[str], bool] = lambda _: True) -> Mending:
    """What is to be done to the register in `tree`, where `wanted` says so of a file's path. Nothing is written.

    Files that cannot be read are nobody's to mend but their author's.
    """
    mending = Mending()
    records: list[tuple[str, Record]] = [("config", register.config)] if register.config.usable else []
    records += [("improvement", each) for each in register.files] + [("kpi", each) for each in register.kpi_files]
    names = _names(tree, register, mending)
    for kind, record in records:
        if wanted(record.path):
            _file(tree, kind, record.path, names.get(record.path), mending)
        if isinstance(record, Kpi):
            readings = _readings(record.path)
            if wanted(readings) and tree.exists(readings):
                moved = names.get(record.path)
                _file(tree, None, readings, _readings(moved) if moved else None, mending)
    for kind in KINDS:
        if wanted(modeline.copy(kind)):
            _schema(tree, kind, mending)
    mending.left = [each for each in mending.left if wanted(each.path)]
    mending.mended.sort(key=lambda each: each.change.moved_from or each.change.path)
    mending.left.sort(key=lambda each: each.path)
    return mending


def _file(tree: Tree, kind: str | None, path: str, name: str | None, mending: Mending) -> None:
    """Mend one file; `kind` is None for readings, `name` the path that it is to have where that is another."""
    try:
        before = tree.read(path, FILE_LIMIT).decode()
    except (FileRefused, UnicodeDecodeError):
        return
    after, done = before, []
    try:
        if kind and tree.exists(modeline.copy(kind)):
            after, said = _modeline(after, path, kind)
            done += said
    except _Unclear as unclear:
        mending.left.append(Left(path, str(unclear)))
    if after and not after.endswith("\n"):
        after += _line_end(after)
        done.append("its last line ends")
    if kind and after != before and _data(path, before) != _data(path, after):
        mending.left.append(Left(path, "the same lines with the mended one would say something else"))
        after, done = before, []
    if name:
        done.append(f"it is called {name.rpartition('/')[2]}, as its id says")
    if done:
        change = FileChange(name or path, before, after, moved_from=path if name else None)
        mending.mended.append(Mended(change, tuple(done)))


class _Unclear(Exception):
    """There is more than one right answer."""


def _modeline(text: str, path: str, kind: str) -> tuple[str, list[str]]:
    """The text with the way to its schema, and what was done."""
    raw = text.encode()
    stated = list(modeline.stated(raw))
    if not stated:
        return modeline.modeline(path, kind) + _line_end(text) + text, ["its first line names the schema"]
    if modeline.wrong(path, kind, raw) is None:
        return text, []
    if len(stated) > 1:
        raise _Unclear("it names several schemas: keep one of these lines")
    way = modeline.way(path, kind)
    mended = raw[: stated[0].start] + way.encode() + raw[stated[0].end :]
    return mended.decode(), [f"its schema is {way}"]


def _line_end(text: str) -> str:
    """The line end that a file uses: that of its first line."""
    found = _NEWLINE.search(text)
    return found[0] if found else "\n"


def _data(path: str, text: str) -> Any:
    """What a file says; a text at its end may gain the line end that the file gains."""
    return _without_ends(read(path, text.encode()).data)


def _without_ends(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _without_ends(each) for name, each in node.items()}
    if isinstance(node, list):
        return [_without_ends(each) for each in node]
    return node.rstrip("\n") if isinstance(node, str) else node


def _names(tree: Tree, register: Register, mending: Mending) -> dict[str, str]:
    """The paths that misnamed files are to have, by the paths that they have."""
    asked: dict[str, str] = {}
    for item in register.files:
        if any(file_name.check(item, register) if file_name.check else ()):
            asked[item.path] = right_name(item)
    for kpi in register.kpi_files:
        if any(kpi_file_name.check(kpi, register) if kpi_file_name.check else ()):
            asked[kpi.path] = right_name(kpi)
    known = {each.path: each.id for each in register.files} | {each.path: each.id for each in register.kpi_files}
    ids = Counter(map(fold_key, known.values()))
    targets = Counter(fold_key(name) for name in asked.values())
    there = {fold_key(name) for name in register.names}
    found: dict[str, str] = {}
    for path, name in asked.items():
        if ids[fold_key(known[path])] > 1:
            mending.left.append(Left(path, f"{known[path]} is the id of several files: say which one keeps it"))
        elif targets[fold_key(name)] > 1 or _taken(tree, path, name, there):
            mending.left.append(Left(path, f"it is to be called {name}, and there is such a file"))
        else:
            found[path] = name
    return found


def _taken(tree: Tree, path: str, name: str, there: set[str]) -> bool:
    """Whether a file, or its readings, would come to lie where another is; capitals make no difference."""
    pairs = [(path, name)]
    if tree.exists(_readings(path)):
        pairs.append((_readings(path), _readings(name)))
    return any(fold_key(new) in there or tree.exists(new) for _, new in pairs)


def _readings(path: str) -> str:
    return path.rpartition(".")[0] + ".csv"


def _schema(tree: Tree, kind: str, mending: Mending) -> None:
    """Bring the register's copy of a schema up to date, unless it is of a newer version."""
    path = modeline.copy(kind)
    if not tree.exists(path):
        return
    try:
        before = tree.read(path, FILE_LIMIT).decode()
    except (FileRefused, UnicodeDecodeError) as error:
        reason = error.message if isinstance(error, FileRefused) else "is not UTF-8"
        mending.left.append(Left(path, f"it {reason}"))
        return
    if before == schema_text(kind):
        return
    if _newer(before, kind):
        mending.left.append(Left(path, "it is of a newer version than this cireg: bring cireg up to date"))
        return
    mending.mended.append(Mended(FileChange(path, before, schema_text(kind)), ("it is the installed schema",)))


def _newer(text: str, kind: str) -> bool:
    try:
        there = json.loads(text).get("x-version")
    except (ValueError, AttributeError, RecursionError):
        return False
    ours = schema_document(kind).get("x-version")
    return _numbers(there) > _numbers(ours)


def _numbers(version: Any) -> tuple[int, ...]:
    """A version as numbers that can be compared; of what is none, the lowest."""
    return tuple(int(part) for part in re.findall(r"[0-9]{1,9}", str(version)))


def tell(mended: Mended) -> Iterator[str]:
    """What was done to a file, a line for each thing."""
    path = mended.change.moved_from or mended.change.path
    yield from (f"{path}: {done}" for done in mended.done)
