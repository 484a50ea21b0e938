"""Files that the user names on the command line, wherever they lie, and what is wrong with a map."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cireg.cli.session import note
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree
from cireg.findings import Finding
from cireg.report import text


def read_given(path: Path, limit: int) -> bytes:
    """What is in a file that the user named, through whatever link; raises `CiregError`."""
    real = Path(os.path.realpath(path))
    try:
        return WorkTree(real.parent).read(real.name, limit)
    except FileRefused as refused:
        raise CiregError(f"'{path}' {refused.message}") from refused


def tell_findings(found: Sequence[Finding], raw: bytes) -> None:
    """What is wrong with a map, to stderr, each with its line."""
    source = raw.decode("utf-8", errors="replace").split("\n")
    for line in text.findings(found, lambda _: source, lambda content, _: content):
        note(line)
