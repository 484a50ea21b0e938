"""Pages by person: what waits for them now, and what became of what they proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cireg.model import Improvement
from cireg.site.page import SINGLES, Heading, Page
from cireg.site.views.blocks import Field, Group, comma, fields
from cireg.site.views.duties import GROUPS, Duty, duties
from cireg.site.views.links import Links, anchor, page_url
from cireg.site.views.mentions import mention
from cireg.site.views.shown import Shown

_LISTS = (("practices", "practice"), ("services", "service"), ("goals", "goal"))


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything on a person's page. `nothing` says that nothing waits; `register` is empty for who owns nothing."""

    facts: tuple[Field, ...]
    waiting: tuple[Group, ...]
    nothing: str
    proposed: tuple[Group, ...]
    register: str
    as_of: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the index: the name as a link, the roles, and how much there is of each."""

    link: str
    roles: str
    owns: str
    steps: str
    proposed: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The index of people; without lines where none are shown."""

    intro: str
    lines: tuple[PersonLine, ...]
    as_of: str


def pages(shown: Shown, links: Links) -> Iterator[Page]:
    """The index of people, then a page for each with `links`; the index alone where no people are shown."""
    waiting = duties(shown) if shown.people else {}
    proposed = _proposed(shown) if shown.people else {}
    people = shown.config.people if shown.people else {}
    yield _index(shown, people, waiting, proposed)
    for name, entry in people.items():
        made = view(shown, links, name, entry, waiting.get(name, []), proposed.get(name, []))
        title = str(entry.get("name", name))
        present = [("waiting", True), ("proposed", made.proposed)]
        yield Page(
            kind="person",
            url=page_url("person", name),
            title=title,
            description=shown.say("person.description", name=title),
            body=shown.site.templates.render("person.html.j2", page=made),
            headings=tuple(Heading(id_, shown.say(f"person.{id_}")) for id_, content in present if content),
            search=f"{title} {_roles(shown, entry)}",
        )


def view(
    shown: Shown, links: Links, name: str, entry: dict[str, Any], waiting: list[Duty], proposed: list[Improvement]
) -> PersonView:
    """What the page of one person shows."""
    groups = []
    for group in GROUPS:
        own = tuple(mention(duty.item, links, duty.note) for duty in waiting if duty.group == group)
        if own:
            groups.append(Group(shown.say(f"duty.{group}"), own))
    answered = tuple(mention(item, links, answer(item, shown)) for item in proposed)
    return PersonView(
        facts=_facts(shown, links, name, entry),
        waiting=tuple(groups),
        nothing="" if groups else shown.say("person.nothing"),
        proposed=(Group("", answered),) if answered else (),
        register=links.filtered("owner", name) if name in shown.owners else "",
        as_of=shown.words.day(shown.as_of).text,
    )


def answer(item: Improvement, shown: Shown) -> str:
    """What became of a proposal: how long it took until somebody answered."""
    if not item.history:
        return ""
    raised = item.history[0].on
    if len(item.history) == 1:
        return shown.say("proposal.waits", day=shown.words.day(raised).text)
    answered = item.history[1].on
    status = shown.words.label("status", item.history[1].status)
    return shown.say("proposal.answered", day=shown.words.day(answered).text, status=status, n=(answered - raised).days)


def _facts(shown: Shown, links: Links, name: str, entry: dict[str, Any]) -> tuple[Field, ...]:
    """What the person is, and what the person answers for."""
    config = shown.config
    owned = [
        Field(
            shown.say(f"{group}.title"),
            comma(
                anchor(str(each.get("name", id_)), links.address(kind, id_))
                for id_, each in getattr(config, group).items()
                if each.get("owner") == name
            ),
        )
        for group, kind in _LISTS
    ]
    kpis = comma(links.kpi(kpi.id) for kpi in shown.register.kpis.values() if kpi.get("owner") == name)
    successor = comma(links.person(entry.get("successor")))
    return fields(
        Field(shown.say("person.roles"), _roles(shown, entry)),
        Field(shown.say("person.until"), shown.day(entry.get("until"))),
        Field(shown.say("person.successor"), successor),
        *owned,
        Field(shown.say("kpis.title"), kpis),
    )


def _roles(shown: Shown, entry: dict[str, Any]) -> str:
    return ", ".join(shown.words.label("roles", role) for role in entry.get("roles", ()))


def _proposed(shown: Shown) -> dict[str, list[Improvement]]:
    """What each person proposed, the latest first."""
    found: dict[str, list[Improvement]] = {}
    for item in sorted(shown.items, key=lambda item: (item.raised is not None, item.raised, item.id), reverse=True):
        if item.proposer:
            found.setdefault(item.proposer, []).append(item)
    return found


def _index(
    shown: Shown,
    people: dict[str, dict[str, Any]],
    waiting: dict[str, list[Duty]],
    proposed: dict[str, list[Improvement]],
) -> Page:
    links = Links(shown, SINGLES["people"])
    lines = tuple(
        PersonLine(
            link=anchor(str(entry.get("name", name)), links.address("person", name)),
            roles=_roles(shown, entry),
            owns=str(sum(duty.group == "owns" for duty in waiting.get(name, ()))),
            steps=str(sum(duty.group == "steps" for duty in waiting.get(name, ()))),
            proposed=str(len(proposed.get(name, ()))),
        )
        for name, entry in people.items()
    )
    intro = shown.say("people.intro", n=len(lines)) if shown.people else shown.say("people.hidden")
    title = shown.say("people.title")
    made = PeopleView(intro, lines, shown.words.day(shown.as_of).text)
    return Page(
        kind="people",
        url=SINGLES["people"],
        title=title,
        description=intro,
        body=shown.site.templates.render("people.html.j2", page=made),
        search=f"{title} {intro}",
    )
