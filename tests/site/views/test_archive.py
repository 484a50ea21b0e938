"""The archive: what has ended, and what was learnt."""

from __future__ import annotations

from typing import Any

from cireg.site.views import archive
from cireg.site.views.archive import ArchiveView
from cireg.site.views.links import Links
from tests.site.views.showing import showing
from tests.small_register import fields


def view(*items: dict[str, Any]) -> ArchiveView:
    """What the page shows of these improvements."""
    shown = showing(*items, draft=True)
    return archive.view(shown, Links(shown, "archive/"))


def closed(id_: str, verdict: str | None, **momentum: Any) -> dict[str, Any]:
    """A closed improvement with that verdict."""
    item = fields("closed", id=id_, momentum=momentum)
    if verdict:
        item["review"] |= {"verdict": verdict}
    else:
        del item["review"]["verdict"]
    return item


def test_what_ended_is_grouped_by_how_it_ended() -> None:
    """By the verdict; then what was rejected, said twice or withdrawn; open ones are not there."""
    made = view(
        closed("CI-0001", "achieved"),
        closed("CI-0002", "worse"),
        closed("CI-0003", None),
        fields("rejected", id="CI-0004"),
        fields("rejected", id="CI-0005", links={"duplicate_of": "CI-0001"}),
        fields("withdrawn", id="CI-0006"),
        fields("planned", id="CI-0007"),
        closed("CI-0008", "achieved") | {"publish": False},
    )
    assert ["achieved", "worse", "none", "rejected", "duplicate", "withdrawn"] == [group.id for group in made.groups]
    assert "6 improvements have ended. What did not work teaches as much as what did." == made.intro


def test_failures_have_as_much_room_as_successes() -> None:
    """The target, the lesson, and what followed; a missing lesson is named as missing."""
    made = view(
        closed("CI-0001", "not-achieved", lessons="Ask *first*.", decision="continue"),
        fields(id="CI-0002", links={"follows": "CI-0001"}),
        closed("CI-0003", "achieved"),
    )
    won, lost = (group.ended[0] for group in made.groups)
    assert ("What was learnt", "<p>Ask <em>first</em>.</p>\n") == (lost.label, lost.text)
    assert [("Followed by", '<a href="../improvements/ci-0002/">CI-0002</a>')] == [
        (field.label, field.content) for field in lost.led_to
    ]
    assert ("No lesson is written down.", "", "<p>One day by March.</p>\n") == (won.label, won.text, won.target)


def test_an_answer_with_a_no_gives_its_reason() -> None:
    """The note of the last entry, with the day."""
    ended = view(fields("rejected")).groups[0].ended[0]
    assert ("The reason given", "<p>Not now.</p>\n", "16 November 2026") == (ended.label, ended.text, ended.day)


def test_a_duplicate_leads_to_the_one_that_goes_on() -> None:
    """Unless that one is not published."""
    twin = fields("rejected", links={"duplicate_of": "CI-0002"})
    open_, secret = view(twin, fields(id="CI-0002")), view(twin, fields(id="CI-0002", publish=False))
    assert "Says the same as" == open_.groups[0].ended[0].led_to[0].label
    assert () == secret.groups[0].ended[0].led_to


def test_the_latest_comes_first() -> None:
    """Within each group."""
    late = closed("CI-0002", "achieved")
    late["history"][-1] |= {"on": "2026-11-20"}
    found = view(closed("CI-0001", "achieved"), late).groups[0].ended
    assert ["20 November 2026", "15 November 2026"] == [ended.day for ended in found]


def test_the_page_names_its_groups() -> None:
    """Each is a heading that others lead to; an empty archive says that it is empty."""
    page = archive.page(showing(closed("CI-0001", "achieved", standardised=["KB0000012"])))
    assert [("achieved", "Achieved")] == [(heading.id, heading.text) for heading in page.headings]
    assert '<h2 id="achieved">Achieved</h2>' in page.body
    assert "No improvement has ended yet." in archive.page(showing()).body
