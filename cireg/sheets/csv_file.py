"""CSV: bytes to records of text and back, strict about encoding and quotes, with the delimiter found out."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from cireg.errors import CiregError
from cireg.sheets.cells import Value, cell_text, guard

ENCODINGS = ("utf-8", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t", "|")  # at equal evidence the earlier one wins

_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])(\r\n|\n|\r)")  # a first line that Excel writes and hides
_NEEDS_QUOTES = re.compile(r'[,;\t|"\r\n]|^\s|\s$')


def decode(name: str, raw: bytes, encoding: str | None) -> str:
    """The text of a CSV file: UTF-8, or UTF-16 by its byte order mark, unless an encoding is named.

    Raises CiregError, which says how to go on, for any other bytes.
    """
    if encoding is None:
        encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    encoding = encoding.lower()
    if encoding not in ENCODINGS:
        raise CiregError(f"the encoding '{encoding}' is not one of {', '.join(ENCODINGS)}")
    try:
        text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CiregError(
            f"{name} is not {encoding.upper()}: byte 0x{raw[error.start]:02X} in line {line}",
            "save it as 'CSV UTF-8', or say that its encoding is cp1252 if Excel on Windows wrote it",
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CiregError(f"{name} holds a NUL character in line {line}", "save it as 'CSV UTF-8'")
    return text


def records(name: str, text: str, delimiter: str | None) -> Iterator[tuple[int, int, list[str]]]:
    """Every record with its number and the line that it starts on; a blank line is an empty record.

    Raises CiregError with the record's number for a quote that is never closed or that text follows.
    """
    named = _NAMED_DELIMITER.match(text)
    first_line = 1
    if named:
        text, first_line = text[named.end() :], 2
    if delimiter is None:
        delimiter = named[1] if named else _likely_delimiter(text)
    elif len(delimiter) != 1 or delimiter in '"\r\n':
        raise CiregError(f"the delimiter {delimiter!r} is not a single character that can separate cells")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        line = first_line + reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CiregError(
                f"{name}, row {number}: {_reason(str(error))}",
                'a cell that holds a quote is written "like ""this"""',
            ) from None
        yield number, line, record


def _reason(message: str) -> str:
    if "unexpected end of data" in message:
        return "a quote opens a cell and is never closed"
    if "expected after" in message:
        return "text follows the quote that closes a cell"
    if "field limit" in message:
        return "a cell is too long, perhaps a quote is not closed"
    return message


def _likely_delimiter(text: str) -> str:
    """The delimiter that splits the first record into the most cells, and the next ones likewise."""
    return max(DELIMITERS, key=lambda delimiter: _evidence(text, delimiter))


def _evidence(text: str, delimiter: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    widths: list[int] = []
    with contextlib.suppress(csv.Error):
        widths.extend(len(record) for record in itertools.islice(reader, 20) if record)
    return (widths[0], widths.count(widths[0])) if widths else (0, 0)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]], *, bom: bool = False) -> bytes:
    """A CSV in UTF-8 with commas and LF; `bom` lets Excel on Windows see that it is UTF-8.

    Text that a spreadsheet would run as a formula gets an apostrophe, which `read_table` takes off again.
    A cell is also quoted for the other delimiters, so that it stays one cell wherever the file is opened.
    """
    lines = [_line([guard(name) for name in header])]
    lines += [_line([guard(cell_text(value)) for value in row]) for row in rows]
    try:
        return "".join(lines).encode("utf-8-sig" if bom else "utf-8")
    except UnicodeEncodeError as error:
        raise CiregError(f"a CSV file cannot hold the character U+{ord(error.object[error.start]):04X}") from None


def _line(cells: list[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
