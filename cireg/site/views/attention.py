"""What needs somebody now: what check warns of, sorted by what there is to do, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cireg import waiting
from cireg.model import Improvement
from cireg.rules import find
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, sentence

GROUPS = ("overdue", "answer", "approval", "review", "parked", "movement", "again", "scores")
"""What there is to do, the most pressing first."""

_AT_ONCE = 8
"""How many of a group are shown at once; the rest is folded away."""


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
    """Why published improvements need attention: by the findings of check, and where only an approval is wanted."""
    for each in waiting.reminders(shown.findings, shown.items):
        values = {"step": each.step} if each.kind == "step" else {}
        day, days = shown.words.day(each.since).text, (shown.as_of - each.since).days
        text = shown.say(f"attention.{each.kind}.since", day=day, n=days, **values)
        yield Note(each.group, each.since, each.item, text)
    for item in shown.items:
        wanted = waiting.only_approvals_wanted(item, shown.whole)
        since = item.in_status_since
        if wanted and since:
            key = "attention.approval.of" if shown.people else "attention.approval.since"
            values = {"by": ", ".join(each.by for each in wanted)} if shown.people else {}
            day, days = shown.words.day(since).text, (shown.as_of - since).days
            yield Note("approval", since, item, shown.say(key, day=day, n=days, **values))


def others(shown: Shown, links: Links) -> tuple[OtherRule, ...]:
    """The rules whose findings are in no group, those with most findings first."""
    counted = Counter(finding.rule for finding in shown.findings if finding.rule not in waiting.REMINDED)
    found = []
    for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        rule = find(name)
        title = sentence(rule.title) if rule else name
        found.append(OtherRule(title, links.rule(name), shown.say("findings.count", n=count)))
    return tuple(found)


def _group(group: str, found: list[Note], shown: Shown, links: Links) -> AttentionGroup | None:
    by_item: dict[str, list[Note]] = {}
    for note in sorted(found, key=lambda note: (note.since, note.item.id)):
        by_item.setdefault(note.item.id, []).append(note)
    found_here = tuple(_waiting(own, links) for own in by_item.values())
    if not found_here:
        return None
    rest = found_here[_AT_ONCE:]
    return AttentionGroup(
        shown.words.choice("attention", group),
        shown.say("attention.count", n=len(found_here)),
        found_here[:_AT_ONCE],
        shown.say("attention.more", n=len(rest)) if rest else "",
        rest,
    )


def _waiting(own: list[Note], links: Links) -> Waiting:
    item = own[0].item
    text = " ".join(note.text for note in own)
    return Waiting(links.improvement(item.id), item.title, comma(links.person(item.owner)), text)
