"""From a file's bytes to text: UTF-8 without anything that a reader does not see, or the reason why not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FILE_LIMIT = 256 * 1024
REPEATS_SHOWN = 20

# Anything that a reader does not see or that moves what he sees: controls, line separators, bidirectional and
# zero-width marks, tags, surrogates and what XML cannot carry.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
FORBIDDEN_IN_FILE = re.compile(FORBIDDEN.pattern + "|\r(?!\n)")
FORBIDDEN_IN_VALUE = re.compile(FORBIDDEN.pattern + "|\r")
_EVERYDAY = bytes((*b"\t\n", *range(0x20, 0x7F)))  # what most files are made of alone: nothing of it is forbidden
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the reader found: `rule` is the class of the fault; line and column from 1, in code points."""

    rule: str
    line: int
    column: int
    message: str


def decode(raw: bytes) -> str | list[Problem]:
    """The text of a file, or what is wrong with it; every character that is not allowed is named, up to a limit."""
    if len(raw) > FILE_LIMIT:
        return [Problem("file-too-large", 1, 1, f"the file is larger than {FILE_LIMIT // 1024} KiB")]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Problem("encoding", 1, 1, "the file is UTF-16")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = _line_column(before, len(before))
        return [Problem("encoding", line, column, f"the byte 0x{raw[error.start]:02X} is not UTF-8")]
    if text.startswith("\ufeff"):
        return [Problem("bom", 1, 1, "the file starts with a byte order mark")]
    unseen = [match.start() for match in FORBIDDEN_IN_FILE.finditer(text)] if raw.translate(None, _EVERYDAY) else []
    if unseen:
        return [_forbidden(text, start) for start in unseen[:REPEATS_SHOWN]]
    conflict = _CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None
    if conflict:
        return [Problem("merge-conflict", *_line_column(text, conflict.start()), "a merge conflict marker was left in")]
    return text


def _forbidden(text: str, index: int) -> Problem:
    line, column = _line_column(text, index)
    if text[index] == "\r":  # nothing can be seen there: shown at the character that it follows
        column = max(1, column - 1)
    return Problem("forbidden-character", line, column, f"{character_name(text[index])} is not allowed")


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def character_name(character: str) -> str:
    """A character in words, by its number and its name."""
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    return f"the character {code} ({name.lower()})" if name else f"the control character {code}"
