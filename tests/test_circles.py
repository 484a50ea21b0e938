"""Circles of links."""

from __future__ import annotations

from cireg.circles import circles


def test_links_without_a_circle_have_none() -> None:
    """A diamond is no circle."""
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


def test_a_node_that_leads_to_itself_is_a_circle() -> None:
    """The smallest circle there is."""
    assert circles({"b": ["b"], "a": ["b"]}) == [["b", "b"]]


def test_a_circle_is_given_once_from_its_least_node() -> None:
    """Wherever the walk begins, and whatever leads into it."""
    graph = {"z": ["c"], "c": ["a"], "b": ["c"], "a": ["b"]}
    assert circles(graph) == [["a", "b", "c", "a"]]


def test_two_circles_that_share_nothing_are_both_given() -> None:
    """One knot never hides another."""
    assert circles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}) == [["a", "b", "a"], ["c", "d", "c"]]


def test_a_target_outside_the_graph_is_no_circle() -> None:
    """Dangling links are another rule's."""
    assert circles({"a": ["nowhere"]}) == []


def test_ten_thousand_in_one_circle_are_found() -> None:
    """Nothing recurses, and the work grows with the number of links."""
    size = 10_000
    graph = {f"{n:05}": [f"{(n + 1) % size:05}"] for n in range(size)}
    (circle,) = circles(graph)
    assert len(circle) == size + 1
    assert circle[0] == circle[-1] == "00000"
