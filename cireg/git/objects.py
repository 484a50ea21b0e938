"""What commits hold, asked for by full ids alone: their files, the bytes of these, and what each commit changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from cireg.errors import CiregError
from cireg.git.process import COMMIT, Process, day_of, failure, items

_FIRST_PARENTS = ("--first-parent", "--diff-merges=first-parent")
_EVERY = ("--full-history", "--no-merges", "--topo-order")

CHUNK = 64 * 1024 * 1024  # bytes of blobs that one process hands over at most


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One name in a commit's tree: `mode` in octal digits as git writes it, `blob` the id of what it holds."""

    path: str
    mode: str
    blob: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A blob that was not read because of its size, in bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: `when` in seconds since 1970 by the committer's clock, which anybody may set on a commit of his own."""

    id: str
    when: str
    author: str
    email: str
    subject: str

    def day(self, zone: tzinfo = UTC) -> date | None:
        """The day, in `zone`; None for one beyond the calendar, as a forged commit may carry."""
        return day_of(self.when, zone)


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to one path; a blob is None where there is none. Modes are octal digits."""

    path: str
    before: str | None
    after: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge would give: the tree's id, and the paths from the top that git could not merge by itself."""

    tree: str
    conflicts: tuple[str, ...]


class Objects(Process):
    """The objects of a repository. Whatever is called `commit` here is a full id, as `Git.resolve` returns it."""

    def tree(self, commit: str, folder: str = "", paths: Iterable[str] = ()) -> list[TreeFile] | None:
        """The files of a commit under `folder`, "" or a path from the top that ends in "/", by path from there.

        `paths`, from that folder, narrow the list. None where the commit has no such folder.
        """
        asked = ("ls-tree", "-r", "-z", "--full-tree", f"{_known(commit)}:{folder}", "--", *paths)
        answer = self.ask(*asked)
        if answer is None:
            return None
        found = []
        for entry in items(answer):
            about, _, path = entry.partition("\t")
            mode, _, blob = about.split(" ")
            found.append(TreeFile(path, mode, blob))
        return found

    def blobs(self, ids: Iterable[str], limit: int) -> Iterator[tuple[str, bytes | Unread]]:
        """The bytes of each blob of at most `limit` bytes, in the order of `ids`, each once.

        It takes one process for the sizes and one for each 64 MiB. Raises `CiregError` where this clone does not
        have one of them: nothing is fetched.
        """
        asked = [_known(each) for each in dict.fromkeys(ids)]
        if not asked:
            return
        done = self.run("cat-file", "--batch-check=%(objecttype) %(objectsize)", "--buffer", input_=_lines(asked))
        if done is None or done.returncode or b" missing\n" in done.stdout:
            raise CiregError(
                "this clone does not have every file of that commit, or of its history",
                "fetch them with: git fetch --refetch --no-filter; or clone again without --filter",
            )
        told = done.stdout
        waiting: list[str] = []
        room = CHUNK
        for blob, line in zip(asked, told.decode("ascii", "replace").splitlines(), strict=True):
            size = int(line.partition(" ")[2])
            if size > limit:
                yield blob, Unread(size)
                continue
            if room < size:
                yield from self._batch(waiting)
                waiting, room = [], CHUNK
            waiting.append(blob)
            room -= size
        yield from self._batch(waiting)

    def _batch(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        told = self.must("cat-file", "--batch", "--buffer", input_=_lines(ids)) if ids else b""
        at = 0
        for blob in ids:
            end = told.index(b"\n", at)
            size = int(told[at:end].rpartition(b" ")[2])
            yield blob, told[end + 1 : end + 1 + size]
            at = end + 2 + size

    def changes(
        self, commit: str, paths: Iterable[str] = (".",), *, since: str = "", every: bool = False
    ) -> Iterator[tuple[Commit, list[Change]]]:
        """What each commit changed under `paths`, the newest first, on the way of first parents from `commit`.

        Paths start at this folder. A merge changes what it brought to its first parent. With
        `since`, only the commits that are no ancestors of that one. With `every`, the commits of all branches that
        were merged too, and no merges. One process.
        """
        way = _EVERY if every else _FIRST_PARENTS
        wanted = [_known(commit), *(["^" + _known(since)] if since else [])]
        shown = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", "--encoding=UTF-8")
        told = self.must(
            *("log", *way, *shown, "--format=%H%n%ct%n%an%n%ae%n%s"),
            *(*wanted, "--", *paths),
        )
        here: Commit | None = None
        found: list[Change] = []
        tokens = iter(told.decode("utf-8", "surrogateescape").split("\0"))
        for padded in tokens:
            token = padded.lstrip("\n")
            if token.startswith(":"):
                _, mode, before, after, _ = token.split(" ", 4)
                path = os.fsdecode(next(tokens, "").encode("utf-8", "surrogateescape"))
                found.append(Change(path, _blob(before), _blob(after), mode))
            elif token:
                if here:
                    yield here, found
                here, found = Commit(*(token.split("\n") + [""] * 4)[:5]), []
        if here:
            yield here, found

    def merged(self, ours: str, theirs: str) -> Merged:
        """The tree that a merge of two commits would give, as git itself makes it; no branch and no file is touched.

        It is written into git's objects, where the next clean-up takes it away. What a file `.gitattributes` says is
        not looked at: it could name a program that the user has set up. Raises `CiregError` where there is nothing
        in common, and for a git before 2.38.
        """
        place = os.fsdecode(self.must("rev-parse", "--absolute-git-dir")).removesuffix("\n")
        outside = ("-C", place, f"--git-dir={place}", "-c", "core.bare=true", "-c", "merge.directoryRenames=false")
        done = self.run(
            *outside, "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", _known(ours), _known(theirs)
        )
        if done is None or done.returncode not in (0, 1):
            raise CiregError(f"{failure(done).message}", "a merge that is only tried takes git 2.38 or later")
        tree, *conflicts = items(done.stdout)
        return Merged(_known(tree), tuple(dict.fromkeys(each for each in conflicts if each)))

    def is_on_the_way(self, commit: str, end: str) -> bool:
        """Whether `commit` is reached from `end` by first parents alone; False where this clone has no such commit."""
        told = self.ask("rev-list", "--first-parent", "--parents", _known(end), "^" + _known(commit), "--")
        lines = (told or b"").decode("ascii", "replace").splitlines()
        return bool(lines) and lines[-1].split()[1:2] == [commit]

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits; None where they have none, or none that this clone knows."""
        answer = self.ask("merge-base", _known(one), _known(other)) or b""
        found = answer.decode("ascii", "replace").partition("\n")[0]
        return found if COMMIT.fullmatch(found) else None


def blob_id(content: bytes, length: int = 40) -> str:
    """The id that git gives to a content, in a repository whose ids have `length` digits."""
    made = hashlib.sha1(usedforsecurity=False) if length == 40 else hashlib.sha256()
    made.update(b"blob %d\0" % len(content) + content)
    return made.hexdigest()


def _blob(name: str) -> str | None:
    return None if name.strip("0") == "" else name


def _known(name: str) -> str:
    if not COMMIT.fullmatch(name):
        raise ValueError(f"not a full id: {name!r}")
    return name


def _lines(ids: list[str]) -> bytes:
    return "".join(f"{each}\n" for each in ids).encode()
