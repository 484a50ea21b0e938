"""What a scalar without quotes means: null, true, false, a decimal number, or text."""

from __future__ import annotations

import re
from typing import Any

DIGITS = 18  # a number of more is text

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_AMBIGUOUS_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"  # 010, 1_000, +1, 5., 1e3, more than 18 digits
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"  # .5
    r"|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # 12:30 counts sixty each
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*"  # a date with a time
)
_AMBIGUOUS_WORDS = frozenset(
    word
    for plain in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    for word in (plain, plain.capitalize(), plain.upper())
) - {"true", "false", "null"} | {"="}  # fmt: skip

_PLAIN_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("0123456789+-.")


def resolve(text: str) -> tuple[Any, bool]:
    """The value, and whether other readers of YAML would take the text for something else."""
    if text in _PLAIN_WORDS:
        return _PLAIN_WORDS[text], False
    if text[0] not in _NUMBER_STARTS:
        return text, text in _AMBIGUOUS_WORDS
    number = _NUMBER.fullmatch(text)
    if number and sum(map(str.isdigit, text)) <= DIGITS:
        return float(text) if number[1] else int(text), False
    return text, _AMBIGUOUS_NUMBER.fullmatch(text) is not None
