"""`cireg measure`."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from cireg import clock
from cireg.cli.session import open_register, out
from cireg.deliver import Delivery, deliver
from cireg.errors import CiregError
from cireg.files import FileRefused, WorkTree, Write, write_all
from cireg.measure.readings import COLUMNS
from cireg.model import Kpi, Register
from cireg.opening import known_zone
from cireg.sheets.csv_file import records
from cireg.source import FILE_LIMIT
from cireg.text import safe_text

_FEED_LIMIT = 5 * 1024 * 1024  # bytes


@click.command("measure", context_settings={"ignore_unknown_options": True})
@click.argument("kpi", required=False)
@click.argument("value", required=False)
@click.option("--period", help="The period, in the KPI's cadence: 2026-10, 2026-W43, 2026-Q3 …")
@click.option("--numerator", help="The upper part of a ratio.")
@click.option("--denominator", help="The lower part of a ratio.")
@click.option("--n", "count", help="How many answers or events it rests on.")
@click.option("--note", help="A remark.")
@click.option(
    "--from", "feed", type=click.File("rb"), help="Readings from a file, or - for standard input: CSV or JSON lines."
)
@click.option("--correct", is_flag=True, help="Replace a reading that is there; its old value goes into the note.")
def command(
    kpi: str | None, value: str | None, period: str | None, numerator: str | None, denominator: str | None,
    count: str | None, note: str | None, feed: IO[bytes] | None, correct: bool,
) -> None:  # fmt: skip
    """Add a reading to a KPI.

    \b
      cireg measure password-reset-tickets 286 --period 2026-10
      cireg measure customer-satisfaction --numerator 301 --denominator 341 --period 2026-10
      monitoring-export | cireg measure --from -

    A feed is CSV or JSON lines with kpi and period, and value or numerator and denominator. All of its readings
    are written, or none. A reading that is there already and the same changes nothing, so a feed may be delivered
    twice.
    """
    stray = next((each for each in (kpi, value) if each and each.startswith("--")), None)
    if stray:
        raise click.NoSuchOption(stray)
    register = (session := open_register("now")).register
    cells = {"value": value, "numerator": numerator, "denominator": denominator, "n": count, "note": note}
    if feed is not None:
        if kpi or period or any(cells.values()):
            raise click.UsageError("With --from, everything comes from the feed.")
        given = list(_feed(feed.read(_FEED_LIMIT + 1)))
    elif kpi and period:
        given = [(kpi, Delivery(period, {name: cell for name, cell in cells.items() if cell}))]
    else:
        raise click.UsageError("Name the KPI and the --period, or give a feed with --from.")
    today = clock.wall_date(known_zone(register.config))
    tree = WorkTree(session.root)
    writes: list[Write] = []
    said: list[str] = []
    for found in dict.fromkeys(_find(register, name) for name, _ in given):
        path = found.path.rpartition(".")[0] + ".csv"
        raw = _read(tree, path)
        mine = [one for name, one in given if name == found.id]
        done = deliver(found, path, raw, mine, today, correct=correct)
        said += done.said
        if done.data is not None:
            writes.append(Write(Path(path), done.data, raw))
    write_all(writes, root=session.root)
    for sentence in said:
        out(safe_text(sentence))


def _find(register: Register, name: str) -> Kpi:
    found = register.kpis.get(name)
    if found is None:
        near = difflib.get_close_matches(name, register.kpis, n=1)
        raise CiregError(f"there is no KPI {name}", f"did you mean {near[0]}?" if near else "cireg kpi lists them")
    if found.derived:
        raise CiregError(f"{name} is derived from the register: it has no readings of its own")
    return found


def _read(tree: WorkTree, path: str) -> bytes | None:
    if not tree.exists(path):
        return None
    try:
        return tree.read(path, FILE_LIMIT)
    except FileRefused as refused:
        raise CiregError(f"{path} {refused.message}") from refused


def _feed(raw: bytes) -> Iterator[tuple[str, Delivery]]:
    """The readings of a feed, each with its KPI: JSON lines where the first line is an object, else CSV."""
    if len(raw) > _FEED_LIMIT:
        raise CiregError(f"the feed is larger than {_FEED_LIMIT // 1024**2} MiB", "deliver it in parts")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CiregError("the feed is not UTF-8") from error
    rows = _json_lines(text) if text.lstrip().startswith("{") else _csv(text)
    for line, row in rows:
        where = f"line {line} of the feed: "
        stray = sorted(set(row) - {"kpi", *COLUMNS})
        if stray:
            raise CiregError(f"{where}there is no column '{stray[0]}'", f"there are: kpi, {', '.join(COLUMNS)}")
        if not row.get("kpi") or not row.get("period"):
            raise CiregError(f"{where}kpi and period are needed")
        cells = {name: cell for name, cell in row.items() if name not in ("kpi", "period") and cell}
        yield row["kpi"], Delivery(row["period"], cells, where)


def _csv(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    rows = records("the feed", text, None)
    _, _, header = next(rows, (1, 1, []))
    names = [name.strip() for name in header]
    if not {"kpi", "period"} <= set(names):
        was = f"it begins with '{','.join(header)[:40]}'" if any(names) else "it is empty"
        raise CiregError(f"the feed is no feed: {was}", "its first line names the columns kpi, period and value")
    for _, line, cells in rows:
        if any(cell.strip() for cell in cells[len(names) :]):
            raise CiregError(f"line {line} of the feed has more cells than its first line has names")
        if any(cell.strip() for cell in cells):
            yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            found = json.loads(content, parse_float=str, parse_int=str)
        except (ValueError, RecursionError) as error:
            raise CiregError(f"line {line} of the feed is not JSON") from error
        if not isinstance(found, dict) or not all(isinstance(each, str | None) for each in found.values()):
            raise CiregError(f"line {line} of the feed is not an object of texts and numbers")
        yield line, {str(name): each or "" for name, each in found.items()}
