"""The register's page: the table, its filters, and how the list is ranked."""

from __future__ import annotations

import re

from cireg.site.views import register
from cireg.site.views.links import Links
from cireg.site.views.register import RegisterView
from tests.site.views.showing import showing
from tests.small_register import fields


def view(*items: dict[str, object], config: str = "") -> RegisterView:
    """What the page shows of these improvements."""
    shown = showing(*items, config=config, draft=True)
    return register.view(shown, Links(shown, "register/"))


def test_a_line_is_shown_filtered_and_sorted_by_its_own() -> None:
    """Links and words to read; ids to filter by; keys to sort by."""
    line = view(fields("planned", practices=["service-desk"], tags=["a", "b"])).lines[0]
    assert ('<a href="../improvements/ci-0001/">CI-0001</a>', "1", "73.8") == (line.link, line.rank, line.score)
    assert ("1 Mar 2027", "2027-03-01") == (line.due[0].text, line.due[0].iso)
    assert ("service-desk-lead", "service-desk", "a b", "green", "planned") == (
        line.owner_id, line.practice_ids, line.tag_ids, line.light_id, line.status_id,
    )  # fmt: skip
    assert ("1", 2, "0", "73.75") == (line.rank_key, line.status_key, line.light_key, line.score_key)


def test_the_light_track_is_marked_in_words() -> None:
    """Below the title; the full one needs no word."""
    light, full = view(fields(track="light"), fields(id="CI-0002", track="full")).lines
    assert ("Light track", "") == (light.track, full.track)
    page = register.page(showing(fields(track="light"), fields(id="CI-0002")))
    assert 1 == page.body.count('<span class="cireg-register__track">Light track</span>')


def test_what_is_unknown_is_empty() -> None:
    """Nothing stands for it, and it is sorted as nothing."""
    line = view(fields()).lines[0]
    assert ("", "", "", (), "") == (line.rank, line.score, line.owner, line.due, line.light)
    assert ("", "", "") == (line.rank_key, line.light_key, line.score_key)


def test_filters_offer_what_there_is() -> None:
    """By name and in order; an id that the configuration does not know is offered as it is."""
    made = view(
        fields("planned", practices=["service-desk", "no-practice"], tags=["b", "a"]), fields("closed", id="CI-0002")
    )
    offered = {filter_.name: [(each.value, each.label) for each in filter_.choices] for filter_ in made.filters}
    assert [("planned", "Planned"), ("closed", "Closed")] == offered["status"]
    assert [("service-desk", "Service desk"), ("no-practice", "no-practice")] == offered["practice"]
    assert [("a", "a"), ("b", "b")] == offered["tag"]
    assert "service" not in offered


def test_people_are_neither_shown_nor_offered_where_they_are_not_published() -> None:
    """Not as a column, not as a filter."""
    made = view(fields("planned"), config="publish: {people: false}\n")
    assert not made.people
    assert "owner" not in [filter_.name for filter_ in made.filters]
    assert ("", "") == (made.lines[0].owner, made.lines[0].owner_id)


def test_it_says_how_the_list_is_ranked_and_how_firmly_it_stands() -> None:
    """The weights of the grid, or the formula of another model, which is not tried under other weights."""
    made, wsjf = view(fields("assessed")), view(fields("assessed"), config="scoring: {model: wsjf}\n")
    assert "Value 40 %, Effort 25 %, Urgency 20 %, Risk 15 %" in made.model
    assert "The top is stable: when the weights vary a little, 100 % of the first 10 stay among them." == made.stability
    assert "weighted shortest job first" in wsjf.model
    assert "" == wsjf.stability


def test_the_table_is_whole_without_a_script() -> None:
    """Controls are hidden until a script shows them; the script is a file, and nothing else runs."""
    page = register.page(showing(fields("planned"), fields("rejected", id="CI-0002")))
    assert 1 == len(re.findall(r"<form[^>]* hidden>", page.body))
    assert 2 == page.body.count("<tr data-status")
    assert not re.findall(r"<tr[^>]* hidden", page.body)
    assert ['<script src="../assets/cireg/register.js" defer>'] == re.findall(r"<script[^>]*>", page.body)
    assert not re.findall(r"\son[a-z]+=|\sstyle=", page.body)
    assert "<button" not in page.body.partition("<table")[2]
    for name in ("role", "aria-label", "tabindex"):
        assert re.search(rf'<div class="cireg-scroll"[^>]* {name}="', page.body)


def test_each_column_can_be_named_in_an_address() -> None:
    """The script keeps the column that is sorted by in the page's address."""
    body = register.page(showing(fields("planned"))).body
    head = body.partition("<thead>")[2].partition("</thead>")[0]
    assert head.count("<th ") == head.count("data-column=") == head.count("data-order=") == 12
