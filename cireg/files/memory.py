"""A tree held in memory, for tests and for the examples that rules carry."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cireg.files.tree import Entry, FileRefused, Kind, Refusal, refusal, split_path, too_large


@dataclass(frozen=True, slots=True)
class Symlink:
    """A symbolic link in a `MemoryTree`."""

    target: str


@dataclass(frozen=True, slots=True)
class Special:
    """What is no regular file in a `MemoryTree`: a pipe or a device, or a file that may not be read."""

    kind: Literal["special", "unreadable"] = "special"


class MemoryTree:
    """A `Tree` of {path: content}, text as UTF-8; it lists, reads and refuses as the work tree does."""

    def __init__(self, files: Mapping[str, bytes | str | Symlink | Special]) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._folders = {folder for path in files for folder in _parents(path)}
        for path in sorted(self._folders & self._files.keys()):
            raise ValueError(f"'{path}' cannot be a folder and something else")

    def list(self, folder: str = "") -> tuple[Entry, ...]:
        """See `Tree.list`."""
        prefix = f"{folder}/" if folder else ""
        return tuple(
            Entry(path, _kind(content))
            for path, content in sorted(self._files.items())
            if path == folder or (path.startswith(prefix) and "/." not in "/" + path[len(prefix) :])
        )

    def read(self, path: str, limit: int) -> bytes:
        """See `Tree.read`."""
        content = self._files.get(path)
        if isinstance(content, bytes):
            if len(content) > limit:
                raise too_large(limit)
            return content
        if isinstance(content, Special):
            rule: Refusal = "special-file" if content.kind == "special" else "unreadable"
            raise FileRefused(rule, "is not a regular file" if content.kind == "special" else "cannot be read")
        for folder in _parents(path):
            if isinstance(self._files.get(folder), Symlink):
                raise FileRefused("symlink", "lies behind a symbolic link, and links are not followed")
        number = errno.ELOOP if content else errno.EISDIR if path in self._folders else errno.ENOENT
        raise refusal(OSError(number, path))

    def exists(self, path: str) -> bool:
        """See `Tree.exists`."""
        return path in self._files or path in self._folders


def _kind(content: bytes | Symlink | Special) -> Kind:
    if isinstance(content, Special):
        return content.kind
    return "symlink" if isinstance(content, Symlink) else "file"


def _parents(path: str) -> list[str]:
    parts = split_path(path)
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
