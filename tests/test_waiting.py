"""What improvements wait for, as facts that pages and the agenda share."""

from __future__ import annotations

from datetime import date

from cireg.lint import check
from cireg.waiting import approvals_wanted, last_movement, reminders
from tests.small_register import CONFIG, fields, files, item, register


def test_a_reminder_names_what_is_late_and_since_when() -> None:
    """A step by its words, the target by its day; each from one finding of check."""
    late = fields("planned", plan={"steps": [{"do": "Begin", "by": "data-analyst", "due": "2026-11-16"}]})
    late["target"] |= {"due": "2026-11-20"}
    found = register(files(late))

    assert {("overdue", "step", date(2026, 11, 16), "Begin"), ("overdue", "overdue", date(2026, 11, 20), "")} == {
        (each.group, each.kind, each.since, each.step) for each in reminders(check(found), found.improvements.values())
    }


def test_of_improvements_that_are_not_asked_for_nothing_is_said() -> None:
    """As of those that are not published."""
    found = register(files(fields(history=[{"on": "2026-01-05", "status": "proposed"}])))

    assert ["answer"] == [each.group for each in reminders(check(found), found.improvements.values())]
    assert [] == list(reminders(check(found), []))


def test_the_last_movement_is_a_move_a_log_entry_or_a_step_that_is_done() -> None:
    """Whichever came last."""
    assert date(2026, 11, 12) == last_movement(item(fields("planned")))
    assert date(2026, 11, 20) == last_movement(item(fields("planned", log=[{"on": "2026-11-20", "note": "x"}])))


def test_an_approval_is_wanted_until_somebody_has_decided_on_what_is_planned_now() -> None:
    """Not of what is parked or on the light track; a no is a decision."""
    policy = {"cireg.yaml": CONFIG + "policy: {approvals: [{status: planned, by: sponsor}]}\n"}
    decided = {"approvals": [{"by": "head-of-it", "decision": "declined", "on": "2026-11-12"}]}
    stale = {"approvals": [{"by": "head-of-it", "decision": "approved", "on": "2026-11-12", "covers": "sha256:0"}]}
    wanted = [
        fields("assessed"),
        fields("assessed", id="CI-0002", plan=decided),
        fields("assessed", id="CI-0003", plan=stale),
        fields("on-hold", id="CI-0004"),
        fields("proposed", id="CI-0005", track="light"),
        fields("planned", id="CI-0006"),
    ]
    found = register({**files(*wanted), **policy})

    assert {"CI-0001": ["missing"], "CI-0003": ["stale"]} == {
        each.id: states
        for each in found.improvements.values()
        if (states := [one.state for one in approvals_wanted(each, found)])
    }
