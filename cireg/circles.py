"""Circles in a graph of links, found in a time that grows with the number of links alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def circles(graph: Graph) -> list[list[str]]:
    """For each knot of nodes that all lead to each other, one of its circles: from its least node back to it.

    `graph` maps a node to those that it leads to. Kosaraju's algorithm, without recursion.
    """
    found = []
    for knot in _knots(graph):
        start = min(knot)
        if len(knot) > 1 or start in graph.get(start, ()):
            found.append(_circle(graph, start, knot))
    return sorted(found)


def _knots(graph: Graph) -> Iterable[set[str]]:
    """The strongly connected components."""
    backwards: dict[str, list[str]] = {}
    for node, targets in graph.items():
        for target in targets:
            backwards.setdefault(target, []).append(node)
    seen: set[str] = set()
    for root in reversed(_by_finish(graph)):
        if root in seen:
            continue
        knot, queue = {root}, [root]
        for node in queue:
            fresh = [each for each in backwards.get(node, ()) if each not in seen and each not in knot]
            knot.update(fresh)
            queue.extend(dict.fromkeys(fresh))
        seen |= knot
        yield knot


def _by_finish(graph: Graph) -> list[str]:
    """The nodes in the order in which a depth-first walk leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for root in graph:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(graph.get(root, ())))]
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target not in seen:
                    seen.add(target)
                    stack.append((target, iter(graph.get(target, ()))))
                    break
            else:
                order.append(node)
                stack.pop()
    return order


def _circle(graph: Graph, start: str, knot: set[str]) -> list[str]:
    """The shortest way from `start` back to itself inside its knot, with `start` at both ends."""
    before: dict[str, str] = {}
    queue = [start]
    for node in queue:
        for target in graph.get(node, ()):
            if target == start:
                way = [start, node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1] if node != start else [start, start]
            if target in knot and target not in before:
                before[target] = node
                queue.append(target)
    raise ValueError(f"{start} does not lead back to itself")
