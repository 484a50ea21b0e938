"""What git knows of a folder's repository: its place, its commits and branches, its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from functools import cached_property
from pathlib import Path

from cireg.git.objects import Objects
from cireg.git.process import COMMIT, day_of, failure, items


@dataclass(frozen=True, slots=True)
class FileDates:
    """The days of the first and the last commit, on the way of first parents, that touched a path."""

    first_seen: date
    last_changed: date


class Git(Objects):
    """Git, asked about the repository that a folder lies in.

    Where there is no repository, or no git, the answer is what an empty repository would give; `toplevel`
    tells. Every method raises `CiregError` for a repository that git will not trust, or an answer that takes
    too long. Names are decoded as the file system's are, so that any bytes survive.
    """

    def toplevel(self) -> Path | None:
        """The root of the work tree; None outside a repository, in a bare one, or without git."""
        return self._place[0]

    def is_shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned, so that its dates tell nothing."""
        return self._place[1]

    def is_partial(self) -> bool:
        """Whether the clone left out objects on purpose, to fetch them when they are asked for."""
        return bool(self.ask("config", "-z", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"))

    def prefix(self) -> str:
        """The way from the top to this folder, with "/" at its end; "" at the top, and outside a repository."""
        answer = self.ask("rev-parse", "--show-prefix") or b""
        return os.fsdecode(answer).removesuffix("\n")

    def left_out(self, paths: Iterable[str]) -> tuple[int, int]:
        """How many files under `paths` a sparse checkout has left out of the work tree, and how many there are."""
        if (self.ask("config", "--type=bool", "core.sparseCheckout") or b"").strip() != b"true":
            return 0, 0
        listed = items(self.must("ls-files", "-t", "-z", "--", *paths))
        return sum(each.startswith("S ") for each in listed), len(listed)

    def resolve(self, rev: str) -> str | None:
        """The full id of the commit that `rev` names; None where it names none. Any text may be asked for."""
        answer = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}")
        commit = (answer or b"").decode("ascii", "replace").strip()
        return commit if COMMIT.fullmatch(commit) else None

    def head_commit_date(self, zone: tzinfo = UTC) -> date | None:
        """The day, in `zone`, on which HEAD was committed; None before the first commit."""
        return self._commit_date("HEAD", zone)

    def commit_date(self, commit: str, zone: tzinfo = UTC) -> date | None:
        """The day, in `zone`, on which a commit was made; `commit` is what `resolve` returned."""
        if not COMMIT.fullmatch(commit):
            raise ValueError(f"not a commit id: {commit!r}")
        return self._commit_date(commit, zone)

    def is_clean(self, paths: Iterable[str] = (".",)) -> bool:
        """Whether the files under `paths`, from the folder, are those of HEAD: none changed, new or gone."""
        arguments = ("--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=all", "--no-renames")
        return self.ask("status", *arguments, "--", *paths) == b""

    def is_tracked(self, path: str) -> bool:
        """Whether git's index has a file at this path, from the folder; it need not be in the work tree any more."""
        return bool(self.ask("ls-files", "-z", "--cached", "--", path))

    def user(self) -> tuple[str, str] | None:
        """The user's name and e-mail address as git knows them, "" for a missing one; None without both."""
        answer = self.ask("config", "-z", "--get-regexp", r"^user\.(name|email)$") or b""
        known = dict(item.split("\n", 1) for item in items(answer) if "\n" in item)
        name, email = known.get("user.name", ""), known.get("user.email", "")
        return (name, email) if name or email else None

    def current_branch(self) -> str | None:
        """The name of the branch that one is on; None for none."""
        answer = self.ask("symbolic-ref", "--quiet", "--short", "HEAD") or b""
        return os.fsdecode(answer).removesuffix("\n") or None

    def branches(self) -> tuple[str, ...]:
        """The full names of all local and remote branches, sorted."""
        answer = self.ask("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes") or b""
        return tuple(sorted(os.fsdecode(answer).splitlines()))

    def names_in_branches(self, folder: str = "improvements") -> frozenset[str]:
        """The names, without their folders, of all files under `folder`, a path from this folder.

        It looks in HEAD, in every local and remote branch as last fetched, in the index and in the work tree:
        five processes, however many branches there are.
        """
        if self.toplevel() is None:
            return frozenset()
        tips = self.must("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").split()
        asked = "".join(f"{tip}:./{folder}\n" for tip in ["HEAD", *sorted({os.fsdecode(tip) for tip in tips})])
        told = self.must("cat-file", "--batch-check=%(objecttype) %(objectname)", input_=os.fsencode(asked))
        trees = sorted({line[5:] for line in told.decode("ascii", "replace").splitlines() if line[:5] == "tree "})
        paths = set(items(self.must("ls-files", "-z", "--cached", "--others", "--", folder)))
        if trees:
            # One tree is listed; of all others git tells only what differs from it.
            paths.update(items(self.must("ls-tree", "-r", "-z", "--name-only", "--full-tree", trees[0])))
            pairs = "".join(f"{trees[0]} {tree}\n" for tree in trees[1:])
            told = self.must("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", input_=pairs.encode())
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
        answer = self.ask("log", "--first-parent", *shown, "HEAD", "--", folder)
        found: dict[str, FileDates] = {}
        for header, path in _raw(answer or b""):
            day = day_of(header, zone)
            if day is not None:
                found[path] = FileDates(day, found[path].last_changed if path in found else day)
        return dict(sorted(found.items()))

    @cached_property
    def _place(self) -> tuple[Path | None, bool]:
        """The root of the work tree and whether it is shallow."""
        done = self.run("rev-parse", "--is-shallow-repository", "--show-toplevel")
        if done is None or b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
            return (None, False)
        if done.returncode:
            raise failure(done)
        shallow, _, top = os.fsdecode(done.stdout).removesuffix("\n").partition("\n")
        return (Path(top), shallow == "true")

    def _commit_date(self, rev: str, zone: tzinfo) -> date | None:
        answer = self.ask("log", "-1", "--format=%ct", rev, "--") or b""
        return day_of(answer.decode("ascii", "replace").strip(), zone)


def _raw(answer: bytes) -> Iterator[tuple[str, str]]:
    """(header, path) for each change in the -z --raw output of git log or diff-tree.

    A token that holds ":" starts a change and the next one is its path; what stands before it is the header,
    which holds for the changes that follow too.
    """
    header = ""
    tokens = iter(items(answer))
    for token in tokens:
        before, colon, _ = token.partition(":")
        header = before.strip() or header
        if colon:
            yield header, next(tokens, "")
