"""The folder of the built site: everything is made beside it first, then only what differs takes its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NEW = ".cireg-new"
"""The folder in the site in which a new one is made; a name with a dot is no part of the site."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many files of the site were written, left as they were, and removed."""

    written: int
    kept: int
    removed: int


class Output:
    """A site on its way into `folder`. Until `publish` the site there stays as it was.

    MkDocs makes its files in `new`; those of `write` wait in one flat folder, since folders are slow to make.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.new = folder / NEW / "mkdocs"
        self._waiting_in = folder / NEW / "cireg"
        self._kept: set[str] = set()
        self._waiting: dict[str, Path] = {}
        self.discard()
        self._waiting_in.mkdir(parents=True)

    def write(self, path: str, data: bytes) -> None:
        """Make the file at `path`, relative to the site's root; one that has these bytes is left alone."""
        if _holds(self.folder / path, data):
            self._kept.add(path)
        else:
            self._waiting[path] = self._waiting_in / str(len(self._waiting))
            self._waiting[path].write_bytes(data)

    def files(self) -> set[str]:
        """The files that the new site consists of, relative to its root with "/"."""
        return {*self._kept, *self._waiting, *_files(self.new)}

    def publish(self, *, without: Collection[str] = ()) -> Changes:
        """Put the new site in the place of the old one; of what MkDocs made, `without` is left out.

        What is not part of it is removed, but for names at the root that begin with a dot.
        """
        waiting = dict(self._waiting)
        for path in _files(self.new):
            if path not in self._kept and path not in waiting and path not in without:
                if _holds(self.folder / path, (self.new / path).read_bytes()):
                    self._kept.add(path)
                else:
                    waiting[path] = self.new / path
        removed = self._remove_others({*self._kept, *waiting})
        for path, made in sorted(waiting.items()):
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(made, target)
        self.discard()
        return Changes(len(waiting), len(self._kept), removed)

    def discard(self) -> None:
        """Forget what was made so far."""
        if (self.folder / NEW).exists():
            shutil.rmtree(self.folder / NEW)

    def _remove_others(self, site: Collection[str]) -> int:
        others = [path for path in _files(self.folder, hidden=False) if path not in site]
        for path in others:
            (self.folder / path).unlink()
        for folder in {parent for path in others for parent in Path(path).parents[:-1]}:
            with suppress(OSError):  # not empty, or gone with one inside it
                os.removedirs(self.folder / folder)
        return len(others)


def _holds(path: Path, data: bytes) -> bool:
    """Whether the file at `path` has exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _files(root: Path, *, hidden: bool = True) -> list[str]:
    """The files and links under `root`, sorted; without `hidden` no name at the root that begins with a dot."""
    found = []
    prefix = len(str(root)) + 1
    for here, folders, names in os.walk(root):
        if not hidden and here == str(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        found += [os.path.join(here, name)[prefix:].replace(os.sep, "/") for name in (*names, *links)]
    return sorted(path for path in found if hidden or not path.startswith("."))
