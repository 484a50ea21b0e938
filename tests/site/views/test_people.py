"""Pages by person: what waits, and what became of proposals."""

from __future__ import annotations

import re
from typing import Any

from cireg.site.page import Page
from cireg.site.views.duties import duties
from cireg.site.views.links import Links
from cireg.site.views.people import pages
from tests.site.views.showing import DEEP, showing
from tests.small_register import fields

POLICY = """\
policy:
  approvals:
    - {status: planned, by: sponsor}
    - {status: planned, by: process-owner}
    - {status: planned, by: data-analyst}
"""


def waits(*items: dict[str, Any], config: str = "") -> dict[str, list[tuple[str, str, str]]]:
    """What waits for each person: the group, the improvement, and what is to be done."""
    found = duties(showing(*items, config=config, draft=True))
    return {person: [(duty.group, duty.item.id, duty.note) for duty in own] for person, own in found.items()}


def made(*items: dict[str, Any], config: str = "") -> dict[str, Page]:
    """The pages by url."""
    shown = showing(*items, config=config)
    return {page.url: page for page in pages(shown, Links(shown, DEEP))}


def test_proposals_wait_for_whoever_answers_for_the_register() -> None:
    """Until they are answered."""
    found = waits(fields(), fields("rejected", id="CI-0002"))
    assert {"improvement-manager": [("answers", "CI-0001", "")]} == found


def test_steps_wait_for_those_who_do_them() -> None:
    """Those that are not done, of open improvements that are not parked."""
    plan = {
        "steps": [
            {"do": "Begin", "by": "data-analyst", "due": "2026-11-16"},
            {"do": "Go on", "by": "data-analyst", "due": "2027-01-08"},
            {"do": "Done", "by": "data-analyst", "due": "2026-11-16", "done": "2026-11-16"},
        ]
    }
    found = waits(fields("planned", plan=plan), fields("closed", id="CI-0002", plan=plan))
    assert [
        ("steps", "CI-0001", "Begin, overdue since 16 November 2026"),
        ("steps", "CI-0001", "Go on, due on 8 January 2027"),
    ] == found["data-analyst"]


def test_owners_see_what_presses_and_what_to_look_at_again() -> None:
    """What others wait for comes before what is merely owned."""
    late = fields("planned", id="CI-0002")
    late["target"] |= {"due": "2026-11-20"}
    closed = fields("closed", id="CI-0003")
    closed["momentum"] |= {"check_again": "2026-11-18"}
    found = [each for each in waits(late, closed)["service-desk-lead"] if each[0] != "steps"]
    assert [
        ("again", "CI-0003", "Whether it still holds was to be looked at on 18 November 2026, 5 days ago."),
        ("owns", "CI-0002", "The target was due on 20 November 2026, 3 days ago."),
    ] == found


def test_reviews_wait_for_reviewers() -> None:
    """Unless the owner reviews, who has it in view anyway."""
    found = waits(fields("review", review={"by": "data-analyst"}))
    assert [("reviews", "CI-0001", "")] == found["data-analyst"]


def test_decisions_wait_for_those_who_can_decide() -> None:
    """The improvement's own sponsor, whoever has the role, or the person who is named."""
    found = waits(fields("assessed", sponsor="improvement-manager"), config=POLICY)
    assert ("approvals", "CI-0001", "") in found["improvement-manager"]
    assert [("approvals", "CI-0001", "")] == found["service-desk-lead"] == found["data-analyst"]
    assert "head-of-it" not in found


def test_a_decision_that_is_made_waits_for_nobody() -> None:
    """Neither when it is approved nor when it is declined: then the owner has to act."""
    approvals = [
        {"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"},
        {"by": "service-desk-lead", "as": "process-owner", "decision": "declined", "on": "2026-11-12"},
    ]
    found = waits(fields("assessed", plan={"approvals": approvals}), config=POLICY)
    assert {"data-analyst": [("approvals", "CI-0001", "")]} == found


def test_a_page_shows_what_waits_and_what_became_of_proposals() -> None:
    """With the answer and how long it took."""
    pages_ = made(fields("assessed"), fields(id="CI-0002"))
    body = pages_["people/improvement-manager/"].body
    assert "Proposals to answer" in body
    assert "Answered on 11 November 2026, after 1 day: Assessed." in body
    assert "Waits for an answer since 10 November 2026." in body
    assert "Nothing waits." in pages_["people/head-of-it/"].body
    assert ["waiting", "proposed"] == [heading.id for heading in pages_["people/improvement-manager/"].headings]


def test_the_index_counts_for_each_person() -> None:
    """What is owned, what is to be done, and what was proposed."""
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", made(fields("planned"))["people/"].body))
    assert "Service desk lead Process owner 1 1 0" in words
    assert "Improvement manager Improvement manager 0 0 1" in words


def test_there_are_no_pages_of_people_where_they_are_not_shown() -> None:
    """The index stays, and says so."""
    found = made(fields("planned"), config="publish: {people: false}\n")
    assert ["people/"] == list(found)
    assert "This register does not show people." in found["people/"].body
