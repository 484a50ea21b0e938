"""The `--fix` and `--diff` of `cireg check`: mend what has one right answer, or show what would be mended."""

from __future__ import annotations

from collections.abc import Callable

from cireg.cli.changes import show_changes
from cireg.cli.session import note, open_register
from cireg.files import WorkTree, write_all
from cireg.mending import plan, tell
from cireg.opening import Opened
from cireg.text import inert_line


def mend(
    session: Opened, wanted: Callable[[str], bool], *, write: bool, today: str | None
) -> tuple[Opened, frozenset[str]]:
    """Mend the files that `wanted` names and read the register again, or show the changes and end the command.

    It returns the register and the new paths of files that were renamed. What is done, and what is left and why,
    goes to stderr; the changes go to stdout. The command ends with 1 where there is something to change.
    """
    root = session.root
    found = plan(WorkTree(root), session.register, wanted)
    changes = [each.change for each in found.mended]
    if write:
        write_all([one for each in changes for one in each.as_writes(root)], root=root)
    else:
        show_changes(changes)
    for mended in found.mended:
        for line in tell(mended):
            note(inert_line(line))
    for left in found.left:
        note(inert_line(f"{left.path}: not mended, {left.reason}"))
    if not write:
        if not changes:
            note("nothing to mend")
        raise SystemExit(1 if changes else 0)
    renamed = frozenset(each.path for each in changes if each.moved_from)
    return (open_register(today, start=root, tell=False) if changes else session), renamed
