"""Opens a register that lies in a folder or in a commit: what it holds, on which day, where in its repository."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cireg import clock
from cireg.errors import CiregError
from cireg.files import Cache, CommitTree, FileRefused, Tree, WorkTree
from cireg.git import Commit, Git, blob_id
from cireg.history import CACHE, History, NoHistory, read_history
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, SCHEMAS
from cireg.model import Config, Register
from cireg.register import Known, load
from cireg.source import FILE_LIMIT
from cireg.versions import Versions

_OWN = (CONFIG, IMPROVEMENTS, KPIS)  # what figures come from


@dataclass(frozen=True, slots=True)
class Opened:
    """A register, its folder and files, and the day with what said so; `commit` where it was read from one."""

    root: Path
    register: Register
    as_of: clock.AsOf
    tree: Tree
    commit: str | None = None


def open_at(
    root: Path,
    today: str | None = None,
    env: Mapping[str, str] = os.environ,
    *,
    at: str | None = None,
    known: Known | None = None,
) -> Opened:
    """Read the register in `root`, as it lies there or, with `at`, as it was at the commit that this names.

    `today` is the value of --today. Raises `CiregError` for a day that is none, for a commit or a register in it
    that there is not, and for a work tree from which files of the register are left out.
    """
    chosen: list[clock.AsOf] = []
    commit = None if at is None else commit_of(root, at)
    tree = _whole(root) if commit is None else tree_at(root, commit)

    def day(config: Config) -> date:
        chosen.append(clock.today(today, env, known_zone(config), lambda: _commit_day(root, config, commit)))
        return chosen[0].date

    register = load(tree, day, known)
    return Opened(root, register, chosen[0], tree, commit)


def open_merged(
    root: Path, rev: str, today: str | None = None, env: Mapping[str, str] = os.environ, *, at: str | None = None
) -> tuple[Opened, tuple[str, ...]]:
    """Read the register that a merge of HEAD, or `at`, with `rev` would give; and the paths that would conflict.

    Paths start at the top of the repository. The day is that of the later one of the two commits. Raises `CiregError`
    where the two have nothing in common.
    """
    git = Git(root)
    ours, theirs = commit_of(root, at or "HEAD"), commit_of(root, rev)
    made = git.merged(ours, theirs)
    tree = CommitTree(git, made.tree, git.prefix(), (*_OWN, SCHEMAS))
    chosen: list[clock.AsOf] = []

    def latest(config: Config) -> date | None:
        days = [_commit_day(root, config, each) for each in (ours, theirs)]
        return max((each for each in days if each is not None), default=None)

    def day(config: Config) -> date:
        chosen.append(clock.today(today, env, known_zone(config), lambda: latest(config)))
        return chosen[0].date

    register = load(tree, day)
    return Opened(root, register, chosen[0], tree, ours), made.conflicts


def commit_of(root: Path, rev: str) -> str:
    """The full id of the commit that `rev` names, whatever text that is; raises `CiregError` where it names none."""
    git = Git(root)
    if git.toplevel() is None:
        raise CiregError(f"{root} is not in a git repository, so it cannot be read at '{rev}'")
    commit = git.resolve(rev)
    if commit is None:
        known = "this clone does not have the whole history: git fetch --unshallow" if git.is_shallow() else None
        raise CiregError(f"there is no commit '{rev}'", known or "give a branch, a tag or a commit: git log --oneline")
    return commit


def tree_at(root: Path, commit: str) -> CommitTree:
    """The register's files at a commit; raises `CiregError` where it had none."""
    git = Git(root)
    tree = CommitTree(git, commit, git.prefix(), (*_OWN, SCHEMAS))
    if not tree.exists(CONFIG):
        raise CiregError(f"commit {commit[:12]} has no {git.prefix()}{CONFIG}, so there was no register here yet")
    return tree


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
    git = Git(root)
    start, end = commit_of(root, base), commit_of(root, head or "HEAD")
    if not exact:
        start = _left_at(git, start, end, base)
    known: Known = {}
    after = open_at(root, today, env, at=None if head is None else end, known=known)
    tree = CommitTree(git, start, git.prefix(), (*_OWN, SCHEMAS))
    before = Register(after.register.config, {}, {}, after.as_of.date)
    if tree.exists(CONFIG):
        before = load(tree, lambda _: after.as_of.date, known)
    zone = clock.zone(known_zone(after.register.config))
    past = read_history(git, start, zone, Cache(cache_folder(env), f"{CACHE}-{_name_of(root)}"))
    versions = Versions(before, after.register, past=past)
    if isinstance(past, History):
        versions.reverted = dict(_reverted(versions, after.tree, past))
    return Compared(versions, start, after)


def _left_at(git: Git, base: str, end: str, name: str) -> str:
    """The commit at which two branches parted."""
    found = git.merge_base(base, end)
    if found is None:
        hint = "git fetch --unshallow; in a workflow, check out with fetch-depth: 0" if git.is_shallow() else None
        raise CiregError(
            f"this clone knows no common ancestor with '{name}'", hint or "--exact compares with it as it is"
        )
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


def history_of(opened: Opened, env: Mapping[str, str] = os.environ) -> History | NoHistory:
    """What git knows of the register up to the commit that it was read from, or to HEAD."""
    git = Git(opened.root)
    commit = opened.commit or git.resolve("HEAD")
    zone = clock.zone(known_zone(opened.register.config))
    return read_history(git, commit, zone, Cache(cache_folder(env), f"{CACHE}-{_name_of(opened.root)}"))


def cache_folder(env: Mapping[str, str] = os.environ) -> Path | None:
    """The user's own folder for what can be worked out again; None where there is none."""
    home = env.get("XDG_CACHE_HOME") or env.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return Path(home, "cireg") if os.path.isabs(home) else None


def _name_of(root: Path) -> str:
    """A name for the caches of one register."""
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:24]


def _whole(root: Path) -> WorkTree:
    """The files as they lie there; `CiregError` where a sparse checkout would let figures be of a part."""
    try:
        missing, all_ = Git(root).left_out(_OWN)
    except CiregError:
        missing = all_ = 0  # what git will not tell is said where something depends on it
    if missing:
        raise CiregError(
            f"{all_ - missing:,} of {all_:,} files of the register are here: this is a sparse checkout",
            "have them all with: git sparse-checkout disable; or read what is committed with: --at HEAD",
        )
    return WorkTree(root)


def known_zone(config: Config) -> str:
    """The configured time zone, UTC where there is none of that name: a rule reports it."""
    name = str(config.get("timezone"))
    try:
        clock.zone(name)
    except CiregError:
        return "UTC"
    return name


def folder_in_repository(root: Path) -> str:
    """The way from the git top level to the register, with "/" at its end; "" outside git."""
    try:
        top = Git(root).toplevel()
        way = root.relative_to(top).as_posix() if top else "."
    except (CiregError, ValueError):
        return ""
    return "" if way == "." else way + "/"


def _commit_day(root: Path, config: Config, commit: str | None) -> date | None:
    """The day of the commit; of the last one, when no file of the register differs from it, where none is named."""
    git = Git(root)
    zone = clock.zone(known_zone(config))
    if commit is not None:
        return git.commit_date(commit, zone)
    if git.toplevel() is None or not git.is_clean(_OWN):
        return None
    return git.head_commit_date(zone)
