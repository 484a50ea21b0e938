"""`cireg codeowners`."""

from __future__ import annotations

import click

from cireg import codeowners
from cireg.changes import FileChange
from cireg.cli.changes import from_here, show_changes
from cireg.cli.session import note, open_register, out
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree, write_all
from cireg.git import Git
from cireg.opening import folder_in_repository
from cireg.text import safe_text


@click.command("codeowners")
@click.option(
    "--file", "place", type=click.Choice(codeowners.PLACES),
    help="Where to write it. Default: where there is one, else .github/CODEOWNERS.",
)  # fmt: skip
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing; exits 1 if something would.")
def command(place: str | None, diff: bool) -> None:
    """Write CODEOWNERS from the owners of practices and services.

    \b
      cireg codeowners
      cireg codeowners --file .gitlab/CODEOWNERS
      cireg codeowners --diff

    A forge then asks for a review whoever owns a practice or service that a changed file names, by their name at the
    forge or their e-mail address in cireg.yaml; all else belongs to the register's owner. Only the part between its
    two marks is cireg's; lines of your own stay. check warns when it no longer says what the register says.
    """
    session = open_register("now")
    top = Git(session.root).toplevel() or session.root
    tree = WorkTree(top)
    path = place or next((each for each in codeowners.PLACES if tree.exists(each)), codeowners.PLACES[0])
    before = _text(tree, path)
    lines = codeowners.section(session.register, folder_in_repository(session.root))
    change = FileChange(path, before, codeowners.merged(before or "", lines))
    if len(change.after.encode()) > codeowners.LIMIT:
        raise CiregError(f"{path} would be larger than 3 MiB, and forges read no larger one")
    for person in codeowners.nameless(session.register):
        note(f"{person} has neither a name at the forge nor an e-mail address in cireg.yaml: nobody is asked instead")
    if change.after == before:
        note(f"{path} says what the register says")
        return
    if diff:
        show_changes([change])
        raise SystemExit(1)
    write_all([change.as_write(top)], root=top)
    out(safe_text(from_here(top, [path])[0]))


def _text(tree: WorkTree, path: str) -> str | None:
    if not tree.exists(path):
        return None
    try:
        return tree.read(path, codeowners.LIMIT).decode()
    except FileRefused as refused:
        raise CiregError(f"{path} {refused.message}") from refused
    except UnicodeDecodeError as error:
        raise CiregError(f"{path} is not UTF-8") from error
