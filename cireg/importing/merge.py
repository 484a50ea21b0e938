"""Changes put into a file's data: those after which it still fits its schema, and why the others do not."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from cireg.importing.draft import same
from cireg.importing.make import Fault
from cireg.importing.places import look, overlaps, put, remove
from cireg.importing.update import Change
from cireg.model import Improvement
from cireg.source import Route
from cireg.violations import violations

_SINGLE_LINKS = ("part_of", "follows", "duplicate_of")
_LINK_LISTS = ("depends_on", "relates_to", "supersedes")


def acceptable(item: Improvement, changes: Iterable[Change]) -> tuple[list[Change], dict[str, Any], list[Fault]]:
    """The changes that can be made, the file's data after them, and the others as faults."""
    kept = list(changes)
    wrong: list[Fault] = []
    before = {(each.route, each.rule) for each in violations("improvement", item.data)}
    while True:
        data = copy.deepcopy(item.data)
        for change in kept:
            apply(data, change)
        reasons: list[tuple[Route, str]] = [
            (each.route, each.message)
            for each in violations("improvement", data)
            if (each.route, each.rule) not in before
        ]
        if any(change.route[0] == "history" for change in kept) and _runs_backwards(data):
            reasons.append((("history",), "the history would not run from the oldest entry to the newest"))
        if not reasons or not kept:
            return kept, data, wrong
        route, reason = reasons[0]
        at_fault = _at_fault(kept, route)
        wrong += [Fault(change.column, change.field, "", reason) for change in at_fault]
        kept = [change for change in kept if change not in at_fault]


def _at_fault(changes: list[Change], route: Route) -> list[Change]:
    """The changes at `route`, or of the nearest section around it: what is missing there they should have brought."""
    while not (found := [change for change in changes if overlaps(change.route, route)]):
        route = route[:-1]
    return found


def apply(data: dict[str, Any], change: Change) -> None:
    """Make one change in a file's data."""
    above = look(data, change.route[:-1])
    if change.new is None:
        remove(data, change.route)
    elif isinstance(above, list) and change.route[-1] == len(above):
        above.append(change.new)
    else:
        put(data, change.route, change.new)


def _runs_backwards(data: dict[str, Any]) -> bool:
    days = [entry["on"] for entry in data["history"]]
    return days != sorted(days)


def dead_links(data: dict[str, Any], known: Collection[str]) -> list[tuple[Route, str, str]]:
    """The links of an improvement that lead nowhere: route, target and reason, the last of a list first."""
    found = []
    for route, target in _links(data.get("links", {})):
        if target == data.get("id"):
            found.append((route, target, "leads to the improvement itself"))
        elif target not in known:
            found.append((route, target, f"there is no improvement {target}"))
    return found[::-1]


def _links(links: dict[str, Any]) -> Iterator[tuple[Route, str]]:
    for name in _SINGLE_LINKS:
        if isinstance(links.get(name), str):
            yield ("links", name), links[name]
    for name in _LINK_LISTS:
        yield from ((("links", name, index), target) for index, target in enumerate(links.get(name) or ()))


def without_dead_links(
    item: Improvement, changes: Iterable[Change], known: Collection[str]
) -> tuple[list[Change], list[Fault]]:
    """The changes without the new links that lead nowhere, and those links as faults."""
    kept, faults = [], []
    for change in changes:
        data: dict[str, Any] = {"id": item.id}
        if change.route[0] == "links":
            put(data, change.route, copy.deepcopy(change.new))
        for route, target, reason in dead_links(data, known):
            faults.append(Fault(change.column, change.field, target, reason))
            remove(data, route)
        new = look(data, change.route) if change.route[0] == "links" else change.new
        if change.new is None or (new is not None and not same(change.old, new)):
            kept.append(replace(change, new=new))
    return kept, faults
