"""The one door to spreadsheets: CSV and XLSX, read as tables of text and written safe from formulas."""

from cireg.sheets.cells import Value, cell_text, guard, unguard
from cireg.sheets.csv_file import write_csv
from cireg.sheets.table import Note, Row, Table, read_table
from cireg.sheets.xlsx_writer import write_xlsx

__all__ = [
    "Note",
    "Row",
    "Table",
    "Value",
    "cell_text",
    "guard",
    "read_table",
    "unguard",
    "write_csv",
    "write_xlsx",
]
