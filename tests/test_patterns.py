"""Link patterns: what is allowed matches whole ids, what could be slow is refused."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.patterns import LONGEST, compile_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        # the whole id
        ("(CHG|INC|PRB)[0-9]{7}", "CHG0031234", True),
        ("(CHG|INC|PRB)[0-9]{7}", "CHG003123", False),
        ("(CHG|INC|PRB)[0-9]{7}", "CHG00312345", False),
        ("(CHG|INC|PRB)[0-9]{7}", "xCHG0031234", False),
        ("(CHG|INC|PRB)[0-9]{7}", "CHG0031234\n", False),
        ("CHG|INC", "CHGINC", False),
        # ASCII only
        (r"CHG\d{3}", "CHG\u0661\u0662\u0663", False),
        (r"\w+", "é", False),
        # parts of open length
        ("[A-Z]+-[0-9]+", "PROJ-17", True),
        ("[A-Z]{2,5}-[0-9]{1,6}", "AB-1", True),
        ("REQ-?[0-9]+", "REQ7", True),
        ("(DOC)?-[0-9]*", "-", True),
        # what is tried is a line, no more
        ("a*", "a" * LONGEST, True),
        ("a*", "a" * (LONGEST + 1), False),
        # a refused pattern
        ("(a+)+", "aaa", False),
        ("(", "(", False),
    ],
)
def test_a_pattern_matches_a_whole_id_or_nothing(pattern: str, value: str, expected: bool) -> None:
    """Anchors are not needed."""
    assert expected == matches(pattern, value)


REPEATED = "it repeats a group"
SPECIAL = "it uses (?…) or a back-reference"
TOO_MANY = "there are too many ways to try it: use fewer of ?, |, * and +"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a+)+", REPEATED),
        ("([A-Z]+[0-9]*)*x", REPEATED),
        ("(ab){3}", REPEATED),
        ("(a|b){2,}", REPEATED),
        ("(?:a)", SPECIAL),
        ("(?P<n>a)", SPECIAL),
        ("(?=a)", SPECIAL),
        (r"(a)\1", SPECIAL),
        (r"\0", SPECIAL),
        ("a*b*c*d*", TOO_MANY),
        ("a{1,}b{,9}c+d*", TOO_MANY),
        ("a?" * 30 + "a" * 30, TOO_MANY),
        ("(a|a)" * 30, TOO_MANY),
        ("(a|b|c|d)" * 12, TOO_MANY),
        ("a{0,200}" * 3, TOO_MANY),
        ("(a?)?" * 20, TOO_MANY),
        ("(a|b)?" * 20, TOO_MANY),
        ("a*b*c*d?d?", TOO_MANY),
    ],
)
def test_what_could_be_slow_is_refused_with_its_reason(pattern: str, reason: str) -> None:
    """A pull request may bring both the pattern and the text that it takes minutes on."""
    assert reason == compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(", "[", "a**", "a{2,1}", "*a", "\\", "[[a]]", "[a--b]"])
def test_what_is_no_expression_is_refused_with_what_python_says(pattern: str) -> None:
    """The reason names the place in the pattern."""
    reason = compile_pattern(pattern)

    assert isinstance(reason, str)
    assert reason.startswith("it is no regular expression: ")


@pytest.mark.parametrize(
    "pattern",
    [
        "a*b*c*",
        "(CHG|INC|PRB|REQ|TASK|RITM|SCTASK|STRY|KB|POL|REP|ISO)[0-9]{5,9}",
        r"\(\+\)\*[)*+]+",
        "[(a+)+]{3}",
        "[])]",
        "[^])(]x[](|)*]",
        "[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}",
        "((A|B)C|D)?[0-9]+?",
        "x" * 200,
    ],
)
def test_what_people_need_is_allowed(pattern: str) -> None:
    """Signs in brackets and after a backslash are characters."""
    assert isinstance(compile_pattern(pattern), re.Pattern)


_PARTS = [
    "a", "b", "[ab]", ".", "|", "(", ")", "?", "*", "+", "{2}", "{0,3}", "{1,}", "(a|b)", "(a|a)?", "a?", "a*", "[])]",
    "[^](]", "[", "]", "\\", "^", "--", "[[",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=40).map("".join))
def test_whatever_is_allowed_is_tried_in_a_moment(pattern: str) -> None:
    """On lines that nearly fit; a second is a hundred times what they take."""
    for value in ("a" * 40, "a" * LONGEST, "ab" * (LONGEST // 2), "a" * (LONGEST - 1) + "!"):
        before = time.perf_counter()
        matches(pattern, value)
        assert time.perf_counter() - before < 1
