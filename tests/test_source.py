"""The reader of untrusted YAML: every refusal at its place, every value at its place, no crash."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cireg.source import DEPTH_LIMIT, NODE_LIMIT, PLAIN_LIMIT, TEXT_LIMIT, Source, read
from tests.yaml_writer import Writer

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = ROOT.parent / "shared/hostile"

Verdict = tuple[str, int, int] | None


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: with libyaml, and without it as where no wheel has it."""
    name: str = request.param
    if name == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return name


def refusal(source: Source) -> Verdict:
    """Class, line and column of the problem for which a file was refused; None where it was read."""
    if source.data is not None:
        return None
    last = source.problems[-1] if source.problems[-1].rule != "forbidden-character" else source.problems[0]
    return last.rule, last.line, last.column


def problems(text: str) -> list[tuple[str, int, int]]:
    """Class, line and column of every problem in a text."""
    return [(each.rule, each.line, each.column) for each in read("a.yaml", text.encode()).problems]


# What is refused, by its class and place; None is read. The payloads of every class that the reader knows.
REFUSED: list[tuple[str, str | bytes, Verdict]] = [
    # repetition
    ("an anchor on a text", "a: &x 1\n", ("anchor", 1, 4)),
    ("an anchor on a list", "a: 1\nb: &x [1]\n", ("anchor", 2, 4)),
    ("an anchor on a mapping", "a: &x {b: 1}\n", ("anchor", 1, 4)),
    ("an anchor on a key", "&x a: 1\n", ("anchor", 1, 1)),
    ("an anchor on the whole file", "&x\na: 1\n", ("anchor", 1, 1)),
    ("an alias", "a: *x\n", ("alias", 1, 4)),
    ("an alias as a key", "*x : 1\n", ("alias", 1, 1)),
    ("an alias in a list", "a:\n  - 1\n  - *x\n", ("alias", 3, 5)),
    ("the laughs, as lists", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ("anchor", 1, 4)),
    ("the laughs, merged", "a: &a {k: 1}\nb: &b {<<: [*a, *a]}\n", ("anchor", 1, 4)),
    ("a list in itself", "a: &a [*a]\n", ("anchor", 1, 4)),
    ("a merge key", "a:\n  <<: {b: 1}\n", ("merge-key", 2, 3)),
    ("a merge key in quotes", '"<<": {b: 1}\n', ("merge-key", 1, 1)),
    # tags and directives
    ("a tag on a text", "a: !!str 1\n", ("tag", 1, 4)),
    ("a tag that runs code", "a: !!python/object/apply:os.system [id]\n", ("tag", 1, 4)),
    ("a tag of one's own", "a: !mine {b: 1}\n", ("tag", 1, 4)),
    ("a tag on a list", "a: !!set [b]\n", ("tag", 1, 4)),
    ("a tag on a key", "!!str a: 1\n", ("tag", 1, 1)),
    ("the tag that says no tag", "a: ! 12\n", ("tag", 1, 4)),
    ("a version", "%YAML 1.2\n---\na: 1\n", ("directive", 1, 1)),
    ("a tag's abbreviation", "%TAG ! tag:x,2026:\n---\na: 1\n", ("directive", 1, 1)),
    # documents
    ("two documents", "a: 1\n---\nb: 2\n", ("multiple-documents", 2, 1)),
    ("a document after the end of one", "a: 1\n...\n---\nb: 2\n", ("multiple-documents", 3, 1)),
    ("text after the end of the document", "a: 1\n...\nb: 2\n", ("syntax", 3, 1)),
    ("an empty second document", "a: 1\n---\n", ("multiple-documents", 2, 1)),
    ("nothing", "", ("empty-file", 1, 1)),
    ("only blanks", "  \n\n", ("empty-file", 1, 1)),
    ("only a comment", "# to be written\n", ("empty-file", 1, 1)),
    ("null", "null\n", ("empty-file", 1, 1)),
    ("a list", "- a\n", ("not-a-mapping", 1, 1)),
    ("a list further down", "\n\n  [a]\n", ("not-a-mapping", 3, 3)),
    ("a word", "word\n", ("not-a-mapping", 1, 1)),
    ("a number", "# x\n12\n", ("not-a-mapping", 2, 1)),
    # keys
    ("a list as a key", "? [a, b]\n: 1\n", ("complex-key", 1, 3)),
    ("a mapping as a key", "{{a: 1}: 2}\n", ("complex-key", 1, 2)),
    ("a block as a key", "? - a\n: 1\n", ("complex-key", 1, 3)),
    # syntax
    ("a colon in a text", "title: Answer: sooner\n", ("syntax", 1, 14)),
    ("a tab as indentation", "a:\n\tb: 1\n", ("syntax", 2, 1)),
    ("a quote never closed", 'a: "b\nc: 1\n', ("syntax", 3, 1)),
    ("a bracket never closed", "a: [b\n", ("syntax", 2, 1)),
    ("a bracket too many", "a: b]\nc: d: e\n", ("syntax", 2, 5)),
    ("a line that is no field", "a: 1\nb\nc: 2\n", ("syntax", 3, 1)),
    ("a percent sign", "a: %b\n", ("syntax", 1, 4)),
    ("an at sign", "a: @b\n", ("syntax", 1, 4)),
    ("a backtick", "a: `b`\n", ("syntax", 1, 4)),
    ("an escape that does not exist", 'a: "\\q"\n', ("syntax", 1, 5)),
    ("a list beside its field", "a: - b\n", ("syntax", 1, 4)),
    # characters that a text spells out
    ("a NUL by its escape", 'a: "x\\0"\n', ("forbidden-character", 1, 4)),
    ("an escape sequence by its escape", 'a: "\\e]0;x"\n', ("forbidden-character", 1, 4)),
    ("a line separator by its escape", 'a: "x\\L"\n', ("forbidden-character", 1, 4)),
    ("a next line by its escape", 'a: "x\\N"\n', ("forbidden-character", 1, 4)),
    ("a bidi mark by its escape", 'a: "\\u202E"\n', ("forbidden-character", 1, 4)),
    ("a carriage return by its escape", 'a: "x\\r"\n', ("forbidden-character", 1, 4)),
    ("a control character in a key", '"\\a": 1\n', ("forbidden-character", 1, 1)),
    # sizes
    ("a list too deep", "a: " + "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, ("too-deep", 1, 3 + DEPTH_LIMIT)),
    ("a list as deep as can be", "a: " + "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1), None),
    ("mappings too deep", "".join(" " * n + "a:\n" for n in range(17)) + " " * 17 + "a: 1\n", ("too-deep", 17, 17)),
    ("too many values", "a: [" + "1, " * NODE_LIMIT + "1]\n", ("too-many-nodes", 1, 5 + 3 * (NODE_LIMIT - 3))),
    ("as many values as can be", "a: [" + "1, " * (NODE_LIMIT - 4) + "1]\n", None),
    ("a long word", "a: " + "b" * (PLAIN_LIMIT + 1) + "\n", ("scalar-too-long", 1, 4)),
    ("a word as long as can be", "a: " + "b" * PLAIN_LIMIT + "\n", None),
    ("a long number", "ok: 1\na: 0x" + "f" * PLAIN_LIMIT + "\n", ("scalar-too-long", 2, 4)),
    ("a long text in quotes", 'a: "' + "b" * (TEXT_LIMIT + 1) + '"\n', ("scalar-too-long", 1, 4)),
    ("a text as long as can be", 'a: "' + "b" * TEXT_LIMIT + '"\n', None),
    ("a long block", "a: |\n  " + "b" * (TEXT_LIMIT + 1) + "\n", ("scalar-too-long", 1, 4)),
    # bytes that are no text
    ("a byte that is not UTF-8", b"a: \xff\n", ("encoding", 1, 4)),
    # what is read
    ("a tab between values", "a:\t1\n", None),
    ("Windows lines", "a: 1\r\nb:\r\n  - 2\r\n", None),
    ("a document's start and end", "---\na: 1\n...\n", None),
    ("no end of the last line", "a: 1", None),
    ("an empty mapping", "{}\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_not_allowed_is_refused_by_its_class_at_its_place(text: str | bytes, expected: Verdict) -> None:
    """Line and column from 1, in code points; whole-file faults at 1:1."""
    raw = text if isinstance(text, bytes) else text.encode()
    source = read("a.yaml", raw)

    assert expected == refusal(source)
    assert (source.data is None) == (expected is not None)


_BOTH = [case for case in REFUSED if case[0] != "a tab between values"]  # that one only libyaml reads


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in _BOTH], ids=[case[0] for case in _BOTH])
def test_without_libyaml_the_same_is_refused(
    text: str | bytes, expected: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same class; the same place too, but for the syntax, where the two parsers notice elsewhere."""
    monkeypatch.delattr(yaml, "CSafeLoader")
    found = refusal(read("a.yaml", text if isinstance(text, bytes) else text.encode()))

    if expected is not None and expected[0] == "syntax":
        assert found is not None
        assert expected[0] == found[0]
    else:
        assert expected == found


def manifest() -> list[tuple[str, str, str, str]]:
    """The rows of the hostile collection's table, without its heading; none where there is no collection."""
    table = HOSTILE / "MANIFEST.tsv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1], row[2], row[3]) for row in list(csv.reader(file, delimiter="\t"))[1:]]


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the collection of hostile files is not beside the repository")
def test_every_file_of_the_collection_gets_its_class_line_and_column() -> None:
    """As its table says, or it is read."""
    rows = manifest()
    found = []
    for name, _, _, _ in rows:
        verdict = refusal(read(name, (HOSTILE / "yaml" / name).read_bytes()))
        found.append((name, *(map(str, verdict) if verdict else ("parses", "-", "-"))))

    assert len(rows) == 32
    assert rows == found


# Keys given twice

REPEATED = [
    ("a: 1\na: 2\n", {"a": 1}, [("duplicate-key", 2, 1)]),
    ("a: 1\nb: 2\na: 3\na: 4\n", {"a": 1, "b": 2}, [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)]),
    ("{a: 1, a: {b: 1, b: 2}}\n", {"a": 1}, [("duplicate-key", 1, 8), ("duplicate-key", 1, 18)]),
    ("a: {b: 1}\na: {c: 1}\nd: 1\n", {"a": {"b": 1}, "d": 1}, [("duplicate-key", 2, 1)]),
    ("a: [{b: 1, b: 2}]\n", {"a": [{"b": 1}]}, [("duplicate-key", 1, 12)]),
    ('a: 1\n"a": 2\n', {"a": 1}, [("duplicate-key", 2, 1)]),
    ("caf\u00e9: 1\ncafe\u0301: 2\n", {"caf\u00e9": 1}, [("duplicate-key", 2, 1)]),
    ("1: a\n1: b\n", {"1": "a"}, [("duplicate-key", 2, 1)]),
    ("a:\na: 2\n", {"a": None}, [("duplicate-key", 2, 1)]),
    ("A: 1\na: 2\n", {"A": 1, "a": 2}, []),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "data", "expected"), REPEATED)
def test_a_key_that_is_given_again_is_reported_and_the_first_value_stands(
    text: str, data: dict[str, Any], expected: list[tuple[str, int, int]]
) -> None:
    """Wherever it is, however its accents are written; the rest of the file is read."""
    source = read("a", text.encode())

    assert data == source.data
    assert expected == problems(text)


def test_a_repeated_key_names_the_line_of_the_first() -> None:
    """One of the two lines has to go, and a person must find both."""
    found = read("a", b"title: a\nx: 1\ntitle: b\n").problems

    assert ["'title' is given a second time; the first is in line 1"] == [each.message for each in found]


# Places

_characters = st.characters(
    min_codepoint=0x20, max_codepoint=0x24F, exclude_characters="\x7f", exclude_categories=("Cc", "Cf")
)
_texts = st.one_of(
    st.text(_characters, max_size=12),
    st.text(st.sampled_from("ab é漢😀\n'\"\\#:,[]{}-?&*!|>%@`"), max_size=12),
    st.from_regex(r"[A-Za-z]{1,8}( [A-Za-z]{1,5})?", fullmatch=True),
)
_keys = st.one_of(
    st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.text(st.sampled_from("ab c漢é😀\"'#:"), min_size=1, max_size=5)
).filter(lambda key: key != "<<")
_scalars = st.one_of(st.none(), st.booleans(), st.integers(-999, 999), st.integers(0, 999).map(lambda n: n / 8), _texts)
_nested = st.recursive(
    _scalars,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_keys, inside, max_size=4),
    max_leaves=12,
)
_documents = st.dictionaries(_keys, _nested, min_size=1, max_size=5)


