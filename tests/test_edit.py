"""Edits: the target changes, and every other byte stays."""

from __future__ import annotations

import copy
import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cireg.canonical import same
from cireg.edit import append_item, remove, replace_scalars, set_value
from cireg.errors import CiregError
from cireg.source import Route, read
from cireg.spans import Node, comments, spans
from tests.handwriting import KEYS, documents, handwritten, scalars, values

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "improvements").rglob("*.yaml"))
unhurried = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
)

FILE = """\
# yaml-language-server: $schema=../schema/improvement.schema.json
id: CI-0007
status: proposed
owner: service-desk-lead    # since March
opportunity: |                    # Markdown
  One ticket in five.

# Needed for planned: target.
target:                           # 3 Where do we want to be?
#   due:

links: {part_of: CI-0007, relates_to: [CI-0007, CI-00071]}
history:                          # oldest first
  - {on: 2026-03-02, status: proposed, by: desk}
"""


def _routes(value: Any, route: Route = ()) -> Iterator[Route]:
    yield route
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in pairs:
        yield from _routes(each, (*route, step))


def _comments(text: str) -> Counter[str]:
    return comments(text, spans(text))


def _at(value: Any, route: Route) -> Any:
    for step in route:
        value = value[step]
    return value


def _with(data: Any, route: Route, value: Any) -> Any:
    """A copy of the data with this value at the route."""
    if not route:
        return copy.deepcopy(value)
    new = dict(data or {}) if isinstance(data, dict) or data is None else list(data)
    step: Any = route[0]
    there = step in new if isinstance(new, dict) else step < len(new)
    inner = _with(new[step] if there else None, route[1:], value)
    if isinstance(new, list):
        new[step : step + 1] = [inner]
    else:
        new[step] = inner
    return new


def _node(text: str, route: Route) -> tuple[int, Node]:
    """Where the value's own part of the text begins, after its colon or dash or bracket, and its node."""
    node, after = spans(text), 0
    for step in route:
        if isinstance(step, int):
            node = node.items[step]
            after = node.start
        else:
            key, node = next((key, value) for key, value in node.pairs if key.value == step)
            after = text.index(":", key.end) + 1
    return after, node


def test_a_status_moves_on_by_two_lines() -> None:
    """As `move` writes it: the status, and one more entry as its siblings are."""
    text = set_value(FILE, ("status",), "assessed")
    text = append_item(text, ("history",), {"on": "2026-03-10", "status": "assessed", "by": "improvement-manager"})
    expected = FILE.replace("status: proposed\nowner", "status: assessed\nowner")
    assert expected + "  - {on: 2026-03-10, status: assessed, by: improvement-manager}\n" == text


def test_a_missing_part_is_added_at_its_place() -> None:
    """Below the key that waits for it, or where the order has it."""
    text = set_value(FILE, ("target", "due"), "2026-09-01")
    text = set_value(text, ("vision", "goal"), "g", order=lambda _: ["id", "opportunity", "vision", "target", "goal"])
    expected = FILE.replace("to be?\n#   due:\n", "to be?\n  due: 2026-09-01\n#   due:\n")
    assert expected.replace("in five.\n\n", "in five.\n\nvision:\n  goal: g\n\n") == text


def test_an_id_is_replaced_where_it_is_the_whole_text() -> None:
    """Not within another, and only where it is wanted."""
    text = replace_scalars(FILE, "CI-0007", "CI-0042", where=lambda route: route[0] in ("id", "links"))
    assert (
        FILE.replace("id: CI-0007", "id: CI-0042").replace(
            "{part_of: CI-0007, relates_to: [CI-0007,", "{part_of: CI-0042, relates_to: [CI-0042,"
        )
        == text
    )
    assert FILE.replace("id: CI-0007", "id: 'no'".replace("'", '"')) == replace_scalars(
        FILE, "CI-0007", "no", where=lambda route: route == ("id",)
    )
    assert FILE == replace_scalars(FILE, "2026", "2027")


def test_a_number_is_no_text_to_be_replaced() -> None:
    """Nor is a key."""
    assert "5: 5\na: 'x'\n" == replace_scalars("5: 5\na: '5'\n", "5", "x").replace("a: x", "a: 'x'")


