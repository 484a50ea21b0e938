"""XLSX from a table: typed numbers and dates, text that stays text, the same bytes every time."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cireg.errors import CiregError
from cireg.sheets.cells import Value, cell_text, guard

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # written as the file's date, whenever it is made; no zone there
_MAX_CELL = 32_767  # UTF-16 units: the format's own limit
_MAX_DIGITS = 15  # of a number: what the format keeps
_FIRST_SAFE_DATE = date(1900, 3, 1)  # before it the format counts a day that never was
_NARROWEST, _WIDEST = 8, 60  # columns, in characters

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_xlsx(sheet_name: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet; numbers and dates are typed, everything else is text.

    Text that a spreadsheet would run as a formula once the sheet is saved as CSV gets an apostrophe, which
    `read_table` takes off again. Raises CiregError for text that the format cannot hold: more than 32,767
    UTF-16 units in a cell, lone surrogates, U+FFFE and U+FFFF.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it has annotations and no py.typed

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(_sheet_name(sheet_name))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
    }
    widths = [_NARROWEST] * len(header)
    last = 0
    for last, values in enumerate([header, *rows]):
        for column, value in enumerate(values):
            _write(sheet, last, column, value, formats if last else {"text": heading})
            if column < len(widths):
                longest = max(map(len, cell_text(value).splitlines()), default=0)
                widths[column] = min(max(widths[column], longest + 2), _WIDEST)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if header:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(header) - 1)
    book.close()
    return out.getvalue()


def _sheet_name(text: str) -> str:
    r"""A name that the format allows: at most 31 characters, none of []:*?/\, no apostrophe at either end."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text)[:31].strip(" '")
    return name if name and name.lower() != "history" else "Sheet"


def _write(sheet: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    """Put one value into the sheet; `sheet` and `formats` are xlsxwriter's own."""
    value = _as_kept(value)
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal):
        refused = sheet.write_number(row, column, value, formats["number"])
    elif isinstance(value, datetime):
        refused = sheet.write_datetime(row, column, value, formats["moment"])
    elif isinstance(value, date):
        refused = sheet.write_datetime(row, column, value, formats["date"])
    else:
        text = _as_xml(guard(cell_text(value)))
        if len(text.encode("utf-16-le")) // 2 > _MAX_CELL:
            place = f"row {row + 1}, column {column + 1}"
            raise CiregError(f"{place}: over {_MAX_CELL:,} characters in an XLSX cell", "write CSV instead")
        refused = sheet.write_string(row, column, text, formats["text"])
    if refused:
        raise CiregError(f"an XLSX sheet has no row {row + 1} and column {column + 1}", "write CSV instead")


def _as_kept(value: Value) -> Value:
    """The value as the format keeps it; dates and numbers beyond it, and truth values, as their text."""
    if isinstance(value, bool):  # LibreOffice makes a truth value a formula, =TRUE()
        return cell_text(value)
    if isinstance(value, int | float | Decimal):
        text = cell_text(value)
        if isinstance(value, float):
            return float(text)
        return value if len(text.lstrip("-0.").replace(".", "")) <= _MAX_DIGITS else text
    if isinstance(value, date):
        text = cell_text(value)
        day = date.fromisoformat(text[:10])
        if day < _FIRST_SAFE_DATE or len(text) > len("2026-01-01T00:00:00"):
            return text
        return datetime.fromisoformat(text) if "T" in text else day
    return value


def _as_xml(text: str) -> str:
    r"""The text as xlsxwriter is to be given it: as it is, or as XML that it passes through untouched.

    The format writes a control character as _x0007_ and doubles the underscore of text that looks like that.
    xlsxwriter misses one when two follow each other, and takes text of the form <r>...</r> for finished XML,
    through which a contributor could forge the sheet. So such text goes in as the XML that it would otherwise
    be mistaken for, with every underscore spelt so that xlsxwriter finds nothing to escape.
    """
    unwritable = _UNWRITABLE.search(text)
    if unwritable:
        raise CiregError(f"an XLSX file cannot hold the character U+{ord(unwritable[0]):04X}")
    forged = text.startswith("<r>") and text.endswith("</r>")
    if not (forged or _CONTROL.search(text) or _ESCAPE_LOOKALIKE.search(text)):
        return text
    text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    text = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return f'<r><t xml:space="preserve">{html.escape(text, quote=False).replace("_", "&#95;")}</t></r>'
