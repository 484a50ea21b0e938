"""The page of one improvement as a whole."""

from __future__ import annotations

import re
from typing import Any

from cireg.site.views import improvement
from cireg.site.views.blocks import Field
from tests.site.views.showing import showing, subject
from tests.small_register import fields

MUCH: dict[str, Any] = {
    "sponsor": "head-of-it",
    "team": ["data-analyst"],
    "practices": ["service-desk"],
    "services": ["workplace"],
    "tags": ["quick-win"],
    "kind": "breakthrough",
    "change_type": ["tool", "training"],
    "source_ref": "REP-88",
    "on_behalf_of": "finance users",
    "cause": "Nobody knew.",
    "links": {"external": ["CHG0031234"], "relates_to": ["CI-0404"]},
    "custom": {"cost_centre": "4711", "sites": ["north", "south"], "deep": {"a": 1}},
    "waivers": [{"rule": "overdue", "reason": "vendor date moved", "until": "2026-12-31"}, {"rule": "no-such-rule"}],
    "imported": {"from": "old.csv", "row": 12, "on": "2026-11-11", "status": "proposed"},
}


def facts(data: dict[str, object], config: str = "") -> dict[str, str]:
    """The facts at the top of a page, by label."""
    return {fact.label: str(fact.content) for fact in improvement.view(subject(data, config=config)).facts}


def test_the_facts_are_links_and_words() -> None:
    """What one wants to know first; what is not there is left out."""
    found = facts(fields("planned", **MUCH))
    assert '<a href="../../people/head-of-it/">Head of IT</a>' == found["Sponsor"]
    assert '<a href="../../register/?tag=quick-win">quick-win</a>' == found["Tags"]
    assert "Feedback from users or customers, REP-88" == found["Source"]
    assert ("tool, training", "1 March 2027") == (found["Changes"], found["Target due"])
    assert {"Goal", "Proposed by", "Raised on"} == facts(fields()).keys()


def test_no_person_is_on_the_page_where_people_are_not_shown() -> None:
    """Neither as owner, sponsor, team, proposer and writer, nor on whose behalf it is."""
    data = fields("closed", **MUCH)
    page = improvement.page((one := subject(data, config="publish: {people: false}\n")).item, one.shown, one.links)
    for name in (
        "service-desk-lead",
        "Service desk lead",
        "head-of-it",
        "data-analyst",
        "improvement-manager",
        "finance",
    ):
        assert name not in page.body
        assert name not in page.search


def test_the_score_card_says_where_it_stands() -> None:
    """Score, light and rank; a shared rank is said to be shared."""
    alone = improvement.view(subject(fields("assessed"))).card
    both = improvement.view(subject(fields("assessed"), fields("assessed", id="CI-0002"))).card
    assert ("73.75", "Rank 1 of 1 in the list", "Quick win") == (alone.score, alone.rank, alone.quadrant)
    assert "Shares rank 1 of 2 in the list" == both.rank
    assert "Value 30, Effort 18.75, Urgency 10, Risk 15" == alone.parts
    assert [("value", "0", "30"), ("effort", "30", "18.75")] == [(s.name, s.x, s.width) for s in alone.segments[:2]]


def test_the_score_card_says_what_is_missing() -> None:
    """By the criteria of the model that the register uses."""
    grid = improvement.view(subject(fields(scores={"value": 4, "risk": 2}))).card
    wsjf = improvement.view(subject(fields("assessed"), config="scoring: {model: wsjf}\n")).card
    assert "No score yet. Missing: Effort, Urgency." == grid.missing
    assert wsjf.missing.startswith("No score yet. Missing: Business value, ")


def test_an_ended_improvement_says_why() -> None:
    """With the day and who decided it; a parked one says until when."""
    rejected = improvement.view(subject(fields("rejected"))).note[0]
    parked = improvement.view(subject(fields("on-hold"))).note[0]
    assert ("Rejected", "16 November 2026", "<p>Not now.</p>\n") == (rejected.what, rejected.day.text, rejected.note)
    assert "On hold until 1 February 2027" == parked.what
    assert () == improvement.view(subject(fields("planned"))).note


def test_the_history_begins_with_the_latest_move() -> None:
    """Each with its day and who made it."""
    found = improvement.view(subject(fields("planned"))).history
    assert ["Planned", "Assessed", "Proposed"] == [entry.what for entry in found]
    assert all("Improvement manager" in entry.who for entry in found)


