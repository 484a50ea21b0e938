"""How values are written."""

from __future__ import annotations

import base64
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from cireg.canonical import COLUMNS, dump, dump_key, dump_scalar, entry, item, same
from cireg.decoding import FORBIDDEN_IN_VALUE
from cireg.errors import CiregError
from cireg.source import PLAIN_LIMIT, TEXT_LIMIT, read
from tests.handwriting import documents

NAUGHTY = Path(__file__).resolve().parents[2] / "shared/hostile/strings/blns.base64.json"
OWN_NAUGHTY = [
    "",
    " ",
    "\t",
    "\n",
    "\n\n",
    "a\n\n",
    "\ta\nb",
    " a\nb",
    "a \n \nb",
    "undefined",
    "\\",
    '"',
    "'",
    "<<",
    "*",
]
OWN_NAUGHTY += [
    "- a",
    "? a",
    "a:",
    "a: b",
    "a #b",
    "%a",
    "@a",
    "`a",
    "---",
    "...",
    "--- a",
    "{a}",
    "[a]",
    "田中さん",
    "😀",
]

VALUE = {
    "id": "CI-0007",
    "title": "Cut password-reset tickets by 25 %",
    "tags": ["self-service", "desk"],
    "opportunity": "One ticket in five\nasks for a reset.\n",
    "vision": {"goal": "g-happier-users", "benefit": "Users get back, the desk is free."},
    "measures": [
        {
            "kpi": "password-reset-tickets",
            "role": "primary",
            "baseline": {"from": "2025-04", "to": "2026-03"},
            "target": {"change": "-25%", "tolerance": "2%"},
        }
    ],
    "plan": {"days": 30, "steps": [{"do": "Enrol, then tell", "by": "desk", "due": "2026-04-30"}], "risks": []},
    "links": {"part_of": None, "depends_on": ["CI-0003"]},
    "publish": True,
    "custom": {},
    "history": [
        {"on": "2026-03-02", "status": "proposed", "by": "service-desk-analyst"},
        {"on": "2026-03-03", "status": "on-hold", "note": "Wait for\nthe vendor", "until": "2026-04-01"},
    ],
}
TEXT = """\
id: CI-0007
title: Cut password-reset tickets by 25 %
tags: [self-service, desk]
opportunity: |
  One ticket in five
  asks for a reset.

vision:
  goal: g-happier-users
  benefit: Users get back, the desk is free.

measures:
  - kpi: password-reset-tickets
    role: primary
    baseline: {from: 2025-04, to: 2026-03}
    target: {change: -25%, tolerance: 2%}

plan:
  days: 30
  steps:
    - {do: "Enrol, then tell", by: desk, due: 2026-04-30}
  risks: []

links:
  part_of: null
  depends_on: [CI-0003]

publish: true

custom: {}

history:
  - {on: 2026-03-02, status: proposed, by: service-desk-analyst}
  - on: 2026-03-03
    status: on-hold
    note: |-
      Wait for
      the vendor
    until: 2026-04-01
"""


def _naughty() -> list[str]:
    """Strings that break programs: some always, all where the collection is there."""
    found = json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.exists() else []
    found = [base64.b64decode(each).decode(errors="replace") for each in found]
    return sorted({*OWN_NAUGHTY, *found})


def _elsewhere(text: str) -> Any:
    """What PyYAML's own loader, a reader of YAML 1.1, makes of a text; a date is as good as its text."""

    def as_text(value: Any) -> Any:
        match value:
            case datetime.date() if type(value) is datetime.date:
                return value.isoformat()
            case list():
                return [as_text(each) for each in value]
            case dict():
                return {key: as_text(each) for key, each in value.items()}
        return value

    return as_text(yaml.safe_load(text)["a"])


def test_a_file_is_written_as_a_person_would_set_it() -> None:
    """Sections apart, short lists and small maps in one line, texts below a bar."""
    assert TEXT == dump(VALUE)


def test_keys_come_in_the_order_that_is_asked_for() -> None:
    """Those that it does not name come last, as they came; within lists too."""
    orders = {(): ["id", "title", "steps"], ("steps", 0): ["do", "by"]}
    value = {"z": 1, "steps": [{"x": 1, "by": "b", "do": "a"}], "w": 2, "title": "t"}
    expected = "title: t\nsteps:\n  - {do: a, by: b, x: 1}\nz: 1\nw: 2\n"
    assert expected == dump(value, order=lambda route: orders.get(route, []))


