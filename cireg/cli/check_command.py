"""`cireg check`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from cireg import lint
from cireg.cli.session import asked_commit, at_option, note, open_register, out, today_option
from cireg.errors import CiregError
from cireg.files import FileRefused, Tree
from cireg.findings import Finding
from cireg.git import Git
from cireg.history import NoHistory
from cireg.layout import find_root
from cireg.opening import Opened, folder_in_repository, history_of, open_merged
from cireg.report import github, text
from cireg.report import json as as_json
from cireg.source import FILE_LIMIT
from cireg.text import inert_line

if TYPE_CHECKING:
    from cireg.report.checked import Checked, Document

# What only some options need is imported where they are obeyed: the plain check is run the most.
_DOCUMENTS = ("gitlab", "sarif", "junit", "rdjson")  # each a module of cireg.report
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", *_DOCUMENTS]), default=None,
    help="How to print findings. Default: github in a GitHub workflow, else text.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option("--fix", is_flag=True, help="First mend what has one right answer.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, write and check nothing.")
@click.option("--merged-with", "base", metavar="REV", help="Check what a merge with this branch or commit would give.")
@click.option("--heads", is_flag=True, help="Also look for ids that other open branches have given away.")
@click.option("--since", metavar="REV", help="Only what changed since the branch left REV; older findings are counted.")
@at_option
@today_option
def command(
    paths: tuple[Path, ...],
    form: str | None,
    strict: bool,
    fix: bool,
    diff: bool,
    base: str | None,
    heads: bool,
    since: str | None,
    today: str | None,
) -> None:
    """Check the register: every fault at its line and column.

    \b
      cireg check
      cireg check improvements/CI-0007-cut-password-resets.yaml
      cireg check --format json
      cireg check --format sarif > cireg.sarif
      cireg check --today now --strict
      cireg check --fix
      cireg check --since origin/main
      cireg check --merged-with origin/main --heads

    The whole register is read, because files depend on each other. With PATHS, only what was found in these files
    or folders is shown. Exits 1 when there is an error; with --strict also when there is a warning.

    --fix names files by their ids, ends last lines, and brings the editors' schemas and the lines that lead to them
    up to date. It touches nothing else. Exits 1 with --diff when there is something to change.

    With --since, nobody pays for what was there before: only what the branch brought is shown, and what it did that no
    single version shows, such as a goal moved after go-live, a history written anew or an improvement deleted.

    Two branches may be right by themselves and wrong together: --merged-with checks the merge of what is committed,
    without making it. With --heads, two branches that took the same number learn of it before either is merged.
    """
    session = open_register(today, tell=False) if base is None else _merged(base, today)
    if session.commit and (fix or diff):
        raise click.UsageError("--fix and --diff are for the files that lie here, not for those of a commit")
    wanted = _wanted(paths, session.root, session.tree)
    renamed: frozenset[str] = frozenset()
    if fix or diff:
        from cireg.cli.mending import mend

        session, renamed = mend(session, wanted, write=not diff, today=today)
    register = session.register
    register.history = history_of(session)
    everything = lint.check(register)
    if heads:
        everything = sorted([*everything, *_of_heads(session)], key=lambda each: (*each.sort_key, each.message))
    older = 0
    if since is not None:
        from cireg.comparing import compare_with
        from cireg.since import new_findings

        everything, older = new_findings(compare_with(since, session, exact=base is not None).versions, everything)
    found = [each for each in everything if wanted(each.place.path) or each.place.path in renamed]
    prefix = folder_in_repository(session.root)
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    form = form or ("github" if in_workflow else "text")
    counts = lint.counts(found)
    if form == "json":
        out(as_json.findings(found, register.checked, register.as_of, prefix))
    elif form in _DOCUMENTS:
        from cireg.report.checked import Checked

        lines = _Lines(session.tree)
        _print_document(form, Checked(found, register.checked, register.as_of, prefix, lines, strict))
    else:
        lines = _Lines(session.tree)
        for line in text.findings(found, lines, _style, prefix):
            # A runner would obey a command that stands in a quoted line.
            out(inert_line(line) if in_workflow or form == "github" else line)
        if form == "github":
            for line in github.findings(found, prefix):
                out(line)
        out(text.summary(counts, register.checked))
        if older:
            note(f"{older:,} findings are older than this change: cireg check shows them")
        note(f"as of {register.as_of} ({session.as_of.source})")
        if isinstance(register.history, NoHistory) and (register.history.cut_off or register.history.refused):
            note(f"days are not compared with git: {register.history.reason}")
            note(f"  {register.history.hint}")
    if counts["error"] or (strict and counts["warning"]):
        raise SystemExit(1)


def _merged(base: str, today: str | None) -> Opened:
    """The register as a merge with `base` would give it; says what git could not merge, and what was left out."""
    root = find_root(Path.cwd())
    session, conflicts = open_merged(root, base, today, at=asked_commit())
    for path in conflicts:
        note(f"a merge with {base} conflicts in {path}")
    if asked_commit() is None and not Git(root).is_clean():
        note("what is not committed yet is left out")
    return session


def _of_heads(session: Opened) -> list[Finding]:
    from cireg.collisions import collisions

    git = Git(session.root)
    commit = session.commit or (git.resolve("HEAD") if git.toplevel() else None)
    if commit is None:
        return []
    return collisions(git, session.register, commit)


def _print_document(form: str, given: Checked) -> None:
    document: Document = import_module(f"cireg.report.{form}").document(given)
    out(document.text)
    if document.left_out:
        note(f"{document.left_out:,} more findings are left out: more than that no reader of this format takes")


class _Lines:
    """The lines of the files that findings are about, each file read once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[str, list[str]] = {}

    def __call__(self, path: str) -> list[str]:
        if path not in self._known:
            try:
                raw = self._tree.read(path, FILE_LIMIT)
            except FileRefused:
                raw = b""
            self._known[path] = raw.decode("utf-8", errors="replace").split("\n")
        return self._known[path]


def _style(content: str, kind: str) -> str:
    if kind == "dim":
        return click.style(content, dim=True)
    return click.style(content, fg=_COLOURS.get(kind), bold=True)


def _wanted(paths: tuple[Path, ...], root: Path, tree: Tree) -> Callable[[str], bool]:
    """Whether a file of the register is one of these or in one of these folders; every file where none is named."""
    if not paths:
        return lambda _: True
    wanted = []
    for path in paths:
        place = next((each for each in _spelt(path) if each.is_relative_to(root)), None)
        if place is None:
            raise CiregError(f"{path} is not in the register {root}")
        name = place.relative_to(root).as_posix()
        if name != "." and not tree.exists(name) and not os.path.lexists(path):
            raise CiregError(f"there is no {path}")
        wanted.append(PurePosixPath(name))
    return lambda name: any(PurePosixPath(name).is_relative_to(one) for one in wanted)


def _spelt(path: Path) -> Iterator[Path]:
    """A path as it may stand to the register: as it is, through a link to the register, as such a link."""
    plain = os.path.abspath(path)
    yield Path(plain)
    yield Path(os.path.realpath(os.path.dirname(plain)), os.path.basename(plain))
    yield Path(os.path.realpath(plain))
