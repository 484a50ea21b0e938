"""`cireg show`."""

from __future__ import annotations

import shutil
from typing import Any

import click

from cireg import query
from cireg.cli.session import at_option, open_register, out, today_option
from cireg.report import json as as_json
from cireg.report.improvement import improvement

_LEAST, _MOST = 60, 100  # lines of more columns are hard to read
_STYLES: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "label": {"dim": True},
    "dim": {"dim": True},
    "now": {"fg": "green"},
    "warning": {"fg": "yellow", "bold": True},
}


@click.command("show")
@click.argument("identity", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@at_option
@today_option
def command(identity: str, form: str, today: str | None) -> None:
    """Show one improvement, whole.

    \b
      cireg show CI-0007
      cireg show CI-0007 --format json

    It is shown in the seven steps of the continual improvement model, with what the next gate still lacks.
    """
    register = open_register(today).register
    item = query.find(register, identity)
    if form == "json":
        out(as_json.document(register.as_of, query.as_data(item, register)))
        return
    columns = min(max(shutil.get_terminal_size().columns, _LEAST), _MOST)
    for line in improvement(item, register, query.score(item, register), _style, columns):
        out(line)


def _style(content: str, kind: str) -> str:
    return click.style(content, **_STYLES[kind])
