"""What needs somebody now: what check warns of, sorted by what there is to do, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cireg.findings import Finding
from cireg.model import Improvement
from cireg.rules import find
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, sentence

GROUPS = ("overdue", "answer", "review", "parked", "movement", "again", "scores")
"""What there is to do, the most pressing first."""

_AT_ONCE = 8
"""How many of a group are shown at once; the rest is folded away."""

_GROUP_OF_RULE = {"no-answer": "answer", "no-movement": "movement", "stale-scores": "scores"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An improvement that waits for somebody: its id as a link, its title, who owns it, and what it waits for."""

    link: str
    title: str
    owner: str
    note: str


@dataclass(frozen=True, slots=True)
class AttentionGroup:
    """What waits for the same thing; `more` says how many are in `rest`."""

    kind: Choice
    count: str
    first: tuple[Waiting, ...]
    more: str
    rest: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule with findings that are nothing to be done today: what it asks for, its page, and how many there are."""

    title: str
    address: str
    count: str


@dataclass(frozen=True, slots=True)
class Note:
    """Why one improvement is in a group: since when, and in words."""

    group: str
    since: date
    item: Improvement
    text: str


def attention(shown: Shown, links: Links) -> tuple[AttentionGroup, ...]:
    """The groups that are not empty; in each the longest waiting first."""
    found = list(notes(shown))
    return tuple(
        made for group in GROUPS if (made := _group(group, [n for n in found if n.group == group], shown, links))
    )


def notes(shown: Shown) -> Iterator[Note]:
    """Why published improvements need attention, by the findings of check."""
    by_path = {item.path: item for item in shown.items}
    for finding in shown.findings:
        item = by_path.get(finding.place.path)
        if item is not None:
            note = _note(finding, item, shown)
            if note is not None:
                yield note


def others(shown: Shown, links: Links) -> tuple[OtherRule, ...]:
    """The rules whose findings are in no group, those with most findings first."""
    counted = Counter(finding.rule for finding in shown.findings if finding.rule not in {*_GROUP_OF_RULE, "overdue"})
    found = []
    for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        rule = find(name)
        title = sentence(rule.title) if rule else name
        found.append(OtherRule(title, links.rule(name), shown.say("findings.count", n=count)))
    return tuple(found)


def _note(finding: Finding, item: Improvement, shown: Shown) -> Note | None:
    if finding.rule == "overdue":
        return next((note for note, place in _overdue(item, shown) if place == finding.place), None)
    group = _GROUP_OF_RULE.get(finding.rule)
    if group is None:
        return None
    since = {
        "answer": item.in_status_since,
        "movement": last_movement(item),
        "scores": item.date("scores", "on"),
    }[group]
    return Note(group, since, item, _since(f"attention.{group}.since", since, shown)) if since else None


def _overdue(item: Improvement, shown: Shown) -> Iterator[tuple[Note, object]]:
    """What of an improvement may be overdue, in words, with its place in the file."""
    due, again = item.date("target", "due"), item.date("momentum", "check_again")
    if due:
        group = "review" if item.status == "review" else "overdue"
        yield Note(group, due, item, _since(f"attention.{group}.since", due, shown)), item.at("target", "due")
    for n, step in item.entries("plan", "steps"):
        day = item.date("plan", "steps", n, "due")
        if day:
            text = _since("attention.step.since", day, shown, step=str(step.get("do", "")))
            yield Note("overdue", day, item, text), item.at("plan", "steps", n, "due")
    for entry in item.history:
        if entry.until:
            text = _since("attention.parked.since", entry.until, shown)
            yield Note("parked", entry.until, item, text), item.at("history", entry.index, "until")
    if again:
        text = _since("attention.again.since", again, shown)
        yield Note("again", again, item, text), item.at("momentum", "check_again")


def _since(key: str, day: date, shown: Shown, **values: str) -> str:
    return shown.say(key, day=shown.words.day(day).text, n=(shown.as_of - day).days, **values)


def last_movement(item: Improvement) -> date | None:
    """The day of the last move, log entry or finished step."""
    days = [entry.on for entry in item.history]
    days += [day for n, _ in item.entries("log") if (day := item.date("log", n, "on"))]
    days += [day for n, _ in item.entries("plan", "steps") if (day := item.date("plan", "steps", n, "done"))]
    return max(days, default=None)


def _group(group: str, found: list[Note], shown: Shown, links: Links) -> AttentionGroup | None:
    by_item: dict[str, list[Note]] = {}
    for note in sorted(found, key=lambda note: (note.since, note.item.id)):
        by_item.setdefault(note.item.id, []).append(note)
    waiting = tuple(_waiting(own, links) for own in by_item.values())
    if not waiting:
        return None
    rest = waiting[_AT_ONCE:]
    return AttentionGroup(
        shown.words.choice("attention", group),
        shown.say("attention.count", n=len(waiting)),
        waiting[:_AT_ONCE],
        shown.say("attention.more", n=len(rest)) if rest else "",
        rest,
    )


def _waiting(own: list[Note], links: Links) -> Waiting:
    item = own[0].item
    text = " ".join(note.text for note in own)
    return Waiting(links.improvement(item.id), item.title, comma(links.person(item.owner)), text)
