"""Times whole processes, two of them in turn, so that a machine whose speed drifts treats both alike."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contest:
    """A command of ours and one of a peer: the medians of their CPU seconds, user and system together."""

    name: str
    ours: float
    peer: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    def __str__(self) -> str:
        verdict = "within" if self.ratio <= self.limit else "OVER"
        figures = f"{self.ours:8.3f} s  {self.peer:8.3f} s  {self.ratio:6.3f}"
        return f"{self.name:<44}{figures}  {verdict} {self.limit:g}"


def cpu(command: Sequence[str], folder: Path) -> float:
    """The CPU seconds of one run of a command and of what it starts; raises when it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CIREG_TODAY": "2026-11-23"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool is compiled once, not at every run
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def contest(
    name: str, ours: Sequence[str], peer: Sequence[str], *, limit: float, runs: int,
    folder: Path, peer_folder: Path | None = None,
) -> Contest:  # fmt: skip
    """Run both in turn `runs` times after one run each that is not counted."""
    mine, theirs = [], []
    for run in range(runs + 1):
        first, second = cpu(ours, folder), cpu(peer, peer_folder or folder)
        if run:
            mine.append(first)
            theirs.append(second)
    return Contest(name, statistics.median(mine), statistics.median(theirs), limit)
