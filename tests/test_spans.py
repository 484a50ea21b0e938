"""Where every part of a text stands."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given

from cireg.errors import CiregError
from cireg.source import read
from cireg.spans import Node, comments, scalars, shown, spans, value_of
from tests.handwriting import handwritten

TEXT = """\
# top
id: CI-1   # one
empty:     # two
text: |   # three
  One

  two


keep: |+
  a

quoted: "a
  b # no comment"
list:
- a
-   # four
- {on: 1, by: }
maps:
  - kpi: x
    role: y
flow: [a,
  # five
  b]  # six
"""


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: with libyaml, and without it as where no wheel has it."""
    name: str = request.param
    if name == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return name


def _cut(text: str, node: Node) -> str:
    return text[node.start : node.end]


def _parts(text: str) -> dict[str, tuple[str, str]]:
    """Style and text of each value at the top."""
    return {key.value: (value.style, _cut(text, value)) for key, value in spans(text).pairs}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_part_is_its_text_without_what_follows_it(line_end: str) -> None:
    """Neither comments nor blank lines, but every line of a text that keeps its blank lines."""
    expected = {
        "id": ("plain", "CI-1"),
        "empty": ("plain", ""),
        "text": ("literal", "|   # three\n  One\n\n  two"),
        "keep": ("literal", "|+\n  a\n"),
        "quoted": ("double", '"a\n  b # no comment"'),
        "list": ("block", "- a\n-   # four\n- {on: 1, by: }"),
        "maps": ("block", "- kpi: x\n    role: y"),
        "flow": ("flow", "[a,\n  # five\n  b]"),
    }
    found = _parts(TEXT.replace("\n", line_end))
    assert {key: (style, text.replace("\n", line_end)) for key, (style, text) in expected.items()} == found


@pytest.mark.usefixtures("parser")
def test_an_empty_value_stands_right_behind_its_colon_or_dash() -> None:
    """So that something can be put there."""
    root = spans("a:  # c\nb:\n-   # c\n")
    assert [2, 12] == [root.pairs[0][1].start, root.pairs[1][1].items[0].start]


def test_entries_of_a_block_stand_in_one_column() -> None:
    """Dashes of a list, keys of a map."""
    root = spans("a:\n  - x: 1\n    y:\n    - z\n")
    outer = root.pairs[0][1]
    inner = outer.items[0].pairs[1][1]
    assert (0, 2, 4, 4) == (root.column, outer.column, outer.items[0].column, inner.column)


def test_positions_are_counted_in_characters() -> None:
    """Beyond the first plane too."""
    text = "a: é😀 x\nb: y\n"
    assert ["é😀 x", "y"] == [_cut(text, value) for _, value in spans(text).pairs]


@pytest.mark.parametrize("ending", ["    ", "  \t", "  one  "])
def test_blanks_that_end_a_text_are_part_of_it(ending: str) -> None:
    """A last line of blanks is content."""
    assert f"|2-\n  one\n{ending}" == _parts(f"a: |2-\n  one\n{ending}\n\nb: 1\n")["a"][1]


@given(handwritten())
def test_the_parts_stand_for_what_the_reader_reads(written: tuple[dict[str, Any], str]) -> None:
    """Whatever the hand that wrote them."""
    data, text = written
    root = spans(text)
    assert data == value_of(root)
    assert all(node.start <= node.end for _, node, _ in scalars(root))


def test_of_a_key_given_twice_the_first_counts() -> None:
    """As for the reader, which reports the second."""
    assert {"a": 1} == value_of(spans("a: 1\na: 2\n")) == read("", b"a: 1\na: 2\n").data


def test_every_scalar_is_found_with_its_route() -> None:
    """And with whether it stands within brackets."""
    found = [(shown(route), node.value, in_flow) for route, node, in_flow in scalars(spans("a: x\nb: [y, {c: z}]\n"))]
    assert [("a", "x", False), ("b[0]", "y", True), ("b[1].c", "z", True)] == found
    assert "the file" == shown(())


def test_comments_are_told_from_text() -> None:
    """A # in a text is none, one beside the | of a text is."""
    expected = {"# top": 1, "# one": 1, "# two": 1, "# three": 1, "# four": 1, "# five": 1, "# six": 1}
    assert expected == comments(TEXT, spans(TEXT))
    text = "a: b#c\nd: 'x # y'\ne: |\n  # heading\nf: https://example.org/#top\n"
    assert {} == comments(text, spans(text))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "line 2: "),
        ("a: &x 1\n", "anchors, aliases or tags"),
        ("a: *x\n", "anchors, aliases or tags"),
        ("a: !t 1\n", "anchors, aliases or tags"),
        ("? [a]\n: 1\n", "a key is a list or a map"),
        ("a: 1\n---\nb: 1\n", "a second document"),
        ("\ufeffa: 1\n", "a byte order mark"),
        ("a: \x07\n", "not YAML"),
        ("", "holds nothing"),
        ("a: " + "[" * 65, "within each other"),
        ("[" * 100_000, "within each other"),
    ],
    ids=["open", "anchor", "alias", "tag", "key", "documents", "bom", "control", "nothing", "deep", "very deep"],
)
def test_what_cannot_be_cut_is_refused(text: str, message: str) -> None:
    """The reader refuses it as well."""
    with pytest.raises(CiregError) as refused:
        spans(text)
    assert message in refused.value.message or (message == "line 2: " and "line 1: " in refused.value.message)
