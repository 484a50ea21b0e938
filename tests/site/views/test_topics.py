"""Pages by practice, service and goal."""

from __future__ import annotations

import re

from cireg.site.page import Page
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.topics import pages
from tests.site.views.showing import DEEP, showing
from tests.small_register import KPI, fields


def made(shown: Shown, kind: str) -> dict[str, Page]:
    """The pages of a kind, by url."""
    return {page.url: page for page in pages(shown, Links(shown, DEEP), kind)}


def text(html: str) -> str:
    """The words of a piece of HTML."""
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_a_topic_shows_what_is_open_what_ended_and_what_was_learnt() -> None:
    """Those furthest on their way first; the latest to end first."""
    lesson = fields("closed", id="CI-0003", practices=["service-desk"])
    lesson["momentum"] |= {"lessons": "Ask the desk **first**."}
    shown = showing(
        fields(practices=["service-desk"]),
        fields("planned", id="CI-0002", practices=["service-desk"]),
        lesson,
        fields("rejected", id="CI-0004", practices=["service-desk"]),
        fields("planned", id="CI-0005", practices=["service-desk"], publish=False),
    )
    page = made(shown, "practice")["practices/service-desk/"]
    assert ["open", "ended", "lessons"] == [heading.id for heading in page.headings]
    assert ["Planned", "Proposed"] == re.findall(r"<h3>(.*?)</h3>", page.body)
    ids = re.findall(r"CI-000[0-9]", text(page.body))
    assert ["CI-0002", "CI-0001", "CI-0004", "CI-0003", "CI-0003"] == ids
    assert "2 open; 1 closed, 1 of them achieved what they were for, as the reviews say." in text(page.body)
    assert "Ask the desk <strong>first</strong>." in page.body


def test_a_topic_without_improvements_says_so() -> None:
    """Its page is there all the same, with who answers for it."""
    configured = showing(config="").config
    assert "service-desk" in configured.practices
    page = made(showing(), "practice")["practices/service-desk/"]
    assert "No improvement names it yet." in page.body
    assert () == page.headings


def test_the_index_counts() -> None:
    """Open, closed and achieved; a goal says until when it holds."""
    shown = showing(
        fields(), fields("closed", id="CI-0002"), fields(id="CI-0003", vision={"goal": "g-none"}), draft=True
    )
    index = made(shown, "goal")["goals/"]
    assert "Happier users 1 1 1" in text(index.body)
    assert "1 goal, with the improvements that serve it." == index.description


def test_a_goal_names_its_kpis() -> None:
    """A KPI may be read for a goal before any improvement aims at it."""
    kpi = KPI.replace("id: answer-hours", "id: answer") + "goal: g-happier-users\n"
    page = made(showing(answer=kpi), "goal")["goals/g-happier-users/"]
    assert '<a href="../../kpis/answer/">Hours to the first answer</a>' in page.body


def test_nobody_answers_by_name_where_people_are_not_shown() -> None:
    """Neither on the page nor in the index."""
    config = "publish: {people: false}\n"
    for page in made(showing(fields("planned", practices=["service-desk"]), config=config), "practice").values():
        assert "people/" not in page.body
        assert "Owner" not in page.body
