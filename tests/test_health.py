"""The four bottlenecks, and the questions to the process itself, each answered with its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.flow_words import advice, question
from cireg.health import Question, bottlenecks, questions
from cireg.model import Register
from tests.flow_register import READINGS, item, register, worked

SCORES = {"effort": 2, "risk": 1, "urgency": 3, "on": "2026-09-11", "by": "improvement-manager"}


def asked(name: str, found: Register) -> Question:
    return next(each for each in questions(found) if each.name == name)


def test_what_has_no_owner_is_told_with_its_proposals() -> None:
    """Only what is open; a parked one still needs somebody."""
    found = bottlenecks(
        register(
            item("CI-0001", "2026-09-28 proposed", owner=None),
            item("CI-0002", "2026-09-02 proposed", "2026-09-04 assessed", owner=None),
            item("CI-0003", "2026-09-02 proposed", "2026-09-04 on-hold", owner=None),
            item("CI-0004", "2026-09-02 proposed", "2026-09-04 rejected", owner=None),
            item("CI-0005", "2026-09-02 proposed"),
        )
    )

    assert (4, ("CI-0001", "CI-0002", "CI-0003"), ("CI-0001",)) == (found.open, found.unassigned, found.proposals)


def test_overdue_is_what_the_check_calls_overdue() -> None:
    """In its words; the day itself is not late."""
    late, today = {"statement": "Soon.", "due": "2026-10-01"}, {"statement": "Soon.", "due": "2026-10-02"}
    found = bottlenecks(
        register(
            item("CI-0001", "2026-09-02 proposed", "2026-09-04 in-progress", target=late),
            item("CI-0002", "2026-09-02 proposed", "2026-09-04 in-progress", target=today),
        )
    )

    assert [("CI-0001", ("the target was due on 2026-10-01",))] == [(each.id, each.what) for each in found.overdue]


def test_what_awaits_its_review_says_whether_its_readings_can_tell() -> None:
    """The longest waiting first."""
    early, ready = (
        worked(id_, live, "2026-09-01", history=[
            {"on": "2026-01-05", "status": "proposed"}, {"on": "2026-02-01", "status": "in-progress"},
            {"on": day, "status": "review"},
        ]) for id_, live, day in (("CI-0001", "2026-09-01", "2026-09-12"), ("CI-0002", "2026-02-01", "2026-09-02"))
    )  # fmt: skip
    found = bottlenecks(register(READINGS, early, ready))

    assert [("CI-0002", 30, True), ("CI-0001", 20, False)] == [
        (each.id, each.days, each.ready) for each in found.review
    ]


def test_what_comes_is_set_beside_what_goes() -> None:
    """In the last 91 days and the 91 before, and month by month; both tracks, since both are somebody's idea."""
    found = bottlenecks(
        register(
            item("CI-0001", "2026-07-03 proposed", "2026-07-04 closed", track="light"),  # 92 days ago
            item("CI-0002", "2026-07-04 proposed", "2026-10-02 closed"),
            item("CI-0003", "2026-08-04 proposed", "2026-08-05 withdrawn"),
            item("CI-0004", "2026-08-04 proposed"),
        )
    )

    assert (date(2026, 7, 4), 3, 2, 1, 0) == (
        found.tide.first, found.tide.submitted, found.tide.completed, found.tide.dropped, found.tide.left,
    )  # fmt: skip
    assert (date(2026, 7, 3), 1, 0) == (found.before.last, found.before.submitted, found.before.completed)
    assert [("2026-07", 2, 1), ("2026-08", 2, 0), ("2026-09", 0, 0), ("2026-10", 0, 1)] == [
        (str(month), each.submitted, each.completed) for month, each in found.months
    ]