def test_a_list_may_be_missing_or_empty() -> None:
    """It is made where there is none."""
    assert "a: 1\nb: [x]\n" == append_item("a: 1\n", ("b",), "x")
    assert "a: 1\nb: [x]\n" == append_item("a: 1\nb:\n", ("b",), "x")
    assert "a: 1\nb: [x]\n" == append_item("a: 1\nb: []\n", ("b",), "x")
    with pytest.raises(CiregError, match=r"^b is no list$"):
        append_item("a: 1\nb: x\n", ("b",), "x")


def test_a_part_is_removed() -> None:
    """With its own lines."""
    assert FILE.replace("owner: service-desk-lead    # since March\n", "") == remove(FILE, ("owner",))


def test_a_file_without_a_last_line_end_stays_so() -> None:
    """Unless what is last now needs one."""
    assert "a: 1\nb: 2" == set_value("a: 1", ("b",), 2)
    assert "a: 2" == set_value("a: 1", ("a",), 2)
    assert "a: 1" == remove("a: 1\nb: 2", ("b",))
    assert "a: 1\r\nb: |\r\n  x\r\n  y\r\n" == set_value("a: 1\r\nb: x", ("b",), "x\ny\n")
    assert "a: 1\nb: |-\n  x\n  y" == set_value("a: 1\nb: x", ("b",), "x\ny")


def test_an_edit_that_would_change_more_is_refused() -> None:
    """Here the text of several lines would gain a line end, since something follows it now."""
    with pytest.raises(CiregError, match="cannot be edited without changing more"):
        set_value("a: |\n  x", ("b",), 1)


def test_a_file_that_cannot_be_read_is_refused_with_its_line() -> None:
    """It is to be mended first."""
    with pytest.raises(CiregError, match=r"^line 2: "):
        set_value("a: 1\nb: &x 1\n", ("a",), 2)


def test_what_no_file_may_hold_is_refused() -> None:
    """Neither characters that nobody sees nor more than fits."""
    for value in ("x\u202ey", "x\ry", "x" * 70_000, 10**18, float("nan")):
        with pytest.raises(CiregError):
            set_value("a: 1\n", ("a",), value)
    with pytest.raises(CiregError):
        set_value("a: 1\n", ("b", "<<"), 1)


def test_what_other_readers_take_for_something_else_is_never_added() -> None:
    """What was there before may stay."""
    assert 'a: no\nb: "yes"\n' == set_value("a: no\n", ("b",), "yes")


@unhurried
@given(handwritten(), st.data())
def test_a_scalar_changes_within_its_own_span(written: tuple[dict[str, Any], str], draw: st.DataObject) -> None:
    """Every byte before it and after it is the same, its comment and the line end included."""
    data, text = written
    routes = [route for route in _routes(data) if not isinstance(_at(data, route), dict | list)]
    assume(routes)
    route = draw.draw(st.sampled_from(routes))
    value = draw.draw(scalars.filter(lambda each: not isinstance(each, str) or "\n" not in each))
    try:
        new = set_value(text, route, value)
    except CiregError as refused:
        assert "without changing more" in refused.message  # noqa: PT017  # the only reason there may be
        return
    after, node = _node(text, route)
    assert same(_with(data, route, value), read("", new.encode()).data)
    assert text[:after] == new[:after]
    assert new.endswith(text[node.end :])
    assert _comments(text) == _comments(new)


@unhurried
@given(handwritten(), values, st.data())
def test_any_value_becomes_any_other_or_the_edit_is_refused(
    written: tuple[dict[str, Any], str], value: Any, draw: st.DataObject
) -> None:
    """The comments of parts that stay are kept, and a comment is never made."""
    data, text = written
    route = draw.draw(st.sampled_from([route for route in _routes(data) if route]))
    try:
        new = set_value(text, route, value)
    except CiregError as refused:
        assert refused.message in (  # noqa: PT017  # the only reasons there may be
            "a comment stands inside the value and would be lost",
            "the file is written in a way that cannot be edited without changing more",
        )
        return
    assert same(_with(data, route, value), read("", new.encode()).data)
    assert _comments(new) <= _comments(text)
    inside = _comments(text) - _comments(new)
    assert all(text.index(each) >= _node(text, route)[0] for each in inside)