@given(documents)
def test_what_is_written_reads_back(value: dict[str, Any]) -> None:
    """The same value of the same types, and no reader of YAML would take any of it for something else."""
    source = read("", dump(value).encode())
    assert same(source.data, value)
    assert [] == source.problems


@pytest.mark.parametrize("text", _naughty())
def test_naughty_strings_survive_or_are_refused(text: str) -> None:
    """Refused only for characters that no file may hold."""
    value = {"text": text, "list": [text, text], "map": {"of": {"a": text}}, "maps": [{"a": text, "b": text}]}
    if FORBIDDEN_IN_VALUE.search(text):
        with pytest.raises(CiregError, match=r"cannot stand in a register's file$"):
            dump(value)
    else:
        assert value == read("", dump(value).encode()).data
        assert text == _elsewhere(f"a: {dump_scalar(text)}\n")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # plain
        ("closed", "closed"),
        ("Cut tickets by 25 %", "Cut tickets by 25 %"),
        ("2026-03-01", "2026-03-01"),
        ("2026-04", "2026-04"),
        ("2026-W14", "2026-W14"),
        ("-25%", "-25%"),
        ("it's (new)", "it's (new)"),
        ("café, 漢字", "café, 漢字"),
        # quoted, since somebody would take it for something else
        ("no", '"no"'),
        ("Yes", '"Yes"'),
        ("on", '"on"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("true", '"true"'),
        ("2026", '"2026"'),
        ("1.5", '"1.5"'),
        ("1e3", '"1e3"'),
        ("0o14", '"0o14"'),
        ("010", '"010"'),
        ("0x1F", '"0x1F"'),
        ("1_000", '"1_000"'),
        ("12:30", '"12:30"'),
        (".inf", '".inf"'),
        ("+49170", '"+49170"'),
        ("2026-02-30", '"2026-02-30"'),
        ("2026-03-01 10:00", '"2026-03-01 10:00"'),
        ("", '""'),
        ("=", '"="'),
        # quoted, since it would be read as more than text
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("[a]", '"[a]"'),
        ("&a", '"&a"'),
        ('"a"', '"\\"a\\""'),
        ("a\tb\\", '"a\\tb\\\\"'),
        ("a\nb", '"a\\nb"'),
        ("a\u00a0b", '"a\u00a0b"'),
        # others
        (None, "null"),
        (True, "true"),
        (30, "30"),
        (-0.25, "-0.25"),
        (3.0, "3.0"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000.0"),
        (10**18 - 1, "999999999999999999"),
    ],
)
def test_a_scalar_is_plain_only_where_nobody_takes_it_for_something_else(value: Any, expected: str) -> None:
    """Quoted as JSON otherwise."""
    assert expected == dump_scalar(value)


def test_a_number_that_the_reader_would_take_for_text_is_refused() -> None:
    """It has more than 18 digits, or is none."""
    for value in (10**18, -(10**18), 10**5000, 1e18, 1e300, float("nan"), float("inf")):
        with pytest.raises(CiregError, match=r"^a number of more than 18 digits"):
            dump_scalar(value)
    assert ["0.30000000000000004", "-999999999999999999"] == [dump_scalar(0.1 + 0.2), dump_scalar(-(10**18) + 1)]


def test_within_brackets_commas_and_colons_are_quoted() -> None:
    """They would end the text there."""
    assert ["a, b", "a:b", "a?", "a]"] == [dump_scalar(text) for text in ("a, b", "a:b", "a?", "a]")]
    expected = ['"a, b"', '"a:b"', '"a?"', '"a]"']
    assert expected == [dump_scalar(text, flow=True) for text in ("a, b", "a:b", "a?", "a]")]


