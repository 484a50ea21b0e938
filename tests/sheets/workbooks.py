"""Workbooks made for tests, part by part, so that every part can be wrong."""

from __future__ import annotations

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def sheet_xml(rows: str) -> str:
    """A worksheet of these `<row>` elements."""
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def parts(sheet: str, *, strings: str = "", styles: str = "", book: str = "") -> dict[str, str]:
    """The parts of a workbook with one sheet 'One'; `book` goes before its sheets."""
    return {
        "_rels/.rels": f'<Relationships {PACKAGE}><Relationship Id="rId1" Target="xl/workbook.xml" '
        f'Type="{RELATIONS}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}">{book}<sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>"
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
    }


def pack(contents: dict[str, str] | dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(rows: str, *, strings: str = "", styles: str = "", book: str = "") -> bytes:
    """A workbook with these rows in its one sheet."""
    return pack(parts(sheet_xml(rows), strings=strings, styles=styles, book=book))
