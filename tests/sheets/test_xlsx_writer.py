"""Workbooks that are written: typed, safe, the same every time, and read back."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.errors import CiregError
from cireg.sheets import Value, cell_text, read_table, write_csv, write_xlsx

HOSTILE = Path(__file__).parents[3] / "shared/hostile"
SOFFICE = shutil.which("soffice")

moment = datetime.fromisoformat

VALUES: list[Value] = [
    "plain",
    "=1+1",
    "'=1+1",
    "-1",
    " \u3000@x",
    "<r></si></sst></r>",
    "<r>_</r>",
    "_x0041_x0042_",
    "_x005F_x0041_",
    "a\x07_x0041_\x0b",
    "\r\n",
    " \t ",
    "https://example.org/",
    "mailto:a@example.org",
    "{=1}",
    "<>&\"'",
    "00012",
    "1/2",
    "TRUE",
    "2026-02-30",
    True,
    5,
    -5.25,
    0.1 + 0.2,
    100 / 3,
    Decimal("1.10"),
    999_999_999_999_999,
    12345678901234567,
    Decimal("0.12345678901234567"),
    1e22,
    1e-7,
    date(2026, 3, 1),
    date(1899, 12, 31),
    date(1900, 3, 1),
    moment("2026-03-01T12:30"),
    moment("2026-03-01T23:59:59.999999"),
    moment("2026-03-01T00:00+00:00"),
    moment("9999-12-31T23:59:59"),
    time(9, 5),
    timedelta(hours=30),
    "😀é漢",
]

texts = st.text(st.sampled_from("'=-1a _x004F<>r/&\t\r\n\x07")) | st.text(
    st.characters(exclude_characters="\0\ufffe\uffff", exclude_categories=["Cs"])
)
values = (
    texts
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(max_value=moment("9999-12-31T23:59:59"))
    | st.booleans()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
)


def _column(raw: bytes, name: str = "t.xlsx") -> list[str]:
    return [row.cells[1] for row in read_table(name, raw).rows]


def _rows(cells: list[Value]) -> list[list[Value]]:
    return [[f"row {number}", value] for number, value in enumerate(cells)]


def _part(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


def test_what_is_written_is_read_back_and_equals_the_csv() -> None:
    """Every kind of value, and text that libraries stumble over."""
    expected = [cell_text(value) for value in VALUES]
    assert expected == _column(write_xlsx("Sheet", ["n", "value"], _rows(VALUES)))
    assert expected == _column(write_csv(["n", "value"], _rows(VALUES)), "t.csv")


@given(st.lists(values, max_size=5))
def test_any_value_is_read_back_and_equals_the_csv(cells: list[Value]) -> None:
    """The same table reads the same, saved either way."""
    from_csv = read_table("t.csv", write_csv(["n", "value"], _rows(cells)))
    from_xlsx = read_table("t.xlsx", write_xlsx("Sheet", ["n", "value"], _rows(cells)))
    assert [cell_text(value) for value in cells] == [row.cells[1] for row in from_xlsx.rows]
    assert [row.cells for row in from_csv.rows] == [row.cells for row in from_xlsx.rows]


def test_numbers_and_dates_are_typed_and_text_never_is() -> None:
    """A sheet sums and sorts the former; the latter stays as it was written, links and formulas included."""
    sheet = _part(write_xlsx("Sheet", ["n", "value"], _rows(VALUES)), "xl/worksheets/sheet1.xml")
    kinds = re.findall(r'<c r="B[0-9]+" s="([0-9]+)"( t="s")?>', sheet)
    expected = [
        isinstance(value, int | float | Decimal | date)
        and not isinstance(value, bool)
        and value not in (12345678901234567, Decimal("0.12345678901234567"), date(1899, 12, 31))
        and value != moment("2026-03-01T00:00+00:00")
        for value in VALUES
    ]
    assert expected == [not text for _, text in kinds[1:]]
    assert not re.search(r"<f>|<hyperlink|t=\"b\"", sheet)


def test_the_sheet_is_ready_to_use() -> None:
    """The header stays in sight and filters, columns are as wide as they need to be, within reason."""
    raw = write_xlsx("Improvements: all [2026]", ["id", "text"], [["CI-0001", "word " * 50], ["CI-0002", "x"]])
    sheet = _part(raw, "xl/worksheets/sheet1.xml")
    assert 'name="Improvements  all  2026"' in _part(raw, "xl/workbook.xml")
    assert '<pane ySplit="1"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet
    assert ["9.7109375", "60.7109375"] == re.findall(r'<col [^>]* width="([0-9.]+)"', sheet)
    assert 'wrapText="1"' in _part(raw, "xl/styles.xml")


@pytest.mark.parametrize(
    ("wanted", "given_name"),
    [
        ("Improvements", "Improvements"),
        ("", "Sheet"),
        ("'a'", "a"),
        ("[]:*?/\\", "Sheet"),
        ("HISTORY", "Sheet"),
        ("x" * 40, "x" * 31),
    ],
)
def test_any_text_may_name_the_sheet(wanted: str, given_name: str) -> None:
    """What the format forbids is left out."""
    assert f'<sheet name="{given_name}"' in _part(write_xlsx(wanted, ["a"], []), "xl/workbook.xml")


def test_the_same_table_gives_the_same_bytes() -> None:
    """No clock is read and no order is left to chance."""
    assert write_xlsx("S", ["n", "v"], _rows(VALUES)) == write_xlsx("S", ["n", "v"], _rows(VALUES))
    created = _part(write_xlsx("S", ["n"], []), "docProps/core.xml")
    assert {"2000-01-01T00:00:00Z"} == set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^<]*", created))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 32_768, "row 2, column 2: over 32,767 characters in an XLSX cell"),
        ("😀" * 16_384, "row 2, column 2: over 32,767 characters in an XLSX cell"),
        ("caf\udce9", "an XLSX file cannot hold the character U+DCE9"),
        ("\ufffe", "an XLSX file cannot hold the character U+FFFE"),
    ],
    ids=["letters", "emoji", "surrogate", "noncharacter"],
)
def test_text_that_the_format_cannot_hold_is_refused(text: str, message: str) -> None:
    """Cutting it would lose it at the next import."""
    with pytest.raises(CiregError) as refused:
        write_xlsx("S", ["n", "v"], [[1, text]])
    assert message == refused.value.message


def test_the_longest_text_that_fits_is_kept() -> None:
    """The limit itself is within it."""
    assert ["x" * 32_767] == _column(write_xlsx("S", ["n", "v"], [[1, "x" * 32_767]]))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_no_formula_and_gives_the_table_back(tmp_path: Path) -> None:
    """Opened and saved as XLSX and as CSV, every payload is still text and every value the same.

    Control characters are left out, which LibreOffice changes, and text that looks like their escapes.
    """
    payloads = (HOSTILE / "csv/payloadbox-csv.txt").read_text().splitlines() if HOSTILE.exists() else []
    kept = [value for value in VALUES if not re.search("[\x07\r]|_x", cell_text(value))]
    cells: list[Value] = [*kept, *payloads]
    (tmp_path / "t.xlsx").write_bytes(write_xlsx("S", ["n", "v"], _rows(cells)))
    (tmp_path / "t.csv").write_bytes(write_csv(["n", "v"], _rows(list(payloads)), bom=True))
    flags = ["--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    for source, target, folder in (("t.xlsx", "xlsx", "a"), ("t.xlsx", to_csv, "b"), ("t.csv", "xlsx", "c")):
        command = [str(SOFFICE), *flags, "--infilter=CSV:44,34,76,1"] if source == "t.csv" else [str(SOFFICE), *flags]
        command += ["--convert-to", target, "--outdir", str(tmp_path / folder), str(tmp_path / source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
    saved = (tmp_path / "a/t.xlsx").read_bytes()
    assert [cell_text(value) for value in cells] == _column(saved)
    assert "<f" not in _part(saved, "xl/worksheets/sheet1.xml")
    assert "<f" not in _part((tmp_path / "c/t.xlsx").read_bytes(), "xl/worksheets/sheet1.xml")
    assert payloads == _column((tmp_path / "c/t.xlsx").read_bytes())
    texts = [str(value) for value in cells if isinstance(value, str)]
    found = _column((tmp_path / "b/t.csv").read_bytes(), "t.csv")
    assert texts == [text for text, value in zip(found, cells, strict=True) if isinstance(value, str)]
