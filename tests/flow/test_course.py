"""The register day by day, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cireg import lifecycle
from cireg.flow import course
from cireg.flow.journey import journey
from cireg.flowing import COURSE
from cireg.measure.periods import holding
from tests.flow.test_journey import MOVES, TODAY, way

LINE = len(COURSE.line)


def on(*days: str) -> list[date]:
    return [date.fromisoformat(f"2026-{day}") for day in days]


def test_each_day_counts_what_is_at_or_beyond_each_status() -> None:
    """One goes all the way, one is sent back, one is parked, one ends without a result, one was done at once."""
    journeys = [
        way("03-02 proposed", "03-03 assessed", "03-04 planned", "03-05 in-progress", "03-06 review", "03-09 closed"),
        way("03-02 proposed", "03-04 assessed", "03-06 proposed"),
        way("03-03 proposed", "03-04 assessed", "03-05 on-hold"),
        way("03-03 proposed", "03-06 rejected"),
        way("03-04 proposed", "03-05 closed", light=True),
    ]

    # 3 March: the second to fourth are proposed, the first is assessed. 5 March: first in progress, second and third
    # assessed, fourth proposed, fifth closed. 6 March: first in review, second proposed again, fourth gone.
    assert [(0, 0, 0, 0, 0, 0), (4, 1, 0, 0, 0, 0), (5, 4, 2, 2, 1, 1), (4, 3, 2, 2, 2, 1), (4, 3, 2, 2, 2, 2)] == (
        course.cumulative(journeys, LINE, on("03-01", "03-03", "03-05", "03-06", "03-09"))
    )


def test_work_in_progress_is_counted_at_the_end_of_each_day() -> None:
    """What was started and not finished, on hold too; what ended is gone, and what was begun and ended in a day."""
    journeys = [
        way("03-02 proposed", "03-03 in-progress", "03-06 closed"),
        way("03-02 proposed", "03-04 in-progress", "03-05 on-hold", "03-06 rejected", "03-08 assessed"),
        way("03-02 proposed", "03-05 on-hold"),
        way("03-04 proposed", "03-04 in-progress", "03-04 closed"),
    ]

    assert [0, 1, 2, 2, 0, 0, 1] == course.in_work(journeys, LINE, on(*(f"03-0{n}" for n in range(2, 9))))


def test_months_in_which_nothing_was_finished_count_as_well() -> None:
    """From the first to the last one asked for, and nothing outside."""
    journeys = [
        way("01-02 proposed", "02-28 closed"), way("01-02 proposed", "04-01 closed"),
        way("01-02 proposed", "04-30 closed"), way("01-02 proposed", "05-01 closed"), way("01-02 proposed"),
    ]  # fmt: skip
    first, last = holding(date(2026, 3, 1), "month"), holding(date(2026, 4, 1), "month")

    assert [("2026-03", 0), ("2026-04", 2)] == [
        (str(period), n) for period, n in course.finished_by(journeys, first, last)
    ]


def test_weeks_are_whole_ones() -> None:
    """From the first Monday on to the last Sunday; on a Sunday this week is over."""
    wednesday, sunday = date(2026, 3, 4), date(2026, 3, 22)

    assert ["2026-W11", "2026-W12"] == [str(week) for week in course.whole_weeks(wednesday, sunday, 52) or ()]
    assert ["2026-W11", "2026-W11"] == [
        str(week) for week in course.whole_weeks(wednesday, date(2026, 3, 21), 52) or ()
    ]
    assert ["2026-W12", "2026-W12"] == [str(week) for week in course.whole_weeks(wednesday, sunday, 1) or ()]
    assert course.whole_weeks(wednesday, date(2026, 3, 14), 52) is None


def test_littles_law_holds_where_as_much_is_finished_as_started() -> None:
    """A new one each Monday, each closed on the Sunday after: always one in work, each for seven days."""
    monday = date(2026, 8, 31)
    journeys = []
    for n in range(12):
        start = monday + timedelta(weeks=n)
        moves = [(start, "proposed"), (start, "in-progress"), (start + timedelta(days=6), "closed")]
        journeys.append(journey("CI-0001", moves, COURSE, TODAY, light=False))
    found = course.little([each for each in journeys if each], LINE, course.whole_weeks(monday, TODAY, 52))

    assert found is not None
    assert (Fraction(6, 7), Fraction(1), 12, 12, True) == (
        found.wip, found.expected, found.started, found.finished, found.stable,
    )  # fmt: skip
    assert course.little([], LINE, course.whole_weeks(monday, TODAY, 52)) is None
    assert course.little([], LINE, None) is None


@given(ways=st.lists(MOVES, max_size=6))
def test_no_more_stand_beyond_a_status_than_at_it(ways: list[list[tuple[date, str]]]) -> None:
    """The last day is what each journey says of itself."""
    made = [journey(f"CI-{n:04}", moves, COURSE, TODAY, light=False) for n, moves in enumerate(ways)]
    journeys = [each for each in made if each]
    days = [TODAY - timedelta(days=n) for n in range(365, -1, -30)] + [TODAY]
    counts = course.cumulative(journeys, LINE, days)

    assert all(list(row) == sorted(row, reverse=True) and row[-1] >= 0 for row in counts)
    assert counts[-1] == tuple(
        sum(1 for each in journeys if each.place is not None and each.place >= place) for place in range(LINE)
    )
    assert course.in_work(journeys, LINE, days)[-1] == sum(1 for each in journeys if each.at_work)
    assert LINE == len(lifecycle.line())
