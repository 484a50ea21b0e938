"""What the commands share: the register they are called in, the day, options that mean the same everywhere, output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from cireg.errors import CiregError
from cireg.layout import find_root
from cireg.opening import Opened, open_at
from cireg.text import safe_text

_AT = "cireg.at"
Command = TypeVar("Command", bound=Callable[..., Any])


def open_register(today: str | None = None, *, start: Path | None = None, tell: bool = True) -> Opened:
    """Read the register that `start`, or the current folder, is in; raises `CiregError` where there is none.

    It is read at the commit of --at, where the command has that option and it was given. With `tell`, the number
    of files that could not be used goes to stderr.
    """
    found = open_at(find_root(start or Path.cwd()), today, at=asked_commit())
    if tell and found.register.unread:
        note(f"{found.register.unread} of {found.register.checked} files could not be used: cireg check says why")
    return found


def today_option(command: Command) -> Command:
    """--today, for every command that reads."""
    return click.option(
        "--today",
        metavar="DATE",
        help="Take this day for today, or `now`. Otherwise it is the day of the last commit, or the clock's.",
    )(command)


def at_option(command: Command) -> Command:
    """--at, for every command that reads and writes nothing; `open_register` obeys it."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        ctx.meta[_AT] = value

    return click.option(
        "--at",
        metavar="REV",
        callback=keep,
        expose_value=False,
        help="Read the register as it was at this commit, branch or tag, on the day of that commit.",
    )(command)


def asked_commit() -> str | None:
    """What --at was given in this command."""
    ctx = click.get_current_context(silent=True)
    found: str | None = ctx.meta.get(_AT) if ctx else None
    return found


def out(text: str = "", *, nl: bool = True) -> None:
    """Data, to stdout; the caller has made contributed text safe.

    When whoever reads it has seen enough, the rest goes nowhere: the command still ends with its own exit code.
    """
    try:
        click.echo(text, nl=nl)
    except BrokenPipeError:
        discard_output()


def discard_output() -> None:
    """Let everything that is still to be written to stdout go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # stdout may be closed, or be no file
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def note(text: str) -> None:
    """A message, to stderr."""
    click.echo(safe_text(text), err=True)


def complain(error: CiregError) -> None:
    """What ended the command, to stderr."""
    click.echo(f"cireg: {safe_text(error.message)}", err=True)
    if error.hint:
        click.echo(f"  {safe_text(error.hint)}", err=True)
