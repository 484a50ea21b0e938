"""The audit trail on an improvement's page: for each part of the way what is there, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cireg.site.views.subject import Subject
from cireg.trail.audit import CLAUSES, TITLES, Section, Told, trail
from cireg.trail.facts import STEPS


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the trail: the clause that asks for it, what is there in one line, and what is missing."""

    title: str
    clause: str
    there: str
    missing: str


def parts(subject: Subject) -> tuple[Part, ...]:
    """The parts that an improvement has or should have by now."""
    return tuple(_part(section, subject) for section in trail(subject.item, subject.shown.register))


def _part(section: Section, subject: Subject) -> Part:
    there = "; ".join(dict.fromkeys(_named(section.facts, subject)))
    missing = "; ".join(section.missing)
    if section.name == "approvals" and section.missing and not subject.shown.people:
        missing = subject.say("next.approval")
    said = subject.say("trail.missing", what=missing) if missing else ""
    return Part(TITLES[section.name], CLAUSES[section.name], there, said)


def _named(facts: Sequence[Told], subject: Subject) -> Iterator[str]:
    """The facts by their names, with their days; of steps only how many are done."""
    steps = [each.fact for each in facts if each.fact.route[:2] == STEPS]
    if steps:
        done = sum(1 for each in steps if subject.item.date(*each.route, "done"))
        yield subject.say("trail.steps", done=done, n=len(steps))
    for each in facts:
        fact = each.fact
        if fact in steps:
            continue
        name = fact.name.removeprefix("moved to ")
        if fact.route[:2] == ("plan", "approvals") and not subject.shown.people:
            name = str(subject.item.get(*fact.route, "decision"))
        yield subject.say("trail.dated", what=name, day=subject.words.day(fact.on).text) if fact.on else name
