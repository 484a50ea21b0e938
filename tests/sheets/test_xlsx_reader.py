"""Workbooks as programs and strangers write them."""

from __future__ import annotations

import pytest

from cireg.errors import CiregError
from cireg.sheets import Note, read_table
from tests.sheets.workbooks import MAIN, RELATIONS, pack, parts, sheet_xml, workbook

HEADER = '<row r="1">' + "".join(f'<c r="{name.upper()}1" t="str"><v>{name}</v></c>' for name in "abc") + "</row>"


def _cells(cell: str, **options: str) -> tuple[str, ...]:
    """The first row below the header, given its cells' XML."""
    table = read_table("t.xlsx", workbook(f'{HEADER}<row r="2">{cell}</row>', **options))
    return table.rows[0].cells


def _refusal(raw: bytes, **options: str) -> str:
    with pytest.raises(CiregError) as refused:
        read_table("t.xlsx", raw, **options)
    return refused.value.message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<v>3</v>", "3"),
        ("<v>3.0</v>", "3"),
        ("<v>1.5E3</v>", "1500"),
        ("<v>0.30000000000000004</v>", "0.3"),
        ("<f>1+1</f><v>2</v>", "2"),
        ("<v>oddity</v>", "oddity"),
        ("<v>1e999</v>", "1e999"),
        ("<v>nan</v>", "nan"),
        ("<v>1_000</v>", "1_000"),
    ],
)
def test_a_number_is_plain_text(cell: str, expected: str) -> None:
    """Whole numbers have no fraction; of a formula only the result counts."""
    assert expected == _cells(f'<c r="A2">{cell}</c>')[0]


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("s", "<v>1</v>", "shared"),
        ("s", "<v>2</v>", "rich text"),
        ("s", "<v>3</v>", "Tokyo"),
        ("s", "<v>4</v>", " \n_x0041_\x07"),
        ("str", "<v>a &amp; b</v>", "a & b"),
        ("inlineStr", "<is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is>", "inline"),
        ("b", "<v>1</v>", "true"),
        ("b", "<v>0</v>", "false"),
        ("e", "<v>#N/A</v>", "#N/A"),
        ("d", "<v>2026-03-01</v>", "2026-03-01"),
        ("d", "<v>2026-03-01T10:00:00</v>", "2026-03-01T10:00:00"),
        ("d", "<v>soon</v>", "soon"),
        ("str", "<v>_xD83D_</v>", "_xD83D_"),
    ],
)
def test_every_kind_of_cell_is_text(kind: str, content: str, expected: str) -> None:
    """An error value stands as it is shown, so that whoever uses it can name it."""
    strings = (
        "<si><t>zero</t></si><si><t>shared</t></si><si><r><t>rich </t></r><r><t>text</t></r></si>"
        "<si><t>Tokyo</t><rPh><t>to-kyo</t></rPh></si>"
        "<si><t xml:space='preserve'> \n_x005F_x0041__x0007_</t></si>"
    )
    assert expected == _cells(f'<c r="A2" t="{kind}">{content}</c>', strings=strings)[0]


def test_numbers_are_dates_and_percentages_by_their_style() -> None:
    """The style's number leads to a format, its own or a built-in one."""
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
    )
    cells = '<c r="A2" s="1"><v>46082</v></c><c r="B2" s="2"><v>-0.25</v></c><c r="C2" s="7"><v>1</v></c>'
    assert ("2026-03-01", "-25%", "1") == _cells(cells, styles=styles)
    assert (
        "2026-03-01" == _cells('<c r="A2" s="1"><v>44620</v></c>', styles=styles, book='<workbookPr date1904="1"/>')[0]
    )


def test_cells_stand_where_they_say_or_after_the_one_before() -> None:
    """Both ways of writing a sheet are in use, and rows may have gaps."""
    rows = f'{HEADER}<row r="4"><c r="B4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>'
    table = read_table("t.xlsx", workbook(rows))
    assert [(4, ("", "1", "2")), (5, ("3", "", ""))] == [(row.number, row.cells) for row in table.rows]
    assert () == table.notes