@unhurried
@given(handwritten(), values, st.data())
def test_what_is_added_takes_nothing_away(written: tuple[dict[str, Any], str], value: Any, draw: st.DataObject) -> None:
    """A new key or item, at any depth: every line that was there is there, in its order."""
    data, text = written
    maps = [(*route, key) for route in _routes(data) if isinstance(_at(data, route), dict) for key in KEYS]
    lists = [(*route, len(_at(data, route))) for route in _routes(data) if isinstance(_at(data, route), list)]
    route = draw.draw(st.sampled_from([route for route in maps if route[-1] not in _at(data, route[:-1])] + lists))
    deeper = (*route, "sub") if draw.draw(st.booleans()) else route
    try:
        new = set_value(text, deeper, value, order=lambda _: KEYS)
    except CiregError as refused:
        assert "without changing more" in refused.message  # noqa: PT017  # the only reason there may be
        return
    assert same(_with(data, deeper, value), read("", new.encode()).data)
    assert _comments(text) == _comments(new)
    assert not Counter(text) - Counter(new) - Counter(" []{}")


@unhurried
@given(handwritten(), st.data())
def test_what_is_removed_is_all_that_is_removed(written: tuple[dict[str, Any], str], draw: st.DataObject) -> None:
    """And what was added is removed without a trace."""
    data, text = written
    routes = [route for route in _routes(data) if route and (len(route) > 1 or len(data) > 1)]
    assume(routes)
    route = draw.draw(st.sampled_from(routes))
    expected = copy.deepcopy(data)
    del _at(expected, route[:-1])[route[-1]]
    try:
        new = remove(text, route)
    except CiregError as refused:
        assert "without changing more" in refused.message  # noqa: PT017  # the only reason there may be
        return
    assert same(expected, read("", new.encode()).data)
    assert _comments(new) <= _comments(text)


@unhurried
@given(handwritten(), scalars)
def test_what_was_added_is_removed_without_a_trace(written: tuple[dict[str, Any], str], value: Any) -> None:
    """Adding at the end and removing again gives the same bytes."""
    _, text = written
    assume(text.endswith("\n"))
    assert text == remove(set_value(text, ("added",), value), ("added",))


@unhurried
@given(handwritten(), documents)
def test_a_whole_document_becomes_another_or_the_edit_is_refused(
    written: tuple[dict[str, Any], str], wanted: dict[str, Any]
) -> None:
    """Key by key, with what both have left alone."""
    _, text = written
    try:
        new = set_value(text, (), wanted)
    except CiregError as refused:
        assert "comment" in refused.message or "changing more" in refused.message  # noqa: PT017  # no other reason
        return
    assert same(wanted, read("", new.encode()).data)
    assert new == set_value(new, (), wanted)


@pytest.mark.parametrize("path", EXAMPLES or [None], ids=lambda path: path.stem if path else "none")
def test_the_examples_can_be_edited_as_commands_do(path: Path | None) -> None:
    """A status, one more entry of the history and the log, another title: only the lines of these change."""
    if path is None:
        pytest.skip("there are no examples")
    text = path.read_text(encoding="utf-8")
    entry = {"on": "2026-11-01", "status": "review", "by": "desk"}
    new = append_item(set_value(text, ("status",), "review"), ("history",), entry)
    new = append_item(set_value(new, ("title",), "Another"), ("log",), {"on": "2026-11-01", "note": "Seen"})
    changes = [line for line in difflib.ndiff(text.split("\n"), new.split("\n")) if line.startswith(("-", "+"))]
    assert {"- title:", "- status:"} >= {" ".join(line.split()[:2]) for line in changes if line.startswith("-")}
    assert 4 <= len([line for line in changes if line.startswith("+")]) <= 7


@pytest.mark.parametrize("path", EXAMPLES[6:7] or [None], ids=lambda path: path.stem if path else "none")
def test_an_example_can_be_edited_at_every_value(path: Path | None) -> None:
    """Each scalar in turn becomes another and itself again; no comment is lost on the way."""
    if path is None:
        pytest.skip("there are no examples")
    text = path.read_text(encoding="utf-8")
    data = read("", text.encode()).data
    for route in _routes(data):
        value = _at(data, route)
        if not isinstance(value, dict | list):
            changed = set_value(text, route, "another")
            assert "another" == _at(read("", changed.encode()).data, route)
            assert _comments(text) == _comments(changed)
            assert same(data, read("", set_value(changed, route, value).encode()).data)
