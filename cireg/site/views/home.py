"""The first page: what needs attention, what comes next, what has moved, and where everything stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cireg import lifecycle
from cireg.model import Entry, Improvement
from cireg.schema import choices
from cireg.scoring.grid import CRITERIA
from cireg.site.page import Heading, Page
from cireg.site.views.attention import AttentionGroup, OtherRule, attention, others
from cireg.site.views.blocks import comma
from cireg.site.views.drafts import FindingLine, finding_lines
from cireg.site.views.links import Links
from cireg.site.views.listing import Place, places
from cireg.site.views.points import BAR, drawn
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, Day

_MOVES = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """A move: the day, the improvement, and what happened in words."""

    day: Day
    link: str
    title: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, in a number and as a bar of 100 units; `address` leads to them."""

    kind: Choice
    number: str
    width: str
    address: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the first page."""

    answers: str
    summary: str
    as_of: str
    findings: tuple[FindingLine, ...]
    attention: tuple[AttentionGroup, ...]
    others: tuple[OtherRule, ...]
    criteria: tuple[Choice, ...]
    places: tuple[Place, ...]
    places_from: str
    unscored: str
    moves: tuple[Moved, ...]
    statuses: tuple[Count, ...]
    verdicts: tuple[Count, ...]
    verdicts_from: str
    register: str
    matrix: str
    archive: str


def page(shown: Shown) -> Page:
    """The first page."""
    links = Links(shown, "")
    made = view(shown, links)
    name = shown.config.text("name") or shown.say("home.name")
    names = [id_ for id_, present in (("findings", made.findings), ("attention", True), ("top", True),
                                      ("moved", made.moves), ("stands", made.statuses)) if present]  # fmt: skip
    titles = {"findings": "findings.title"}
    return Page(
        kind="home",
        url="",
        title=name,
        description=made.summary,
        body=shown.site.templates.render("home.html.j2", page=made),
        headings=tuple(Heading(id_, shown.say(titles.get(id_, f"home.{id_}"))) for id_ in names),
        search=f"{name} {made.summary}",
    )


def view(shown: Shown, links: Links) -> HomeView:
    """What the page shows."""
    items = shown.items
    open_ = [item for item in items if lifecycle.is_open(item.status)]
    working = sum(item.status == "in-progress" for item in open_)
    top = int(shown.config.get("scoring", "top"))
    unscored = len(shown.ranking.unscored)
    owner = links.person(shown.config.text("owner"))
    verdicts = _verdicts(items, shown, links)
    return HomeView(
        answers=shown.say("home.answers", who=owner[0]) if owner else "",
        summary=shown.say("home.summary", n=len(open_), working=working, all=len(items)),
        as_of=shown.words.day(shown.as_of).text,
        findings=_findings(shown, links),
        attention=attention(shown, links),
        others=others(shown, links),
        criteria=tuple(shown.words.choice("criterion", name) for name in CRITERIA if shown.ranking.model == "grid"),
        places=places(shown, links, top),
        places_from=shown.say("home.top_from", n=len(shown.ranking.rows)),
        unscored=shown.say("home.unscored", n=unscored) if unscored else "",
        moves=_moves(items, shown, links),
        statuses=_statuses(items, shown, links),
        verdicts=verdicts,
        verdicts_from=shown.say("home.verdicts_from", n=sum(int(count.number) for count in verdicts)),
        register=links.page("register"),
        matrix=links.page("matrix"),
        archive=links.page("archive"),
    )


def _findings(shown: Shown, links: Links) -> tuple[FindingLine, ...]:
    """In a draft, what is found in files that have no page of their own."""
    if not shown.site.draft:
        return ()
    with_page = {item.path for item in shown.items}
    found = [finding for finding in shown.findings if finding.place.path not in with_page]
    return finding_lines(found, shown, links.root, with_path=True)


def _moves(items: list[Improvement], shown: Shown, links: Links) -> tuple[Moved, ...]:
    """The last moves of all, the newest first."""
    every = [(entry.on, item.id, n) for item in items for n, entry in enumerate(item.history)]
    newest = sorted(every, reverse=True)[:_MOVES]
    return tuple(_moved(shown.register.improvements[id_], n, shown, links) for _, id_, n in newest)


def _moved(item: Improvement, n: int, shown: Shown, links: Links) -> Moved:
    entry = item.history[n]
    return Moved(
        shown.words.day(entry.on),
        links.improvement(item.id),
        item.title,
        move_text(item.history, n, shown),
        comma(links.person(entry.by)),
    )


def move_text(history: tuple[Entry, ...], n: int, shown: Shown) -> str:
    """A move in words: from which status to which."""
    status = shown.words.label("status", history[n].status)
    until = history[n].until
    if until:
        return shown.say("moved.parked", day=shown.words.day(until).text)
    if n == 0:
        return shown.say("moved.raised") if history[n].status == "proposed" else shown.say("moved.to", status=status)
    before = shown.words.label("status", history[n - 1].status)
    return shown.say("moved.from", before=before, status=status)


def _statuses(items: list[Improvement], shown: Shown, links: Links) -> tuple[Count, ...]:
    counted = Counter(item.status for item in items)
    return _counts("status", [(name, counted[name]) for name in lifecycle.statuses()], shown, links)


def _verdicts(items: list[Improvement], shown: Shown, links: Links) -> tuple[Count, ...]:
    counted = Counter(item.get("review", "verdict") for item in items if item.status == "closed")
    names = choices("improvement", "review.verdict")
    return _counts("verdict", [(name, counted[name]) for name in names], shown, links)


def _counts(field: str, counted: list[tuple[str, int]], shown: Shown, links: Links) -> tuple[Count, ...]:
    """The kinds of which there are some, with bars that compare them."""
    most = max((count for _, count in counted), default=0)
    return tuple(
        Count(
            shown.words.choice(field, name),
            str(count),
            drawn(BAR * count / most),
            links.filtered(field, name) if field == "status" else f"{links.page('archive')}#{name}",
        )
        for name, count in counted
        if count
    )