def test_the_first_row_that_is_not_blank_is_the_header() -> None:
    """Rows keep the numbers that the sheet shows."""
    rows = '<row r="3"><c r="A3" t="str"><v>a</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>'
    table = read_table("t.xlsx", workbook(rows))
    assert (("a",), 4, 4) == (table.header, table.rows[0].number, table.rows[0].line)


def _two_sheets(state: str = "visible") -> bytes:
    contents = parts(sheet_xml(HEADER))
    contents["xl/worksheets/sheet2.xml"] = sheet_xml('<row><c t="str"><v>x</v></c></row>')
    contents["xl/chartsheets/sheet1.xml"] = f"<chartsheet {MAIN}/>"
    contents["xl/workbook.xml"] = (
        f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="Chart" r:id="rId9"/>'
        f'<sheet name="One" state="{state}" r:id="rId1"/><sheet name="Two" r:id="rId4"/></sheets></workbook>'
    )
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId4" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/Sheet2.xml"/>'
        f'<Relationship Id="rId9" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/>'
        "</Relationships>",
    )
    return pack(contents)


def test_the_first_visible_sheet_is_read_and_the_others_are_named() -> None:
    """Charts and hidden sheets are no tables that a person would mean."""
    table = read_table("t.xlsx", _two_sheets())
    assert (("a", "b", "c"), (Note(1, "only the sheet 'One' is read; there is also: Two"),)) == (
        table.header,
        table.notes,
    )
    assert (("x",), ()) == ((hidden := read_table("t.xlsx", _two_sheets("hidden"))).header, hidden.notes)


def test_a_sheet_may_be_chosen_by_name() -> None:
    """One that is not there is refused with those that are."""
    table = read_table("t.xlsx", _two_sheets(), sheet="Two")
    assert (("x",), ()) == (table.header, table.notes)
    assert "t.xlsx has no visible sheet 'Three'" == _refusal(_two_sheets(), sheet="Three")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="99999999999"><c><v>1</v></c></row>', "has a row '99999999999', which no sheet has"),
        ('<row r="0"><c><v>1</v></c></row>', "has a row '0', which no sheet has"),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "has a row '1048577', which no sheet has"),
        ('<row r="1"><c r="AAAA1"><v>1</v></c></row>', "has a cell 'AAAA1', which no sheet has"),
        ('<row r="1"><c r="1"><v>1</v></c></row>', "has a cell '1', which no sheet has"),
        ('<row r="1"><c t="s"><v>5</v></c></row>', "uses a shared string that is not there: 5"),
        ('<row r="1"><c t="s"><v>-1</v></c></row>', "uses a shared string that is not there: -1"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(rows: str, reason: str) -> None:
    """A place that no sheet has is made to exhaust whoever sets memory aside for all before it."""
    assert f"t.xlsx (xl/worksheets/sheet1.xml) {reason}" == _refusal(workbook(rows))


def test_a_far_away_cell_costs_nothing() -> None:
    """Only cells with text are kept; a column beyond the limit is refused."""
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576" s="1"/></row>'
    assert [1_048_576] == [row.number for row in read_table("t.xlsx", workbook(HEADER + far)).rows]
    wide = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "t.xlsx, row 1048576: more than 200 columns" == _refusal(workbook(HEADER + wide))


def test_a_string_that_is_shared_too_often_is_refused() -> None:
    """A text of 60,000 letters in 20,000 cells is 1.2 GB of text in a small file."""
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 20_001))
    strings = "<si><t>" + "".join(chr(33 + n % 5) for n in range(60_000)).replace("&", "x") + "</t></si>"
    contents = {**parts(sheet_xml(f"<row>{cells}</row>"), strings=strings)}
    raw = pack(contents)
    assert "holds more than 20 MiB of text" in _refusal(raw)


def test_a_cell_may_not_hold_a_nul() -> None:
    """Nor may it in a CSV."""
    assert "t.xlsx, row 1: a cell holds a NUL character" == _refusal(
        workbook('<row r="1"><c t="str"><v>a_x0000_</v></c></row>')
    )


def test_a_workbook_without_a_sheet_is_refused() -> None:
    """Or with one that is hidden, or not there."""
    contents = parts(sheet_xml(HEADER))
    del contents["xl/worksheets/sheet1.xml"]
    assert "t.xlsx has no visible sheet" == _refusal(pack(contents))
