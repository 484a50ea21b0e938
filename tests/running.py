"""The command line as tests call it: in this process, or as a program."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from cireg.cli import main

ROOT = Path(__file__).resolve().parents[1]
# What a machine may have set and what would change the output.
_UNWANTED = (
    "GITHUB_ACTIONS",
    "NO_COLOR",
    "FORCE_COLOR",
    "CIREG_TODAY",
    "SOURCE_DATE_EPOCH",
    "COLUMNS",
    "PYTHONIOENCODING",
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would change the output."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return kept | {"XDG_CACHE_HOME": os.devnull} | more  # nothing is kept between two runs


def call(folder: Path, *arguments: str, **more: str) -> Ran:
    """Run a command in this process, in a folder; `more` are environment variables."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    code: object = 0
    with (
        contextlib.chdir(folder),
        patch.dict(os.environ, environment(**more), clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code
    texts = []
    for stream in (out, err):
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts.append(buffer.getvalue().decode())
    assert code is None or isinstance(code, int)
    return Ran(code or 0, *texts)


def program(folder: Path, *arguments: str, **more: str) -> Ran:
    """Run a command as a process of its own, in a folder; `more` are environment variables."""
    done = subprocess.run(
        [sys.executable, "-m", "cireg", *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT), **more),
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
