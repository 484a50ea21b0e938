"""Link patterns of cireg.yaml as expressions that cannot be made slow by what they are tried on."""

from __future__ import annotations

import re
import warnings
from functools import cache
from math import comb

LONGEST = 300  # what a pattern is tried on: one line of an improvement
MOST_WAYS = 5_000_000  # as many as three parts of open length have on such a line: a moment's work
_QUANTIFIED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_SPECIAL_GROUP = re.compile(r"\(\?|\\[0-9]")
_ESCAPED = re.compile(r"\\[^0-9]|\[\^?\]?(?:\\.|[^\]\\])*\]")
_TOKEN = re.compile(r"\{(?P<least>[0-9]*)(?P<comma>,?)(?P<most>[0-9]*)\}[?+]?|(?P<repeat>[*+?])[?+]?|.", re.DOTALL)


@cache
def compile_pattern(text: str) -> re.Pattern[str] | str:
    """The compiled pattern for a whole id, or the reason why it is refused.

    No group is repeated, and the choices that alternatives and parts of open length leave multiply to at most
    `MOST_WAYS`, so that trying a pattern on a line of text takes no more than a moment.
    """
    bare = _ESCAPED.sub("x", text)
    if _SPECIAL_GROUP.search(bare):
        return "it uses (?…) or a back-reference"
    if _QUANTIFIED_GROUP.search(bare):
        return "it repeats a group"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what may mean something else one day
            compiled = re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return f"it is no regular expression: {error}"
    if _ways(bare) > MOST_WAYS:
        return "there are too many ways to try it: use fewer of ?, |, * and +"
    return compiled


def _ways(bare: str) -> int:
    """In how many ways the pattern can run over `LONGEST` characters, at the very most."""
    groups = [(0, 1)]  # of each open group: the ways of its finished alternatives, and of the present one
    last = 1  # the ways of what a question mark would make optional
    open_lengths = 0
    for token in _TOKEN.finditer(bare):
        finished, present = groups.pop()
        if token[0] == "(":
            groups += [(finished, present), (0, 1)]
            continue
        if token[0] == ")":
            last = finished + present
            finished, before = groups.pop()
            present = before * last
        elif token[0] == "|":
            finished, present = finished + present, 1
        elif token["repeat"] == "?":
            present = present // last * (last + 1)
        elif token["repeat"] or (token["comma"] and not (token["least"] and token["most"])):
            open_lengths += 1
        elif token["comma"]:
            present *= int(token["most"]) - int(token["least"]) + 1
        else:
            last = last if token["least"] else 1
        groups.append((finished, present))
    finished, present = groups.pop()
    return (finished + present) * comb(LONGEST + open_lengths, open_lengths)


def matches(text: str, value: str) -> bool:
    """Whether `value` as a whole matches the pattern; a refused pattern matches nothing."""
    pattern = compile_pattern(text)
    return not isinstance(pattern, str) and len(value) <= LONGEST and pattern.fullmatch(value) is not None
