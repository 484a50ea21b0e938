"""XML from strangers."""

from __future__ import annotations

import pytest

from cireg.errors import CiregError
from cireg.sheets.xml_part import MAX_TAG, MAX_TAGS, Reader, refuse_hostile, walk

ATTRIBUTES = b"<a " + b" ".join(b"a%d=''" % number for number in range(99_999)) + b"/>"
DECLARES = "t.xlsx (b.xml) declares XML entities, as no spreadsheet program does"


class Record(Reader):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.told.append(f"<{name} {attributes}>")

    def text(self, text: str) -> None:
        self.told.append(text)

    def end(self, name: str) -> None:
        self.told.append(f"</{name}>")


def test_elements_are_told_by_their_names_without_a_prefix() -> None:
    """Programs choose prefixes as they like."""
    record = Record()
    walk("x", b'<x:a xmlns:x="u"><x:b r:id="1">t &amp; u</x:b></x:a>', record)
    assert ["<a {'xmlns:x': 'u'}>", "<b {'r:id': '1'}>", "t & u", "</b>", "</a>"] == record.told


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "is not in UTF-8"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>', "is not in UTF-8"),
        (b"<a>\xff</a>", "is damaged: not well-formed (invalid token)"),
        (b"<a><b></a>", "is damaged: mismatched tag"),
        (b"<a>&b;</a>", "is damaged: undefined entity"),
        (b"", "is damaged: no element found"),
        (ATTRIBUTES, "holds an XML tag of more than 512 KiB"),
        (b"<a><!--" + b"x" * 2 * MAX_TAG + b"--></a>", "holds an XML tag of more than 512 KiB"),
    ],
    ids=["utf-7", "latin-1", "not utf-8", "unclosed", "entity", "empty", "attributes", "comment"],
)
def test_xml_that_is_damaged_or_would_grow_is_refused(content: bytes, reason: str) -> None:
    """What cannot be read is not guessed."""
    with pytest.raises(CiregError) as refused:
        walk("t.xlsx (part)", content, Reader())
    assert f"t.xlsx (part) {reason}" == refused.value.message


def test_a_long_text_comes_in_pieces() -> None:
    """Only a tag is gathered as a whole; a text may be as long as it likes."""
    record = Record()
    walk("x", b"<a>" + b"xy" * MAX_TAG + b"</a>", record)
    assert "xy" * MAX_TAG == "".join(record.told[1:-1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', DECLARES),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', DECLARES),
        (b'<a/><!-- <!ENTITY b "c"> -->', DECLARES),
        ("<!DOCTYPE a><a/>".encode("utf-16"), "t.xlsx (b.xml) is not in UTF-8"),
        (b"<a/>" * MAX_TAGS, "t.xlsx holds more than 2,500,000 XML tags"),
    ],
    ids=["entity", "external", "comment", "utf-16", "tags"],
)
def test_a_part_that_is_not_read_may_not_be_hostile_either(content: bytes, reason: str) -> None:
    """Another program will open the file one day. Entities are never declared, so none can grow."""
    with pytest.raises(CiregError) as refused:
        refuse_hostile("t.xlsx", {"a.xml": b"<a/>", "b.xml": content})
    assert reason == refused.value.message