@example("0001-01-01")
@given(st.text(st.sampled_from("0123456789+-_.:eExXoObBtTyYnN~ai=<?# ,[]{}")) | st.text(st.characters(codec="utf-8")))
def test_another_reader_reads_the_same_text(text: str) -> None:
    """One of YAML 1.1, plain and within brackets."""
    if not FORBIDDEN_IN_VALUE.search(text):
        assert text == _elsewhere(f"a: {dump_scalar(text)}\n")
        assert [text, {"b": text}] == _elsewhere(
            f"a: [{dump_scalar(text, flow=True)}, {{b: {dump_scalar(text, flow=True)}}}]\n"
        )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("on", "on"),
        ("kep-number", "kep-number"),
        ("1", "1"),
        ("a b", "a b"),
        ("no", '"no"'),
        ("null", '"null"'),
        ("", '""'),
        ("a:", '"a:"'),
    ],
)
def test_a_key_is_plain_as_the_schema_writes_it(key: str, expected: str) -> None:
    """`on` is the schema's own, and numbers name the steps of a scale."""
    assert expected == dump_key(key)
    assert {key: 1} == read("", f"{dump_key(key)}: 1\n".encode()).data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n", ["k: |", "  a", "  b"]),
        ("a\nb", ["k: |-", "  a", "  b"]),
        ("a\n\n# b\n", ["k: |", "  a", "", "  # b"]),
        (" a\nb\n", ["k: |2", "   a", "  b"]),
        ("\na\n", ["k: |2", "", "  a"]),
        ("\ta\nb", ["k: |2-", "  \ta", "  b"]),
        ("a\n\n", ['k: "a\\n\\n"']),
        ("\n", ['k: "\\n"']),
    ],
)
def test_a_text_of_several_lines_stands_below_a_bar(text: str, expected: list[str]) -> None:
    """Unless it ends in blank lines, which nobody would see."""
    assert expected == entry("k", text, 0, ("k",), None)


def test_a_list_or_map_in_one_line_is_no_longer_than_the_limit() -> None:
    """One letter more, and it stands in lines of its own; a section of the file always does."""
    room = COLUMNS - len("k: []")
    assert [f"k: [{'x' * room}]"] == entry("k", ["x" * room], 0, ("k",), None)
    assert ["k:", f"  - {'x' * (room + 1)}"] == entry("k", ["x" * (room + 1)], 0, ("k",), None)
    assert ["k:", "  a: 1"] == entry("k", {"a": 1}, 0, ("k",), None)
    assert ["  k: {a: 1}"] == entry("k", {"a": 1}, 2, ("s", "k"), None)
    room = COLUMNS - len("  - {a: }")
    assert ["  - {a: " + "x" * room + "}"] == item({"a": "x" * room}, 2, ("k", 0), None)
    assert ["  - a: " + "x" * (room + 1)] == item({"a": "x" * (room + 1)}, 2, ("k", 0), None)


def test_an_item_is_written_as_it_is_asked_for() -> None:
    """As its siblings are."""
    assert ["- a: 1"] == item({"a": 1}, 0, (0,), None, in_one_line=False)
    assert ['- {a: "x\\ny"}'] == item({"a": "x\ny"}, 0, (0,), None, in_one_line=True)


@pytest.mark.parametrize(
    "value",
    [
        {"a": "x" * (TEXT_LIMIT + 1)},
        {"a": "x\n" * TEXT_LIMIT},
        {"a": "x\rb"},
        {"a": "x\u202eb\ny"},
        {"e\u0301": 1},
        {"<<": 1},
        {"a": ["x" * 60_000] * 5},
    ],
    ids=["long", "long lines", "carriage return", "bidi", "not composed", "merge", "file too large"],
)
def test_what_would_not_read_back_is_refused(value: dict[str, Any]) -> None:
    """No file that the reader refuses is ever written."""
    with pytest.raises(CiregError):
        dump(value)


@pytest.mark.parametrize(
    "text",
    ["x\u202ey", "x\u202e\ny\n", "x\x00", "x\ry", "x" * (TEXT_LIMIT + 1), "x\n" * TEXT_LIMIT],
    ids=["bidi", "bidi in lines", "nul", "carriage return", "long", "long lines"],
)
def test_a_text_that_no_file_may_hold_is_refused_by_name(text: str) -> None:
    """However it would be written."""
    with pytest.raises(CiregError, match=r"cannot stand in a register's file$"):
        entry("k", text, 0, ("k",), None)


def test_a_long_text_is_quoted() -> None:
    """Without quotes the reader takes less."""
    assert "x" * PLAIN_LIMIT == dump_scalar("x" * PLAIN_LIMIT)
    assert '"' + "x" * (PLAIN_LIMIT + 1) + '"' == dump_scalar("x" * (PLAIN_LIMIT + 1))


def test_values_are_the_same_only_with_the_same_types() -> None:
    """True is not 1, and 1 is not 1.0; the order of keys is nothing."""
    assert same({"a": [1, "x"], "b": None}, {"b": None, "a": [1, "x"]})
    pairs: list[tuple[Any, Any]] = [(True, 1), (1, 1.0), ([1], [1, 2]), ({"a": 1}, {"b": 1}), ("1", 1), ([], {})]
    assert [] == [pair for pair in pairs if same(*pair)]
