"""The whole trail: every fact with the commit that brought it, and what an auditor would ask for and not find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cireg import approvals, gates, lifecycle
from cireg.git import Commit
from cireg.model import Improvement, Register
from cireg.trail.facts import SECTIONS, Fact
from cireg.trail.witness import Brought, Witness, proof

TITLES = {
    "trigger": "What set it off",
    "evaluation": "How it was judged",
    "decisions": "What was decided",
    "approvals": "Who approved",
    "targets": "What was to be reached",
    "changes": "What was done",
    "measured": "Whether it was reached",
    "miss": "What was decided about a miss",
    "standard": "What became standard, and what was learnt",
    "told": "Who was told",
}
CLAUSES = {
    "trigger": "10.2", "evaluation": "10.2", "decisions": "10.2", "approvals": "10.2", "targets": "10.2 a",
    "changes": "10.2 b, c", "measured": "10.2 d", "miss": "10.2 d", "standard": "10.2 c", "told": "10.2 e",
}  # fmt: skip
"""Where ISO/IEC 20000-1:2018 asks for it."""

_FROM = {
    "trigger": "proposed", "evaluation": "assessed", "targets": "planned", "changes": "in-progress",
    "measured": "closed", "miss": "closed", "standard": "closed", "told": "closed",
}  # fmt: skip

_UNSEEN = Brought()
_STATES = {"missing": "", "declined": ", who declined", "stale": " for what is planned now"}


class Told(NamedTuple):
    """A fact with what git shows of it. `proof` is committed, merged, stated, or "" where nobody is named."""

    fact: Fact
    brought: Brought
    proof: str
    shown_by: Commit | None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the trail; `missing` says what an auditor would ask for and not find."""

    name: str
    facts: tuple[Told, ...]
    missing: tuple[str, ...]


def trail(item: Improvement, register: Register, seen: Witness | None = None) -> list[Section]:
    """The trail of an improvement, without the parts that it cannot have yet; `seen` is what git shows of it."""
    found = []
    for name, tell in SECTIONS.items():
        told = tuple(_with_proof(fact, item, register, seen) for fact in tell(item, register))
        missing = tuple(_missing(name, told, item, register))
        if told or missing:
            found.append(Section(name, told, missing))
    return found


def _with_proof(fact: Fact, item: Improvement, register: Register, seen: Witness | None) -> Told:
    brought = seen.brought(fact.route, item.get(*fact.route)) if seen and fact.route else _UNSEEN
    shown = proof(fact.by, brought, register.config) if seen else None
    if shown:
        return Told(fact, brought, *shown)
    return Told(fact, brought, "stated" if fact.by and fact.route else "", None)


def _missing(name: str, told: tuple[Told, ...], item: Improvement, register: Register) -> Iterator[str]:
    if name == "approvals":
        passed = () if item.light else gates.gates_to_pass(item)
        for each in (one for status in passed for one in approvals.wanted(item, register.config, status)):
            if not each.given:
                yield f"the approval of {each.by}{_STATES[each.state]}"
        return
    if told or name not in _FROM:
        return
    verdict = item.text("review", "verdict")
    if (name == "miss" and verdict == "achieved") or (name == "standard" and verdict != "achieved"):
        return
    reached, line = lifecycle.reached(item), lifecycle.line()
    first = "closed" if item.light and name != "trigger" else _FROM[name]
    if reached is not None and line.index(reached) >= line.index(first):
        yield "nothing is written down"
