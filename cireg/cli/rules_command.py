"""`cireg rules`."""

from __future__ import annotations

import os
from datetime import date

import click

from cireg import clock
from cireg.cli.session import out
from cireg.report import json as as_json
from cireg.rules import RULES


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
def command(form: str) -> None:
    """List what is checked.

    \b
      cireg rules
      cireg rules --format json
    """
    if form == "json":
        items = [
            {"code": rule.code, "rule": rule.name, "severity": rule.severity, "title": rule.title} for rule in RULES
        ]
        out(as_json.document(_today(), {"items": items}))
        return
    longest = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        out(f"{rule.code}  {rule.name:<{longest}}  {rule.severity:<7}  {rule.title}")


def _today() -> date:
    return clock.today(None, os.environ, "UTC", lambda: None).date
