"""The audit trail on an improvement's page."""

from __future__ import annotations

from typing import Any

from cireg.site.views import improvement
from cireg.site.views.trail import Part, parts
from tests.site.views.showing import subject
from tests.small_register import fields

POLICY = "policy: {approvals: [{status: planned, by: sponsor}]}\n"
YES = {"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"}
STEPS = [{"do": "Start", "done": "2026-11-13"}, {"do": "Ask the head of IT", "by": "head-of-it", "due": "2027-02-01"}]


def shown(data: dict[str, Any], config: str = "") -> dict[str, Part]:
    """The parts of the trail by their titles."""
    return {each.title: each for each in parts(subject(data, config=config))}


def test_each_part_says_what_is_there_and_what_is_missing() -> None:
    """By names and days; the texts stand above on the page."""
    found = shown(
        fields("planned", plan={"steps": STEPS, "approvals": [YES]}), POLICY.replace("sponsor", "data-analyst")
    )

    assert Part("What was done", "10.2 b, c", "1 of 2 steps done", "") == found["What was done"]
    assert "approved as sponsor (12 November 2026)" == found["Who approved"].there
    assert "Missing: the approval of data-analyst." == found["Who approved"].missing
    assert "assessed (11 November 2026); planned (12 November 2026)" == found["What was decided"].there


def test_nobody_is_named_where_people_are_not_shown() -> None:
    """Neither by an approval nor by one that is missing."""
    decided = fields("planned", plan={"steps": STEPS, "approvals": [YES | {"as": "head-of-it"}]})
    config = POLICY.replace("sponsor", "data-analyst") + "publish: {people: false}\n"
    found = shown(decided, config)["Who approved"]

    assert "approved (12 November 2026)" == found.there
    assert "data-analyst" not in found.missing
    assert found.missing


def test_the_page_has_it_before_the_record() -> None:
    """With a heading that the table of contents names."""
    one = subject(fields("planned"))
    page = improvement.page(one.item, one.shown, one.links)

    assert ["history", "trail", "record"] == [heading.id for heading in page.headings][-3:]
    assert page.body.index('<h2 id="trail">') < page.body.index('<h2 id="record">')
    assert '<tr><th scope="row">What was decided</th><td>assessed (11 November 2026)' in page.body
