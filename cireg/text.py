"""Contributed text made harmless for terminals and logs, measured in columns, and folded for comparing."""

from __future__ import annotations

import re
import unicodedata

# Everything that moves, hides, reorders or colours what stands around it: control characters, soft hyphen,
# bidi and zero-width characters, line separators, invisible operators, byte order mark, annotations, format
# controls of shorthand and music, tags, and halves of surrogate pairs (bytes of a name that are not UTF-8).
_ACTIVE = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_ACTIVE}]")
_UNSAFE_BUT_NEWLINE = re.compile(rf"(?!\n)[{_ACTIVE}]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}

# What .NET, in which CI runners are written, ignores when it compares texts; never the end of a line.
_IGNORED = rf"[{_ACTIVE}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]"
_NOTHING = rf"(?:(?![\r\n]){_IGNORED})*+"
_NOTHING_OR_SPACE = rf"(?:(?![\r\n])(?:\s|{_IGNORED}))*+"
_COMMAND_AT_START = re.compile(rf"(?:^|(?<=[\r\n]))(?={_NOTHING_OR_SPACE}:{_NOTHING}:)")
_COMMAND_ANYWHERE = re.compile(rf"#{_NOTHING}(?=#{_NOTHING}[A-Za-z]*{_NOTHING}\[)")


def safe_text(text: str, *, newlines: bool = False) -> str:
    r"""The text with every character that could act on a terminal or a log shown as an escape such as `\x1b`.

    Line feeds are shown too unless `newlines` keeps them. Safe text stays as it is.
    """
    return (_UNSAFE_BUT_NEWLINE if newlines else _UNSAFE).sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def inert_line(text: str) -> str:
    """The text, one line or several, without anything that a CI runner would take for a command in its log.

    GitHub obeys a line that begins with `::` and `##[` anywhere in a line; others `##vso[` or `##teamcity[`.
    The first gets a bar in front, the others a space inside.
    """
    return _COMMAND_ANYWHERE.sub("# ", _COMMAND_AT_START.sub("| ", text))


def github_message(text: str) -> str:
    """The text as the message of a GitHub workflow command (`::error::MESSAGE`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """The text as a property of a GitHub workflow command (`::error file=PROPERTY::`)."""
    return github_message(text).replace(":", "%3A").replace(",", "%2C")


def width(text: str) -> int:
    """How many columns of a terminal the text takes: wide East Asian characters and emoji 2, marks 0."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if "\u1160" <= character <= "\u11ff" or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0  # the former are the Korean vowels and finals that join the letter before them
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def shorten(text: str, columns: int) -> str:
    """The text cut to at most so many columns, with an ellipsis in the last one where something was cut."""
    if width(text) <= columns:
        return text
    room = columns - 1
    end = 0
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        end += 1
    return text[:end].rstrip() + "…" if columns > 0 else ""


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text in a table cell of exactly so many columns, cut or filled with spaces; `right` aligns it."""
    cell = shorten(text, columns)
    space = " " * (columns - width(cell))
    return space + cell if right else cell + space


def wrap(text: str, columns: int) -> list[str]:
    """The text's words in lines of at most so many columns; a longer word stands alone and is not cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > columns:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def fold_key(text: str) -> str:
    """What two texts have in common that differ only in case or in how an accent is encoded."""
    return unicodedata.normalize("NFC", text).casefold()


_MARKUP = re.compile(r"[\\`*_\[\]{}|<>&~$!@]|#(?=[0-9])")
_OPENING = re.compile(r"^(?:([-+#=])|([0-9]+)(?=[.)]))")


def markdown_text(text: str) -> str:
    """The text in a line of Markdown, with nothing in it that would be markup, a reference, or a call to somebody.

    What acts on a terminal is shown as an escape. An @, and a # before a number, is followed by a character that
    nobody sees, so that it names nobody and nothing.
    """
    line = _MARKUP.sub(_inert, " ".join(safe_text(text, newlines=True).split()))
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\", line)


def _inert(match: re.Match[str]) -> str:
    known = {"@": "@&#8203;", "#": "#&#8203;", "<": "&lt;", ">": "&gt;", "&": "&amp;"}
    return known.get(match[0], "\\" + match[0])