@settings(max_examples=60)
@given(_documents, st.randoms(use_true_random=False))
def test_every_value_and_every_key_is_found_where_it_was_written(data: dict[str, Any], choice: random.Random) -> None:
    """In block and flow style, in every way of quoting, after comments, wide characters and Windows lines."""
    written = Writer(data, choice)
    source = read("a", written.text.encode())

    assert repr(data) == repr(source.data)
    assert [] == source.problems
    assert written.values == {route: source.value_at(route) for route in written.values}
    assert written.keys == {route: source.key_at(route) for route in written.keys}


@settings(max_examples=60)
@given(_documents, st.randoms(use_true_random=False))
def test_without_libyaml_the_same_is_read_at_the_same_places(data: dict[str, Any], choice: random.Random) -> None:
    """The answer does not depend on how PyYAML was built."""
    written = Writer(data, choice)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        source = read("a", written.text.encode())

    assert repr(data) == repr(source.data)
    assert written.values == {route: source.value_at(route) for route in written.values}
    assert written.keys == {route: source.key_at(route) for route in written.keys}


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        # there
        ((), (2, 1)),
        (("plan",), (3, 3)),
        (("plan", "steps"), (4, 5)),
        (("plan", "steps", 1), (5, 7)),
        (("plan", "steps", 1, "by"), (5, 12)),
        # missing: the key of the nearest part that is there
        (("owner",), (2, 1)),
        (("plan", "days"), (2, 1)),
        (("plan", "steps", 2), (3, 3)),
        (("plan", "steps", 2, "by"), (3, 3)),
        (("plan", "steps", 0, "by"), (4, 7)),
        (("plan", "steps", 0, "do", "more"), (4, 8)),
        (("plan", "steps", "by"), (3, 3)),
        (("plan", 0), (2, 1)),
    ],
)
def test_a_missing_value_is_shown_at_the_nearest_part_that_is_there(
    route: tuple[str | int, ...], expected: tuple[int, int]
) -> None:
    """A finding about what is not there still has a place to look at."""
    source = read("a", b"# the plan\nplan:\n  steps:\n    - {do: x}\n    - {by: y}\n")

    assert expected == source.value_at(route)


