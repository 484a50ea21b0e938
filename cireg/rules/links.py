"""How improvements hang together: parts, followers, dependencies, duplicates."""

from __future__ import annotations

from cireg import lifecycle
from cireg.circles import circles
from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, rule
from cireg.source import Route

_ONE, _TWO = "improvements/CI-0001.yaml", "improvements/CI-0002.yaml"


@rule(
    "CI201",
    mend="correct the id, or remove the link",
    bad="links: {follows: CI-0404}\n",
    good={_ONE: "links: {relates_to: [CI-0002]}\n", _TWO: ""},
)
def dangling_link(item: Improvement, register: Register) -> Hits:
    """A link leads to an improvement that exists.

    A reader who follows it must find something.
    """
    for route, target in item.linked():
        if target not in register.improvements and target not in register.unusable:
            yield Hit(item.at(*route), f"there is no improvement {target}")


def _chains(item: Improvement, name: str) -> list[tuple[Route, str]]:
    value = item.get("links", name)
    if isinstance(value, str):
        return [(("links", name), value)]
    return [(("links", name, n), each) for n, each in enumerate(item.texts("links", name))]


@rule(
    "CI202", scope="register",
    mend="remove one of the links of the circle",
    bad={_ONE: "links: {depends_on: [CI-0002]}\n", _TWO: "links: {depends_on: [CI-0001]}\n"},
    good={_ONE: "links: {depends_on: [CI-0002]}\n", _TWO: ""},
)  # fmt: skip
def circular_link(register: Register) -> Hits:
    """Links do not run in a circle.

    Nothing can be a part of itself, come before itself, wait for itself, take its own place or be read beside itself.
    """
    for item in register.improvements.values():
        for route, target in _chains(item, "relates_to"):
            if target == item.id:
                yield Hit(item.at(*route), "it relates to itself")
    for name in ("part_of", "follows", "depends_on", "duplicate_of", "supersedes"):
        graph = {
            item.id: [target for _, target in _chains(item, name)]
            for item in register.improvements.values()
            if item.get("links", name)
        }
        for circle in circles(graph):
            item = register.improvements[circle[0]]
            route = next(route for route, target in _chains(item, name) if target == circle[1])
            yield Hit(item.at(*route), f"{name} runs in a circle: {' → '.join(circle)}")


@rule(
    "CI203",
    mend="set the status to rejected with the reason, or remove duplicate_of",
    bad={_ONE: "links: {duplicate_of: CI-0002}\n", _TWO: ""},
    good={
        _ONE: "status: rejected\nlinks: {duplicate_of: CI-0002}\nhistory:\n"
        "  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
        "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: Says the same as CI-0002.}\n",
        _TWO: "",
    },
)
def duplicate_not_rejected(item: Improvement, register: Register) -> Hits:
    """A duplicate is rejected.

    Of two files that say the same, one goes on; the proposer of the other is credited there.
    """
    if isinstance(item.get("links", "duplicate_of"), str) and item.status != "rejected":
        target = item.get("links", "duplicate_of")
        yield Hit(
            item.at("links", "duplicate_of"),
            f"it is a duplicate of {target}, but its status is {item.status}",
        )


@rule(
    "CI204", severity="warning",
    mend="remove the dependency, or answer what it means for this one",
    bad={
        _ONE: "links: {depends_on: [CI-0002]}\n",
        _TWO: "status: withdrawn\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
        "  - {on: 2026-11-09, status: withdrawn, by: service-desk-lead, note: The portal is replaced.}\n",
    },
    good={_ONE: "links: {depends_on: [CI-0002]}\n", _TWO: ""},
)  # fmt: skip
def depends_on_ended(item: Improvement, register: Register) -> Hits:
    """What an open improvement depends on can still come.

    It would wait for something that will never be done.
    """
    if not lifecycle.is_open(item.status):
        return
    for route, target in _chains(item, "depends_on"):
        other = register.improvements.get(target)
        if other is not None and other.status in {"rejected", "withdrawn"}:
            yield Hit(item.at(*route), f"{target} is {other.status}")


@rule(
    "CI205", severity="warning",
    mend="close or end the parts first, or take them out of the programme",
    bad={
        _ONE: "status: withdrawn\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
        "  - {on: 2026-11-09, status: withdrawn, by: service-desk-lead, note: The portal is replaced.}\n",
        _TWO: "links: {part_of: CI-0001}\n",
    },
    good={_ONE: "", _TWO: "links: {part_of: CI-0001}\n"},
)  # fmt: skip
def open_part(item: Improvement, register: Register) -> Hits:
    """A programme does not end before its parts.

    A part without its programme has lost its reason, or the programme is not done.
    """
    if lifecycle.is_open(item.status):
        return
    for part in register.parts.get(item.id, ()):
        if lifecycle.is_open(part.status):
            yield Hit(item.at("status"), f"it is {item.status}, and its part {part.id} is {part.status}")


@rule(
    "CI206", severity="warning",
    mend="close the one before first, or link with relates_to",
    bad={_ONE: "", _TWO: "links: {follows: CI-0001}\n"},
    good={_ONE: "", _TWO: "links: {relates_to: [CI-0001]}\n"},
)  # fmt: skip
def follows_open(item: Improvement, register: Register) -> Hits:
    """An improvement follows one that has ended.

    The next cycle builds on the last one's result, and there is none yet.
    """
    target = item.get("links", "follows")
    other = register.improvements.get(target) if isinstance(target, str) else None
    if other is not None and lifecycle.is_open(other.status):
        yield Hit(item.at("links", "follows"), f"{target} is still {other.status}")


@rule(
    "CI207", severity="warning",
    mend="end the one that is superseded: withdrawn or rejected, with a note",
    bad={
        _ONE: "status: assessed\nsource: feedback\nbaseline: {summary: Three days.}\n"
        "scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-11-09, by: improvement-manager}\n"
        "links: {supersedes: [CI-0002]}\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
        "  - {on: 2026-11-09, status: assessed, by: improvement-manager}\n",
        _TWO: "",
    },
    good={_ONE: "links: {supersedes: [CI-0002]}\n", _TWO: ""},
)  # fmt: skip
def superseded_open(item: Improvement, register: Register) -> Hits:
    """What an accepted improvement takes the place of has ended.

    Two open improvements for the same thing divide the people who do the work.
    """
    if item.status == "proposed" or item.status in {"rejected", "withdrawn"}:
        return
    for route, target in _chains(item, "supersedes"):
        other = register.improvements.get(target)
        if other is not None and lifecycle.is_open(other.status):
            yield Hit(item.at(*route), f"{target} is still {other.status}")


RULES = (
    dangling_link, circular_link, duplicate_not_rejected, depends_on_ended, open_part, follows_open, superseded_open,
)  # fmt: skip
