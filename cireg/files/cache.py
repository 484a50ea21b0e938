"""A cache of what is worked out once from bytes that never change: taken away or torn, it is only made again.

It lies in a folder of the user's own, never in a repository: who sends a repository must not be able to send
answers along. A file that belongs to somebody else, that others may write or that is not whole is not read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cireg.files.tree import OPEN_FLAGS, FileRefused, read_regular

_MOST = 512 * 1024 * 1024  # bytes
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_FLAGS


class Cache:
    """One file of a cache: a JSON value for each key. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self._path = folder / f"{name}.json" if folder else None

    def load(self) -> dict[str, Any]:
        """What was kept; nothing where that cannot be trusted."""
        if self._path is None or not (_own(self._path.parent) and _own(self._path)):
            return {}
        try:
            raw = read_regular(str(self._path), _MOST)
            digest, _, body = raw.partition(b"\n")
            if digest.decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
                return {}
            found = json.loads(body)
        except (FileRefused, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, content: Mapping[str, Any]) -> None:
        """Keep this and nothing else; a folder that cannot be written is no fault."""
        if self._path is None:
            return
        body = json.dumps(content, separators=(",", ":"), ensure_ascii=True).encode()
        new = f"{self._path}.{os.urandom(8).hex()}.tmp"
        with suppress(OSError):
            os.makedirs(self._path.parent, mode=0o700, exist_ok=True)
            if not _own(self._path.parent):
                return
            try:
                handle = os.open(new, _CREATE, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                os.replace(new, self._path)
            except OSError:
                os.unlink(new)


def _own(path: Path) -> bool:
    """Whether nobody but the user can have written it."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    if os.name == "nt":
        return True  # the folder is the user's by where it lies
    return status.st_uid == os.geteuid() and not stat.S_ISLNK(status.st_mode) and not status.st_mode & 0o022
