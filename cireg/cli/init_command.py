"""`cireg init`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cireg import __version__, clock, scaffold
from cireg.cli.session import note, out
from cireg.git import Git
from cireg.text import safe_text

_WORDS = {"new": "new", "updated": "updated", "edited": "left as it is"}


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="TEXT", help=f"The register's name. Default: {scaffold.NAME}.")
@click.option(
    "--cireg-from", "requirement", metavar="REQUIREMENT",
    help=f"What the workflows install, as pip takes it. Default: cireg=={__version__}.",
)  # fmt: skip
def command(folder: Path, name: str | None, requirement: str | None) -> None:
    """Make a new register, in the current folder or in DIR.

    \b
      cireg init my-register
      cireg init my-register --name 'IT improvement register'
      cireg init . --cireg-from 'cireg @ https://forge.example/cireg-0.1.0.tar.gz'

    It has a configuration to fill in, an improvement and a KPI as examples, guides, the site's settings, and the
    workflows that check pull requests and publish the site. In a register that is there already it adds what is
    missing and brings up to date what it once wrote and nobody has edited since; it never touches anything else.
    """
    made = scaffold.scaffold(folder, clock.wall_date("UTC"), name=name, requirement=requirement)
    longest = max(map(len, _WORDS.values()))
    for each in made:
        if each.state in _WORDS:
            out(f"{_WORDS[each.state]:<{longest}}  {safe_text(str(folder / each.path))}")
    for line in _next_steps(folder, made):
        note(line)


def _next_steps(folder: Path, made: Sequence[scaffold.Made]) -> Iterator[str]:
    """What to do with the register."""
    unchanged = sum(each.state == "unchanged" for each in made)
    if unchanged:
        yield f"{unchanged} file{'' if unchanged == 1 else 's'} had nothing to change."
    if all(each.state != "new" for each in made):
        return
    yield ""
    yield "Next: put your goals, practices, services and people into cireg.yaml, then"
    if os.path.abspath(folder) != os.getcwd():
        yield f"  cd {shlex.quote(str(folder))}"
    yield "  cireg check"
    yield "  cireg build"
    top = Git(folder).toplevel()
    if top is None:
        yield "  git init -b main"
    yield "  git add ."
    yield '  git commit -m "Start the improvement register"'
    yield "and propose the first improvement: cireg new"
    if top is not None and not os.path.samefile(top, folder):
        yield f"Workflows run from the top of a repository only: move .github to {top}"
