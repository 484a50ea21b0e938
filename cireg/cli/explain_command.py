"""`cireg explain`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import click

from cireg.cli.session import out
from cireg.errors import CiregError
from cireg.rules import RULES, find
from cireg.rules.declare import Files
from cireg.rules.examples import shown
from cireg.text import wrap


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain a rule by its name or its code, with a bad and a good example.

    \b
      cireg explain overdue
      cireg explain CI301
    """
    known = find(rule)
    if known is None:
        near = difflib.get_close_matches(rule, [each.name for each in RULES], n=1)
        raise CiregError(f"there is no rule {rule}", f"did you mean {near[0]}?" if near else "cireg rules lists them")
    out(f"{known.code} {known.name} ({known.severity})")
    for paragraph in (known.title + ".", known.why, "What to do: " + known.mend + "."):
        out()
        for line in wrap(paragraph, 78):
            out(line)
    for title, example in (("Bad:", known.bad), ("Good:", known.good)):
        out()
        out(title)
        for line in _example(example):
            out(f"  {line}")


def _example(example: Files) -> Iterator[str]:
    for path, lines in shown(example):
        if path:
            yield f"# {path}"
        yield from lines