def test_a_key_has_a_place_of_its_own() -> None:
    """A misspelt field is shown at its name, not at its value."""
    source = read("a", b"plan: {days: 3}\n")

    assert ((1, 1), (1, 7)) == (source.key_at(("plan",)), source.value_at(("plan",)))
    assert ((1, 8), (1, 14)) == (source.key_at(("plan", "days")), source.value_at(("plan", "days")))


def test_what_is_dropped_takes_its_marks_along() -> None:
    """The entries of a list behind it keep their places."""
    source = read("a", b"a: [x, y, z]\nb: {c: 1, d: 2}\n")
    source.drop(("a", 1))
    source.drop(("b", "c"))

    assert {"a": ["x", "z"], "b": {"d": 2}} == source.data
    assert [(1, 5), (1, 11)] == [source.value_at(("a", n)) for n in (0, 1)]
    assert ((2, 4), (2, 14)) == (source.value_at(("b",)), source.value_at(("b", "d")))
    assert (2, 1) == source.value_at(("b", "c"))


# Anything at all

_PIECES = [
    "a", "b", "k: ", "- ", "\n", "  ", "    ", "[", "]", "{", "}", ",", ":", "?", "? ", "'", '"', "#", " # c", "|",
    ">", "|-\n  ", "\t", "1", "0.5", "no", "~", "é", "漢", "😀", "&a", "*a", "!t", "%", "@", "`", "---", "...",
    "\r\n", "\r", "<<", "\\", "\\x41", "\\0", "=", "x: y\n", "  - z\n", "- q\n", "\u00a0", "\u2028", "\ufeff", "-",
]  # fmt: skip


