"""Replace a register's files whole or not at all: no half-written file, no lost edit, nothing left behind."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cireg.errors import CiregError
from cireg.files.tree import OPEN_FLAGS, FileRefused, read_regular

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_FLAGS
_UNTOUCHED = "nothing was changed"
_LOOK_AGAIN = "nothing was changed; look at the file as it is now, then run the command again"


class NotConfirmed(CiregError):
    """The files are saved, but the disk did not confirm that they would survive a power cut."""


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new content, None to remove it; `expected` is what it holds now, None where it must not exist yet."""

    path: Path
    data: bytes | None
    expected: bytes | None


@dataclass(slots=True)
class _Staged:
    """A write on its way: `new` holds the new content, None to remove, `old` the way back, both beside the target."""

    write: Write
    target: str
    new: str | None
    old: str | None = None

    @property
    def done(self) -> bool:
        """Whether the target has been replaced, made or removed."""
        return not os.path.lexists(self.target if self.new is None else self.new)


def write_atomically(path: Path, data: bytes, *, expected: bytes | None, root: Path) -> None:
    """Replace one file under `root`, or create it with its folders; see `write_all`."""
    write_all([Write(path, data, expected)], root=root)


def write_all(writes: Sequence[Write], *, root: Path) -> None:
    """Replace, create or remove several files under `root`: all of them or none.

    Everything is written and synced beside its target first, as `.cireg-*.tmp`, then renamed; a target keeps
    its mode. What is to be removed goes last. Raises `CiregError` for a target that is a link, has a second name,
    is no regular file, lies outside the root or in git's own folder, or no longer holds what is `expected`, and
    for whatever the system refuses; the files are then as they were. Raises `NotConfirmed` when they are saved and
    only the last sync failed.
    """
    base = os.path.realpath(root)
    targets = [_target(write.path, base) for write in writes]
    if len(set(targets)) < len(targets):
        raise ValueError("a file is to be written twice")
    temporary: set[str] = set()
    folders: list[str] = []
    staged: list[_Staged] = []
    path = root
    try:
        for write, target in zip(writes, targets, strict=True):
            path = write.path
            staged.append(_stage(write, target, temporary, folders, way_back=len(writes) > 1))
        for step in sorted(staged, key=lambda each: each.new is None):
            path = step.write.path
            _check(step.write, step.target)
            if step.new is None:
                os.unlink(step.target)
            else:
                os.replace(step.new, step.target)
    except BaseException as error:
        stuck = _undo(staged, temporary)
        _remove(temporary, folders)
        if stuck:
            raise CiregError(f"cannot save '{path}', and cannot bring back {', '.join(stuck)}") from error
        if isinstance(error, OSError):
            raise CiregError(f"cannot save '{path}': {error.strerror}", _UNTOUCHED) from error
        raise
    _remove(temporary, [])
    _confirm({os.path.dirname(name) for name in [*targets, *folders]})


def _target(path: Path, base: str) -> str:
    """The absolute name of a file to write, its folder resolved; it must stay under `base`."""
    folder = os.path.realpath(path.parent)
    inside = Path(folder).relative_to(base).parts if Path(folder).is_relative_to(base) else None
    if inside is None or path.name in ("", ".."):
        raise CiregError(f"will not write '{path}': it lies outside the register", _UNTOUCHED)
    if ".git" in (part.casefold() for part in [*inside, path.name]):
        raise CiregError(f"will not write '{path}': it lies in git's own folder", _UNTOUCHED)
    return os.path.join(folder, path.name)


def _check(write: Write, target: str) -> int | None:
    """The mode of the file to replace, None for a new one; `CiregError` unless it is as expected."""
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        if write.expected is not None:
            raise CiregError(f"'{write.path}' has changed on disk: it is gone", _LOOK_AGAIN) from None
        return None
    if stat.S_ISLNK(status.st_mode):
        raise CiregError(f"will not write '{write.path}': it is a symbolic link", _UNTOUCHED)
    if not stat.S_ISREG(status.st_mode):
        raise CiregError(f"will not write '{write.path}': it is not a regular file", _UNTOUCHED)
    if status.st_nlink > 1:
        raise CiregError(f"will not write '{write.path}': it has a second name (a hard link)", _UNTOUCHED)
    if write.expected is None:
        raise CiregError(f"'{write.path}' has changed on disk: it exists already", _LOOK_AGAIN)
    try:
        content = read_regular(target, len(write.expected))
    except FileRefused as refused:
        if refused.rule != "file-too-large":
            raise CiregError(f"'{write.path}' {refused.message}", _UNTOUCHED) from refused
        content = None
    if content != write.expected:
        raise CiregError(f"'{write.path}' has changed on disk since it was read", _LOOK_AGAIN)
    return stat.S_IMODE(status.st_mode)


def _stage(write: Write, target: str, temporary: set[str], folders: list[str], *, way_back: bool) -> _Staged:
    """Write the new content beside the target, and the old one too where a way back is needed."""
    mode = _check(write, target)
    folder = os.path.dirname(target)
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for folder in reversed(missing):
        folders.append(folder)
        os.mkdir(folder)
    new = None if write.data is None else _write_beside(target, write.data, mode, temporary)
    old = None
    if way_back and write.expected is not None:
        old = _write_beside(target, write.expected, mode, temporary)
    return _Staged(write, target, new, old)


def _write_beside(target: str, data: bytes, mode: int | None, temporary: set[str]) -> str:
    """A synced file with this content and mode in the target's folder; `temporary` takes its name."""
    name = os.path.join(os.path.dirname(target), f".cireg-{os.urandom(8).hex()}.tmp")
    temporary.add(name)
    handle = os.open(name, _CREATE, 0o666 if mode is None else mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if mode is not None:
            os.chmod(name, mode)
        os.fsync(handle)
    finally:
        os.close(handle)
    return name


def _undo(staged: Sequence[_Staged], temporary: set[str]) -> list[str]:
    """Bring back what was renamed over; names what cannot be brought back, and keeps its old content."""
    stuck = []
    for step in reversed(staged):
        if not step.done:
            continue
        try:
            if step.old is not None:
                os.replace(step.old, step.target)
            elif step.write.expected is None:
                os.unlink(step.target)
        except OSError:
            temporary.discard(step.old or "")
            kept = f" (its old content is in '{step.old}')" if step.old else ""
            stuck.append(f"'{step.write.path}'{kept}")
    return stuck


def _remove(files: set[str], folders: Sequence[str]) -> None:
    """Leave nothing behind: the temporary files and the folders made for them."""
    for name in files:
        with suppress(OSError):
            os.unlink(name)
    for name in reversed(folders):
        with suppress(OSError):
            os.rmdir(name)


def _confirm(folders: set[str]) -> None:
    """Sync the folders, so that the new names survive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    for folder in sorted(folders):
        try:
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise NotConfirmed(
                f"saved, but the disk did not confirm it: {error.strerror}",
                "the new content is in place; check the disk before you rely on it",
            ) from error
