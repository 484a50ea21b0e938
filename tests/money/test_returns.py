"""The return on improvement as readings: what closed improvements had come to by the end of each period."""

from __future__ import annotations

from datetime import date
from typing import Any

from cireg.money.returns import roi_by_period
from tests.money.books import came, cost, gain, item, load, plain


def readings(*items: dict[str, Any], cadence: str = "quarter", today: date = date(2026, 11, 23)) -> list[Any]:
    """The period, the return, and how many improvements count and are closed."""
    found = roi_by_period(load(*items, today=today), cadence)
    return [(str(each.period), plain(each.roi), len(each.ids), each.closed) for each in found]


def closed(number: int, on: str, *realised: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An improvement that cost 100 in January 2026 and was closed on a day."""
    made = item(number, costs=[cost(100, 100, **{"from": "2026-01"})], gains=[gain(realised=list(realised))], **more)
    made["history"] = [{"on": "2025-12-01", "status": "proposed", "by": "data-analyst"},
                       {"on": on, "status": "closed", "by": "data-analyst"}]  # fmt: skip
    return made


def test_a_reading_is_what_they_had_come_to_by_the_end_of_the_period() -> None:
    """50 of 100 by the end of March, 120 by the end of June; then two: (120 + 0 - 200) / 200."""
    first = closed(1, "2026-03-31", came("2026-Q1", 50), came("2026-Q2", 70))
    second = closed(2, "2026-07-01", came("2026-Q3", 0))

    assert [("2026-Q1", -0.5, 1, 1), ("2026-Q2", 0.2, 1, 1), ("2026-Q3", -0.4, 2, 2)] == readings(first, second)


def test_a_period_without_a_known_return_is_a_gap() -> None:
    """Neither 0 nor left out."""
    first, second = closed(1, "2026-03-31"), closed(2, "2026-04-30", came("2026-08", 300))

    assert [("2026-Q1", None, 0, 1), ("2026-Q2", None, 0, 2), ("2026-Q3", 2, 1, 2)] == readings(first, second)


def test_only_closed_ones_and_whole_periods_count() -> None:
    """A quarter that runs is not over; one that nobody closed in has no readings before it."""
    assert [] == readings(item(1, "review", costs=[cost(1, 1)], gains=[gain(realised=[came("2026-07", 5)])]))
    assert [] == readings(closed(1, "2026-10-02", came("2026-08", 5)))
    assert [] == readings()
    assert [("2026-10", -0.95, 1, 1)] == readings(closed(1, "2026-10-02", came("2026-08", 5)), cadence="month")


def test_a_loss_and_a_cost_that_nobody_knows() -> None:
    """Closed without a cost is counted among the closed, and in no return."""
    first = closed(1, "2026-07-01", came("2026-08", -50))
    second = closed(2, "2026-07-01", came("2026-08", 5000))
    del second["money"]["costs"]

    assert [("2026-Q3", -1.5, 1, 2)] == readings(first, second)
