"""`cireg list`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import click

from cireg import lifecycle, query
from cireg.cli.filters import filter_options
from cireg.cli.session import at_option, note, open_register, out, today_option
from cireg.model import Improvement, Register
from cireg.query import Condition
from cireg.report import json as as_json
from cireg.text import pad, safe_text, shorten, width, wrap

_OWNER_MOST = 20
_TITLE_LEAST = 24


@click.command("list")
@filter_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
@at_option
@today_option
def command(conditions: list[Condition], form: str, today: str | None) -> None:
    """List improvements.

    \b
      cireg list --status open
      cireg list --owner service-desk-lead --service workplace
      cireg list --where 'target.due<today' --where 'scores.value>=4'
      cireg list --where title~password --where 'review.verdict!='
      cireg list --status closed --format json

    Different options narrow the list, and so do several conditions; any other option given twice takes either.

    A condition is a field as it stands in the file, with dots; one of = != < <= > >= ~; and a value. ~ finds a
    part of a text. FIELD= finds what has no such field, FIELD!= what has one. A day may also be a month, a year or
    today.
    """
    register = open_register(today).register
    found = query.select(register, conditions)
    if form == "json":
        out(as_json.document(register.as_of, {"items": [query.as_data(item, register) for item in found]}))
        return
    for line in table(found, register, shutil.get_terminal_size().columns):
        out(line)
    note(f"{_count(len(found), len(register.improvements))}, as of {register.as_of}")


def _count(found: int, all_: int) -> str:
    return f"{found:,} of {all_:,} improvement{'' if all_ == 1 else 's'}"


def table(items: list[Improvement], register: Register, columns: int) -> Iterator[str]:
    """Id, status, title, owner and due day of each, in lines of at most so many columns; titles are never cut."""
    if not items:
        return
    ids = max(width(item.id) for item in items)
    statuses = max(len("Status"), *(len(item.status) for item in items))
    owners = min(_OWNER_MOST, max(len("Owner"), *(width(item.owner or "") for item in items)))
    titles = max(_TITLE_LEAST, columns - ids - statuses - owners - len("2026-01-01") - 4 * 2)
    before = " " * (ids + statuses + 4)
    head = f"{pad('Id', ids)}  {pad('Status', statuses)}  {pad('Title', titles)}  {pad('Owner', owners)}  Due"
    yield click.style(head, bold=True)
    for item in items:
        title = f"{item.title} (light track)" if item.light else item.title
        first, *more = [shorten(line, titles) for line in wrap(safe_text(title), titles)] or [""]
        owner = pad(safe_text(item.owner or ""), owners)
        line = f"{pad(item.id, ids)}  {pad(item.status, statuses)}  {pad(first, titles)}  {owner}  "
        yield (line + _due(item, register)).rstrip()
        yield from (before + each for each in more)


def _due(item: Improvement, register: Register) -> str:
    """The day by which the target is to be reached, red when that day is past."""
    due = item.text("target", "due")
    late = lifecycle.is_open(item.status) and "" < due < register.as_of.isoformat()
    return click.style(due, fg="red") if late else due
