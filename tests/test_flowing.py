"""How a small register flows, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cireg.flowing import flow_of
from cireg.measure.periods import holding
from cireg.report.flow import as_data
from tests.flow_register import READINGS, item, register, worked


def test_the_light_track_is_counted_apart() -> None:
    """Its lead time is known, and is in no figure of the full track; its proposals wait for an answer like others."""
    flow = flow_of(
        register(
            item("CI-0001", "2026-03-02 proposed", "2026-03-06 closed", track="light"),
            item(
                "CI-0002", "2026-03-02 proposed", "2026-03-04 assessed", "2026-03-05 in-progress", "2026-03-11 closed"
            ),
            item("CI-0003", "2026-09-28 proposed", track="light"),
        )
    )

    assert ((10,), (7,)) == (flow.lead_times.values, flow.cycle_times.values)
    assert (["CI-0001", "CI-0003"], ["CI-0002"]) == ([each.id for each in flow.light], [each.id for each in flow.full])
    assert (2, 4) == flow.answers.values
    assert ["CI-0003"] == [each.id for each in flow.unanswered]


def test_days_in_each_status_are_those_of_stays_that_are_over() -> None:
    """A second stay counts again; what lasts takes no part."""
    flow = flow_of(
        register(
            item(
                "CI-0001", "2026-03-02 proposed", "2026-03-04 assessed", "2026-03-05 planned", "2026-03-09 in-progress",
                "2026-03-10 on-hold", "2026-03-20 in-progress", "2026-03-25 review", "2026-03-26 in-progress",
            )
        )
    )  # fmt: skip

    assert {
        "proposed": (2,),
        "assessed": (1,),
        "planned": (4,),
        "in-progress": (1, 5),
        "review": (1,),
        "on-hold": (10,),
    } == {name: found.values for name, found in flow.stays.items()}
    assert [("CI-0001", 1)] == [(each.id, each.back) for each in flow.sent_back]


def _stays(days: list[int]) -> list[dict[str, str]]:
    """Improvements that were planned for so many days before work began."""
    found = []
    for n, count in enumerate(days):
        moved = date(2026, 1, 10) + timedelta(days=count)
        found.append(item(f"CI-01{n:02}", "2026-01-01 proposed", "2026-01-10 planned", f"{moved} in-progress"))
    return found


def test_stuck_is_longer_than_the_85th_percentile_of_ten() -> None:
    """Of 1 to 10 days that is 9; nine days are not stuck, ten are."""
    ten = _stays(list(range(1, 11)))
    flow = flow_of(
        register(
            *ten,
            item("CI-0001", "2026-09-01 proposed", "2026-09-22 planned"),
            item("CI-0002", "2026-09-01 proposed", "2026-09-23 planned"),
            item("CI-0003", "2026-09-01 proposed", "2026-09-02 planned", "2026-09-03 on-hold"),
        )
    )

    assert 9 == flow.stuck_limit("planned")
    assert [("CI-0001", 10, 9)] == [(each.journey.id, each.journey.in_status, each.limit) for each in flow.stuck]


def test_until_ten_have_passed_ninety_days_are_too_long() -> None:
    """Nine say too little."""
    flow = flow_of(
        register(
            *_stays(list(range(1, 10))),
            item("CI-0001", "2026-06-01 proposed", "2026-07-04 planned"),
            item("CI-0002", "2026-06-01 proposed", "2026-07-03 planned"),
        )
    )

    assert 90 == flow.stuck_limit("planned")
    assert [("CI-0002", 91)] == [(each.journey.id, each.journey.in_status) for each in flow.stuck]


def _finished(days: list[int]) -> list[dict[str, str]]:
    """Improvements with these cycle times."""
    found = []
    for n, count in enumerate(days):
        closed = date(2026, 2, 1) + timedelta(days=count - 1)
        found.append(item(f"CI-01{n:02}", "2026-01-01 proposed", "2026-02-01 in-progress", f"{closed} closed"))
    return found


def test_an_age_is_set_beside_finished_cycle_times() -> None:
    """Amber past the median, red past the 85th percentile; no red of ten, nothing of four."""
    ages = {"CI-0001": 6, "CI-0002": 7, "CI-0003": 10, "CI-0004": 11}
    at_work = []
    for id_, age in ages.items():
        start = date(2026, 10, 2) - timedelta(days=age - 1)
        at_work.append(item(id_, "2026-01-01 proposed", f"{start} in-progress"))
    bands = {}
    for count in (4, 10, 11):
        flow = flow_of(register(*at_work, *_finished(list(range(1, count + 1)))))
        bands[count] = {each.id: flow.band(each) for each in flow.in_work}

    assert dict.fromkeys(ages) == bands[4]
    assert {"CI-0001": "amber", "CI-0002": "amber", "CI-0003": "amber", "CI-0004": "amber"} == bands[10]
    assert {"CI-0001": "fresh", "CI-0002": "amber", "CI-0003": "amber", "CI-0004": "red"} == bands[11]


def test_success_counts_verdicts_of_readings_and_tells_what_is_not_known() -> None:
    """A claim is no success; the bounds take what is unknown for nothing and for everything."""
    claimed = item("CI-0002", "2026-01-05 proposed", "2026-08-04 closed")
    early = worked("CI-0003", "2026-09-01", "2026-09-20")
    found = flow_of(register(READINGS, worked("CI-0001", "2026-02-01", "2026-08-03"), claimed, early)).success

    assert (1, 1, 2, 1) == (found.achieved, found.final, found.unknown, found.claimed)
    assert (1.0, (1 / 3, 1.0)) == (found.rate, found.bounds)
    assert found.likely is not None
    assert round(found.likely[0], 6) == 0.206549
    nothing = flow_of(register()).success
    assert (None, None, None) == (nothing.rate, nothing.likely, nothing.bounds)


def test_what_comes_next_is_planned_and_not_begun() -> None:
    """What was sent back from work is in work."""
    flow = flow_of(
        register(
            item("CI-0001", "2026-03-02 proposed", "2026-03-06 planned"),
            item("CI-0002", "2026-03-02 proposed", "2026-03-06 in-progress", "2026-03-09 planned"),
            item("CI-0003", "2026-03-02 proposed", "2026-03-06 planned", "2026-03-09 on-hold"),
        )
    )

    assert (["CI-0001"], ["CI-0002"]) == ([each.id for each in flow.planned], [each.id for each in flow.in_work])


def test_throughput_is_of_the_last_twelve_months() -> None:
    """This one included; months before the first improvement are not 0 but unknown."""
    long = flow_of(register(item("CI-0001", "2024-03-02 proposed", "2026-09-06 closed")))
    short = flow_of(register(item("CI-0001", "2026-08-02 proposed", "2026-09-06 closed")))

    assert (12, 1, 0) == (
        len(long.throughput),
        dict(long.throughput)[holding(date(2026, 9, 1), "month")],
        long.throughput[-1][1],
    )
    assert ["2026-08", "2026-09", "2026-10"] == [str(month) for month, _ in short.throughput]
    assert [] == flow_of(register()).throughput


def test_forecasts_draw_from_whole_weeks_at_most_a_year() -> None:
    """From the first improvement on; an empty register has none."""
    long = flow_of(register(item("CI-0001", "2024-03-02 proposed", "2026-09-06 closed"))).past
    short = flow_of(register(item("CI-0001", "2026-09-08 proposed", "2026-09-20 closed"))).past

    assert long is not None
    assert short is not None
    assert (52, 1, "2026-W39") == (len(long.counts), sum(long.counts), str(long.last))
    assert ("2026-W38", (1, 0), False) == (str(short.first), short.counts, short.enough)
    assert flow_of(register()).past is None
    assert flow_of(register()).when(3) is None


def test_what_has_no_day_yet_is_left_out_and_told() -> None:
    """An earlier day sees what was there then."""
    flow = flow_of(
        register(item("CI-0001", "2026-03-02 proposed"), item("CI-0002", "2026-04-02 proposed"), today=date(2026, 3, 9))
    )

    assert (1, 1, date(2026, 3, 2)) == (len(flow.all), flow.without_history, flow.first)


@settings(max_examples=8)
@given(days=st.lists(st.integers(0, 200), min_size=1, max_size=4))
def test_whatever_takes_the_light_track_changes_no_figure_of_the_full_one(days: list[int]) -> None:
    """Small things that are done at once make nothing look quick."""
    full = [
        item("CI-0001", "2026-01-05 proposed", "2026-02-02 in-progress", "2026-08-03 closed"),
        item("CI-0002", "2026-01-05 proposed", "2026-02-02 planned"),
    ]
    light = [
        item(f"CI-01{n:02}", "2026-01-05 proposed", f"{date(2026, 1, 5) + timedelta(days=count)} closed", track="light")
        for n, count in enumerate(days)
    ]
    alone, beside = (as_data(register(*full, *more)) for more in ([], light))

    for name in (
        "lead_time", "cycle_time", "raised_to_live", "time_in_status", "wip", "stuck", "reentries", "throughput",
        "success", "cumulative_flow", "littles_law", "forecast", "calibration",
    ):  # fmt: skip
        assert alone[name] == beside[name]
    assert len(days) == beside["light"]["lead_time"]["n"]
