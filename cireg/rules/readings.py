"""The CSV files of KPIs: what the reader finds in them, and readings that have stopped coming."""

from __future__ import annotations

from itertools import pairwise

from cireg.findings import Place
from cireg.measure import periods
from cireg.measure.verdict import ENOUGH, LONG
from cireg.measure.xmr import mark
from cireg.measuring import behaviour_of, chart_of
from cireg.model import Kpi, Register
from cireg.rules.declare import Files, Hit, Hits, found_by_reader, rule

_KPI = "kpis/first-answer-hours.yaml"
_CSV = "kpis/first-answer-hours.csv"


def _files(csv: str, kpi: str = "cadence: month\n") -> Files:
    return {_CSV: csv.encode(), _KPI: kpi}


@rule(
    "CI638", scope="kpi", severity="warning",
    mend="bring the readings up to date, or mend what delivers them",
    bad={_KPI: "cadence: month\n", _CSV: b"period,value\n2026-05,7\n2026-06,6\n"},
    good={_KPI: "cadence: month\n", _CSV: b"period,value\n2026-09,7\n2026-10,6\n"},
)  # fmt: skip
def readings_stale(kpi: Kpi, register: Register) -> Hits:
    """Readings keep coming.

    A chart that ended in spring says nothing of autumn. stale_after in the KPI's file says how many periods may
    be missing.
    """
    if kpi.derived:
        return
    known = [reading.period for reading in kpi.readings.readings if reading.value is not None]
    if not known:
        return
    limit = kpi.get("stale_after") or 2
    last, due = max(known), periods.last_complete(register.as_of, kpi.text("cadence"))
    missing = due.number - last.number
    if missing >= limit:
        line = next(reading.line for reading in kpi.readings.readings if reading.period == last)
        yield Hit(Place(kpi.readings.path, line), f"the last reading is of {last}, {missing} periods ago")


_STEADY = "".join(f"2025-{month:02},{20 + month * 5 % 3}\n" for month in range(1, 13))


def _rebased(*after: int) -> Files:
    """A year of steady months, a rebase, and these months after it."""
    rows = "".join(f"2026-{month:02},{value}\n" for month, value in enumerate(after, 1))
    return _files("period,value\n" + _STEADY + rows, "cadence: month\nrebase: [{from: 2026-01, why: New portal}]\n")


@rule(
    "CI639", scope="kpi", severity="warning",
    mend="take the rebase away: the limits of before still fit",
    bad=_rebased(21, 20, 22, 21, 20, 22, 21, 20, 21, 22), good=_rebased(12, 11, 12, 13, 11, 12, 12, 11, 12, 13),
)  # fmt: skip
def rebase_without_signal(kpi: Kpi, register: Register) -> Hits:
    """Limits start anew only where the readings have moved.

    A rebase hides what it follows. Where seven readings and more after it show no signal against the limits of
    before, nothing has moved that new limits could describe.
    """
    starts = {str(entry.get("from")): n for n, entry in kpi.entries("rebase")}
    if not starts:
        return
    found = behaviour_of(kpi)
    for earlier, later in pairwise(found.segments):
        limits, n = earlier.limits, starts.get(str(later.first))
        values = [each.value for each in found.points if later.first <= each.period <= later.last]
        if n is None or limits is None or limits.n < ENOUGH or later.n < LONG:
            continue
        if not any(point.rule for point in mark(values, limits, chart_of(kpi).rules)):
            message = f"{later.n} readings from {later.first} on show no signal against the limits of before"
            yield Hit(kpi.at("rebase", n, "from"), message)


RULES = (
    found_by_reader(
        "CI630", "readings-form", "A readings file is a table of periods and values",
        "A column that nobody knows is read by nobody.",
        mend="name the columns period, value (or numerator and denominator), n, note in the first line",
        bad=_files("month,value\n2026-10,7\n"), good=_files("period,value\n2026-10,7\n"),
    ),
    found_by_reader(
        "CI631", "readings-period", "A reading's period is one of the KPI's cadence",
        "Readings are put in order and compared by their period.",
        mend="write the period as the KPI's cadence asks, as 2026-10 for a month",
        bad=_files("period,value\n2026-W40,7\n"), good=_files("period,value\n2026-10,7\n"),
    ),
    found_by_reader(
        "CI632", "readings-future", "A reading is of a period that is over",
        "Half a month compared with whole ones looks like an improvement.",
        mend="wait until the period is over",
        bad=_files("period,value\n2026-10,7\n2026-11,3\n"), good=_files("period,value\n2026-10,7\n"),
    ),
    found_by_reader(
        "CI633", "readings-number", "A reading is a number",
        "Words and units cannot be counted with.",
        mend="write digits, with a point where there is a fraction; leave the cell empty for a gap",
        bad=_files("period,value\n2026-10,7 h\n"), good=_files("period,value\n2026-09,\n2026-10,7.5\n"),
    ),
    found_by_reader(
        "CI634", "readings-parts", "Value, numerator and denominator agree",
        "Of two figures for the same thing one is wrong.",
        mend="correct the one that is wrong, or leave value out: it is computed from its parts",
        bad=_files("period,value,numerator,denominator\n2026-10,7,20,4\n"),
        good=_files("period,value,numerator,denominator\n2026-10,5,20,4\n"),
    ),
    found_by_reader(
        "CI635", "readings-bounds", "A reading lies inside the KPI's bounds",
        "A percentage over 100 is a slip.",
        mend="correct the reading, or the bounds in the KPI's file",
        bad=_files("period,value\n2026-10,-7\n", "bounds: [0, null]\n"),
        good=_files("period,value\n2026-10,7\n", "bounds: [0, null]\n"),
    ),
    found_by_reader(
        "CI636", "readings-duplicate", "A period has one reading",
        "Of two readings, one reader takes the first and another the last.",
        mend="keep the one that is right",
        bad=_files("period,value\n2026-10,7\n2026-10,6\n"), good=_files("period,value\n2026-09,7\n2026-10,6\n"),
    ),
    found_by_reader(
        "CI637", "readings-order", "Readings run from the oldest to the newest",
        "A reader of the file, and of what a branch changes in it, expects the newest at the end.",
        mend="sort the lines by period",
        bad=_files("period,value\n2026-10,7\n2026-09,6\n"), good=_files("period,value\n2026-09,6\n2026-10,7\n"),
    ),
    readings_stale,
    rebase_without_signal,
)  # fmt: skip
