"""Improvements as a sheet or as plain data: everything in their files, to be edited, counted or moved elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from cireg import query
from cireg.columns import cell, header
from cireg.model import Improvement, Register
from cireg.sheets import write_csv, write_xlsx

SHEET = "improvements"


def sheet(items: Sequence[Improvement], form: Literal["csv", "xlsx"], *, bom: bool = False) -> bytes:
    """A row for each improvement, a column for each field in the schema's order.

    `bom` begins a CSV with the mark by which spreadsheets know that it is UTF-8. Raises `CiregError` for what a
    sheet cannot hold.
    """
    columns = header(items)
    rows = ([cell(item, column) for column in columns] for item in items)
    return write_csv(columns, rows, bom=bom) if form == "csv" else write_xlsx(SHEET, columns, rows)


def objects(items: Sequence[Improvement], register: Register) -> list[dict[str, Any]]:
    """An object for each improvement: what its file says, and what follows from it, as `cireg list` has it."""
    return [query.as_data(item, register) for item in items]
