"""Tables, whatever they were saved as."""

from __future__ import annotations

import pytest

from cireg.errors import CiregError
from cireg.sheets import Note, read_table
from cireg.sheets.table import MAX_COLUMNS, MAX_FILE, MAX_ROWS


def _refusal(name: str, raw: bytes) -> str:
    with pytest.raises(CiregError) as refused:
        read_table(name, raw)
    return refused.value.message


def test_rows_of_another_width_than_the_header_are_read_and_reported() -> None:
    """Too short is filled up, too long is cut, neither in silence."""
    table = read_table("t.csv", b"a,b,c\n1\n1,2,3,4,,5\n1,2,3,,\n,,,x\n")
    assert [("1", "", ""), ("1", "2", "3"), ("1", "2", "3")] == [row.cells for row in table.rows]
    assert (
        Note(2, "1 cell where the header has 3"),
        Note(3, "2 cells beyond the header's last column left out"),
        Note(5, "1 cell beyond the header's last column left out"),
    ) == table.notes


def test_the_header_ends_with_its_last_name() -> None:
    """Empty columns to the right are the spreadsheet's, not the table's."""
    table = read_table("t.csv", b"a,,c,,\n1,2,3,,\n")
    assert (("a", "", "c"), ("1", "2", "3"), ()) == (table.header, table.rows[0].cells, table.notes)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b",,\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_table_is_refused(raw: bytes) -> None:
    """There is nothing to map."""
    assert "t.csv holds no table" == _refusal("t.csv", raw)


def test_a_header_alone_is_a_table_without_rows() -> None:
    """An empty register may be exported and read back."""
    assert ((), ("a", "b")) == ((table := read_table("t.csv", b"a,b\n")).rows, table.header)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("t.csv", b"a" * (MAX_FILE + 1), "t.csv is larger than 20 MiB"),
        ("t.csv", b"a\n" + b"1\n" * (MAX_ROWS + 1), "t.csv, row 100002: more than 100,000 rows"),
        ("t.csv", b"a" + b",a" * MAX_COLUMNS, "t.csv, row 1: more than 200 columns"),
        ("t.csv", b"a\n" + b"x" * 65_537, "t.csv, row 2: a cell of more than 65,536 characters"),
        ("t.xlsx", b"a,b\n1,2\n", "t.xlsx is named like a spreadsheet and is none"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "t.xls is an old .xls file or locked by a password"),
    ],
    ids=["bytes", "rows", "columns", "cell", "name", "xls"],
)
def test_what_is_too_much_or_something_else_is_refused(name: str, raw: bytes, message: str) -> None:
    """In one sentence that says which limit."""
    assert message == _refusal(name, raw)


def test_the_limits_themselves_are_within_them() -> None:
    """A table may be as large as is said."""
    raw = b",".join(b"c" for _ in range(MAX_COLUMNS)) + b"\n" + b"x" * 65_536 + b"\n"
    assert 65_536 == len(read_table("t.csv", raw).rows[0].cells[0])
    assert MAX_ROWS == len(read_table("t.csv", b"a\n" + b"1\n" * MAX_ROWS).rows)
