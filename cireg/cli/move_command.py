"""`cireg move`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

from cireg import lifecycle, query
from cireg.cli.changes import from_here, next_steps, show_changes
from cireg.cli.session import note, open_register, out
from cireg.clock import parse_date
from cireg.errors import CiregError
from cireg.files import WorkTree, write_all
from cireg.git import Git
from cireg.model import Config
from cireg.moving import Asked, Moved, Refused, move
from cireg.people import person_with
from cireg.text import safe_text, wrap

_COLUMNS = 80


@click.command("move")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.argument("status", metavar="STATUS", type=click.Choice(list(lifecycle.statuses())))
@click.option("--note", "words", metavar="TEXT", help="Why. Asked for by a no, by parking, and by a step back.")
@click.option("--until", metavar="DATE", help="The day on which what is parked comes back.")
@click.option("--by", metavar="PERSON", help="Who decided it. Default: you, if cireg.yaml has your e-mail address.")
@click.option("--strict", is_flag=True, help="Move nothing while check would find an error in it.")
@click.option("--dry-run", is_flag=True, help="Show the change, and write nothing.")
def command(
    ids: tuple[str, ...],
    status: str,
    words: str | None,
    until: str | None,
    by: str | None,
    strict: bool,
    dry_run: bool,
) -> None:
    """Move improvements to another status.

    \b
      cireg move CI-0036 assessed
      cireg move CI-0033 CI-0036 rejected --note 'The portal is replaced.'
      cireg move CI-0032 on-hold --until 2027-03-01 --note 'Waits for the budget.'
      cireg move CI-0031 closed --dry-run

    It writes the status and a history entry of today, and leaves everything else in the file as it is. A move that
    the life cycle does not allow is refused, with those that it does allow. With several ids all of them are moved,
    or none. What the status asks for and the file does not say yet is told; check will report it until it is there.
    """
    session = open_register("now")
    root, register = session.root, session.register
    git = Git(root)
    items = list({item.id: item for item in (query.find(register, each) for each in ids)}.values())
    who = by or person_with(register.config, (git.user() or ("", ""))[1])
    asked = Asked(status, session.as_of.date, who, words, _day(until, status))
    try:
        moved = move(WorkTree(root), register, items, asked)
    except Refused as refused:
        for reason in refused.reasons:
            note(reason.message)
            if reason.help:
                note(f"  {reason.help}")
        raise CiregError("nothing was moved") from refused
    if strict and any(each.errors for each in moved):
        _tell(_lacking(moved))
        raise CiregError("nothing was moved", "supply what is missing first, or leave out --strict")
    changes = [each.change for each in moved]
    if dry_run:
        show_changes(changes)
        _tell(_lacking(moved))
        return
    write_all([each.as_write(root) for each in changes], root=root)
    paths = from_here(root, (each.path for each in changes))
    for each, path in zip(moved, paths, strict=True):
        out(safe_text(f"{each.after.id}  {each.before.status} -> {status}  {path}"))
    if who is None:
        note("The entry names nobody: cireg.yaml has nobody with your e-mail address, and --by was not given.")
    _tell(_lacking(moved))
    _tell(_next(moved, paths, git, register.config, session.as_of.date))


def _day(text: str | None, status: str) -> date | None:
    """--until as a day."""
    if text is None:
        return None
    if "until" not in lifecycle.statuses()[status].entry:
        raise click.UsageError(f"--until is for what is parked: {status} has no end.")
    day = parse_date(text)
    if day is None:
        raise click.UsageError(f"--until {text} is no day: write it as 2027-03-01.")
    return day


def _tell(lines: Iterator[str]) -> None:
    for line in lines:
        note(line)


def _lacking(moved: Sequence[Moved]) -> Iterator[str]:
    """What check will find in the moved files, each with what to do."""
    for each in moved:
        if each.errors:
            yield ""
            yield f"{each.after.id} is still to get, or check reports it:"
        for error in each.errors:
            yield from _item(f"{error.message}: {error.help}")


def _item(text: str) -> Iterator[str]:
    first, *more = wrap(safe_text(text), _COLUMNS - 4)
    yield f"  - {first}"
    yield from (f"    {line}" for line in more)


def _next(moved: Sequence[Moved], paths: Sequence[str], git: Git, config: Config, today: date) -> Iterator[str]:
    """What to do with the changed files."""
    names = [each.after.id for each in moved]
    status = moved[0].after.status
    one = len(names) == 1
    branch = f"move/{names[0].lower()}-{status}" if one else f"board/{today}-{status}"
    yield ""
    yield f"{names[0] if one else f'{len(names)} improvements'} moved to {status}. Then:"
    yield from next_steps(git, config, paths, branch, f"Move {', '.join(names)} to {status}")
