"""Link patterns of cireg.yaml as expressions that cannot be made slow by what they are tried on."""

from __future__ import annotations

import re
from functools import cache

LONGEST = 300  # what a pattern is tried on: one line of an improvement
_QUANTIFIED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_SPECIAL_GROUP = re.compile(r"\(\?|\\[0-9]")
_OPEN_ENDED = re.compile(r"[*+]|\{[0-9]*,[0-9]*\}")
_ESCAPED = re.compile(r"\\[^0-9]|\[(?:\\.|[^\]\\])*\]")


@cache
def compile_pattern(text: str) -> re.Pattern[str] | str:
    """The compiled pattern for a whole id, or the reason why it is refused.

    No group is repeated and at most three things have an open length, so that trying a pattern on a line of
    text takes no more than a moment.
    """
    bare = _ESCAPED.sub("x", text)
    if _SPECIAL_GROUP.search(bare):
        return "it uses (?…) or a back-reference"
    if _QUANTIFIED_GROUP.search(bare):
        return "it repeats a group"
    if len(_OPEN_ENDED.findall(bare)) > 3:
        return "more than three of its parts have an open length"
    try:
        return re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        return f"it is no regular expression: {error}"


def matches(text: str, value: str) -> bool:
    """Whether `value` as a whole matches the pattern; a refused pattern matches nothing."""
    pattern = compile_pattern(text)
    return not isinstance(pattern, str) and len(value) <= LONGEST and pattern.fullmatch(value) is not None
