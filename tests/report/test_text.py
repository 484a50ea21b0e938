"""Findings for a terminal: place, severity, code, message, the line with its caret, the remedy."""

from __future__ import annotations

import pytest

from cireg.findings import Finding, Place, Severity
from cireg.report.text import findings, summary
from cireg.text import width
from tests.hostile import strings


def plain(content: str, kind: str) -> str:
    """No colours."""
    return content


def one(
    line: int = 1, column: int = 1, *, path: str = "improvements/CI-0001.yaml", message: str = "it is wrong",
    help_: str = "mend it", severity: Severity = "error",
) -> Finding:  # fmt: skip
    """A finding at a place."""
    return Finding(Place(path, line, column), "CI999", "a-rule", severity, message, help_)


def shown(source: str, line: int, column: int) -> list[str]:
    """What is printed of a finding at a place of a text."""
    return list(findings([one(line, column)], lambda _: source.split("\n"), plain))


def test_a_finding_is_four_lines() -> None:
    """Where and what, the line, the caret below it, what to do."""
    expected = [
        "improvements/CI-0001.yaml:2:8: error CI999 it is wrong [a-rule]",
        "    2 | status: done",
        "      |        ^",
        "    do: mend it",
    ]

    assert expected == shown("id: CI-0001\nstatus: done\n", 2, 8)


@pytest.mark.parametrize(
    ("source", "column", "line", "caret"),
    [
        # the caret stands below the character
        ("title: x", 1, "    1 | title: x", "      | ^"),
        ("title: x", 8, "    1 | title: x", "      |        ^"),
        # below the place behind the last one too
        ("title:", 7, "    1 | title:", "      |       ^"),
        # wide characters take two columns
        ("漢字: x", 5, "    1 | 漢字: x", "      |       ^"),
        ("a: 😀😀 b", 7, "    1 | a: 😀😀 b", "      |         ^"),
        # marks take none
        ("cafe\u0301: x", 8, "    1 | cafe\u0301: x", "      |       ^"),
        # a tab is shown as one blank
        ("a:\t\tx", 5, "    1 | a:  x", "      |     ^"),
        # Windows lines
        ("a: x\r", 4, "    1 | a: x", "      |    ^"),
        # what would act is an escape, and the caret stands at its beginning or behind it
        ("a: \u202ex", 4, "    1 | a: \\u202ex", "      |    ^"),
        ("a: \u202ex", 5, "    1 | a: \\u202ex", "      |          ^"),
        ("a: \x1b[31mx", 4, "    1 | a: \\x1b[31mx", "      |    ^"),
    ],
)
def test_the_caret_stands_below_the_character(source: str, column: int, line: str, caret: str) -> None:
    """Columns count characters; a terminal counts what they take."""
    assert [line, caret] == shown(source, 1, column)[1:3]


def test_the_number_of_the_line_moves_both_lines_alike() -> None:
    """From line 10 and line 100 on."""
    source = "\n".join(f"k{n}: x" for n in range(120))

    assert ["    100 | k99: x", "        | ^"] == shown(source, 100, 1)[1:3]


@pytest.mark.parametrize("column", [1, 50, 100, 101, 102, 151, 5_000, 9_990, 10_000])
def test_of_a_long_line_the_part_around_the_caret_is_shown(column: int) -> None:
    """About a hundred characters, and the caret below the right one."""
    source = "".join(chr(ord("a") + n % 26) for n in range(10_000))
    line, caret = shown(source, 1, column)[1:3]

    assert width(line) <= 110
    assert source[column - 1] == line[caret.index("^")]


@pytest.mark.parametrize(("source", "line"), [("a: x\n", 2), ("a: x", 7), ("", 1), ("  \t\nx", 1)])
def test_a_line_that_is_not_there_or_is_blank_is_left_out(source: str, line: int) -> None:
    """The file may have changed, or may not be readable."""
    assert ["improvements/CI-0001.yaml:" + str(line), "    do: mend it"] == [
        each.partition(":1: ")[0] for each in shown(source, line, 1)
    ]


def test_a_finding_without_a_remedy_has_no_line_for_it() -> None:
    """Nothing is better than an empty line."""
    assert 1 == len(list(findings([one(help_="")], lambda _: [], plain)))


def test_the_way_to_the_register_stands_before_the_path_but_not_before_the_file_that_is_read() -> None:
    """Paths are those that git, and an editor's links, know."""
    asked = []

    def lines(path: str) -> list[str]:
        asked.append(path)
        return ["a: x"]

    first = next(iter(findings([one()], lines, plain, "it/register/")))

    assert first.startswith("it/register/improvements/CI-0001.yaml:1:1: ")
    list(findings([one()], lines, plain, "it/register/"))
    assert {"improvements/CI-0001.yaml"} == set(asked)


@pytest.mark.parametrize("text", strings(), ids=repr)
def test_nothing_that_a_stranger_wrote_acts_on_the_terminal(text: str) -> None:
    """Not from a file's name, a message, a remedy or the line itself; and a finding stays four lines."""
    found = [one(path=f"improvements/{text}", message=text, help_=text or "x")]
    lines = list(findings(found, lambda _: [f"a: {text}".replace("\n", " ")], plain))

    assert 4 == len(lines)
    assert all(each.isprintable() or "\u0301" in each for each in lines)


def test_each_part_is_given_its_style() -> None:
    """Colour is the caller's; what is coloured is told by kind."""
    marked = list(findings([one(severity="warning")], lambda _: ["a: x"], lambda content, kind: f"<{kind}:{content}>"))

    assert [
        "<place:improvements/CI-0001.yaml:1:1>: <warning:warning> CI999 it is wrong <dim:[a-rule]>",
        "<dim:    1 | >a: x",
        "<dim:      | ><warning:^>",
        "    <dim:do:> mend it",
    ] == marked


@pytest.mark.parametrize(
    ("errors", "warnings", "infos", "checked", "expected"),
    [
        (0, 0, 0, 0, "0 files checked: nothing found"),
        (0, 0, 0, 1, "1 file checked: nothing found"),
        (1, 0, 0, 57, "57 files checked: 1 error"),
        (2, 1, 0, 1_000, "1,000 files checked: 2 errors, 1 warning"),
        (1_234, 2, 3, 10, "10 files checked: 1,234 errors, 2 warnings, 3 remarks"),
        (0, 0, 1, 10, "10 files checked: 1 remark"),
    ],
)
def test_the_summary_is_a_sentence(errors: int, warnings: int, infos: int, checked: int, expected: str) -> None:
    """What there is none of is not named."""
    assert expected == summary({"error": errors, "warning": warnings, "info": infos}, checked)
