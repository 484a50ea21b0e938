"""Pages by practice, service and goal: who answers for it, what is open there, what came of it, what was learnt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cireg import lifecycle
from cireg.model import Improvement
from cireg.site.markup import text_of
from cireg.site.page import SINGLES, Heading, Page
from cireg.site.views.blocks import Field, Group, comma, fields
from cireg.site.views.links import Links, anchor, page_url
from cireg.site.views.mentions import listed, mention
from cireg.site.views.shown import Shown

KINDS = {"practice": "practices", "service": "services", "goal": "goals"}
"""The kinds of topics, each with its list in cireg.yaml, which is also the kind of its index page."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What an improvement taught: the improvement and the lesson, both as safe HTML."""

    mention: str
    text: str


@dataclass(frozen=True, slots=True)
class TopicView:
    """Everything on the page of a practice, service or goal. `empty` says that nothing serves it yet."""

    facts: tuple[Field, ...]
    about: str
    summary: str
    empty: str
    open: tuple[Group, ...]
    ended: tuple[Group, ...]
    lessons: tuple[Lesson, ...]
    kpis: tuple[str, ...]
    register: str
    as_of: str


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the index: its name as a link, its owner, and how many improvements there are."""

    link: str
    owner: str
    until: str
    open: str
    closed: str
    achieved: str


@dataclass(frozen=True, slots=True)
class TopicsView:
    """Everything on the index of practices, services or goals."""

    intro: str
    people: bool
    has_until: bool
    lines: tuple[TopicLine, ...]
    as_of: str


def pages(shown: Shown, links: Links, kind: str) -> Iterator[Page]:
    """The index of a kind of topics, then a page for each, with `links` for these."""
    index = KINDS[kind]
    by_topic = improvements_of(shown, kind)
    yield _index(shown, kind, by_topic)
    for name, entry in getattr(shown.config, index).items():
        made = view(shown, links, kind, name, entry, by_topic.get(name, []))
        title = str(entry.get("name", name))
        present = [("open", made.open), ("ended", made.ended), ("lessons", made.lessons), ("kpis", made.kpis)]
        yield Page(
            kind=kind,
            url=page_url(kind, name),
            title=title,
            description=shown.say(f"{kind}.description", name=title, summary=made.summary),
            body=shown.site.templates.render("topic.html.j2", page=made),
            headings=tuple(Heading(id_, shown.say(f"topic.{id_}")) for id_, content in present if content),
            search=f"{title} {text_of(made.about)} {made.summary}",
        )


def improvements_of(shown: Shown, kind: str) -> dict[str, list[Improvement]]:
    """The published improvements of each topic of a kind, by the topic's id."""
    found: dict[str, list[Improvement]] = {}
    for item in shown.items:
        names = [item.get("vision", "goal")] if kind == "goal" else item.texts(KINDS[kind])
        for name in dict.fromkeys(names):
            if isinstance(name, str):
                found.setdefault(name, []).append(item)
    return found


def view(
    shown: Shown, links: Links, kind: str, name: str, entry: dict[str, Any], items: list[Improvement]
) -> TopicView:
    """What the page of one topic shows."""
    ended = ended_first(items)
    until = shown.day(entry.get("until"))
    return TopicView(
        facts=fields(
            Field(shown.say("topic.owner"), comma(links.person(entry.get("owner")))),
            Field(shown.say("goal.until"), until),
        ),
        about=links.prose(entry.get("description") or ""),
        summary=summary(shown, items),
        empty="" if items else shown.say("topic.empty"),
        open=by_status(shown, links, items),
        ended=listed(ended, links),
        lessons=lessons(links, ended),
        kpis=tuple(
            links.kpi(kpi.id) for kpi in shown.register.kpis.values()
            if name in ([kpi.get("goal")] if kind == "goal" else kpi.texts(KINDS[kind]))
        ),
        register=links.filtered(kind, name),
        as_of=shown.words.day(shown.as_of).text,
    )  # fmt: skip


def summary(shown: Shown, items: list[Improvement]) -> str:
    """How many are open, closed, and achieved what they were for."""
    open_ = sum(lifecycle.is_open(item.status) for item in items)
    closed = [item for item in items if item.status == "closed"]
    achieved = sum(item.get("review", "verdict") == "achieved" for item in closed)
    return shown.say("topic.summary", open=open_, closed=len(closed), achieved=achieved)


def by_status(shown: Shown, links: Links, items: list[Improvement]) -> tuple[Group, ...]:
    """The open improvements by status, those that are furthest on their way first; in each the best ranked first."""
    groups = []
    for status in [*reversed(lifecycle.line()), "on-hold"]:
        own = [item for item in items if item.status == status and lifecycle.is_open(status)]
        own.sort(key=lambda item: (shown.standings[item.id].rank or len(items) + 10**6, item.id))
        if own:
            groups.append(Group(shown.words.label("status", status), tuple(mention(item, links) for item in own)))
    return tuple(groups)


def ended_first(items: list[Improvement]) -> list[Improvement]:
    """The improvements that have ended, the latest first."""
    ended = [item for item in items if not lifecycle.is_open(item.status)]
    return sorted(
        ended, key=lambda item: (item.history[-1].on.isoformat() if item.history else "", item.id), reverse=True
    )


def lessons(links: Links, items: list[Improvement]) -> tuple[Lesson, ...]:
    """What these improvements taught, in their order."""
    return tuple(
        Lesson(links.mention(item), links.prose(text)) for item in items if (text := item.text("momentum", "lessons"))
    )


def _index(shown: Shown, kind: str, by_topic: dict[str, list[Improvement]]) -> Page:
    index = KINDS[kind]
    links = Links(shown, SINGLES[index])
    lines = tuple(
        _line(shown, links, kind, name, entry, by_topic.get(name, []))
        for name, entry in getattr(shown.config, index).items()
    )
    made = TopicsView(
        intro=shown.say(f"{index}.intro", n=len(lines)),
        people=shown.people,
        has_until=kind == "goal",
        lines=lines,
        as_of=shown.words.day(shown.as_of).text,
    )
    title = shown.say(f"{index}.title")
    return Page(
        kind=index,
        url=SINGLES[index],
        title=title,
        description=made.intro,
        body=shown.site.templates.render("topics.html.j2", page=made),
        search=f"{title} {made.intro}",
    )


def _line(
    shown: Shown, links: Links, kind: str, name: str, entry: dict[str, Any], items: list[Improvement]
) -> TopicLine:
    closed = [item for item in items if item.status == "closed"]
    return TopicLine(
        link=anchor(str(entry.get("name", name)), links.address(kind, name)),
        owner=comma(links.person(entry.get("owner"))),
        until=shown.day(entry.get("until")),
        open=str(sum(lifecycle.is_open(item.status) for item in items)),
        closed=str(len(closed)),
        achieved=str(sum(item.get("review", "verdict") == "achieved" for item in closed)),
    )
