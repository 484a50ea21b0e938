"""A register's files as a tree to list and read, and the work tree, in which no link is followed."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Literal, Protocol

Kind = Literal["file", "symlink", "special", "unreadable"]
Refusal = Literal["symlink", "special-file", "file-too-large", "unreadable"]

# Windows has no O_NOFOLLOW: there a link is looked for before opening.
NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
OPEN_FLAGS: int = NOFOLLOW | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# O_NONBLOCK: opening a named pipe must not wait for a writer.
_READ = os.O_RDONLY | OPEN_FLAGS | getattr(os, "O_NONBLOCK", 0)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, Windows' link to a folder
_NEVER_IN_NAMES = "\0" if os.sep == "/" else "\0\\:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a tree: `path` from the tree's root with "/"."""

    path: str
    kind: Kind


class FileRefused(Exception):
    """A file that is not read: `rule` names the reason, `message` completes the sentence 'the file ...'."""

    def __init__(self, rule: Refusal, message: str) -> None:
        super().__init__(message)
        self.rule: Refusal = rule
        self.message = message


class Tree(Protocol):
    """A register's files, wherever they lie: in a folder, in memory, in a commit."""

    def list(self, folder: str = "") -> tuple[Entry, ...]:
        """Everything under `folder`, recursively, sorted by path; nothing where there is no such folder.

        Names that begin with a dot are left out. Folders are walked, not listed; one that cannot be read is
        listed as unreadable. Links are listed and not followed. A `folder` that is no folder is its own one
        entry.
        """

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file of at most `limit` bytes; raises `FileRefused`."""

    def exists(self, path: str) -> bool:
        """Whether a file, folder or link of that name is there; what lies behind a link is not looked at."""


class WorkTree:
    """The files under a folder of this machine; a link inside it is never followed."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(os.path.realpath(root))
        self._prefix = os.path.join(self.root, "")
        self._folders = {""}  # known to be real folders, so the next file in them needs no second look

    def list(self, folder: str = "") -> tuple[Entry, ...]:
        """See `Tree.list`."""
        try:
            if folder:
                self._prove_parents(folder)
            kind = _kind(os.lstat(self._prefix + folder))
        except (FileRefused, OSError, ValueError):
            return ()
        if kind is not None:
            return (Entry(folder, kind),)
        found: list[Entry] = []
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                waiting += _scan(self._prefix, here, found)
                self._folders.add(here)
            except OSError:
                found.append(Entry(here, "unreadable"))
        return tuple(sorted(found, key=attrgetter("path")))  # by code point: the order of UTF-8 bytes

    def read(self, path: str, limit: int) -> bytes:
        """See `Tree.read`."""
        self._prove_parents(path)
        return read_regular(self._prefix + path, limit)

    def exists(self, path: str) -> bool:
        """See `Tree.exists`."""
        try:
            self._prove_parents(path)
            os.lstat(self._prefix + path)
        except (FileRefused, OSError, ValueError):
            return False
        return True

    def _prove_parents(self, path: str) -> None:
        """Raise `FileRefused` unless every folder on the way to `path` is a real one under the root."""
        parts = split_path(path)
        if path.rpartition("/")[0] in self._folders:
            return
        for end in range(1, len(parts)):
            folder = "/".join(parts[:end])
            if folder in self._folders:
                continue
            try:
                kind = _kind(os.lstat(self._prefix + folder))
            except (OSError, ValueError) as error:
                raise refusal(error) from error
            if kind == "symlink":
                raise FileRefused("symlink", "lies behind a symbolic link, and links are not followed")
            if kind is not None:
                raise FileRefused("unreadable", "cannot be read: a part of its path is not a folder")
            self._folders.add(folder)


def _scan(prefix: str, folder: str, found: list[Entry]) -> list[str]:
    """Add the entries of one folder to `found`; returns the folders in it."""
    below = []
    with os.scandir(prefix + folder) as names:
        for name in names:
            if name.name.startswith("."):
                continue
            path = f"{folder}/{name.name}" if folder else name.name
            kind: Kind | None = "file"
            try:
                if not name.is_file(follow_symlinks=False):
                    kind = _kind(name.stat(follow_symlinks=False))
            except OSError:
                kind = "unreadable"
            if kind is None:
                below.append(path)
            else:
                found.append(Entry(path, kind))
    return below


def split_path(path: str) -> list[str]:
    """The names on the way to a path; raises `FileRefused` for a path that could lead out of the tree."""
    parts = path.split("/")
    if "" in parts or "." in parts or ".." in parts or any(mark in path for mark in _NEVER_IN_NAMES):
        raise FileRefused("unreadable", "cannot be read: its path does not stay in the register")
    return parts


def read_regular(name: str, limit: int) -> bytes:
    """The bytes of a regular file, no link, of at most `limit` bytes; raises `FileRefused`."""
    try:
        if not NOFOLLOW and _kind(os.lstat(name)) == "symlink":
            raise refusal(OSError(errno.ELOOP, "link"))
        handle = os.open(name, _READ)
    except (OSError, ValueError) as error:
        raise refusal(error) from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise refusal(OSError(errno.ENXIO, "not regular"))
        if status.st_size > limit:
            raise too_large(limit)
        pieces = []
        room = limit + 1  # one more than allowed: the file may have grown since
        while room and (piece := os.read(handle, min(room, status.st_size + 1))):
            pieces.append(piece)
            room -= len(piece)
    except OSError as error:
        raise refusal(error) from error
    finally:
        os.close(handle)
    if not room:
        raise too_large(limit)
    return b"".join(pieces)


def refusal(error: OSError | ValueError) -> FileRefused:
    """The refusal that stands for what the system said."""
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ELOOP, errno.EMLINK):  # EMLINK: the BSDs' answer to O_NOFOLLOW
        return FileRefused("symlink", "is a symbolic link, and links are not followed")
    if number in (errno.ENXIO, errno.ENODEV, errno.EISDIR):
        return FileRefused("special-file", "is not a regular file")
    reason = os.strerror(number) if number else "no file can have this name"
    return FileRefused("unreadable", f"cannot be read: {reason}")


def too_large(limit: int) -> FileRefused:
    """The refusal of a file of more than `limit` bytes."""
    size = f"{limit // 1024} KiB" if limit % 1024 == 0 else f"{limit} bytes"
    return FileRefused("file-too-large", f"is larger than {size}")


def _kind(status: os.stat_result) -> Kind | None:
    """What a name is by its `lstat`; None is a folder."""
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return "symlink"
    if stat.S_ISDIR(status.st_mode):
        return None
    return "file" if stat.S_ISREG(status.st_mode) else "special"
