"""CSV files as spreadsheets and people write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.errors import CiregError
from cireg.sheets import Value, read_table, write_csv

cells = st.text(st.sampled_from("'=-1a é漢😀\t\r\n,;|\"\u200b")) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"])
)
names = st.text(st.sampled_from("ab =;,|\t\"\n'"), min_size=1).map(lambda text: f"c{text}")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A header and rows as wide as it, none of them blank."""
    header = draw(st.lists(names, min_size=1, max_size=4))
    row = st.lists(cells, min_size=len(header), max_size=len(header)).filter(any)
    return header, draw(st.lists(row, max_size=4))


def _read(raw: bytes | str, **options: str) -> list[list[str]]:
    table = read_table("t.csv", raw.encode() if isinstance(raw, str) else raw, **options)
    return [list(table.header), *(list(row.cells) for row in table.rows)]


@pytest.mark.parametrize(
    "raw",
    [
        "a,b\n1,é\n".encode(),
        "a,b\r\n1,é\r\n".encode(),
        "a,b\r1,é\r".encode(),
        "a,b\n1,é".encode(),
        "\ufeffa,b\n1,é\n".encode(),
        "a,b\n1,é\n".encode("utf-16"),
        "\ufeffa;b\n1;é\n".encode("utf-16-be"),
        "a;b\n1;é\n".encode(),
        "a\tb\n1\té\n".encode(),
        "a|b\n1|é\n".encode(),
        "sep=;\r\na;b\r\n1;é\r\n".encode(),
        '"a";"b"\n"1";"é"\n'.encode(),
    ],
)
def test_every_usual_form_of_the_same_table_reads_the_same(raw: bytes) -> None:
    """Line ends, byte order marks and delimiters are found out."""
    assert [["a", "b"], ["1", "é"]] == _read(raw)


def test_cp1252_is_read_only_when_it_is_named() -> None:
    """Guessing an encoding would mend silently, and wrongly now and then."""
    raw = "a,b\nx,naïve\n".encode("cp1252")
    with pytest.raises(CiregError, match=r"^t\.csv is not UTF-8: byte 0xEF in line 2$") as refused:
        _read(raw)
    assert "cp1252" in (refused.value.hint or "")
    assert [["a", "b"], ["x", "naïve"]] == _read(raw, encoding="cp1252")


@pytest.mark.parametrize(
    ("raw", "options", "message"),
    [
        (b"a,b\n1,x\0y\n", {}, "t.csv holds a NUL character in line 2"),
        ("a,b\n".encode("utf-16-le"), {}, "t.csv holds a NUL character in line 1"),
        (b"a\n1\n", {"encoding": "utf-7"}, "the encoding 'utf-7' is not one of utf-8, utf-16, cp1252"),
        (
            b"a\n1\n",
            {"delimiter": "ab"},
            "the delimiter 'ab' is not a single character that can separate cells",
        ),
        (b'a,b\n1,"x\n2,y\n', {}, "t.csv, row 2: a quote opens a cell and is never closed"),
        (b'a,b\n1,"x" y\n', {}, "t.csv, row 2: text follows the quote that closes a cell"),
        (
            b'a,b\n1,"' + b"x" * 200_000 + b'"\n',
            {},
            "t.csv, row 2: a cell is too long, perhaps a quote is not closed",
        ),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(raw: bytes, options: dict[str, str], message: str) -> None:
    """The message says what and where, so that a person can mend it."""
    with pytest.raises(CiregError) as refused:
        _read(raw, **options)
    assert message == refused.value.message


def test_the_delimiter_is_the_one_that_the_following_rows_agree_with() -> None:
    """A comma in a name weighs less than semicolons throughout."""
    assert [["Title, short", "Owner"], ["Fewer resets", "desk"]] == _read("Title, short;Owner\nFewer resets;desk\n")


def test_a_named_delimiter_stands_over_the_evidence() -> None:
    """Someone who says what it is knows."""
    assert [["a,b", "c"], ["1", "2"]] == _read("a,b;c\n1;2\n", delimiter=";")


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    """A cell of two lines is one row, a blank line is a row that is not there; `line` is the editor's."""
    table = read_table("t.csv", b'\nid,text\n1,"two\nlines"\n\n2,x\n,\n3,y\n')
    assert [(3, 3), (5, 6), (7, 8)] == [(row.number, row.line) for row in table.rows]


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    """Excel hides it; a text editor counts it."""
    table = read_table("t.csv", b"sep=;\nid;text\n1;x\n")
    assert [(2, 3)] == [(row.number, row.line) for row in table.rows]


def test_a_csv_is_written_for_every_reader() -> None:
    """Cells that hold any usual delimiter are quoted, so that none splits wherever the file is opened."""
    rows: list[list[Value]] = [
        [1, "a;b"],
        [2.5, 'say "so"'],
        [None, "=1+1"],
        [True, "two\nlines"],
        [-1, " x"],
    ]
    expected = 'n,text\n1,"a;b"\n2.5,"say ""so"""\n,\'=1+1\ntrue,"two\nlines"\n-1," x"\n'
    assert expected.encode() == write_csv(["n", "text"], rows)
    assert b"\xef\xbb\xbf" + expected.encode() == write_csv(["n", "text"], rows, bom=True)


def test_a_lone_surrogate_is_refused() -> None:
    """It has no bytes in UTF-8."""
    with pytest.raises(CiregError, match=r"U\+DCE9"):
        write_csv(["a"], [["caf\udce9"]])


@given(tables())
def test_what_is_written_is_read_back(table: tuple[list[str], list[list[str]]]) -> None:
    """Delimiters, quotes, line ends, apostrophes and formulas included."""
    header, rows = table
    assert [header, *rows] == _read(write_csv(header, rows))
    assert [header, *rows] == _read(write_csv(header, rows, bom=True))


@given(tables())
def test_another_reader_sees_the_same_cells(table: tuple[list[str], list[list[str]]]) -> None:
    """Python's own csv module reads what is written, with nothing that would run as a formula."""
    header, rows = table
    found = list(csv.reader(io.StringIO(write_csv(header, rows).decode(), newline=""), strict=True))
    assert [len(header)] * (len(rows) + 1) == [len(record) for record in found]
    assert not any(cell.lstrip(" \u200b").startswith(("=", "@", "\t", "\r", "\n")) for row in found for cell in row)
