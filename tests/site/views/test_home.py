"""The first page."""

from __future__ import annotations

import re

from cireg.site.views import home
from cireg.site.views.home import HomeView
from cireg.site.views.links import Links
from tests.site.views.showing import showing
from tests.small_register import fields


def view(*items: dict[str, object], **options: object) -> HomeView:
    """What the first page shows of these improvements."""
    shown = showing(*items, **options)  # type: ignore[arg-type]  # options of two types
    return home.view(shown, Links(shown, ""))


def test_it_begins_with_how_much_there_is() -> None:
    """Open, in progress and all; unpublished ones are not counted."""
    items = [
        fields("in-progress"),
        fields(id="CI-0002"),
        fields("closed", id="CI-0003"),
        fields(id="CI-0004", publish=False),
    ]
    assert "2 improvements are open, 1 of them in progress; 3 are in the register." == view(*items).summary
    assert "0 improvements are open, 0 of them in progress; 0 are in the register." == view().summary


def test_the_list_shows_its_first_places() -> None:
    """As many as the configuration says, and what is tied with the last of them; what has no score is counted."""
    items = [fields("assessed", id=f"CI-000{n}") for n in (1, 2)] + [fields(id="CI-0003")]
    made = view(*items, config="scoring: {top: 1}\n")
    assert [("1=", "73.8"), ("1=", "73.8")] == [(place.rank, place.score) for place in made.places]
    assert "1 more has no score yet." == made.unscored


def test_the_last_moves_are_told_in_words() -> None:
    """The newest first: from which status to which, or that it was raised or parked."""
    made = view(fields("assessed"), fields("on-hold", id="CI-0002"))
    assert [
        ("16 November 2026", "parked until 1 February 2027"),
        ("11 November 2026", "from Proposed to Assessed"),
        ("10 November 2026", "proposed"),
        ("10 November 2026", "proposed"),
    ] == [(move.day.text, move.what) for move in made.moves]


def test_no_more_than_ten_moves_are_told() -> None:
    """The page is for today."""
    assert 10 == len(view(*(fields("planned", id=f"CI-000{n}") for n in range(1, 6))).moves)


def test_statuses_and_verdicts_are_counted() -> None:
    """Each count leads to what it counts; none is shown for none."""
    partly = fields("closed", id="CI-0002", momentum={"lessons": "Ask.", "decision": "accept"})
    partly["review"] |= {"verdict": "partly"}
    made = view(fields("closed"), partly, fields(id="CI-0003"))
    assert [
        ("Proposed", "1", "50", "register/?status=proposed"),
        ("Closed", "2", "100", "register/?status=closed"),
    ] == [(count.kind.label, count.number, count.width, count.address) for count in made.statuses]
    assert [("Achieved", "archive/#achieved"), ("Partly achieved", "archive/#partly")] == [
        (count.kind.label, count.address) for count in made.verdicts
    ]
    assert "The verdicts of the 2 closed improvements:" == made.verdicts_from


def test_a_draft_shows_what_was_found_in_files_without_a_page() -> None:
    """What was found in an improvement stands on the improvement's own page."""
    made = view(fields(owner="nobody"), draft=True, config="timezone: Moon/Sea\n")
    assert ["unknown-timezone"] == [finding.rule for finding in made.findings]
    assert made.findings[0].place.startswith("cireg.yaml:")


def test_the_page_names_its_headings_and_who_answers() -> None:
    """Each heading is in the body; nobody answers by name where people are not shown."""
    open_page = home.page(showing(fields("assessed")))
    assert ["attention", "top", "moved", "stands"] == re.findall(r'<h2 id="([^"]+)"', open_page.body)
    assert ["attention", "top", "moved", "stands"] == [heading.id for heading in open_page.headings]
    assert "Improvement manager</a> answers for the register as a whole." in open_page.body
    hidden = home.page(showing(fields("assessed"), config="publish: {people: false}\n")).body
    assert "anager" not in hidden
    assert "answers for" not in hidden


def test_an_empty_register_has_a_first_page() -> None:
    """It says that there is nothing to do."""
    page = home.page(showing())
    assert "Nothing is overdue, and nobody waits for an answer." in page.body
    assert ("Test register", "") == (page.title, page.url)
