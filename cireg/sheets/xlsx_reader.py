"""XLSX to records of text: one sheet, its shared strings and its number formats, and nothing else of it."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from datetime import datetime

from cireg.errors import CiregError
from cireg.sheets.cells import cell_text
from cireg.sheets.number_format import Meaning, meaning, number_text
from cireg.sheets.unpack import unpack
from cireg.sheets.xml_part import Reader, refuse_hostile, walk

MAX_TEXT = 20 * 1024 * 1024  # characters, each shared string counted as often as it is used
MAX_ROW = 1_048_576  # the format's own

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_SMALL = re.compile(r"[0-9]{1,9}")
_ESCAPE = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")  # half a surrogate pair is no character


def records(name: str, raw: bytes, sheet: str | None) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """What a person should know about the choice of sheet; its rows that hold text, with their numbers."""
    parts = unpack(name, raw)
    refuse_hostile(name, parts)
    book_part = _Relations(name, parts, "").of_kind("officeDocument")
    if book_part not in parts:
        raise CiregError(f"{name} is not an XLSX file", "save it as .xlsx or .csv")
    book = _Book()
    walk(f"{name} ({book_part})", parts[book_part], book)
    relations = _Relations(name, parts, book_part)
    tables = {title: relations.worksheet(identifier) for title, identifier in book.visible.items()}
    tables = {title: part for title, part in tables.items() if part in parts}
    if not tables:
        raise CiregError(f"{name} has no visible sheet")
    if sheet is not None and sheet not in tables:
        raise CiregError(f"{name} has no visible sheet '{sheet}'", f"it has: {', '.join(tables)}")
    chosen = next(iter(tables)) if sheet is None else sheet
    others = [title for title in tables if title != chosen] if sheet is None else []
    notes = [f"only the sheet '{chosen}' is read; there is also: {', '.join(others)}"] if others else []
    strings, formats = _Strings(), _Formats()
    readers: tuple[tuple[str, Reader], ...] = (("sharedStrings", strings), ("styles", formats))
    for kind, reader in readers:
        part = relations.of_kind(kind)
        if part in parts:
            walk(f"{name} ({part})", parts[part], reader)
    where = f"{name} ({tables[chosen]})"
    cells = _Cells(where, strings.texts, formats.meanings, since_1904=book.since_1904)
    walk(where, parts[tables[chosen]], cells)
    return notes, _rows(cells.rows)


def _rows(rows: dict[int, dict[int, str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in sorted(rows.items()):
        yield number, [cells.get(column, "") for column in range(1, max(cells) + 1)]


def _unescape(text: str) -> str:
    """The format writes a character that XML cannot hold as _x0007_, and the _ of such text as _x005F_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Relations(Reader):
    """Which parts a part of the package points to, and what as."""

    def __init__(self, name: str, parts: dict[str, bytes], source: str) -> None:
        folder, base = posixpath.split(source)
        self._folder = folder
        self._by_id: dict[str, tuple[str, str]] = {}
        own = posixpath.join(folder, "_rels", f"{base}.rels")
        if own in parts:
            walk(f"{name} ({own})", parts[own], self)

    def of_kind(self, kind: str) -> str:
        """The first part that is there as `kind`, or ""."""
        return next((part for its_kind, part in self._by_id.values() if its_kind == kind), "")

    def worksheet(self, identifier: str) -> str:
        kind, part = self._by_id.get(identifier, ("", ""))
        return part if kind == "worksheet" else ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self._by_id[attributes.get("Id", "")] = (kind, target.lstrip("/").lower())


class _Book(Reader):
    """The visible sheets, {name: relation}, and where days are counted from."""

    def __init__(self) -> None:
        self.visible: dict[str, str] = {}
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.visible[_unescape(attributes.get("name", ""))] = relation


class _Strings(Reader):
    """The shared strings, without the reading aids of Japanese text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_aid = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._in_aid = True
        elif name == "t":
            self._in_text = not self._in_aid

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_aid = False
        elif name == "si":
            self.texts.append(_unescape("".join(self._pieces)))


class _Formats(Reader):
    """What the numbers of each cell style mean, by the style's number."""

    def __init__(self) -> None:
        self.meanings: list[Meaning] = []
        self._codes: dict[int, str] = {}
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("numFmts", "cellStyleXfs", "cellXfs", "dxfs"):
            self._within = name
        elif name in ("numFmt", "xf"):
            identifier = attributes.get("numFmtId", "0")
            number = int(identifier) if _SMALL.fullmatch(identifier) else 0
            if name == "xf" and self._within == "cellXfs":
                self.meanings.append(meaning(number, self._codes.get(number)))
            elif name == "numFmt" and self._within == "numFmts":
                self._codes[number] = attributes.get("formatCode", "")


class _Cells(Reader):
    """{row: {column: text}} of a worksheet, both from 1, without the empty ones."""

    def __init__(self, where: str, strings: list[str], meanings: list[Meaning], *, since_1904: bool) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self._where = where
        self._strings = strings
        self._meanings = meanings
        self._since_1904 = since_1904
        self._row = self._column = 0
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._listens = self._in_aid = False
        self._left = MAX_TEXT

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = self._place(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._pieces = []
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._move_to(reference)
        elif name == "rPh":
            self._in_aid = True
        elif name in ("v", "t"):
            self._listens = not self._in_aid

    def text(self, text: str) -> None:
        if self._listens:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._listens = False
        elif name == "rPh":
            self._in_aid = False
        elif name == "c" and self._pieces:
            text = self._value("".join(self._pieces))
            self._left -= len(text)
            if self._left < 0:
                raise CiregError(f"{self._where} holds more than {MAX_TEXT // 1024**2} MiB of text")
            if text:
                self.rows.setdefault(self._row, {})[self._column] = text

    def _place(self, digits: str) -> int:
        row = int(digits) if _SMALL.fullmatch(digits) else 0
        if not 1 <= row <= MAX_ROW:
            raise CiregError(f"{self._where} has a row '{digits[:20]}', which no sheet has")
        return row

    def _move_to(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise CiregError(f"{self._where} has a cell '{reference[:20]}', which no sheet has")
        self._row = self._place(match[2])
        self._column = 0
        for letter in match[1].upper():
            self._column = self._column * 26 + ord(letter) - ord("A") + 1

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            index = int(raw) if _SMALL.fullmatch(raw.strip()) else len(self._strings)
            if index >= len(self._strings):
                raise CiregError(f"{self._where} uses a shared string that is not there: {raw[:20]}")
            return self._strings[index]
        if self._kind == "b":
            return cell_text(raw.strip() in ("1", "true"))
        if self._kind == "n":
            return self._number(raw.strip())
        if self._kind == "d":
            try:
                return cell_text(datetime.fromisoformat(raw.strip()))
            except ValueError:
                return raw
        return _unescape(raw)  # str, inlineStr, and e: an error such as #N/A, to be refused by name

    def _number(self, raw: str) -> str:
        if not _NUMBER.fullmatch(raw) or math.isinf(float(raw)):
            return raw
        style = int(self._style) if _SMALL.fullmatch(self._style) else 0
        kind = self._meanings[style] if style < len(self._meanings) else "number"
        return number_text(float(raw), kind, since_1904=self._since_1904)
