"""What the commands share: the register they are called in, the day, options that mean the same everywhere, output."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from cireg import clock
from cireg.errors import CiregError
from cireg.files import WorkTree
from cireg.git import Git
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, find_root
from cireg.model import Config, Register
from cireg.register import load
from cireg.text import safe_text

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Session:
    """A register that a command works on: its folder, what was read, and the day with what said so."""

    root: Path
    register: Register
    as_of: clock.AsOf


def open_register(today: str | None = None, *, start: Path | None = None, tell: bool = True) -> Session:
    """Read the register that `start`, or the current folder, is in; raises `CiregError` where there is none.

    With `tell`, the number of files that could not be used goes to stderr.
    """
    root = find_root(start or Path.cwd())
    chosen: list[clock.AsOf] = []

    def day(config: Config) -> date:
        chosen.append(clock.today(today, os.environ, known_zone(config), lambda: _head_date(root, config)))
        return chosen[0].date

    register = load(WorkTree(root), day)
    if tell and register.unread:
        note(f"{register.unread} of {register.checked} files could not be used: cireg check says why")
    return Session(root, register, chosen[0])


def known_zone(config: Config) -> str:
    """The configured time zone, UTC where there is none of that name: a rule reports it."""
    name = str(config.get("timezone"))
    try:
        clock.zone(name)
    except CiregError:
        return "UTC"
    return name


def _head_date(root: Path, config: Config) -> date | None:
    """The day of the last commit, when no file of the register differs from it."""
    git = Git(root)
    if git.toplevel() is None or not git.is_clean([CONFIG, IMPROVEMENTS, KPIS]):
        return None
    return git.head_commit_date(clock.zone(known_zone(config)))


def today_option(command: Command) -> Command:
    """--today, for every command that reads."""
    return click.option(
        "--today",
        metavar="DATE",
        help="Take this day for today, or `now`. Otherwise it is the day of the last commit, or the clock's.",
    )(command)


def out(text: str = "", *, nl: bool = True) -> None:
    """Data, to stdout; the caller has made contributed text safe."""
    click.echo(text, nl=nl)


def note(text: str) -> None:
    """A message, to stderr."""
    click.echo(safe_text(text), err=True)


def complain(error: CiregError) -> None:
    """What ended the command, to stderr."""
    click.echo(f"cireg: {safe_text(error.message)}", err=True)
    if error.hint:
        click.echo(f"  {safe_text(error.hint)}", err=True)
