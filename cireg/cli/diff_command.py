"""`cireg diff`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cireg.cli.session import note, out, today_option
from cireg.comparing import open_two
from cireg.difference import between
from cireg.history import NoHistory
from cireg.layout import find_root
from cireg.opening import folder_in_repository
from cireg.report import json as as_json
from cireg.report.comment import comment
from cireg.report.difference import Section, as_data, sections, summary
from cireg.text import inert_line, safe_text, wrap

_LEAST, _MOST = 60, 100  # columns


@click.command("diff")
@click.argument("base")
@click.argument("head", required=False)
@click.option("--exact", is_flag=True, help="Compare with BASE itself, not with the commit where HEAD left it.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to print it."
)
@today_option
def command(base: str, head: str | None, exact: bool, form: str, today: str | None) -> None:
    """Show what a branch changes, in the register's own words.

    \b
      cireg diff main
      cireg diff main my-branch
      cireg diff v1.0 v1.1 --exact
      cireg diff origin/main HEAD --format markdown > comment.md

    Each improvement and KPI field by field: moves, scores and ranks, verdicts, readings, what a new proposal
    resembles, what its next gate lacks, and the findings that appear or go. Without HEAD, the files that lie here.
    Both versions are judged as of the same day. It exits 0 whatever it finds: cireg check --since fails.
    """
    root = find_root(Path.cwd())
    compared = open_two(root, base, head, today, exact=exact)
    found = between(compared.versions)
    if form == "json":
        prefix = folder_in_repository(root)
        out(as_json.document(found.as_of, as_data(found, compared.base, compared.after.commit, prefix)))
        return
    parts = sections(found)
    where = f"Against {compared.base[:12]}, as of {found.as_of}."
    if form == "markdown":
        out(inert_line(comment("What this changes in the register", summary(found), parts, where)), nl=False)
        return
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    for line in text(summary(found), parts, min(max(shutil.get_terminal_size().columns, _LEAST), _MOST)):
        out(inert_line(line) if in_workflow else line)
    note(f"{where[0].lower()}{where[1:-1]}")
    past = compared.versions.past
    if isinstance(past, NoHistory) and past.cut_off:
        note(f"whether something goes back to an earlier version is not known: {past.reason}")
        note(f"  {past.hint}")


def text(whole: str, parts: Sequence[Section], columns: int) -> Iterator[str]:
    """The difference for a terminal, in lines of at most so many columns."""
    yield from wrap(safe_text(whole), columns)
    for part in parts:
        yield ""
        yield click.style(f"{part.title} ({len(part.rows):,})", bold=True)
        for row in part.rows:
            first, *more = wrap(safe_text(row.head), columns - 2 - (len(row.id) + 1 if row.id else 0)) or [""]
            yield f"  {click.style(row.id, bold=True)} {first}" if row.id else f"  {first}"
            yield from (f"    {each}" for each in more)
            for line in row.lines:
                for n, each in enumerate(wrap(safe_text(line), columns - 6)):
                    yield f"    {'-' if n == 0 else ' '} {each}"
