"""From bytes to text: what a reader does not see is refused, where it stands."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from cireg.decoding import FILE_LIMIT, decode

Place = tuple[str, int, int]

# What is refused, by its class and place; None is text.
CASES: list[tuple[str, str | bytes, Place | None]] = [
    # encodings
    ("a byte order mark", b"\xef\xbb\xbfa: 1\n", ("bom", 1, 1)),
    ("a byte order mark inside", "a: 1\n\ufeffb: 2\n", ("forbidden-character", 2, 1)),
    ("UTF-16", "a: 1\n".encode("utf-16"), ("encoding", 1, 1)),
    ("UTF-16 the other way", b"\xfe\xff" + "a: 1\n".encode("utf-16-be"), ("encoding", 1, 1)),
    ("UTF-16 without a mark", "a: 1\n".encode("utf-16-le"), ("forbidden-character", 1, 2)),
    ("UTF-32", "a: 1\n".encode("utf-32"), ("encoding", 1, 1)),
    ("a Western encoding", "ok: 1\na: é caf\u00e9\n".encode("cp1252"), ("encoding", 2, 4)),
    ("a column after wide characters", "漢字😀: ".encode() + b"\xff\n", ("encoding", 1, 6)),
    ("a byte cut off", b"a: \xf0\x9f\x98", ("encoding", 1, 4)),
    ("an overlong slash", b"a: \xc0\xaf\n", ("encoding", 1, 4)),
    ("a surrogate in bytes", b"a: \xed\xa0\x80\n", ("encoding", 1, 4)),
    # characters
    ("a NUL", "a: \x00\n", ("forbidden-character", 1, 4)),
    ("an escape sequence", "a: b\x1b[31m\n", ("forbidden-character", 1, 5)),
    ("a delete character", "a: b\x7f\n", ("forbidden-character", 1, 5)),
    ("a C1 control", "a: \x9b31m\n", ("forbidden-character", 1, 4)),
    ("a next line", "a: b\x85c: 1\n", ("forbidden-character", 1, 5)),
    ("a line separator", "a: b\u2028c: 1\n", ("forbidden-character", 1, 5)),
    ("a paragraph separator", "a: b\u2029\n", ("forbidden-character", 1, 5)),
    ("a right-to-left override", "a: x\u202egnp\n", ("forbidden-character", 1, 5)),
    ("an isolate", "a: \u2066x\n", ("forbidden-character", 1, 4)),
    ("an Arabic letter mark", "a: \u061cx\n", ("forbidden-character", 1, 4)),
    ("a zero-width space", "a: b\u200bc\n", ("forbidden-character", 1, 5)),
    ("a word joiner", "a: b\u2060c\n", ("forbidden-character", 1, 5)),
    ("a tag character", "a: b\U000e0041\n", ("forbidden-character", 1, 5)),
    ("an annotation", "a: b\ufff9\n", ("forbidden-character", 1, 5)),
    ("a noncharacter", "a: b\ufffe\n", ("forbidden-character", 1, 5)),
    ("a carriage return alone", "a: 1\rb: 2\n", ("forbidden-character", 1, 4)),
    ("a carriage return at the start", "\ra: 1\n", ("forbidden-character", 1, 1)),
    # what git leaves
    ("a merge conflict", "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> idea\n", ("merge-conflict", 1, 1)),
    ("a conflict further down", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\n>>>>>>> x\n", ("merge-conflict", 2, 1)),
    ("the rest of a conflict", "a: 1\n=======\nb: 2\n>>>>>>> x\n", ("merge-conflict", 2, 1)),
    ("a conflict in Windows lines", "a: 1\r\n<<<<<<< HEAD\r\n", ("merge-conflict", 2, 1)),
    # sizes
    ("a file too large", "#" * (FILE_LIMIT + 1), ("file-too-large", 1, 1)),
    ("a file as large as can be", "#" * FILE_LIMIT, None),
    # what is text
    ("characters of many scripts", "a: naïve 漢字 سلام 😀 e\u0301\n", None),
    ("tabs and Windows lines", "a:\t1\r\nb: 2\r\n", None),
    ("a no-break space", "a: b\u00a0c\n", None),
    ("a heading underlined in Markdown", "a: |\n  Title\n  =======\n", None),
    ("a line of equals signs", 'a: "\n=======\nb"\n', None),
    ("six angle brackets", "<<<<<<\n", None),
    ("no end of the last line", "a: 1", None),
    ("nothing", "", None),
]  # fmt: skip


def found(content: str | bytes) -> list[Place]:
    """Class, line and column of what is wrong; nothing where it is text."""
    decoded = decode(content if isinstance(content, bytes) else content.encode())
    return [] if isinstance(decoded, str) else [(each.rule, each.line, each.column) for each in decoded]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_no_plain_text_is_refused_by_its_class_at_its_place(
    content: str | bytes, expected: Place | None
) -> None:
    """Line and column from 1, in code points; whole-file faults at 1:1."""
    assert ([expected] if expected else []) == found(content)[:1]


def test_text_comes_out_as_it_went_in() -> None:
    """Nothing is replaced, and line ends stay."""
    text = "a: é漢😀\r\nb:\t1\n"

    assert text == decode(text.encode())


def test_every_forbidden_character_of_a_file_is_named_up_to_a_limit() -> None:
    """One at a time would be a round of corrections for each."""
    expected = [("forbidden-character", n, 4) for n in range(1, 21)]

    assert expected == found("".join(f"a{n:02}\u200b: 1\n" for n in range(30)))


def test_a_character_is_named_so_that_it_can_be_looked_for() -> None:
    """It cannot be seen, so its number and its name must do."""
    messages = [each.message for each in decode("\u202e\x1b".encode()) if not isinstance(each, str)]

    assert [
        "the character U+202E (right-to-left override) is not allowed",
        "the control character U+001B is not allowed",
    ] == messages


def test_no_control_character_and_no_mark_without_width_passes() -> None:
    """All of Unicode is tried."""
    passed = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs")
        and isinstance(decode(chr(code).encode("utf-8", "surrogatepass")), str)
    }

    assert {0x09, 0x0A} == {code for code in passed if unicodedata.category(chr(code)) == "Cc"}
    assert not {code for code in passed if unicodedata.category(chr(code)) in ("Zl", "Zp", "Cs")}
    assert not {
        code
        for code in passed
        if unicodedata.bidirectional(chr(code))
        in (
            "LRE",
            "LRO",
            "RLE",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    }
