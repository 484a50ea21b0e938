"""`cireg audit`."""

from __future__ import annotations

from typing import Any

import click

from cireg import clock, query
from cireg.cli.session import at_option, open_register, out, today_option
from cireg.git import Git
from cireg.history import NoHistory
from cireg.opening import history_of, known_zone
from cireg.report import json as as_json
from cireg.report import trail as report
from cireg.text import inert_line
from cireg.trail.audit import trail
from cireg.trail.witness import witness

_STYLES: dict[str, dict[str, Any]] = {"heading": {"bold": True}, "dim": {"dim": True}}


@click.command("audit")
@click.argument("identity", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the trail.")
@at_option
@today_option
def command(identity: str, form: str, today: str | None) -> None:
    """Show the trail of an improvement, from what set it off to what became standard.

    \b
      cireg audit CI-0007
      cireg audit CI-0007 --format json
      cireg audit CI-0007 --at v2026.4

    It has what ISO/IEC 20000-1 asks for in 10.2: what set it off and its cause, how it was judged, who decided and
    approved, the target, what was done, what the readings say, what was decided about a miss, what became standard
    and who was told; and what of this is missing. Where git shows which commit brought a part, and that whoever is
    named for it committed or merged it, the commit is named. Where it does not, the part is stated, not proven.
    """
    session = open_register(today)
    register = session.register
    item = query.find(register, identity)
    register.history = known = history_of(session)
    sections = trail(item, register, witness(Git(session.root), known, item))
    unknown = known if isinstance(known, NoHistory) else None
    zone = clock.zone(known_zone(register.config))
    if form == "json":
        out(as_json.document(register.as_of, report.data(item, sections, register.config, unknown, zone)))
        return

    def style(content: str, kind: str) -> str:
        return click.style(content, **_STYLES[kind])

    for line in report.text(item, sections, unknown, style, zone):
        out(inert_line(line))
