"""The files of a commit as a tree: read from git's objects, without a checkout and without touching the work tree."""

from __future__ import annotations

import errno
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from cireg.files.tree import Entry, FileRefused, Kind, refusal, split_path, too_large
from cireg.git import Git, TreeFile, Unread

_LFS = b"version https://git-lfs.github.com/spec/"
_LINK = "120000"
_FILE = "100"  # with whatever rights: old trees hold more kinds than git writes today


class CommitTree:
    """A `Tree` of what a commit holds under a folder; it lists, reads and refuses as the work tree does.

    `folder` is "" or a path from the top that ends in "/"; `within` names the files and folders that matter, from
    there: nothing else is listed or can be read. The names are asked for at once, and what the files hold with
    the first one that is read. A submodule is special: another repository has what it holds.
    """

    def __init__(self, git: Git, commit: str, folder: str = "", within: Iterable[str] = ()) -> None:
        self._git = git
        files = git.tree(commit, folder, within) or []
        self._files = {each.path: each for each in sorted(files, key=lambda each: each.path, reverse=True)}
        self._paths = sorted(self._files)
        self._folders = {path[:end] for path in self._paths for end, mark in enumerate(path) if mark == "/"}
        self._held: dict[str, bytes | Unread] = {}

    def list(self, folder: str = "") -> tuple[Entry, ...]:
        """See `Tree.list`."""
        if folder in self._files:
            return (Entry(folder, _kind(self._files[folder])),)
        prefix = f"{folder}/" if folder else ""
        found = []
        for path in self._paths[bisect_left(self._paths, prefix) :]:
            if not path.startswith(prefix):
                break
            if "/." not in "/" + path[len(prefix) :]:
                found.append(Entry(path, _kind(self._files[path])))
        return tuple(found)

    def read(self, path: str, limit: int) -> bytes:
        """See `Tree.read`."""
        parts = split_path(path)
        file = self._files.get(path)
        if file is None:
            raise self._missing(path, parts)
        kind = _kind(file)
        if kind != "file":
            raise refusal(OSError(errno.ELOOP if kind == "symlink" else errno.ENXIO, path))
        held = self._content(file, limit)
        if isinstance(held, Unread) or len(held) > limit:
            raise too_large(limit)
        if held.startswith(_LFS):
            raise FileRefused("unreadable", "cannot be read: it is kept in Git LFS, so its content is not in git")
        return held

    def blob(self, path: str) -> str | None:
        """The id of what a file holds, None where there is none: the same id is the same bytes."""
        file = self._files.get(path)
        return file.blob if file and _kind(file) == "file" else None

    def exists(self, path: str) -> bool:
        """See `Tree.exists`."""
        return path in self._files or path in self._folders

    def _content(self, file: TreeFile, limit: int) -> bytes | Unread:
        held = self._held.get(file.blob)
        if held is None:
            wanted = [each.blob for each in self._files.values() if _kind(each) == "file"] if not self._held else []
            self._held.update(self._git.blobs([*wanted, file.blob], limit))
            held = self._held[file.blob]
        if isinstance(held, Unread) and held.size <= limit:
            self._held.update(self._git.blobs([file.blob], limit))
            held = self._held[file.blob]
        return held

    def _missing(self, path: str, parts: Sequence[str]) -> FileRefused:
        for end in range(1, len(parts)):
            above = self._files.get("/".join(parts[:end]))
            if above is not None and _kind(above) == "symlink":
                return FileRefused("symlink", "lies behind a symbolic link, and links are not followed")
        return refusal(OSError(errno.EISDIR if path in self._folders else errno.ENOENT, path))


def _kind(file: TreeFile) -> Kind:
    if file.mode == _LINK:
        return "symlink"
    return "file" if file.mode.startswith(_FILE) else "special"
