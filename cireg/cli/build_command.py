"""`cireg build`."""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path

import click

from cireg import lint
from cireg.cli.session import asked_commit, at_option, note, out, today_option
from cireg.layout import find_root
from cireg.report import text
from cireg.site import mkdocs_build
from cireg.site.links import BrokenLinks
from cireg.site.run import Run

_LISTED = 10


@click.command("build")
@click.option("--draft", is_flag=True, help="Build a register with errors too, and show them on its pages.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to build into. Default: site_dir of mkdocs.yml, which is site/.",
)
@at_option
@today_option
def command(draft: bool, site_dir: Path | None, today: str | None) -> None:
    """Build the site.

    \b
      cireg build
      cireg build --draft
      cireg build --site-dir public --today now
      cireg build --at v1.0 --site-dir old

    A register with errors is not built; --draft builds it all the same and shows the errors on the pages.
    Files of the site that do not change are left alone, and until the new site is whole, the old one stays.
    With --at, what lies here of mkdocs.yml, docs/ and the templates stays in use: it can run programs.
    """
    run = Run(today=today, draft=draft, at=asked_commit())
    built = mkdocs_build.build(find_root(Path.cwd()), run, partial(_tell, run), site_dir=site_dir)
    if run.refused:
        _refuse(run)
    elif isinstance(run.failure, BrokenLinks):
        _note_lines(f"cireg: {run.failure.message}")
    elif run.failure is not None:
        raise run.failure
    if not built or run.changes is None or run.folder is None:
        note("the site was not built, and what was there is as it was")
        raise SystemExit(1)
    changes = run.changes
    out(
        f"The site is in {_short(run.folder)}: {changes.written:,} files written, {changes.kept:,} as they were, "
        f"{changes.removed:,} removed."
    )
    if run.errors:
        note(f"a draft: its pages show what is wrong ({_counted(run)})")
    if run.opened is not None:
        note(f"as of {run.opened.as_of.date} ({run.opened.as_of.source})")


def tell(level: int, message: str) -> None:
    """A message of MkDocs."""
    word = "error: " if level >= logging.ERROR else "warning: " if level >= logging.WARNING else ""
    _note_lines(f"{word}{message}")


def _note_lines(text: str) -> None:
    for line in text.split("\n"):
        note(line)


def _tell(run: Run, level: int, message: str) -> None:
    if not run.refused and run.failure is None:  # these are said at the end, and better
        tell(level, message)


def _refuse(run: Run) -> None:
    """Say why the register is not built, and what can be done."""
    first = run.errors[:_LISTED]
    for line in text.findings(first, lambda _: (), lambda shown, _: shown):
        note(line)
    if len(run.errors) > len(first):
        note(f"and {len(run.errors) - len(first)} more; cireg check shows them all")
    note(f"The register has {_counted(run)}. Mend them, or build it all the same: cireg build --draft")


def _counted(run: Run) -> str:
    number = lint.counts(run.findings)["error"]
    return f"{number:,} error{'' if number == 1 else 's'}"


def _short(folder: Path) -> str:
    return os.path.join(os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else folder, "")
