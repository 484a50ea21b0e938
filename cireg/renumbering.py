"""A new id for one of two improvements that took the same: its number, its file's name, and what means it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cireg.changes import FileChange, text_at
from cireg.create import file_name, next_id
from cireg.edit import replace_scalars, set_value
from cireg.errors import CiregError
from cireg.files import Tree
from cireg.git import Git
from cireg.layout import IMPROVEMENTS
from cireg.model import Improvement, Register
from cireg.schema import dotted

_MAIN = ("main", "master")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The changes that give an improvement a new id: the first is its own file, the others hold references to it.

    `kept` are references that go on meaning the other holder of the old id, `mentions` are texts that name the old
    id and that nobody but a person can judge; each is a path and a field.
    """

    old: str
    new: str
    changes: tuple[FileChange, ...]
    followed: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    mentions: tuple[tuple[str, str], ...]


def renumber(tree: Tree, register: Register, git: Git, path: str, *, force: bool = False) -> Renumbered:
    """What gives the improvement in the file at `path` the next free id over all branches; nothing is written.

    References in files that were first added on the same branch follow it, all others keep to the other holder.
    Raises `CiregError` where there is no such improvement, or, without `force`, nothing else that has its id.
    """
    item = next((each for each in register.files if each.path == path), None)
    if item is None:
        raise CiregError(f"there is no improvement in {path}", "name the file as check does")
    others = [each for each in register.files if each.id == item.id and each is not item]
    if not force and not others and not _is_taken_elsewhere(git, register, item):
        raise CiregError(
            f"nothing else is known to have the id {item.id}, in no branch, so it keeps it",
            "fetch the branch that has it too: git fetch; or say --force",
        )
    new = next_id(register, git.names_in_branches(IMPROVEMENTS))
    came_along = companions(git, register, path)
    if any(each.path in came_along for each in others):
        came_along = frozenset()  # both holders came on one branch: nobody can tell which is meant
    before = text_at(tree, path)
    changes = [FileChange(_renamed(item, new), before, set_value(before, ("id",), new), moved_from=path)]
    followed, kept = [], []
    for other in sorted(register.files, key=lambda each: each.path):
        named = [(other.path, dotted(route)) for route, name in other.linked() if name == item.id and other is not item]
        if named and other.path in came_along:
            text = text_at(tree, other.path)
            after = replace_scalars(text, item.id, new, where=lambda route: route[0] == "links")
            changes.append(FileChange(other.path, text, after))
            followed += named
        else:
            kept += named
    mentions = [
        each for other in register.files if other.path in {*came_along, path} for each in _mentions(other, item)
    ]
    return Renumbered(item.id, new, tuple(changes), tuple(followed), tuple(kept), tuple(sorted(mentions)))


def _renamed(item: Improvement, new: str) -> str:
    """The path with the new id: the words that follow the old one in the file's name stay."""
    folder, _, name = item.path.rpartition("/")
    fitting = name.startswith(item.id) and not name[len(item.id) : len(item.id) + 1].isdigit()
    return f"{folder}/{new + name[len(item.id) :] if fitting else file_name(new, item.title)}"


def _is_taken_elsewhere(git: Git, register: Register, item: Improvement) -> bool:
    """Whether another branch has a file of that id: one of another name, or one that came into being apart from it."""
    same = re.compile(rf"{item.id}(?![0-9])", re.IGNORECASE)
    own = item.path.rpartition("/")[2]
    if any(same.match(name) and name != own for name in git.names_in_branches(IMPROVEMENTS)):
        return True
    head, main = git.resolve("HEAD") if git.toplevel() else None, main_commit(git, register)
    if head is None or main is None or item.path not in _paths(git, main):
        return False
    base = git.merge_base(head, main)
    return base != main and (base is None or item.path not in _paths(git, base))


def main_commit(git: Git, register: Register) -> str | None:
    """The tip of the register's main branch as last fetched, else as it is here; None where there is none."""
    if git.toplevel() is None:
        return None
    configured = register.config.text("forge", "branch")
    known = git.branches()
    for name in (configured,) if configured else _MAIN:
        remote = sorted(ref for ref in known if ref.startswith("refs/remotes/") and ref.split("/", 3)[-1] == name)
        for ref in (*sorted(remote, key=lambda ref: ref.split("/")[2] != "origin"), f"refs/heads/{name}"):
            if ref in known and (commit := git.resolve(ref)):
                return commit
    return None


def companions(git: Git, register: Register, path: str) -> frozenset[str]:
    """The improvements' files that were first added on the same branch as the file at `path`, itself included.

    While the main branch does not have it, that is whatever the main branch does not have; afterwards, what the
    commit or merge that brought it to the main branch added. Empty where git cannot tell.
    """
    head = git.resolve("HEAD") if git.toplevel() else None
    if head is None:
        return frozenset()
    here = {each.path for each in register.files}
    for commit in (main_commit(git, register), head):
        there = _paths(git, commit) if commit else frozenset((path,))
        if path not in there:
            return frozenset(here - there)
    if not git.is_shallow():
        for _, changes in git.changes(head, [IMPROVEMENTS]):
            added = {each.path for each in changes if each.before is None}
            if path in added:
                return frozenset(added & here)
    return frozenset()


def _paths(git: Git, commit: str) -> frozenset[str]:
    """The paths of a commit's improvements, from the register's folder."""
    return frozenset(each.path for each in git.tree(commit, git.prefix(), [IMPROVEMENTS]) or ())


def _mentions(item: Improvement, old: Improvement) -> Iterator[tuple[str, str]]:
    """The texts of a file, its links apart, that name the old id."""
    named = re.compile(rf"(?<![A-Za-z0-9-]){old.id}(?![0-9])")
    for name, value in item.data.items():
        if name not in {"id", "links"} and any(map(named.search, _texts(value))):
            yield item.path, name


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
