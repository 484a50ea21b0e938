"""The one door to git: few processes, nothing of the caller's environment or of a hostile name obeyed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path

from cireg.errors import CiregError

TIMEOUT = 120  # seconds

# Nothing here runs a program, follows a setting of the repository that would, or asks anybody anything.
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
# What the user's own environment may still say: which configuration to read, where to look for a repository.
_KEPT = re.compile(r"GIT_CONFIG_.+|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DUBIOUS = re.compile(r"dubious ownership in repository at '(.*)'")


@dataclass(frozen=True, slots=True)
class FileDates:
    """The days of the first and the last commit, on the way of first parents, that touched a path."""

    first_seen: date
    last_changed: date


class Git:
    """Git, asked about the repository that a folder lies in.

    Where there is no repository, or no git, the answer is what an empty repository would give; `toplevel`
    tells. Every method raises `CiregError` for a repository that git will not trust, or an answer that takes
    too long. Names are decoded as the file system's are, so that any bytes survive.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(os.path.abspath(folder))

    def toplevel(self) -> Path | None:
        """The root of the work tree; None outside a repository, in a bare one, or without git."""
        return self._place[0]

    def is_shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned, so that its dates tell nothing."""
        return self._place[1]

    def resolve(self, rev: str) -> str | None:
        """The full id of the commit that `rev` names; None where it names none. Any text may be asked for."""
        answer = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}")
        commit = (answer or b"").decode("ascii", "replace").strip()
        return commit if _COMMIT.fullmatch(commit) else None

    def head_commit_date(self, zone: tzinfo = UTC) -> date | None:
        """The day, in `zone`, on which HEAD was committed; None before the first commit."""
        return self._commit_date("HEAD", zone)

    def commit_date(self, commit: str, zone: tzinfo = UTC) -> date | None:
        """The day, in `zone`, on which a commit was made; `commit` is what `resolve` returned."""
        if not _COMMIT.fullmatch(commit):
            raise ValueError(f"not a commit id: {commit!r}")
        return self._commit_date(commit, zone)

    def is_clean(self, paths: Iterable[str] = (".",)) -> bool:
        """Whether the files under `paths`, from the folder, are those of HEAD: none changed, new or gone."""
        arguments = ("--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=all", "--no-renames")
        return self._ask("status", *arguments, "--", *paths) == b""

    def user(self) -> tuple[str, str] | None:
        """The user's name and e-mail address as git knows them, "" for a missing one; None without both."""
        answer = self._ask("config", "-z", "--get-regexp", r"^user\.(name|email)$") or b""
        known = dict(item.split("\n", 1) for item in _items(answer) if "\n" in item)
        name, email = known.get("user.name", ""), known.get("user.email", "")
        return (name, email) if name or email else None

    def branches(self) -> tuple[str, ...]:
        """The full names of all local and remote branches, sorted."""
        answer = self._ask("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes") or b""
        return tuple(sorted(os.fsdecode(answer).splitlines()))

    def names_in_branches(self, folder: str = "improvements") -> frozenset[str]:
        """The names, without their folders, of all files under `folder`, a path from this folder.

        It looks in HEAD, in every local and remote branch as last fetched, in the index and in the work tree:
        five processes, however many branches there are.
        """
        if self.toplevel() is None:
            return frozenset()
        tips = self._must("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").split()
        asked = "".join(f"{tip}:./{folder}\n" for tip in ["HEAD", *sorted({os.fsdecode(tip) for tip in tips})])
        told = self._must("cat-file", "--batch-check=%(objecttype) %(objectname)", input_=os.fsencode(asked))
        trees = sorted({line[5:] for line in told.decode("ascii", "replace").splitlines() if line[:5] == "tree "})
        paths = set(_items(self._must("ls-files", "-z", "--cached", "--others", "--", folder)))
        if trees:
            # One tree is listed; of all others git tells only what differs from it.
            paths.update(_items(self._must("ls-tree", "-r", "-z", "--name-only", "--full-tree", trees[0])))
            pairs = "".join(f"{trees[0]} {tree}\n" for tree in trees[1:])
            told = self._must("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", input_=pairs.encode())
            paths.update(path for _, path in _raw(told))
        return frozenset(path.rpartition("/")[2] for path in paths)

    def file_dates(self, folder: str = ".", zone: tzinfo = UTC) -> dict[str, FileDates] | None:
        """For every path under `folder` that HEAD's history knows: when it came and when it last changed.

        Paths start at this folder; days are those of the committers' clocks, in `zone`. It takes one process.
        None in a shallow clone, where every file seems as young as the oldest commit that was fetched.
        """
        if self.is_shallow():
            return None
        shown = ("--raw", "-z", "--no-renames", "--no-ext-diff", "--relative", "--format=%ct")
        answer = self._ask("log", "--first-parent", *shown, "HEAD", "--", folder)
        found: dict[str, FileDates] = {}
        for header, path in _raw(answer or b""):
            day = _day(header, zone)
            if day is not None:
                found[path] = FileDates(day, found[path].last_changed if path in found else day)
        return dict(sorted(found.items()))

    @cached_property
    def _place(self) -> tuple[Path | None, bool]:
        """The root of the work tree and whether it is shallow."""
        done = self._run("rev-parse", "--is-shallow-repository", "--show-toplevel")
        if done is None or b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
            return (None, False)
        if done.returncode:
            raise _failure(done)
        shallow, _, top = os.fsdecode(done.stdout).removesuffix("\n").partition("\n")
        return (Path(top), shallow == "true")

    def _commit_date(self, rev: str, zone: tzinfo) -> date | None:
        answer = self._ask("log", "-1", "--format=%ct", rev, "--") or b""
        return _day(answer.decode("ascii", "replace").strip(), zone)

    def _ask(self, *arguments: str) -> bytes | None:
        """What git answers; None where it cannot."""
        done = self._run(*arguments)
        return None if done is None or done.returncode else done.stdout

    def _must(self, *arguments: str, input_: bytes = b"") -> bytes:
        """What git answers; `CiregError` where it cannot."""
        done = self._run(*arguments, input_=input_)
        if done is None or done.returncode:
            raise _failure(done)
        return done.stdout

    def _run(self, *arguments: str, input_: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
        """Run git in the folder; None where there is no git or the arguments cannot be said to it."""
        program = self._program
        if program is None or any("\0" in argument for argument in arguments):
            return None
        command = [program, "-C", str(self.folder), *_OPTIONS, *arguments]
        try:
            done = subprocess.run(
                command,
                input=input_,
                capture_output=True,
                env=self._environment,
                timeout=TIMEOUT,
                check=False,
            )
        except UnicodeEncodeError:
            return None
        except subprocess.TimeoutExpired as error:
            raise CiregError(f"git {arguments[0]} took longer than {TIMEOUT} seconds") from error
        except OSError as error:
            raise CiregError(f"git does not start: {error.strerror}") from error
        if done.returncode and (dubious := _DUBIOUS.search(os.fsdecode(done.stderr))):
            raise CiregError(
                f"git does not trust '{dubious[1]}': it belongs to another user",
                f"git config --global --add safe.directory {shlex.quote(dubious[1])}",
            )
        return done

    @cached_property
    def _program(self) -> str | None:
        """Git's path, looked up in PATH alone: a stranger's git in the current folder is never run."""
        name = "git.exe" if os.name == "nt" else "git"
        candidates = (os.path.join(folder, name) for folder in os.get_exec_path() if os.path.isabs(folder))
        return next((path for path in candidates if os.path.isfile(path) and os.access(path, os.X_OK)), None)

    @cached_property
    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)
        }
        return kept | _ENVIRONMENT


def _items(answer: bytes) -> list[str]:
    """The strings of an answer in which each ends in a NUL."""
    return os.fsdecode(answer).split("\0")[:-1]


def _raw(answer: bytes) -> Iterator[tuple[str, str]]:
    """(header, path) for each change in the -z --raw output of git log or diff-tree.

    A token that holds ":" starts a change and the next one is its path; what stands before it is the header,
    which holds for the changes that follow too.
    """
    header = ""
    tokens = iter(_items(answer))
    for token in tokens:
        before, colon, _ = token.partition(":")
        header = before.strip() or header
        if colon:
            yield header, next(tokens, "")


def _day(seconds: str, zone: tzinfo) -> date | None:
    """The day of an instant; None for one beyond the calendar, as a forged commit may carry."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _failure(done: subprocess.CompletedProcess[bytes] | None) -> CiregError:
    """What git said, in its first line."""
    said = os.fsdecode(done.stderr).strip().partition("\n")[0] if done else ""
    return CiregError(f"git cannot read this repository: {said or 'no reason given'}")
