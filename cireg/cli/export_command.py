"""`cireg export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import click

from cireg import exporting, query
from cireg.cli.filters import filter_options
from cireg.cli.session import at_option, note, open_register, today_option
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree, write_atomically
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, SCHEMAS
from cireg.model import Improvement
from cireg.opening import Opened
from cireg.query import Condition
from cireg.report import json as as_json

Form = Literal["csv", "xlsx", "json", "ndjson"]

_FORMS: tuple[Form, ...] = ("csv", "xlsx", "json", "ndjson")
_LARGEST = 1 << 30  # bytes of a file that is replaced
_OWN = {CONFIG, IMPROVEMENTS, KPIS, SCHEMAS}


@click.command("export")
@filter_options
@click.option("--format", "form", type=click.Choice(_FORMS), help="How to write them. Default: as FILE ends, else csv.")
@click.option(
    "-o", "--output", "target", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file, not stdout."
)
@at_option
@today_option
def command(conditions: list[Condition], form: Form | None, target: Path | None, today: str | None) -> None:
    """Write improvements as CSV, XLSX, JSON or NDJSON.

    \b
      cireg export -o improvements.xlsx
      cireg export --status open -o open.csv
      cireg export --where 'target.due<2027-01-01' --format json

    The options that choose are those of `cireg list`. A sheet has a row for each improvement and a column for each
    field; lists are joined by "; ", and what is nested is JSON. What a spreadsheet would run as a formula is written
    so that it does not.

    Edited in a spreadsheet, the sheet comes back with `cireg import FILE --update`, without a map; XLSX keeps days
    and numbers as they are. Improvements with publish: false are exported too: this is for whoever keeps the register.
    """
    chosen = form or _by_name(target)
    session = open_register(today)
    items = query.select(session.register, conditions)
    data = _written(items, chosen, session, to_file=target is not None)
    if target is None:
        if chosen == "xlsx" and sys.stdout.isatty():
            raise CiregError("a workbook is nothing for a terminal", "name a file: cireg export -o improvements.xlsx")
        click.echo(data, nl=False)
        return
    _save(target, data, session.root)
    note(f"{len(items):,} of {len(session.register.improvements):,} improvements written to {target}")


def _by_name(target: Path | None) -> Form:
    """The form that a file's name asks for, CSV without one."""
    ending = target.suffix.lower().removeprefix(".") if target else "csv"
    found = next((form for form in _FORMS if form == ending), None)
    if found is None:
        raise CiregError(
            f"'{target}' does not say in which form", f"let it end in .{', .'.join(_FORMS)}, or use --format"
        )
    return found


def _written(items: list[Improvement], form: Form, session: Opened, *, to_file: bool) -> bytes:
    register = session.register
    if form == "csv" or form == "xlsx":
        return exporting.sheet(items, form, bom=to_file)
    found = exporting.objects(items, register)
    if form == "json":
        return (as_json.document(register.as_of, {"items": found}) + "\n").encode()
    stamp = {"schema_version": as_json.SCHEMA_VERSION, "as_of": register.as_of}
    return "".join(as_json.dumps({**each, **stamp}) + "\n" for each in found).encode()


def _save(target: Path, data: bytes, root: Path) -> None:
    """Write the file whole, over an older one; never over a file of the register itself."""
    path = Path(os.path.realpath(target.parent)) / target.name
    if not path.parent.is_dir():
        raise CiregError(f"there is no folder {target.parent}")
    if path.is_relative_to(root) and path.relative_to(root).parts[0] in _OWN:
        raise CiregError(f"will not write '{target}': it lies among the register's own files", "choose another place")
    tree = WorkTree(path.parent)
    try:
        expected = tree.read(path.name, _LARGEST) if tree.exists(path.name) else None
    except FileRefused as refused:
        raise CiregError(f"will not write '{target}': it {refused.message}") from refused
    write_atomically(path, data, expected=expected, root=path.parent)
