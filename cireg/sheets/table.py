"""A table as a person sees it in a sheet: the header, and rows that know their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cireg.errors import CiregError
from cireg.sheets import csv_file, xlsx_reader
from cireg.sheets.cells import MAX_CELL, unguard

MAX_FILE = 20 * 1024 * 1024  # bytes
MAX_ROWS = 100_000  # below the header
MAX_COLUMNS = 200

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook with a password
_SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with as many cells as the header; `number` is the sheet's, `line` a text editor's."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd about a row (or, in row 1, the file) that was read all the same."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """The header, the rows below it that are not blank, and what was odd about them."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


def read_table(
    name: str,
    raw: bytes,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The table in a CSV or XLSX file, every cell as text; the same table saved either way reads the same.

    The first row that is not blank is the header. `name` is for messages. `sheet` (XLSX) is the first visible
    sheet unless named; `encoding` and `delimiter` (CSV) are found out unless named. What `write_csv` and
    `write_xlsx` did against formulas is undone. Raises CiregError, in one sentence, for a file that is not
    such a table, is too large, or is made to harm its reader.
    """
    if len(raw) > MAX_FILE:
        raise CiregError(f"{name} is larger than {MAX_FILE // 1024**2} MiB", "split it")
    if raw.startswith(_OLD_FORMAT):
        raise CiregError(f"{name} is an old .xls file or locked by a password", "save it as plain .xlsx")
    if raw.startswith(b"PK"):
        remarks, found = xlsx_reader.records(name, raw, sheet)
        notes = [Note(1, remark) for remark in remarks]
        rows = _checked(name, ((number, number, cells) for number, cells in found))
    elif name.lower().endswith(_SPREADSHEETS):
        raise CiregError(f"{name} is named like a spreadsheet and is none", "save it as .xlsx or .csv")
    else:
        notes = []
        rows = _checked(name, csv_file.records(name, csv_file.decode(name, raw, encoding), delimiter))
        notes += _short_rows(rows)
    if not rows:
        raise CiregError(f"{name} holds no table", "its first row names the columns")
    return _table(rows, notes)


def _checked(name: str, found: Iterable[tuple[int, int, list[str]]]) -> list[Row]:
    """The rows that are not blank, within the limits, as they were before they were guarded."""
    rows: list[Row] = []
    for number, line, cells in found:
        if not any(cells):
            continue
        where = f"{name}, row {number}"
        if len(rows) > MAX_ROWS:
            raise CiregError(f"{where}: more than {MAX_ROWS:,} rows", "split the file")
        if any(cells[MAX_COLUMNS:]):
            raise CiregError(f"{where}: more than {MAX_COLUMNS} columns", "leave some out")
        if max(map(len, cells)) > MAX_CELL:
            raise CiregError(f"{where}: a cell of more than {MAX_CELL:,} characters", "shorten it")
        if any("\0" in text for text in cells):
            raise CiregError(f"{where}: a cell holds a NUL character", "take it out")
        rows.append(Row(number, line, tuple(map(unguard, cells))))
    return rows


def _width(header: Row) -> int:
    return max(column for column, text in enumerate(header.cells, start=1) if text)


def _short_rows(rows: list[Row]) -> list[Note]:
    """Rows of a CSV with fewer cells than the header; a sheet simply does not say its empty last cells."""
    width = _width(rows[0]) if rows else 0
    short = [row for row in rows if len(row.cells) < width]
    return [Note(row.number, f"{_counted(len(row.cells))} where the header has {width}") for row in short]


def _table(rows: list[Row], notes: list[Note]) -> Table:
    width = _width(rows[0])
    body: list[Row] = []
    for row in rows[1:]:
        stray = sum(1 for text in row.cells[width:] if text)
        if stray:
            notes.append(Note(row.number, f"{_counted(stray)} beyond the header's last column left out"))
        if any(row.cells[:width]):
            body.append(Row(row.number, row.line, (row.cells + ("",) * width)[:width]))
    return Table(rows[0].cells[:width], tuple(body), tuple(sorted(notes, key=lambda note: note.row)))


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"