def _valued(*values: int) -> list[dict[str, str]]:
    return [
        item(f"CI-01{n:02}", "2026-09-02 proposed", "2026-09-04 assessed", scores={"value": value, **SCORES})
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "answer", "low"),
    [
        ((1, 2, 5, 5, 5, 5), "no", 2),  # a third is not more than a third
        ((1, 2, 5, 5, 5), "yes", 2),
        ((1, 1, 1, 1), "unknown", 4),  # four are too few
        ((3, 3, 3, 3, 3), "no", 0),
    ],
)
def test_too_many_ideas_of_low_value_are_more_than_a_third(values: tuple[int, ...], answer: str, low: int) -> None:
    """Of the open ones with a score; how many have none is told."""
    found = asked("low-value", register(*_valued(*values), item("CI-0001", "2026-09-28 proposed", scores=None)))

    assert (answer, low, len(values), ("CI-0001",)) == (found.answer, found.part, found.whole, found.beside)


def test_stuck_in_planning_is_more_than_a_quarter_of_what_waits() -> None:
    """Two of eight are not, two of seven are; four are too few to say."""
    old = [item(f"CI-000{n}", "2026-01-02 proposed", "2026-01-02 planned") for n in (1, 2)]
    new = [item(f"CI-001{n}", "2026-09-28 proposed") for n in range(6)]

    assert ("no", 2, 8) == ((found := asked("stuck", register(*old, *new))).answer, found.part, found.whole)
    assert ("yes", ("CI-0001", "CI-0002")) == ((found := asked("stuck", register(*old, *new[1:]))).answer, found.ids)
    assert "unknown" == asked("stuck", register(*old, *new[4:])).answer


def test_wins_are_celebrated_when_half_of_them_were_shared() -> None:
    """By the readings, else by the review; those of the last year, and not what took the light track."""
    shared: dict[str, Any] = {"momentum": {"shared": [{"on": "2026-08-10", "with": "everybody"}]}}
    files = [
        READINGS,
        worked("CI-0001", "2026-02-01", "2026-08-03", **shared),
        worked("CI-0002", "2026-02-01", "2026-08-03"),
        item("CI-0003", "2024-01-05 proposed", "2025-10-02 closed"),
        item("CI-0004", "2026-01-05 proposed", "2026-08-04 closed", track="light"),
    ]  # fmt: skip
    found = asked("wins", register(*files))
    one_more = asked("wins", register(*files, item("CI-0005", "2024-01-05 proposed", "2025-10-03 closed")))

    assert ("yes", 1, 2, ("CI-0001",), ("CI-0002",)) == (found.answer, found.part, found.whole, found.ids, found.beside)
    assert ("no", 1, 3) == (one_more.answer, one_more.part, one_more.whole)
    assert "unknown" == asked("wins", register()).answer


def test_lessons_are_written_when_each_that_fell_short_has_one() -> None:
    """An empty line is none."""
    fell = {"review": {"on": "2026-08-03", "by": "data-analyst", "verdict": "not-achieved"}}
    good = item("CI-0001", "2026-01-05 proposed", "2026-08-03 closed", **fell, momentum={"lessons": "Ask first.\n"})
    bad = item("CI-0002", "2026-01-05 proposed", "2026-08-03 closed", **fell, momentum={"lessons": " \n"})

    assert ("yes", 1, 1) == ((found := asked("lessons", register(good))).answer, found.part, found.whole)
    assert ("no", ("CI-0002",)) == ((found := asked("lessons", register(good, bad))).answer, found.beside)


def test_an_answer_is_said_with_its_figures_and_advice_only_where_it_worries() -> None:
    """Never a bare yes."""
    assert "Yes: 2 of 5 open improvements with a score for value have 1 or 2." == question(
        asked("low-value", register(*_valued(1, 2, 5, 5, 5)))
    )
    assert advice(asked("low-value", register(*_valued(1, 2, 5, 5, 5)))).startswith("Say no early")
    assert "" == advice(asked("low-value", register(*_valued(5, 5, 5, 5, 5))))
    assert "Nothing fell short in the last year." == question(asked("lessons", register()))
    assert "" == advice(asked("lessons", register()))
