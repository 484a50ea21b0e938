"""`cireg agenda`."""

from __future__ import annotations

from typing import Any

import click

from cireg import lint
from cireg.agenda import SECTIONS, agenda
from cireg.cli.session import at_option, note, open_register, out, today_option
from cireg.report import agenda as report
from cireg.report import json as as_json
from cireg.text import inert_line

_STYLES: dict[str, dict[str, Any]] = {"heading": {"bold": True}, "title": {}}


@click.command("agenda")
@click.option(
    "--section", "sections", multiple=True, type=click.Choice(list(SECTIONS)), help="Only this; may be given again.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to print it."
)
@today_option
@at_option
def command(sections: tuple[str, ...], form: str, today: str | None) -> None:
    """Show what the next meeting has to decide.

    \b
      cireg agenda
      cireg agenda --today 2026-12-07
      cireg agenda --format markdown > minutes.md
      cireg agenda --section answers --section approvals

    Proposals to answer, approvals wanted, improvements that have what their next status asks for, reviews with what
    the readings say, what is parked and due back, what is overdue or does not move. --today is the day of the
    meeting. In Markdown every point has a line for its decision; cireg move and cireg approve write it down.
    """
    session = open_register(today)
    register = session.register
    points = agenda(register, lint.check(register))
    points = [each for each in points if not sections or each.section in sections]
    if form == "json":
        out(as_json.document(register.as_of, report.data(points, register.as_of)))
        return
    if form == "markdown":
        for line in report.markdown(points, register.as_of):
            out(inert_line(line))
        return
    for line in report.text(points, lambda content, kind: click.style(content, **_STYLES[kind])):
        out(inert_line(line))
    many = len(points)
    note(f"{many} point{'' if many == 1 else 's'}, as of {register.as_of} ({session.as_of.source})")
