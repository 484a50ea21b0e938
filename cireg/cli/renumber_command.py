"""`cireg renumber`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from cireg.cli.changes import from_here, show_changes
from cireg.cli.session import note, open_register, out
from cireg.errors import CiregError
from cireg.files import WorkTree, write_all
from cireg.git import Git
from cireg.renumbering import Renumbered, renumber
from cireg.text import safe_text


@click.command("renumber")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Renumber it though nothing else is known to have its id.")
@click.option("--dry-run", is_flag=True, help="Show the change, and write nothing.")
def command(file: Path, force: bool, dry_run: bool) -> None:
    """Give an improvement a new id, where two have the same.

    \b
      cireg renumber improvements/CI-0042-loan-laptops.yaml
      cireg renumber improvements/CI-0042-loan-laptops.yaml --dry-run

    Two branches may take the same number; check finds it as soon as it sees both, and names the younger file. That
    one gets the next number that no branch uses: in its id, in its file's name, and in the links of the files that
    were first added on the same branch, its parts and followers. All other files go on meaning the other one. It is
    all done, or nothing is.
    """
    session = open_register("now")
    root = session.root
    git = Git(root)
    path = _in_register(root, file)
    found = renumber(WorkTree(root), session.register, git, path, force=force)
    if dry_run:
        show_changes(found.changes)
    else:
        write_all([one for each in found.changes for one in each.as_writes(root)], root=root)
        out(safe_text(f"{found.old} -> {found.new}  {from_here(root, [found.changes[0].path])[0]}"))
        for place, field in found.followed:
            out(safe_text(f"{found.old} -> {found.new}  {from_here(root, [place])[0]}: {field}"))
    for line in _left(found):
        note(line)
    if not dry_run:
        for line in _next(found, root, git):
            note(line)


def _in_register(root: Path, file: Path) -> str:
    """The file's path in the register; it is looked for from the current folder, then from the register's."""
    for candidate in (file, root / file):
        real = Path(os.path.realpath(candidate.parent)) / candidate.name
        if real.is_relative_to(root) and os.path.lexists(real):
            return real.relative_to(root).as_posix()
    raise CiregError(f"there is no file {file} in the register {root}")


def _left(found: Renumbered) -> Iterator[str]:
    """What was not changed, and why somebody should look at it."""
    if found.kept:
        yield f"These go on meaning the other {found.old}:"
        yield from (f"  {path}: {field}" for path, field in found.kept)
    if found.mentions:
        yield f"These texts name {found.old}; see which one they mean:"
        yield from (f"  {path}: {field}" for path, field in found.mentions)


def _next(found: Renumbered, root: Path, git: Git) -> Iterator[str]:
    """The commands that bring the change into the branch that one is on."""
    yield ""
    yield f"{found.old} is {found.new} now. Then:"
    yield "  cireg check"
    if git.toplevel() is None:
        return
    old = found.changes[0].moved_from or ""
    touched = [*([old] if git.is_tracked(old) else []), *(each.path for each in found.changes)]
    yield f"  git add {shlex.join(from_here(root, touched))}"
    yield f'  git commit -m "Renumber {found.old} to {found.new}"'
