"""The way of one improvement: when it was raised, answered, started and finished, and how long it stayed where."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cireg import lifecycle
from cireg.flow.journey import Course, Journey, journey
from cireg.flowing import COURSE

TODAY = date(2026, 11, 23)


def way(*moves: str, today: date = TODAY, light: bool = False) -> Journey:
    """The journey of moves such as "03-02 proposed", all of 2026."""
    parts = [move.split() for move in moves]
    found = journey(
        "CI-0001", [(date.fromisoformat(f"2026-{day}"), status) for day, status in parts], COURSE, today, light=light
    )
    assert found is not None
    return found


def test_a_finished_one_counts_its_first_and_its_last_day() -> None:
    """Raised on Monday and closed on Friday took five days."""
    found = way(
        "03-02 proposed", "03-03 assessed", "03-03 planned", "03-04 in-progress", "03-05 review", "03-06 closed"
    )

    assert (5, 3, None) == (found.lead_time, found.cycle_time, found.age)
    assert [1, 0, 1, 1, 1, None] == [stay.days for stay in found.stays]
    assert (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 6)) == (
        found.raised, found.answered, found.started, found.finished,
    )  # fmt: skip


def test_what_is_in_work_has_an_age_with_its_days_on_hold_apart() -> None:
    """The age goes on while it is parked; how long that was is told beside it."""
    found = way(
        "10-01 proposed",
        "10-02 assessed",
        "10-03 planned",
        "11-01 in-progress",
        "11-10 on-hold",
        "11-15 on-hold",
        "11-20 in-progress",
    )

    assert (23, 10, 10, True) == (found.age, found.held, found.held_at_work, found.at_work)
    assert 6 == len(found.stays), "parked again is parked on"


def test_days_on_hold_before_work_belong_to_no_age() -> None:
    """They are told of the whole way, not of the work."""
    found = way(
        "10-01 proposed", "10-02 on-hold", "10-12 proposed", "10-13 assessed", "10-14 planned", "11-01 in-progress"
    )

    assert (10, 0, date(2026, 10, 2)) == (found.held, found.held_at_work, found.answered)


def test_what_was_parked_keeps_its_place() -> None:
    """It stands where it was parked, and is in work when it had been."""
    before, after = way("10-01 proposed", "10-02 on-hold"), way("10-01 proposed", "10-05 in-progress", "10-09 on-hold")

    assert (0, False, True) == (before.place, before.at_work, before.open)
    assert (3, True, True) == (after.place, after.at_work, after.open)


def test_going_back_is_counted_and_the_first_start_stands() -> None:
    """From the first start to the last end, as often as it was sent back."""
    found = way(
        "03-01 proposed", "03-02 in-progress", "03-10 review", "03-11 in-progress", "03-20 review", "03-31 closed"
    )

    assert (1, 30, 31) == (found.back, found.cycle_time, found.lead_time)


def test_being_parked_and_coming_back_is_no_step_back() -> None:
    """It took up where it was."""
    assert 0 == way("03-01 proposed", "03-02 assessed", "03-03 on-hold", "03-09 assessed").back


def test_what_ended_without_a_result_has_no_times_and_may_come_back() -> None:
    """It is neither finished nor in work; taken up again counts as once more."""
    gone = way("03-01 proposed", "03-02 in-progress", "03-05 rejected")
    back = way("03-01 proposed", "03-05 rejected", "03-09 assessed")

    assert (None, None, None, False, date(2026, 3, 5)) == (
        gone.lead_time,
        gone.cycle_time,
        gone.age,
        gone.open,
        gone.ended,
    )
    assert (1, True, None) == (back.back, back.open, back.ended)


def test_a_proposal_taken_back_was_not_answered() -> None:
    """Its proposer gave up; a rejection is an answer."""
    assert (None, True) == ((found := way("03-01 proposed", "03-05 withdrawn")).answered, found.retracted)
    assert (date(2026, 3, 5), False) == ((found := way("03-01 proposed", "03-05 rejected")).answered, found.retracted)
    assert (None, False) == ((found := way("03-01 proposed")).answered, found.retracted)


def test_a_light_one_has_a_lead_time_and_no_cycle_time() -> None:
    """From proposed to closed at once: when work began is not known."""
    assert (36, None, None) == (
        (found := way("03-16 proposed", "04-20 closed", light=True)).lead_time,
        found.cycle_time,
        found.started,
    )


def test_what_comes_later_has_not_happened() -> None:
    """On an earlier day the register looked as it did then."""
    moves = ("03-01 proposed", "03-05 in-progress", "03-09 review")

    assert ("in-progress", 3) == ((found := way(*moves, today=date(2026, 3, 7))).status, found.age)
    assert ("in-progress", 1) == ((found := way(*moves, today=date(2026, 3, 5))).status, found.age), "today has"
    assert None is journey("CI-0001", [(date(2026, 3, 1), "proposed")], COURSE, date(2026, 2, 28), light=False)


def test_the_course_is_the_one_that_the_schema_states() -> None:
    """Its names are statuses, and its line is the line."""
    assert lifecycle.line() == COURSE.line
    assert {COURSE.start, COURSE.parked, COURSE.retracted} <= lifecycle.statuses().keys()
    assert ("proposed", "assessed", "planned") == COURSE.waiting


MOVES = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(sorted(lifecycle.statuses()))),
    max_size=12,
)


@given(moves=MOVES, later=st.integers(0, 400))
def test_whatever_was_written_the_times_hold_together(moves: list[tuple[date, str]], later: int) -> None:
    """Stays follow each other without a gap; work is part of the way; nothing is negative."""
    found = journey("CI-0001", moves, COURSE, TODAY, light=False)
    if found is None:
        return

    assert all(one.last == other.first for one, other in zip(found.stays, found.stays[1:], strict=False))
    assert (TODAY - found.raised).days == sum(stay.days or 0 for stay in found.stays) + found.in_status
    assert 0 <= found.held_at_work <= found.held
    assert found.cycle_time is None or 1 <= found.cycle_time <= (found.lead_time or 0)
    assert found.age is None or found.finished is None
    assert found == journey("CI-0001", moves, COURSE, TODAY, light=False)
    moved = [(on + timedelta(days=later), status) for on, status in moves]
    same = journey("CI-0001", moved, COURSE, TODAY + timedelta(days=later), light=False)
    assert same is not None
    assert (found.lead_time, found.age, found.back, found.held) == (same.lead_time, same.age, same.back, same.held)


def test_a_course_knows_what_waits() -> None:
    """Everything before the start."""
    assert ("a", "b") == Course(("a", "b", "c", "d"), "c", "p", "r").waiting
