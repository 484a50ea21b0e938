"""`cireg from-issue`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from cireg import clock
from cireg.cli.changes import show_changes
from cireg.cli.given_files import read_given
from cireg.cli.session import note, open_register, out
from cireg.create import Refused
from cireg.errors import CiregError
from cireg.files import WorkTree, write_all
from cireg.git import Git
from cireg.issues.answers import Given, from_table, from_text, unused_columns
from cireg.issues.decisions import decisions
from cireg.issues.intake import From, Taken, take
from cireg.layout import IMPROVEMENTS
from cireg.opening import Opened, commit_of, known_zone, tree_at
from cireg.register import load
from cireg.report import json as as_json
from cireg.sheets import read_table
from cireg.text import inert_line, safe_text

_LIMIT = 1024 * 1024  # bytes of an issue
_TABLES = 20 * 1024 * 1024
_SHEETS = (".csv", ".xlsx")


@click.command("from-issue")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--title", envvar="CIREG_ISSUE_TITLE", metavar="TEXT", help="The issue's title.")
@click.option("--author", envvar="CIREG_ISSUE_AUTHOR", metavar="NAME", help="The account that wrote it.")
@click.option("--address", envvar="CIREG_ISSUE_ADDRESS", metavar="URL", help="The issue's address.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--decided-since", "since", metavar="REV",
    help="Print what was decided since this commit about improvements that came from issues, as JSON.",
)  # fmt: skip
@click.option(
    "--issues", envvar="CIREG_ISSUES", metavar="URL",
    help="What addresses of issues begin with. Default: forge.url of cireg.yaml, and /issues/.",
)  # fmt: skip
def command(
    file: Path | None, title: str | None, author: str | None, address: str | None, dry_run: bool,
    since: str | None, issues: str | None,
) -> None:  # fmt: skip
    """Take in what somebody without git has written.

    \b
      cireg from-issue issue.md --title 'Lend laptops' --author desk-lead
      cireg from-issue ideas.csv --dry-run
      cireg from-issue --decided-since HEAD~1

    FILE is the text of an issue, - for standard input; without FILE it is in CIREG_ISSUE_BODY, with title, author
    and address in CIREG_ISSUE_TITLE, CIREG_ISSUE_AUTHOR and CIREG_ISSUE_ADDRESS. An issue form becomes a proposal,
    an entry in an improvement's log or a reading; any other text becomes a proposal. A CSV or XLSX file of a web
    form or a mailbox is a proposal for each row. What the register has already is passed over. Exits 1 when a row
    was rejected.
    """
    session = open_register("now")
    if since is not None:
        if file or dry_run:
            raise click.UsageError("--decided-since reads the register alone.")
        _print_decisions(session, since, issues)
        return
    source = From(author or "", _address(address))
    given = _given(file, title or "")
    taken, rejected = _take(session, given, source)
    changes = [each.change for each in taken if each.change]
    if dry_run:
        show_changes(changes)
    else:
        write_all([each.as_write(session.root) for each in changes], root=session.root)
        for each in taken:
            if each.change:
                out(safe_text(f"{each.id}  {os.path.relpath(session.root / each.change.path)}"))
    _tell(line for each in taken for line in _about(each))
    if rejected:
        raise SystemExit(1)


def _given(file: Path | None, title: str) -> list[Given]:
    """What was written: in a file, on standard input or in the environment."""
    if file is not None and file.suffix.lower() in _SHEETS:
        table = read_table(str(file), read_given(file, _TABLES))
        _tell(f"the column '{name}' left out" for name in unused_columns(table))
        return list(from_table(table))
    if file is None:
        body = os.environ.get("CIREG_ISSUE_BODY")
        if body is None:
            raise click.UsageError("Name a FILE, or put the text into CIREG_ISSUE_BODY.")
        return [from_text(body, title)]
    raw = sys.stdin.buffer.read(_LIMIT + 1) if str(file) == "-" else read_given(file, _LIMIT)
    if len(raw) > _LIMIT:
        raise CiregError(f"the text is larger than {_LIMIT // 1024**2} MiB")
    try:
        return [from_text(raw.decode("utf-8-sig"), title)]
    except UnicodeDecodeError as error:
        raise CiregError("the text is not UTF-8") from error


def _address(text: str | None) -> str:
    """The issue's address; one that is no address of a page is none."""
    if text and (not text.startswith("https://") or not text.isprintable() or " " in text or len(text) > 300):
        raise click.UsageError("--address is the issue's address: https://…")
    return text or ""


def _take(session: Opened, given: Sequence[Given], source: From) -> tuple[list[Taken], int]:
    """What is to be made of it all, and how many rows were rejected; a single text that is refused ends the command."""
    tree = WorkTree(session.root)
    names = set(Git(session.root).names_in_branches(IMPROVEMENTS))
    today = clock.wall_date(known_zone(session.register.config))
    taken: list[Taken] = []
    rejected = 0
    said: set[tuple[str, str]] = set()
    for each in given:
        key = (each.values.get("title", ""), each.values.get("opportunity", ""))
        if each.where and key in said:
            _tell([f"{each.where}an earlier row says the same"])
            continue
        said.add(key)
        try:
            one = take(tree, session.register, names, each, source, today)
        except Refused as refused:
            _tell(f"{each.where}{line}" for fault in refused.faults for line in (fault.message, fault.help) if line)
            if not each.where:
                raise CiregError("nothing was written") from refused
            rejected += 1
            continue
        if one.change:
            names.add(one.change.path.rpartition("/")[2])
        taken.append(one)
    return taken, rejected


def _about(taken: Taken) -> Iterable[str]:
    """What is worth knowing of what was taken in."""
    yield from taken.said
    if taken.like:
        yield f"{taken.id} resembles:"
    for item, share in taken.like:
        yield f"  {item.id}  {share:4.0%}  {item.title} ({item.status})"


def _tell(lines: Iterable[str]) -> None:
    """To stderr; in a runner's log no line of it is obeyed."""
    for line in lines:
        note(inert_line(safe_text(line)))


def _print_decisions(session: Opened, since: str, issues: str | None) -> None:
    forge = str(session.register.config.get("forge", "url") or "").rstrip("/")
    start = issues or (f"{forge}/issues/" if forge else "")
    if not start:
        raise CiregError("nobody knows where the issues are", "give forge.url in cireg.yaml, or --issues")
    before = load(tree_at(session.root, commit_of(session.root, since)), lambda _: session.as_of.date)
    found: list[dict[str, Any]] = [
        {"issue": each.issue, "id": each.id, "text": each.text}
        for each in decisions(before, session.register, start.rstrip("/") + "/")
    ]
    out(as_json.document(session.as_of.date, {"items": found}))
