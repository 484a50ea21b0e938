"""Contributed text on a terminal, in a log and in a table."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.text import (
    fold_key,
    github_message,
    github_property,
    inert_line,
    markdown_text,
    pad,
    safe_text,
    shorten,
    width,
    wrap,
)

INJECTIONS = Path(__file__).parents[2] / "shared/hostile/names/log-and-comment-injection.json"
# Format characters that have a shape of their own: Arabic, Syriac, Kaithi and Egyptian signs.
VISIBLE_FORMATS = re.compile(r"[\u0600-\u0605\u06dd\u070f\u0890-\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]")

any_text = st.text(st.characters(exclude_categories=()))
table_text = st.text(st.sampled_from("ab 漢é😀e\u0301\u0335ｱ가각"))


def _injections() -> list[str]:
    """Strings that write to terminals, logs and comments: some always, all where the collection is there."""
    own = [
        "\x1b]0;title\x07",
        "\x9b31m",
        "a\rb",
        "x\u2028::error::y",
        "\u202egnp",
        " ::error::x",
        "\ufeff::error::x",
    ]
    found: list[str] = json.loads(INJECTIONS.read_text(encoding="utf-8")) if INJECTIONS.exists() else []
    return sorted({*own, *found})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cut resets by 25 %, café, 漢字, 😀", "Cut resets by 25 %, café, 漢字, 😀"),
        ("\x1b[2J\x07\x9b31m\x7f", r"\x1b[2J\x07\x9b31m\x7f"),
        ("one\ntwo\r\tthree", r"one\ntwo\r\tthree"),
        ("\u202egnp.exe\u2069", r"\u202egnp.exe\u2069"),
        ("a\u200bb\u2028c\ufeff", r"a\u200bb\u2028c\ufeff"),
        ("\U000e0041tag", r"\U000e0041tag"),
        ("caf\udce9", r"caf\udce9"),
        (r"C:\x1b is plain text", r"C:\x1b is plain text"),
        ("", ""),
    ],
)
def test_characters_that_act_are_shown_as_escapes(text: str, expected: str) -> None:
    """Everything else stays as it is."""
    assert expected == safe_text(text)


def test_line_feeds_may_be_kept() -> None:
    """Only they: a carriage return would let a line overwrite itself."""
    assert "one\ntwo\\r\n\\x1bthree" == safe_text("one\ntwo\r\n\x1bthree", newlines=True)


def test_every_control_format_and_separator_character_is_shown() -> None:
    """All of Unicode is tried; only format characters that have a shape of their own pass."""
    missed = [
        f"U+{code:04X}"
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and not VISIBLE_FORMATS.fullmatch(chr(code))
        and chr(code) in safe_text(chr(code))
    ]
    assert [] == missed


@given(any_text)
def test_safe_text_stays_as_it_is_and_can_always_be_written(text: str) -> None:
    """It may be made safe twice, and encodes as UTF-8 whatever it came from."""
    safe = safe_text(text)
    assert safe == safe_text(safe)
    assert safe.encode().decode() == safe


@pytest.mark.parametrize("text", _injections())
def test_no_injection_gets_through_to_a_log(text: str) -> None:
    """No line that a runner obeys, no raw escape, no line more than there was."""
    for line in inert_line(safe_text(text, newlines=True)).split("\n"):
        assert not re.match(r"[\s\ufeff]*::", line)
        assert "##[" not in line
        assert line.isprintable()
    assert "\n" not in safe_text(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x", "| ::error::x"),
        (" \t::error::x", "|  \t::error::x"),
        ("\ufeff::error::x", "| \ufeff::error::x"),
        ("\u00a0\u200b:\ufe0f:error::x", "| \u00a0\u200b:\ufe0f:error::x"),
        ("a\r::error::x\n::y", "a\r| ::error::x\n| ::y"),
        ("see std::vector", "see std::vector"),
        ("##[group]x", "# #[group]x"),
        ("text ##[add-mask]x ##vso[task.x]", "text # #[add-mask]x # #vso[task.x]"),
        ("###[x", "## #[x"),
        ("#\u200d#[x", "# #[x"),
        ("## [a link](x) and #1", "## [a link](x) and #1"),
        ("", ""),
    ],
)
def test_lines_that_a_runner_would_obey_are_made_inert(text: str, expected: str) -> None:
    """Where GitHub's runner, and others, look for commands; everything else stays as it is."""
    assert expected == inert_line(text)


