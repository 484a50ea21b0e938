"""What needs somebody now, in plain words."""

from __future__ import annotations

from typing import Any

from cireg.site.views.attention import attention, others
from cireg.site.views.links import Links
from tests.site.views.showing import showing
from tests.small_register import fields


def raised(on: str, id: str = "CI-0001", **more: Any) -> dict[str, Any]:  # noqa: A002 (the field's name)
    """A proposal of that day."""
    return fields(id=id, history=[{"on": on, "status": "proposed", "by": "head-of-it"}], **more)


def said(*items: dict[str, Any]) -> dict[str, list[str]]:
    """What each group says of its improvements."""
    shown = showing(*items)
    return {
        group.kind.label: [waiting.note for waiting in (*group.first, *group.rest)]
        for group in attention(shown, Links(shown, ""))
    }


def test_what_is_overdue_is_said_with_its_day() -> None:
    """The target and each step of one improvement together, the oldest first."""
    item = fields("planned")
    item["target"] |= {"due": "2026-11-20"}
    item["plan"] = {"steps": [{"do": "Begin", "by": "data-analyst", "due": "2026-11-16"}]}
    assert {
        "Overdue": [
            "“Begin” was due on 16 November 2026, 7 days ago. The target was due on 20 November 2026, 3 days ago."
        ]
    } == said(item)


def test_each_thing_to_do_has_its_group() -> None:
    """Reviews, parked ones that come back, proposals without an answer, and what is to be looked at again."""
    review = fields("review")
    review["target"] |= {"due": "2026-11-22"}
    parked = fields("on-hold", id="CI-0002")
    parked["history"][-1] |= {"until": "2026-11-20"}
    closed = fields("closed", id="CI-0003")
    closed["momentum"] |= {"check_again": "2026-11-18"}
    assert {
        "Waiting for an answer": ["It has waited since 2 October 2026, for 52 days."],
        "Reviews due": ["Its target day was 22 November 2026, 1 day ago."],
        "Parked, and due back": ["It was parked until 20 November 2026, 3 days ago."],
        "To be looked at again": ["Whether it still holds was to be looked at on 18 November 2026, 5 days ago."],
    } == said(review, parked, closed, raised("2026-10-02", "CI-0004"))


def test_what_does_not_move_and_old_scores_are_named() -> None:
    """Since the last move, log entry or step that was done."""
    item = fields("assessed")
    item["scores"] |= {"on": "2026-01-12"}
    item["history"] = [
        {"on": "2026-01-05", "status": "proposed", "by": "head-of-it"},
        {"on": "2026-01-12", "status": "assessed", "by": "improvement-manager"},
    ]
    item["log"] = [{"on": "2026-02-02", "note": "Waiting for the portal.", "by": "head-of-it"}]
    assert {
        "No movement": ["Nothing has happened since 2 February 2026, 294 days ago."],
        "Scores to be renewed": ["The scores are of 12 January 2026, 315 days ago."],
    } == said(item)


def test_the_longest_waiting_comes_first_and_the_rest_is_folded_away() -> None:
    """Eight are seen at once, and all are there."""
    shown = showing(*(raised(f"2026-10-{30 - n:02}", f"CI-00{n:02}") for n in range(1, 12)))
    group = attention(shown, Links(shown, ""))[0]
    assert ("11 improvements", 8, "3 more", 3) == (group.count, len(group.first), group.more, len(group.rest))
    assert "CI-0011" in group.first[0].link
    assert "CI-0001" in group.rest[-1].link


def test_what_is_waived_or_unpublished_does_not_wait() -> None:
    """Only what check says is repeated here."""
    waived = raised("2026-10-02", waivers=[{"rule": "no-answer", "reason": "Agreed.", "until": "2026-12-31"}])
    assert {} == said(waived, raised("2026-10-02", "CI-0002", publish=False))


def test_other_findings_are_counted_by_rule() -> None:
    """With the rule's sentence and its page."""
    shown = showing(fields(owner="nobody"), fields("closed", id="CI-0002", links={"part_of": "CI-0404"}))
    found = {rule.address: rule.count for rule in others(shown, Links(shown, ""))}
    assert "(once)" == found["rules/unknown-person/"]
    assert "rules/overdue/" not in found


def test_an_approval_that_is_all_that_is_wanted_is_waited_for() -> None:
    """Not while something else is missing, and without a name where people are not shown."""
    ready = fields("planned") | {"status": "assessed", "history": fields("planned")["history"][:2]}
    early = fields("assessed", id="CI-0002")
    config = "policy: {approvals: [{status: planned, by: sponsor}]}\n"
    told = []
    for more in ("", "publish: {people: false}\n"):
        shown = showing(ready, early, config=config + more)
        told.append([(each.kind.label, each.first[0].note) for each in attention(shown, Links(shown, ""))])
    where = "; it stands where it is since 11 November 2026, 12 days ago."

    assert [
        [("Waiting for approval", "All that its next status waits for is the approval of sponsor" + where)],
        [("Waiting for approval", "All that its next status waits for is an approval" + where)],
    ] == told
