"""Opens two versions of a register: what a branch makes of it, and what it was where the branch began."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cireg.errors import CiregError
from cireg.files import CommitTree, FileRefused, Tree
from cireg.git import Commit, Git, blob_id
from cireg.history import History
from cireg.layout import CONFIG, SCHEMAS
from cireg.model import Register
from cireg.opening import OWN, Opened, commit_of, history_at, history_of, open_at
from cireg.register import Known, load
from cireg.source import FILE_LIMIT
from cireg.versions import Versions


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions: `base` is the commit of the earlier one, `after` the later one as it was opened."""

    versions: Versions
    base: str
    after: Opened


def open_two(
    root: Path,
    base: str,
    head: str | None = None,
    today: str | None = None,
    env: Mapping[str, str] = os.environ,
    *,
    exact: bool = False,
) -> Compared:
    """Read the register at the commit where `head` left `base`, or with `exact` at `base`, and at `head`.

    Without `head` the later version is what lies here. Both are as of the later one's day. Raises `CiregError` for
    what names no commit, and for two that this clone knows no common ancestor of.
    """
    known: Known = {}
    commit_of(root, base)
    after = open_at(root, today, env, at=head, known=known)
    return compare_with(base, after, known, env, exact=exact)


def compare_with(
    base: str, after: Opened, known: Known | None = None, env: Mapping[str, str] = os.environ, *, exact: bool = False
) -> Compared:
    """The same for a version that was opened already; what was read for it is `known`."""
    root = after.root
    git = Git(root)
    start = commit_of(root, base)
    if not exact:
        start = _left_at(git, start, after.commit or commit_of(root, "HEAD"), base)
    tree = CommitTree(git, start, git.prefix(), (*OWN, SCHEMAS))
    before = Register(after.register.config, {}, {}, after.as_of.date)
    if tree.exists(CONFIG):
        before = load(tree, lambda _: after.as_of.date, known)
    before.history = past = history_at(git, start, after.register.config, env)
    if after.register.history is None:
        after.register.history = history_of(after, env)
    versions = Versions(before, after.register, past=past)
    if isinstance(past, History):
        versions.reverted = dict(_reverted(versions, after.tree, past))
    return Compared(versions, start, after)


def _left_at(git: Git, base: str, end: str, name: str) -> str:
    """The commit at which two branches parted."""
    found = git.merge_base(base, end)
    if found is None:
        hint = "git fetch --unshallow; in a workflow, check out with fetch-depth: 0" if git.is_shallow() else None
        hint = hint or "cireg diff --exact compares with it as it is"
        raise CiregError(f"this clone knows no common ancestor with '{name}'", hint)
    return found


def _reverted(versions: Versions, tree: Tree, past: History) -> Iterator[tuple[str, Commit]]:
    """The changed files whose content the base's branch had before."""
    paths = {pair.after.path for pair in versions.changed} | {item.path for item in versions.new}
    for kpi in (*(new for _, new in versions.kpis), *versions.new_kpis):
        paths |= {kpi.path, kpi.path.rpartition(".")[0] + ".csv"}
    length = len(past.commit)
    for path in sorted(paths):
        try:
            blob = blob_id(tree.read(path, FILE_LIMIT), length)
        except FileRefused:
            continue
        if blob in past.brought and blob not in past.now:
            yield path, past.brought[blob]