@settings(max_examples=500)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Nothing is raised, and what is refused has a reason and a place in the file."""
    source = read("a", raw)

    assert source.data is not None or source.problems
    assert all(each.line >= 1 and each.column >= 1 and each.message for each in source.problems)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(_PIECES), max_size=16).map("".join))
def test_what_both_parsers_read_they_read_alike(text: str) -> None:
    """They differ in what they call a mistake, never in what the rest means or where it stands."""
    first = read("a", text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        second = read("a", text.encode())

    if first.data is not None and second.data is not None:
        assert (repr(first.data), first.problems) == (repr(second.data), second.problems)
        assert [first.value_at(route) for route in routes(first.data)] == [
            second.value_at(route) for route in routes(second.data)
        ]


def routes(node: Any, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every part of some data that is not empty."""
    if node is not None:
        yield before
    for step, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from routes(value, (*before, step))


_SHAPES = """
import random, sys
import yaml
from cireg.source import read
size = 256 * 1024
if sys.argv[1] == "python":
    del yaml.CSafeLoader
    size = 54 * 1024  # it is slow, and recursed, if it did, at a thousand levels
shapes = [unit * n for n in (25_391, 26_000) for unit in ("[", "{a: ", "- ", "? ", "[{a: ")]
shapes += ["a: " + shape for shape in shapes] + [shape.replace("a: ", "a") for shape in shapes]
shapes += ["[" * 262_140, "{" * 262_140, "-" * 262_140, "? " * 131_000, ": " * 131_000, "a: |\\n" + " " * 262_000]
shapes += ["".join(" " * n + "a:\\n" for n in range(600)), "".join(" " * n + "-\\n" for n in range(600))]
shapes += ["".join(f"k{i}: 1\\n" for i in range(30_000)), "- " * 100_000 + "a", "'" * 262_000, '"' + "\\\\x41" * 60_000]
shapes += ["a: " + "&x" * 100_000, "a: " + "!" * 262_000, "%" * 262_000, "#" * 262_000, "\\n" * 262_000]
shapes += ["a: [" + "," * 99_999, "a: " + "1:" * 2_000, "a: " + "1_" * 2_000, "a: " + "9" * 4_096]
shapes += ["a: 2026-01-01 " + " " * 4_000 + "1"]
choice = random.Random(2026)
pieces = sys.argv[2].split("\\x1f")
shapes += ["".join(choice.choices(pieces, k=choice.choice([5, 20, 200, 2_000]))) for _ in range(400)]
for shape in shapes:
    source = read("a", shape.encode()[:size])
    assert source.data is not None or source.problems
print(len(shapes))
"""