def test_fields_of_our_own_waivers_and_the_origin_are_shown() -> None:
    """A list as words, anything deeper as it is kept; a waiver with its reason and its rule's page."""
    made = improvement.view(subject(fields("planned", **MUCH), draft=True))
    assert (Field("cost_centre", "4711"), Field("sites", "north, south"), Field("deep", '{"a": 1}')) == made.custom
    assert ("overdue", "../../rules/overdue/", "Vendor date moved.", "31 December 2026") == (
        made.waivers[0].rule, made.waivers[0].address, made.waivers[0].reason, made.waivers[0].until,
    )  # fmt: skip
    assert ("", "No reason is given.") == (made.waivers[1].address, made.waivers[1].reason)
    assert "Imported from old.csv, row 12, on 11 November 2026." == made.imported


def test_the_file_is_linked_at_the_forge() -> None:
    """The register's own folder in its repository goes before the path."""
    forge = 'forge: {url: "https://forge.example/it"}\n'
    made = improvement.view(subject(fields(), config=forge, folder="registers/it/"))
    assert "registers/it/improvements/CI-0001.yaml" == made.path
    assert made.forge is not None
    assert "https://forge.example/it/edit/main/registers/it/improvements/CI-0001.yaml" == made.forge.edit
    assert None is improvement.view(subject(fields())).forge


def test_findings_are_shown_in_a_draft_alone() -> None:
    """With line and column, what to do, and the rule's page."""
    data = fields(owner="nobody")
    finding = improvement.view(subject(data, draft=True)).findings[0]
    assert ("Error", "unknown-person", "../../rules/unknown-person/") == (
        finding.severity.label, finding.rule, finding.address,
    )  # fmt: skip
    assert re.fullmatch(r"[0-9]+:[0-9]+", finding.place)
    assert () == improvement.view(subject(data)).findings


def test_the_headings_are_those_of_the_body() -> None:
    """In their order, each with the id that it has there."""
    for data, draft in (
        (fields("planned", **MUCH, owner="nobody"), True),
        (fields(), False),
        (fields("closed"), False),
    ):
        one = subject(data, draft=draft)
        page = improvement.page(one.item, one.shown, one.links)
        in_body = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', page.body)
        assert [(each.id, each.text) for each in page.headings] == [
            (id_, re.sub("<[^>]+>", "", text).replace("&#39;", "'")) for id_, text in in_body
        ]


def test_the_page_is_found_by_its_words() -> None:
    """Title, description and search are plain text, whatever a file holds."""
    one = subject(fields(title="Mend <b>it</b>", opportunity="It *could* be <i>better</i>. " + "word " * 60))
    page = improvement.page(one.item, one.shown, one.links)
    assert "CI-0001 Mend <b>it</b>" == page.title
    assert page.description.startswith("Proposed. It could be <i>better</i>. word")
    assert page.description.endswith("word…")
    assert page.search.startswith("Proposed\nIt could be <i>better</i>. word")
    assert "improvements/ci-0001/" == page.url


def test_every_improvement_of_each_status_makes_a_page() -> None:
    """None of them lacks a value that a template shows."""
    statuses = (
        "proposed",
        "assessed",
        "planned",
        "in-progress",
        "review",
        "closed",
        "on-hold",
        "rejected",
        "withdrawn",
    )
    shown = showing(*(fields(status, id=f"CI-000{n}", **MUCH) for n, status in enumerate(statuses, 1)), draft=True)
    one = subject(fields())
    for item in shown.items:
        assert improvement.page(item, shown, one.links).body


def test_the_search_gets_a_line_for_each_field_and_paragraph() -> None:
    """A result shows the lines with a hit, and those alone; none is there twice."""
    data = fields("planned", **(MUCH | {"opportunity": "One *way*.\n\n- a list\n- of two\n\n## More\n\nThe end.\n"}))
    one = subject(data)
    lines = improvement.page(one.item, one.shown, one.links).search.splitlines()
    assert "Planned" == lines[0]
    assert ["One way.", "a list", "of two", "More", "The end.", "Nobody knew."] == lines[1:7]
    assert {"Owner: Service desk lead", "Sponsor: Head of IT", "Tags: quick-win"} <= set(lines)
    assert ["Target: One day by March."] == [line for line in lines if "by March" in line]
    assert len(set(lines)) == len(lines)
    assert not any("\x01" in line or not line.strip() for line in lines)