@given(st.text(st.sampled_from(" :#[a\r\n\t\ufeff\u200b")))
def test_nothing_built_of_the_marks_of_commands_is_obeyed(text: str) -> None:
    """Whatever the order of the marks."""
    for line in re.split(r"[\r\n]", inert_line(text)):
        seen = re.sub(r"[\ufeff\u200b]", "", line)
        assert not seen.lstrip().startswith("::")
        assert not re.search(r"##[a-z]*\[", seen)


@given(any_text)
def test_a_workflow_command_stays_one_line_and_gives_the_text_back(text: str) -> None:
    """What the runner decodes is what was encoded, and a property cannot end early."""
    message, value = github_message(text), github_property(text)
    assert not re.search(r"[\r\n]", message)
    assert not re.search(r"[\r\n:,]", value)
    for encoded in (message, value):
        decoded = encoded
        for code, mark in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            decoded = decoded.replace(code, mark)
        assert text == decoded


def test_the_parts_of_a_workflow_command_are_escaped() -> None:
    """A message keeps its colons and commas, a property does not."""
    assert "50%25 done: a, b%0D%0Anext" == github_message("50% done: a, b\r\nnext")
    assert "file%2C1%3A2" == github_property("file,1:2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", 3),
        ("", 0),
        ("漢字", 4),
        ("e\u0301", 1),
        ("é", 1),
        ("😀", 2),
        ("ｱ", 1),
        ("\uff21", 2),
        ("\uac01", 2),
        ("\u1100\u1161\u11a8", 2),
        ("\u115e", 2),
        ("1\u20dd", 1),
        ("a\u200db", 2),
    ],
)
def test_width_counts_columns(text: str, expected: int) -> None:
    """Wide characters take two, marks none."""
    assert expected == width(text)


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("password resets", 15, "password resets"),
        ("password resets", 14, "password reset…"[:13] + "…"),
        ("password resets", 10, "password…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_text_is_cut_to_columns_with_an_ellipsis(text: str, columns: int, expected: str) -> None:
    """Never in the middle of a wide character, never before the mark of a letter."""
    assert expected == shorten(text, columns)


@given(table_text, st.integers(0, 12))
def test_a_cut_text_fits(text: str, columns: int) -> None:
    """Whatever it is made of."""
    assert width(shorten(text, columns)) <= columns


@given(table_text, st.integers(0, 12), st.booleans())
def test_a_cell_has_exactly_its_width(text: str, columns: int, right: bool) -> None:
    """So that columns of a table line up."""
    assert columns == width(pad(text, columns, right=right))


def test_cells_are_aligned_left_or_right() -> None:
    """Words to the left, numbers to the right."""
    assert ["ab   ", "   12"] == [pad("ab", 5), pad("12", 5, right=True)]


@given(table_text, st.integers(1, 12))
def test_wrapped_text_keeps_its_words_and_fits(text: str, columns: int) -> None:
    """Only a word that is longer than a line stands out."""
    lines = wrap(text, columns)
    assert text.split() == " ".join(lines).split()
    assert all(width(line) <= columns or " " not in line for line in lines)


def test_words_fill_each_line() -> None:
    """As many as fit."""
    assert ["Reduce", "password", "resets by", "25 %"] == wrap("Reduce password\n resets  by 25 %", 9)


@pytest.mark.parametrize(
    ("one", "other"),
    [("CI-0001", "ci-0001"), ("café", "CAFE\u0301"), ("STRASSE", "straße"), ("\u212a", "k")],
)
def test_keys_of_texts_that_read_the_same_are_equal(one: str, other: str) -> None:
    """Case and the encoding of accents make no difference, on file systems neither."""
    assert fold_key(one) == fold_key(other)


def test_keys_of_different_letters_differ() -> None:
    """A Cyrillic letter that looks Latin is another letter."""
    assert fold_key("CI-1") != fold_key("\u0421I-1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Answer sooner: 25 % (by May), one-third", "Answer sooner: 25 % (by May), one-third"),
        ("*a* _b_ `c` [d](e) <f> ~g~ | $h$ !", r"\*a\* \_b\_ \`c\` \[d\](e) &lt;f&gt; \~g\~ \| \$h\$ \!"),
        ("- a", r"\- a"), ("12. a", r"12\. a"), ("# a", r"\# a"), ("1 a", "1 a"),
        ("ask @all of #12", "ask @&#8203;all of #&#8203;12"),
        ("a\n\n# b\x1b", r"a # b\\x1b"), ("", ""),
    ],
)  # fmt: skip
def test_a_text_in_markdown_is_what_was_written(text: str, shown: str) -> None:
    """No markup, no reference, no call to anybody, no second line."""
    assert shown == markdown_text(text)
