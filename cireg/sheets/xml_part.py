"""One XML part of a workbook, walked once by expat, which keeps nothing and expands nothing."""

from __future__ import annotations

from xml.parsers import expat

from cireg.errors import CiregError

MAX_TAGS = 2_500_000  # of all parts together: half a million cells
MAX_TAG = 512 * 1024  # bytes; expat gathers a whole tag, with all its attributes, before it tells of it

_CHUNK = 64 * 1024
_ENCODINGS = {"utf-8", "us-ascii"}


class Reader:
    """What is told of a part's elements, by their names without a prefix, and of the text between them."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """A piece of text; one text may come in several."""

    def end(self, name: str) -> None:
        """An element ends."""


def refuse_hostile(name: str, parts: dict[str, bytes]) -> None:
    """Raises CiregError for a workbook whose parts no spreadsheet program would have written, read or not.

    No part may declare a document type or entities, or be encoded so that they could be overlooked.
    """
    for part, content in parts.items():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise CiregError(f"{name} ({part}) declares XML entities, as no spreadsheet program does")
        if b"\0" in content:
            raise CiregError(f"{name} ({part}) is not in UTF-8")
    if sum(content.count(b"<") for content in parts.values()) > MAX_TAGS:
        raise CiregError(f"{name} holds more than {MAX_TAGS:,} XML tags", "split it, or save it as .csv")


def walk(where: str, content: bytes, reader: Reader) -> None:
    """Tell `reader` what is in the part; raises CiregError for XML that is damaged or out of bounds."""

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise CiregError(f"{where} is not in UTF-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        reader.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        reader.end(name.rpartition(":")[2] if ":" in name else name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    try:
        for position in range(0, len(content), _CHUNK):
            parser.Parse(content[position : position + _CHUNK], False)
            if position - parser.CurrentByteIndex > MAX_TAG:
                raise CiregError(f"{where} holds an XML tag of more than {MAX_TAG // 1024} KiB")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise CiregError(f"{where} is damaged: {expat.ErrorString(error.code)}") from None
