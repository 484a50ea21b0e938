"""The archive: what has ended, by how it ended, with what was learnt from what failed as much as from what worked."""

from __future__ import annotations

from dataclasses import dataclass

from cireg.model import Improvement
from cireg.schema import choices
from cireg.site.page import SINGLES, Heading, Page
from cireg.site.views.blocks import Field, comma, fields
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.topics import ended_first
from cireg.site.views.words import Choice

_WITHOUT_RESULT = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Ended:
    """An improvement that has ended: when, what for, and what is to be learnt from it.

    `text` is the lesson, or the reason why it was not done, as safe HTML; `led_to` links to what it led to.
    """

    link: str
    title: str
    status: str
    day: str
    target: str
    label: str
    text: str
    led_to: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class EndedGroup:
    """Improvements that ended the same way."""

    id: str
    kind: Choice
    intro: str
    ended: tuple[Ended, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """Everything on the archive's page."""

    intro: str
    groups: tuple[EndedGroup, ...]
    as_of: str


def page(shown: Shown) -> Page:
    """The archive's page."""
    links = Links(shown, SINGLES["archive"])
    made = view(shown, links)
    title = shown.say("archive.title")
    return Page(
        kind="archive",
        url=SINGLES["archive"],
        title=title,
        description=made.intro,
        body=shown.site.templates.render("archive.html.j2", page=made),
        headings=tuple(Heading(group.id, group.kind.label) for group in made.groups),
        search=f"{title} {made.intro}",
    )


def view(shown: Shown, links: Links) -> ArchiveView:
    """What the page shows."""
    closed = [item for item in shown.items if item.status == "closed"]
    groups = [
        _group(shown, links, "verdict", name, [item for item in closed if item.get("review", "verdict") == name])
        for name in choices("improvement", "review.verdict")
    ]
    without = [item for item in closed if not item.get("review", "verdict")]
    groups.append(_group(shown, links, "verdict", "none", without))
    for status in _WITHOUT_RESULT:
        own = [item for item in shown.items if item.status == status]
        duplicates = [item for item in own if item.get("links", "duplicate_of")]
        rest = [item for item in own if item not in duplicates]
        groups.append(_group(shown, links, "status", status, rest))
        if status == "rejected":
            groups.append(_group(shown, links, "archive", "duplicate", duplicates))
    found = tuple(group for group in groups if group.ended)
    total = sum(len(group.ended) for group in found)
    return ArchiveView(
        intro=shown.say("archive.intro", n=total) if total else shown.say("archive.nothing"),
        groups=found,
        as_of=shown.words.day(shown.as_of).text,
    )


def _group(shown: Shown, links: Links, field: str, name: str, items: list[Improvement]) -> EndedGroup:
    return EndedGroup(
        id=name,
        kind=shown.words.choice(field, name),
        intro=shown.say(f"archive.about.{name}"),
        ended=tuple(_ended(item, shown, links) for item in ended_first(items)),
    )


def _ended(item: Improvement, shown: Shown, links: Links) -> Ended:
    last = item.history[-1] if item.history else None
    lesson = item.text("momentum", "lessons")
    reason = last.note if last and last.note and item.status != "closed" else ""
    text = reason or lesson
    label = "archive.reason" if reason else "archive.lessons" if lesson else "archive.no_lessons"
    target = item.text("target", "statement")
    return Ended(
        link=links.improvement(item.id),
        title=item.title,
        status=shown.status(item),
        day=shown.words.day(last.on).text if last else "",
        target=links.prose(target),
        label=shown.say(label) if text or item.status == "closed" else "",
        text=links.prose(text),
        led_to=_led_to(item, shown, links),
    )


def _led_to(item: Improvement, shown: Shown, links: Links) -> tuple[Field, ...]:
    """The improvement that says the same, and those that follow."""
    survivor = item.text("links", "duplicate_of")
    followers = shown.register.followers.get(item.id, [])
    return fields(
        Field(shown.say("links.duplicate_of"), "" if shown.is_hidden(survivor) else links.improvement(survivor)),
        Field(shown.say("links.followed_by"), comma(links.improvement(follower.id) for follower in followers)),
    )
