"""How one improvement hangs together with others: its parts, what came before and after it, and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cireg import lifecycle
from cireg.model import Improvement
from cireg.site.views.blocks import Field, Group, Mention, comma
from cireg.site.views.forge import outside
from cireg.site.views.mentions import mention
from cireg.site.views.points import BAR, drawn
from cireg.site.views.subject import Subject


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a programme: what it is, the steps of its plan that are done, and when it is due."""

    link: str
    title: str
    status: str
    steps: str
    due: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme's parts and their progress together: in words, and as a bar of 100 units."""

    summary: str
    steps: str
    width: str
    parts: tuple[Part, ...]


def programme(subject: Subject) -> Programme | None:
    """The parts of an improvement that has some."""
    parts = subject.shown.register.parts.get(subject.item.id, [])
    if not parts:
        return None
    closed = sum(not lifecycle.is_open(part.status) for part in parts)
    counts = [_plan_steps(part) for part in parts]
    done, total = (sum(column) for column in zip(*counts, strict=True))
    return Programme(
        subject.say("parts.summary", ended=closed, n=len(parts)),
        subject.say("parts.steps", done=done, n=total) if total else "",
        drawn(BAR * done / total if total else 0),
        tuple(_part(subject, part) for part in parts),
    )


def _plan_steps(item: Improvement) -> tuple[int, int]:
    """How many steps of an improvement's plan are done, and how many there are."""
    entries = item.entries("plan", "steps")
    return sum("done" in entry for _, entry in entries), len(entries)


def _part(subject: Subject, part: Improvement) -> Part:
    done, total = _plan_steps(part)
    due = part.date("target", "due")
    return Part(
        subject.links.improvement(part.id),
        part.title,
        subject.shown.status(part),
        subject.say("parts.of", done=done, total=total) if total else "",
        subject.words.day(due).text if due else "",
    )


def relations(subject: Subject) -> tuple[Group, ...]:
    """The other improvements that this one names, and those that name it, each kind under its label."""
    item, register = subject.item, subject.shown.register
    named_by = subject.shown.named_by
    related = item.texts("links", "relates_to")
    groups: list[tuple[str, Iterable[str]]] = [
        ("part_of", _one(item, "part_of")),
        ("follows", _one(item, "follows")),
        ("followed_by", _ids(register.followers.get(item.id, []))),
        ("duplicate_of", _one(item, "duplicate_of")),
        ("depends_on", item.texts("links", "depends_on")),
        ("needed_by", _ids(named_by.get(("depends_on", item.id), []))),
        ("supersedes", item.texts("links", "supersedes")),
        ("superseded_by", _ids(named_by.get(("supersedes", item.id), []))),
        ("relates_to", dict.fromkeys([*related, *_ids(named_by.get(("relates_to", item.id), []))])),
    ]
    found = [Group(subject.say(f"links.{name}"), _mentions(subject, ids)) for name, ids in groups]
    found.append(Group(subject.say("links.duplicates"), _duplicates(subject)))
    return tuple(group for group in found if group.mentions)


def _one(item: Improvement, name: str) -> list[str]:
    value = item.get("links", name)
    return [value] if isinstance(value, str) else []


def _ids(items: Iterable[Improvement]) -> list[str]:
    return [item.id for item in items]


def _mentions(subject: Subject, ids: Iterable[str]) -> tuple[Mention, ...]:
    """The improvements with these ids; unpublished ones are passed over, unknown ones named as such."""
    found = []
    for id_ in ids:
        other = subject.shown.register.improvements.get(id_)
        if other is not None:
            found.append(mention(other, subject.links))
        elif not subject.shown.is_hidden(id_):
            found.append(Mention(id_, subject.say("links.unknown")))
    return tuple(found)


def _duplicates(subject: Subject) -> tuple[Mention, ...]:
    """Those that say the same: whoever proposed one is credited here."""
    return tuple(
        mention(other, subject.links, _credit(subject, other))
        for other in subject.shown.register.duplicates.get(subject.item.id, [])
    )


def _credit(subject: Subject, other: Improvement) -> str:
    if other.raised is None:
        return ""
    day = subject.words.day(other.raised).text
    if not other.proposer or not subject.shown.people:
        return subject.say("links.raised", day=day)
    return subject.say("links.credit", who=subject.shown.name(other.proposer), day=day)


def records(subject: Subject) -> tuple[Field, ...]:
    """Records of other systems, by what cireg.yaml calls them."""
    by_name: dict[str, list[str]] = {}
    for record in subject.item.texts("links", "external"):
        known = outside(subject.shown.config, record)
        by_name.setdefault(known.name if known else subject.say("links.external"), []).append(record)
    return tuple(Field(name, comma(subject.links.records(ids))) for name, ids in by_name.items())
