"""Cuts: what is put in stands as its neighbours do, what is taken out leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.errors import CiregError
from cireg.source import Route
from cireg.splices import Draft

ORDER: dict[Route, list[str]] = {(): ["id", "status", "vision", "target", "history"], ("vision",): ["goal", "benefit"]}


def _made(text: str, route: Route, value: Any) -> str:
    draft = Draft(text, lambda at: ORDER.get(at, []))
    draft.make(route, value)
    return draft.text


def _removed(text: str, route: Route) -> str:
    draft = Draft(text, None)
    draft.remove(route)
    return draft.text


# What a text becomes when the value at a route is made this one.
MADE: list[tuple[str, str, Route, Any, str]] = [
    # scalars
    ("plain", "a: x  # c\nb: y\n", ("a",), "z", "a: z  # c\nb: y\n"),
    ("quotes are not kept for another text", "a: 'x'\n", ("a",), "z", "a: z\n"),
    ("the same value in its own quotes", "a: 'x'  \n", ("a",), "x", "a: 'x'  \n"),
    ("another type", "a: '1'\n", ("a",), 1, "a: 1\n"),
    ("empty", "a:  # c\nb: 1\n", ("a",), "z", "a: z  # c\nb: 1\n"),
    ("empty item", "a:\n  -  # c\n  - 1\n", ("a", 0), "z", "a:\n  - z  # c\n  - 1\n"),
    ("several quoted lines", 'a: "x\n  y"  # c\n', ("a",), "z", "a: z  # c\n"),
    ("to lines", "a: x  # c\nb: 1\n", ("a",), "y\nz\n", "a: |  # c\n  y\n  z\nb: 1\n"),
    ("from lines", "a: |  # c\n  y\n  z\n\nb: 1\n", ("a",), "x", "a: x  # c\n\nb: 1\n"),
    ("lines", "a: >-  # c\n  y\n\n  z\nb: 1\n", ("a",), "x\ny", "a: |-  # c\n  x\n  y\nb: 1\n"),
    ("lines of an item", "a:\n  - x  # c\n", ("a", 0), "y\nz\n", "a:\n  - |  # c\n    y\n    z\n"),
    ("within brackets", "a: {b: x, c: [y, z]}\n", ("a", "c", 0), "u, v", 'a: {b: x, c: ["u, v", z]}\n'),
    ("lines within brackets", "a: {b: x}\n", ("a", "b"), "y\nz", 'a: {b: "y\\nz"}\n'),
    ("empty within brackets", "a: {b: , c: 1}\n", ("a", "b"), "x", "a: {b: x, c: 1}\n"),
    ("null", "a: x\n", ("a",), None, "a: null\n"),
    ("key with a blank before its colon", "a : x\n", ("a",), "z", "a : z\n"),
    ("lines that are none", "a: |  \nb: 1\n", ("a",), "x\ny\n", "a: |  \n  x\n  y\nb: 1\n"),
    ("empty right behind a colon", 'a: {"b":, c: 1}\n', ("a", "b"), "x", 'a: {"b": x, c: 1}\n'),
    ("a key that is not composed", "cafe\u0301: x\n", ("caf\u00e9",), "u", "cafe\u0301: u\n"),
    # missing keys
    ("at its place", "id: 1\nhistory: []\n", ("status",), "new", "id: 1\nstatus: new\nhistory: []\n"),
    ("before the first", "# top\nstatus: new\n", ("id",), 1, "# top\nid: 1\nstatus: new\n"),
    ("after the last", "history: []\n# end\n", ("zeta",), 1, "history: []\nzeta: 1\n# end\n"),
    ("not in order", "history: []\nid: 1\n\n# end\n", ("status",), "x", "history: []\nid: 1\nstatus: x\n\n# end\n"),
    ("after the nearest", "status: x\nid: 1\n", ("vision",), "v", "status: x\nvision: v\nid: 1\n"),
    ("with its parents", "id: 1\n", ("vision", "goal"), "g", "id: 1\nvision:\n  goal: g\n"),
    ("in a section", "vision:  # 1\n    goal: g\n\n# 3\ntarget: {}\n", ("vision", "benefit"), "b",
     "vision:  # 1\n    goal: g\n    benefit: b\n\n# 3\ntarget: {}\n"),
    ("before the first of a section", "vision:\n  # why\n  benefit: b\n", ("vision", "goal"), "g",
     "vision:\n  # why\n  goal: g\n  benefit: b\n"),
    ("below an empty key", "vision:  # 1\ntarget: {}\n", ("vision", "goal"), "g",
     "vision:  # 1\n  goal: g\ntarget: {}\n"),
    ("below null", "vision: null\n", ("vision", "goal"), "g", "vision:\n  goal: g\n"),
    ("into {}", "vision: {}  # c\n", ("vision", "goal"), "g", "vision:  # c\n  goal: g\n"),
    ("into {} within", "a:\n  b: {}  # c\n", ("a", "b", "c"), 1, "a:\n  b: {c: 1}  # c\n"),
    ("into an empty file", "{}  # c\n", ("a", "b"), 1, "{a: {b: 1}}  # c\n"),
    ("within braces", "vision: {benefit: b}\n", ("vision", "goal"), "g", "vision: {goal: g, benefit: b}\n"),
    ("at the end within braces", "a: [{x: 1, y: }]\n", ("a", 0, "z"), 2, "a: [{x: 1, y: , z: 2}]\n"),
    ("into {} within brackets", "a: [{}]\n", ("a", 0, "z"), 2, "a: [{z: 2}]\n"),
    ("in an item", "a:\n  - b: 1\n  - c: 2\n", ("a", 0, "d"), 3, "a:\n  - b: 1\n    d: 3\n  - c: 2\n"),
    ("after lines", "id: |\n  x\n\n\nhistory: []\n", ("status",), "new", "id: |\n  x\nstatus: new\n\n\nhistory: []\n"),
    ("a section among spaced ones", "id: 1\n\nhistory: []\n", ("vision",), {"goal": "g"},
     "id: 1\n\nvision:\n  goal: g\n\nhistory: []\n"),
    ("a section after spaced ones", "id: 1\n\nvision:\n  goal: g\n", ("target",), {"due": "2026-01-01"},
     "id: 1\n\nvision:\n  goal: g\n\ntarget:\n  due: 2026-01-01\n"),
    # items
    ("one more, as its siblings", "a:\n  - {b: 1}\n", ("a", 1), {"b": 2}, "a:\n  - {b: 1}\n  - {b: 2}\n"),
    ("one more in lines", "a:\n- b: 1\n  c: 2\n# end\n", ("a", 1), {"b": 2, "c": 3},
     "a:\n- b: 1\n  c: 2\n- b: 2\n  c: 3\n# end\n"),
    ("one more scalar", "a:\n    - x  # c\n\nb: 1\n", ("a", 1), "u", "a:\n    - x  # c\n    - u\n\nb: 1\n"),
    ("one more within brackets", "a: [x, y]  # c\n", ("a", 2), "z", "a: [x, y, z]  # c\n"),
    ("one more over several lines", "a: [x,  # c\n  y,\n]\n", ("a", 2), "z", "a: [x,  # c\n  y, z,\n]\n"),
    ("into []", "a: []  # c\n", ("a", 0), "x", "a: [x]  # c\n"),
    ("a map into []", "a: []  # c\nb: 1\n", ("a", 0), {"x": 1}, "a:  # c\n  - {x: 1}\nb: 1\n"),
    ("into [] within brackets", "a: [[]]\n", ("a", 0, 0), "x", "a: [[x]]\n"),
    # whole lists and maps
    ("a shorter list", "a:\n  - x  # 1\n  - y  # 2\n  - z  # 3\n", ("a",), ["x", "z"], "a:\n  - x  # 1\n  - z  # 3\n"),
    ("a longer list", "a: [t, v]\n", ("a",), ["s", "t", "u", "v"], "a: [s, t, u, v]\n"),
    ("another item", "a:\n  - {b: 1, c: 2}  # 1\n  - {b: 2}\n", ("a",), [{"b": 1, "c": 3}, {"b": 2}],
     "a:\n  - {b: 1, c: 3}  # 1\n  - {b: 2}\n"),
    ("an item before the first", "a:\n  - x\n", ("a",), ["w", "x"], "a:\n  - w\n  - x\n"),
    ("several items among others", "a:\n  - x  # 1\n  - z\n", ("a",), ["x", "u", "v", "z"],
     "a:\n  - x  # 1\n  - u\n  - v\n  - z\n"),
    ("several items before the first", "a:\n  - x\n", ("a",), ["v", "w", "x"], "a:\n  - v\n  - w\n  - x\n"),
    ("several at the end, as their siblings", "a:\n  - {b: 1}  # c\n\nd: 1\n", ("a",), [{"b": 1}, {"b": 2}, {"b": 3}],
     "a:\n  - {b: 1}  # c\n  - {b: 2}\n  - {b: 3}\n\nd: 1\n"),
    ("several within brackets", "a: [x, z]\n", ("a",), ["x", "u", "v", "z"], "a: [x, u, v, z]\n"),
    ("an emptied list", "a:  # 1\n  # 2\n  - x  # 3\n  - y\nb: 1\n", ("a",), [], "a: []  # 1\n  # 2\nb: 1\n"),
    ("a map", "a:\n  b: 1  # 1\n  c: 2\n", ("a",), {"b": 1, "d": 3}, "a:\n  b: 1  # 1\n  d: 3\n"),
    ("the whole file", "id: 1\nx: 2\n", (), {"id": 1, "status": "new"}, "id: 1\nstatus: new\n"),
    ("a list for a text", "a: x  # c\n", ("a",), ["u"], "a: [u]  # c\n"),
    ("a map for an item", "a:\n  -   x  # c\n", ("a", 0), {"b": "1\n2"}, "a:\n  - b: |-  # c\n      1\n      2\n"),
    ("a text for a list", "a:\n- x\n- y\nb: 1\n", ("a",), "z", "a: z\nb: 1\n"),
    ("a text for an item of lines", "a:\n  - b: 1\n    c: 2\n  - 3\n", ("a", 0), "z", "a:\n  - z\n  - 3\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "route", "value", "after"), [case[1:] for case in MADE], ids=[case[0] for case in MADE]
)
def test_a_value_is_made_another_in_its_place(before: str, route: Route, value: Any, after: str) -> None:
    """Every other byte stays, comments included; with either line end."""
    assert after == _made(before, route, value)
    assert after.replace("\n", "\r\n") == _made(before.replace("\n", "\r\n"), route, value)


REMOVED: list[tuple[str, str, Route, str]] = [
    ("an entry", "a: 1\nb: 2  # c\n# d\nc: 3\n", ("b",), "a: 1\n# d\nc: 3\n"),
    ("a section", "a: 1\n\nb:  # 1\n  # 2\n  c: 2\n\nd: 3\n", ("b",), "a: 1\n\n\nd: 3\n"),
    ("lines", "a: |\n  x\n\n  y\nb: 1\n", ("a",), "b: 1\n"),
    ("the last", "a: 1\nb: 2\n", ("b",), "a: 1\n"),
    ("the only one of a section", "a:  # 1\n  # 2\n  b: 1  # 3\nc: 1\n", ("a", "b"), "a: {}  # 1\n  # 2\nc: 1\n"),
    ("the only one beside a dash", "a:\n  - b: 1  # c\n  - 2\n", ("a", 0, "b"), "a:\n  - {}  # c\n  - 2\n"),
    ("the one beside a dash", "a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), "a:\n  - c: 2\n"),
    (
        "the one beside a dash with a comment",
        "a:\n  - b: 1  # c\n    c: 2\n",
        ("a", 0, "b"),
        "a:\n  -   # c\n    c: 2\n",
    ),
    ("an item", "a:\n  - x\n  # c\n  - y  # d\n  - z\n", ("a", 1), "a:\n  - x\n  # c\n  - z\n"),
    ("an item of lines", "a:\n- b: 1\n  c: 2\n- d\n", ("a", 0), "a:\n- d\n"),
    ("an empty item", "a:\n  - x\n  -  # c\n  - z\n", ("a", 1), "a:\n  - x\n  - z\n"),
    ("the only item", "a:\n  - x\nb: 1\n", ("a", 0), "a: []\nb: 1\n"),
    ("a list beside a dash", "a:\n  - - x\n    - y\n", ("a", 0, 0), "a:\n  - - y\n"),
    ("the first within brackets", "a: [x, y, z]\n", ("a", 0), "a: [y, z]\n"),
    ("one within brackets", "a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
    ("the last within brackets", "a: [x, y]\n", ("a", 1), "a: [x]\n"),
    ("the only one within brackets", "a: [x]\n", ("a", 0), "a: []\n"),
    ("one within braces", "a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
    ("the only one within braces", "a: [{b: 1}]\n", ("a", 0, "b"), "a: [{}]\n"),
]


@pytest.mark.parametrize(
    ("before", "route", "after"), [case[1:] for case in REMOVED], ids=[case[0] for case in REMOVED]
)
def test_a_part_is_taken_out_with_its_lines(before: str, route: Route, after: str) -> None:
    """And with the comment beside it; those around it stay. A list or map that it was all of stays, empty."""
    assert after == _removed(before, route)
    assert after.replace("\n", "\r\n") == _removed(before.replace("\n", "\r\n"), route)


@pytest.mark.parametrize(
    ("before", "route", "value", "message"),
    [
        ("a: x\n", ("a", "b"), 1, "a holds a value that cannot have a field 'b'"),
        ("a: [x]\n", ("a", "b"), 1, "a holds a value that cannot have a field 'b'"),
        ("a: [x]\n", ("a", 2), 1, "there is no item 2 at a"),
        ("a: {}\n", ("a", 0), 1, "there is no item 0 at a"),
        ("a: 1\n", ("b", 0), 1, "there is no list at b[0]"),
        ("a:\n  # c\n  - x\n", ("a",), "y", "a comment stands inside the value and would be lost"),
    ],
)
def test_what_has_no_place_is_refused(before: str, route: Route, value: Any, message: str) -> None:
    """A value is never put where something else is, and no comment goes with what was not taken out."""
    with pytest.raises(CiregError) as refused:
        _made(before, route, value)
    assert message == refused.value.message


@pytest.mark.parametrize(
    ("route", "message"),
    [
        (("b",), "there is nothing at b"),
        (("a", 0), "there is nothing at a[0]"),
        ((), "there is nothing at the file"),
        (("a",), "a file without any field is no part of a register"),
    ],
)
def test_what_is_not_there_cannot_be_taken_out(route: Route, message: str) -> None:
    """Nor can all of a file."""
    with pytest.raises(CiregError) as refused:
        _removed("a: 1\n", route)
    assert message == refused.value.message
