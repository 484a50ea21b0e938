"""`cireg import`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cireg import clock
from cireg.cli.changes import show_changes
from cireg.cli.given_files import read_given, tell_findings
from cireg.cli.session import open_register, out, today_option
from cireg.errors import CiregError
from cireg.files import WorkTree, write_all
from cireg.importing.configure import additions, unknown
from cireg.importing.exported import exported_map
from cireg.importing.files import config_file, new_files, updated_files
from cireg.importing.mapping import ImportMap, missing_columns, read_map, repeated_columns
from cireg.importing.planner import plan
from cireg.importing.report import Outcome, content, lines
from cireg.opening import known_zone
from cireg.report import json as as_json
from cireg.sheets import Table, read_table
from cireg.sheets.table import MAX_FILE
from cireg.source import FILE_LIMIT


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "map_file", metavar="MAP", type=click.Path(path_type=Path),
    help="Which column is which field. A sheet that `cireg export` wrote needs none.",
)  # fmt: skip
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook. Default: the first one that is not hidden.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option(
    "--update", is_flag=True, help="Change files that say something else than the sheet, and show the change."
)
@click.option("--update-config", is_flag=True, help="Add unknown people, practices and services to cireg.yaml.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the report.")
@today_option
def command(
    file: Path,
    map_file: Path | None,
    sheet: str | None,
    dry_run: bool,
    update: bool,
    update_config: bool,
    form: str,
    today: str | None,
) -> None:
    """Bring improvements in from a CSV or XLSX file.

    \b
      cireg import ideas.xlsx --map ideas-map.yaml --dry-run
      cireg import ideas.xlsx --map ideas-map.yaml --update-config
      cireg export -o improvements.xlsx      then edit it, and
      cireg import improvements.xlsx --update

    Every row becomes a file, and the report names every row that is rejected and every value that is left out, with
    the reason. Nothing is guessed. A row is rejected when its id or something that every improvement has cannot be
    filled: title, status, opportunity, the day it was raised.

    It may be run again at any time: what is there already and says the same stays as it is. Where a file says
    something else than the sheet the report shows it, and only --update changes it, keeping comments and everything
    else. A status changes only by a move that the life cycle allows. Exits 1 when a row is rejected.
    """
    import_map, table = _read(file, map_file, sheet)
    session = open_register(today)
    register = session.register
    day = clock.today(today, os.environ, known_zone(register.config), lambda: None).date
    planned = plan(file.name, table, import_map, register, day)
    tree = WorkTree(session.root)
    updated = updated_files(planned, tree) if update else []
    missing = unknown(planned, register)
    added = additions(planned, missing) if update_config else {}
    if added and not register.config.usable:
        raise CiregError("cireg.yaml cannot be used, so nothing can be added to it", "cireg check says why")
    files = [*new_files(planned), *updated, *config_file(added, tree)]
    outcome = Outcome(planned, table.notes, missing, added, updated=update, dry_run=dry_run)
    if not dry_run:  # before the report, which whoever reads it may break off
        write_all([each.as_write(session.root) for each in files], root=session.root)
    if form == "json":
        out(as_json.document(day, content(outcome)))
    else:
        show_changes(updated)
        for line in lines(outcome):
            out(line)
    if planned.rejected:
        raise SystemExit(1)


def _read(file: Path, map_file: Path | None, sheet: str | None) -> tuple[ImportMap, Table]:
    """The map and the table that it is for; ends the command with the map's faults where there are any."""
    import_map = None
    if map_file is not None:
        raw = read_given(map_file, FILE_LIMIT)
        import_map, found = read_map(map_file.as_posix(), raw)
        tell_findings(found, raw)
        if import_map is None:
            raise SystemExit(2)
    table = read_table(
        file.name, read_given(file, MAX_FILE), sheet=sheet or (import_map.sheet if import_map else None),
        encoding=import_map.encoding if import_map else None, delimiter=import_map.delimiter if import_map else None,
    )  # fmt: skip
    import_map = import_map or exported_map(table.header)
    if import_map is None:
        raise CiregError(
            f"nothing says what the columns of {file.name} mean", f"write a map: cireg import {file.name} --map MAP"
        )
    if twice := repeated_columns(import_map, table.header):
        raise CiregError(f"{file.name} has two columns called '{twice[0]}'", "rename or take out one of them")
    missing = missing_columns(import_map, table.header)
    if missing and map_file is not None:
        tell_findings(missing, read_given(map_file, FILE_LIMIT))
        raise SystemExit(2)
    return import_map, table