@pytest.mark.parametrize("parser", ["libyaml", "python"])
def test_no_input_ends_the_process(parser: str) -> None:
    """Nesting of 25,391 brackets makes libyaml overrun its stack when a document is composed from it."""
    done = subprocess.run(
        [sys.executable, "-c", _SHAPES, parser, "\x1f".join(_PIECES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "", "452\n") == (done.returncode, done.stderr, done.stdout)


def test_300_000_keys_and_50_megabytes_are_refused_for_their_size() -> None:
    """Before a single character is looked at."""
    keys = "".join(f"k{i}: 1\n" for i in range(300_000)).encode()
    levels = "".join(" " * i + "a:\n" for i in range(3_000)).encode()
    scalar = b'title: "' + b"a" * 50_000_000 + b'"\n'

    assert [("file-too-large", 1, 1)] * 3 == [refusal(read("a", raw)) for raw in (keys, levels, scalar)]


def test_a_long_value_is_not_quoted_whole() -> None:
    """A message is a line, whatever it is about."""
    source = read("a", b"a: " + b"9" * 4_000 + b"\n")

    assert [f"{'9' * 39}… is read as text here, and as something else by other tools"] == [
        each.message for each in source.problems
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'a: "b\nc: 1\n',
            "a quote is opened and never closed (found unexpected end of stream; it begins in line 1)",
        ),
        (
            "a: 1\nb: [1,\n  2\nc: 3\n",
            (
                "a bracket is opened and not closed, or a comma is missing "
                "(did not find expected ',' or ']'; it begins in line 2)"
            ),
        ),
        (
            "a: 1\nb\nc: 2\n",
            (
                "a line is no 'field: value', or a text above it goes on without indentation "
                "(could not find expected ':'; it begins in line 2)"
            ),
        ),
        (
            "title: Answer: sooner\n",
            (
                "a second ': ' stands in this line: put the text in double quotes "
                "(mapping values are not allowed in this context)"
            ),
        ),
    ],
)
def test_a_mistake_is_explained_with_the_line_where_it_begins(text: str, message: str) -> None:
    """A quote that is never closed is noticed at the end of the file, and has to be mended where it is opened."""
    assert [message] == [each.message for each in read("a", text.encode()).problems]


def test_what_was_dropped_is_known() -> None:
    """So that nobody takes what was thrown away for what was never there."""
    source = read("a", b"a: [x, y]\nb: 1\n")
    source.drop(("a", 1))
    source.drop(("b",))

    assert {("a", 1), ("b",)} == source.dropped
