"""Opens a register that lies in a folder or in a commit: what it holds, on which day, where in its repository."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cireg import clock
from cireg.commits import LOG
from cireg.errors import CiregError
from cireg.files import Cache, CommitTree, Tree, WorkTree
from cireg.git import Git
from cireg.history import CACHE, History, NoHistory, read_history
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, SCHEMAS
from cireg.model import Config, Register
from cireg.register import Known, load

OWN = (CONFIG, IMPROVEMENTS, KPIS)  # what figures come from


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
    if git.merge_base(ours, theirs) is None:
        hint = "git fetch --unshallow; in a workflow, check out with fetch-depth: 0" if git.is_shallow() else None
        raise CiregError(f"this clone knows no common ancestor with '{rev}'", hint)
    made = git.merged(ours, theirs)
    tree = CommitTree(git, made.tree, git.prefix(), (*OWN, SCHEMAS))
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
    tree = CommitTree(git, commit, git.prefix(), (*OWN, SCHEMAS))
    if not tree.exists(CONFIG):
        raise CiregError(f"commit {commit[:12]} has no {git.prefix()}{CONFIG}, so there was no register here yet")
    return tree


def history_of(opened: Opened, env: Mapping[str, str] = os.environ) -> History | NoHistory:
    """What git knows of the register up to the commit that it was read from, or to HEAD; never raises."""
    git = Git(opened.root)
    try:
        commit = opened.commit or (git.resolve("HEAD") if git.toplevel() else None)
        return history_at(git, commit, opened.register.config, env)
    except CiregError as error:
        return NoHistory(error.message, error.hint or "", refused=True)


def history_at(git: Git, commit: str | None, config: Config, env: Mapping[str, str]) -> History | NoHistory:
    """The same up to any commit, given by its full id."""
    folder, name = cache_folder(env), hashlib.sha256(os.fsencode(git.folder)).hexdigest()[:24]
    blobs, log = (Cache(folder, f"{each}-{name}") for each in (CACHE, LOG))
    return read_history(git, commit, clock.zone(known_zone(config)), blobs, log)


def cache_folder(env: Mapping[str, str] = os.environ) -> Path | None:
    """The user's own folder for what can be worked out again; None where there is none."""
    home = env.get("XDG_CACHE_HOME") or env.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return Path(home, "cireg") if os.path.isabs(home) else None


def _whole(root: Path) -> WorkTree:
    """The files as they lie there; `CiregError` where a sparse checkout would let figures be of a part."""
    try:
        missing, all_ = Git(root).left_out(OWN)
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
    if git.toplevel() is None or not git.is_clean(OWN):
        return None
    return git.head_commit_date(zone)
