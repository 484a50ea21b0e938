"""`cireg check`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath

import click

from cireg import lint
from cireg.cli.session import note, open_register, out, today_option
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree
from cireg.findings import Finding
from cireg.opening import folder_in_repository
from cireg.report import github, text
from cireg.report import json as as_json
from cireg.report.checked import Checked, Document
from cireg.source import FILE_LIMIT
from cireg.text import inert_line

_DOCUMENTS = ("gitlab", "sarif", "junit", "rdjson")  # each a module of cireg.report
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", *_DOCUMENTS]), default=None,
    help="How to print findings. Default: github in a GitHub workflow, else text.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@today_option
def command(paths: tuple[Path, ...], form: str | None, strict: bool, today: str | None) -> None:
    """Check the register: every fault at its line and column.

    \b
      cireg check
      cireg check improvements/CI-0007-cut-password-resets.yaml
      cireg check --format json
      cireg check --format sarif > cireg.sarif
      cireg check --today now --strict

    The whole register is read, because files depend on each other. With PATHS, only what was found in these files
    or folders is shown. Exits 1 when there is an error; with --strict also when there is a warning.
    """
    session = open_register(today, tell=False)
    register = session.register
    found = _of_paths(lint.check(register), paths, session.root)
    prefix = folder_in_repository(session.root)
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    form = form or ("github" if in_workflow else "text")
    counts = lint.counts(found)
    if form == "json":
        out(as_json.findings(found, register.checked, register.as_of, prefix))
    elif form in _DOCUMENTS:
        lines = _Lines(WorkTree(session.root))
        _print_document(form, Checked(found, register.checked, register.as_of, prefix, lines, strict))
    else:
        lines = _Lines(WorkTree(session.root))
        for line in text.findings(found, lines, _style, prefix):
            # A runner would obey a command that stands in a quoted line.
            out(inert_line(line) if in_workflow or form == "github" else line)
        if form == "github":
            for line in github.findings(found, prefix):
                out(line)
        out(text.summary(counts, register.checked))
        note(f"as of {register.as_of} ({session.as_of.source})")
    if counts["error"] or (strict and counts["warning"]):
        raise SystemExit(1)


def _print_document(form: str, given: Checked) -> None:
    document: Document = import_module(f"cireg.report.{form}").document(given)
    out(document.text)
    if document.left_out:
        note(f"{document.left_out:,} more findings are left out: more than that no reader of this format takes")


class _Lines:
    """The lines of the files that findings are about, each file read once."""

    def __init__(self, tree: WorkTree) -> None:
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


def _of_paths(found: list[Finding], paths: tuple[Path, ...], root: Path) -> list[Finding]:
    """The findings in these files and folders; all of them where none is named."""
    if not paths:
        return found
    wanted = []
    for path in paths:
        place = next((each for each in _spelt(path) if each.is_relative_to(root)), None)
        if place is None:
            raise CiregError(f"{path} is not in the register {root}")
        if not os.path.lexists(path):
            raise CiregError(f"there is no {path}")
        wanted.append(PurePosixPath(place.relative_to(root).as_posix()))
    return [each for each in found if any(PurePosixPath(each.place.path).is_relative_to(one) for one in wanted)]


def _spelt(path: Path) -> Iterator[Path]:
    """A path as it may stand to the register: as it is, through a link to the register, as such a link."""
    plain = os.path.abspath(path)
    yield Path(plain)
    yield Path(os.path.realpath(os.path.dirname(plain)), os.path.basename(plain))
    yield Path(os.path.realpath(plain))
