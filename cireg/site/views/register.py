"""The register as one table: what is ranked first, then everything else, with what to filter and sort it by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cireg import lifecycle
from cireg.figures import number, tenths
from cireg.site.page import ASSETS, Page
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.listing import rank_text
from cireg.site.views.rows import Row, rows
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, Day

JSON = "register.json"
CSV = "register.csv"
_LIGHTS = ("green", "amber", "red")


class Line(NamedTuple):
    """A row of the table.

    What is shown in it (`track` where it is the light one), then the ids that it is filtered by, with blanks between
    several, then what it is sorted by where that is not what is shown.
    """

    id: str
    link: str
    title: str
    track: str
    status: str
    rank: str
    light: str
    score: str
    owner: str
    practices: str
    services: str
    goal: str
    tags: str
    due: tuple[Day, ...]
    status_id: str
    owner_id: str
    practice_ids: str
    service_ids: str
    goal_id: str
    tag_ids: str
    light_id: str
    rank_key: str
    status_key: int
    light_key: str
    score_key: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the table: its name in the address, its label, and what one can choose."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """Everything on the register's page. `stability` and `unscored` are empty where there is nothing to say.

    `count` is what the script says of how many rows are shown, with {shown} and {all} for it to fill in.
    """

    intro: str
    stability: str
    unscored: str
    as_of: str
    model: str
    filters: tuple[Filter, ...]
    lines: tuple[Line, ...]
    count: str
    people: bool
    script: str
    json: str
    csv: str
    matrix: str


def page(shown: Shown) -> Page:
    """The register's page."""
    made = view(shown, Links(shown, "register/"))
    return Page(
        kind="register",
        url="register/",
        title=shown.say("register.title"),
        description=made.intro,
        body=shown.site.templates.render("register.html.j2", page=made),
        search=f"{shown.say('register.title')} {made.intro}",
    )


def view(shown: Shown, links: Links) -> RegisterView:
    """What the page shows."""
    made = rows(shown)
    unscored = len(shown.ranking.unscored)
    return RegisterView(
        intro=shown.say("register.intro", n=len(made), ranked=len(shown.ranking.rows)),
        stability=stability(shown),
        unscored=shown.say("home.unscored", n=unscored) if unscored else "",
        as_of=shown.words.day(shown.as_of).text,
        model=_model(shown),
        filters=_filters(made, shown),
        lines=tuple(_line(row, shown, links) for row in made),
        count=shown.say("register.shown", shown="{shown}", all="{all}"),
        people=shown.people,
        script=f"{links.root}{ASSETS}register.js",
        json=links.root + JSON,
        csv=links.root + CSV,
        matrix=links.page("matrix"),
    )


def stability(shown: Shown) -> str:
    """How firmly the top of the list stands when the weights are a little different."""
    found = shown.stability
    if found is None or found.word is None or found.ours is None:
        return ""
    share = number(100 * found.ours)
    return shown.say(f"stability.{found.word}", k=found.k, share=share.partition(".")[0])


def _model(shown: Shown) -> str:
    """How scores come about, in a sentence."""
    if shown.ranking.model != "grid":
        return shown.say(f"register.model.{shown.ranking.model}")
    shares = zip(("value", "effort", "urgency", "risk"), shown.ranking.weights.shares(), strict=True)
    parts = [
        shown.say("register.weight", criterion=shown.words.label("criterion", name), share=number(100 * share))
        for name, share in shares
    ]
    return shown.say("register.model.grid", weights=", ".join(parts))


def _line(row: Row, shown: Shown, links: Links) -> Line:
    item = shown.register.improvements[row.id]
    standing = shown.standings[row.id]
    due = item.date("target", "due")
    return Line(
        id=row.id,
        link=links.improvement(row.id),
        title=row.title,
        track=shown.say("register.light") if item.light else "",
        status=shown.status(item),
        rank="" if row.rank is None else rank_text(row.rank, standing.tied),
        light=shown.fragments.light(row.light),
        score="" if row.score is None else tenths(row.score),
        owner=comma(links.person(row.owner)),
        practices=comma(links.practices(row.practices)),
        services=comma(links.services(row.services)),
        goal=comma(links.goal(row.goal)),
        tags=", ".join(row.tags),
        due=(shown.words.short_day(due),) if due else (),
        status_id=row.status,
        owner_id=row.owner or "",
        practice_ids=" ".join(row.practices),
        service_ids=" ".join(row.services),
        goal_id=row.goal or "",
        tag_ids=" ".join(row.tags),
        light_id=row.light or "",
        rank_key="" if row.rank is None else str(row.rank),
        status_key=list(lifecycle.statuses()).index(row.status),
        light_key=str(_LIGHTS.index(row.light)) if row.light else "",
        score_key="" if row.score is None else str(row.score),
    )


def _filters(made: tuple[Row, ...], shown: Shown) -> tuple[Filter, ...]:
    """The filters that offer a choice, each with what is there to be chosen."""
    config, words = shown.config, shown.words
    statuses = [words.choice("status", name) for name in lifecycle.statuses()]
    lights = [words.choice("light", name) for name in _LIGHTS]
    tags = [Choice(tag, tag) for tag in sorted({tag for row in made for tag in row.tags})]
    used: list[tuple[str, Iterable[str | None], list[Choice]]] = [
        ("status", (row.status for row in made), statuses),
        ("owner", (row.owner for row in made), _named(config.people)),
        ("practice", (name for row in made for name in row.practices), _named(config.practices)),
        ("service", (name for row in made for name in row.services), _named(config.services)),
        ("goal", (row.goal for row in made), _named(config.goals)),
        ("tag", (tag for row in made for tag in row.tags), tags),
        ("light", (row.light for row in made), lights),
    ]
    found = []
    for name, values, known in used:
        present = {value for value in values if value}
        offered = [choice for choice in known if choice.value in present]
        unknown = sorted(present - {choice.value for choice in known})
        choices = (*offered, *(Choice(value, value) for value in unknown))
        if choices:
            found.append(Filter(name, shown.say(f"filter.{name}"), choices))
    return tuple(found)


def _named(entries: dict[str, dict[str, object]]) -> list[Choice]:
    """What cireg.yaml lists, by name."""
    found = [Choice(id_, str(entry.get("name", id_))) for id_, entry in entries.items()]
    return sorted(found, key=lambda choice: (choice.label.casefold(), choice.value))
