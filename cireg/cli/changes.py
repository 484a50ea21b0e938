"""What the commands that change files have in common: the change as a diff, and what to do next in git."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from cireg.changes import FileChange
from cireg.cli.session import out
from cireg.git import Git
from cireg.model import Config
from cireg.text import inert_line, safe_text

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show_changes(changes: Iterable[FileChange]) -> None:
    """Each change as a diff, to stdout; in a CI runner's log no line of it is obeyed."""
    for change in changes:
        for line in change.diff():
            out(click.style(inert_line(safe_text(line.rstrip("\r"))), fg=_COLOURS.get(line[:1])))
        out()


def from_here(root: Path, paths: Iterable[str]) -> list[str]:
    """Paths of the register as they are called from the current folder."""
    return [os.path.relpath(root / path) for path in paths]


def next_steps(git: Git, config: Config, paths: Sequence[str], branch: str, message: str) -> Iterator[str]:
    """The commands that bring changed files into the register's main branch; `paths` start at the current folder."""
    yield "  cireg check"
    if git.toplevel() is None:
        yield "This folder is not in git yet: git init starts its history."
        return
    remotes = sorted({name.split("/")[2] for name in git.branches() if name.startswith("refs/remotes/")})
    yield f"  git switch -c {branch}"
    yield f"  git add {shlex.join(paths)}"
    yield f'  git commit -m "{message}"'
    forge = config.get("forge", "url")
    if remotes or forge:
        yield f"  git push -u {'origin' if 'origin' in remotes or not remotes else remotes[0]} {branch}"
        into = config.get("forge", "branch") or "main"
        yield f"and open a pull request into {into}{f': {forge}' if forge else '.'}"
