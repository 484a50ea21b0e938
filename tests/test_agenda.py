"""What a meeting has to decide."""

from __future__ import annotations

from typing import Any

from cireg.agenda import Point, agenda
from cireg.lint import check
from tests.small_register import CONFIG, fields, files, register

POLICY = CONFIG + "policy: {approvals: [{status: planned, by: sponsor}]}\n"


def points(*items: dict[str, Any], config: str = CONFIG) -> list[Point]:
    """The agenda of these improvements."""
    found = register({**files(*items), "cireg.yaml": config})
    return agenda(found, check(found))


def said(*items: dict[str, Any], config: str = CONFIG) -> list[tuple[str, str, str]]:
    """Section, id and words of each point."""
    return [(each.section, each.item.id, each.words) for each in points(*items, config=config)]


def test_every_proposal_is_to_be_answered() -> None:
    """The longest waiting first, with what the next status asks for; the register's owner is asked."""
    old = fields(id="CI-0002", history=[{"on": "2026-10-05", "status": "proposed"}])
    found = points(fields(), old)

    assert ["CI-0002", "CI-0001"] == [each.item.id for each in found]
    assert ("improvement-manager",) == found[0].asked
    assert (
        "it has waited since 2026-10-05, 49 days ago; longer than the 14 days that an answer may take; assessed still "
        "asks for source, baseline.summary, scores.value, scores.effort, scores.risk, scores.urgency" == found[0].words
    )


def test_an_approval_is_wanted_of_those_who_can_give_it() -> None:
    """With what else the status asks for; until then nothing is ready."""
    data = fields("planned")
    data |= {"status": "assessed", "history": data["history"][:2]}
    found = points(data, config=POLICY)

    assert [("approvals", "planned needs the approval of sponsor", ("head-of-it",))] == [
        (each.section, each.words, each.asked) for each in found
    ]


def test_what_has_all_that_its_next_status_asks_for_is_ready() -> None:
    """Named with what it depends on; not what is still to go live, and not what lacks something from before."""
    planned = fields("planned", links={"depends_on": ["CI-0002", "CI-0003"]})
    not_live = fields("in-progress", id="CI-0002", action={"live": "2026-12-01"})
    done = fields("closed", id="CI-0003")
    lacking = fields("planned", id="CI-0004", source=None)

    assert [("ready", "CI-0001", "it has all that in-progress asks for; it depends on CI-0002 (in-progress)")] == said(
        planned, not_live, done, lacking
    )


def test_a_review_says_what_the_readings_say() -> None:
    """Whoever reviews is asked, else the owner."""
    measured = fields("review", measures=[{"kpi": "x", "role": "primary"}], review={"by": "data-analyst"})
    measured["target"] |= {"due": "2026-11-20"}
    (found,) = points(measured)

    assert ("reviews", ("data-analyst",)) == (found.section, found.asked)
    assert found.words.startswith("the target's day was 2026-11-20, 3 days ago; by its readings: ")
    assert found.words.endswith("; closed still asks for review.on, review.verdict")


def test_what_is_parked_comes_back_on_its_day() -> None:
    """On the day itself and after it, not before."""
    parked = [fields("on-hold", id=f"CI-000{n}") for n in (1, 2, 3)]
    for data, until in zip(parked, ("2026-11-22", "2026-11-23", "2026-11-24"), strict=True):
        data["history"][-1] |= {"until": until}
    closed = fields("closed", id="CI-0004")
    closed["momentum"] |= {"check_again": "2026-11-23"}

    assert [
        ("parked", "CI-0001", "it was parked until 2026-11-22, 1 day ago"),
        ("parked", "CI-0002", "it was parked until today"),
        ("again", "CI-0004", "whether it still holds is to be looked at today"),
    ] == said(*parked, closed)


def test_what_is_late_is_one_point_for_each_improvement() -> None:
    """Its steps and its target together."""
    late = fields("in-progress", plan={"steps": [{"do": "Begin", "by": "data-analyst", "due": "2026-11-16"}]})
    late["target"] |= {"due": "2026-11-20"}

    assert [
        (
            "overdue",
            "CI-0001",
            "“Begin” was due on 2026-11-16, 7 days ago; the target was due on 2026-11-20, 3 days ago",
        )
    ] == said(late)


def test_a_waiver_keeps_it_from_the_agenda() -> None:
    """As from everywhere else."""
    late = fields("in-progress", waivers=[{"rule": "overdue", "reason": "x", "until": "2026-12-31"}])
    late["target"] |= {"due": "2026-11-20"}

    assert [] == said(late)


def test_the_place_on_the_list_is_told() -> None:
    """Of what may be started next."""
    better = fields("planned", id="CI-0002")
    better["scores"] |= {"value": 5}

    assert [("CI-0001", 2), ("CI-0002", 1)] == [(each.item.id, each.rank) for each in points(fields("planned"), better)]
