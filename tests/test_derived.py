"""KPIs that are computed from the register: what counts, what stands beside it; they are KPIs like any other."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from cireg import derived
from cireg.lint import check
from cireg.measuring import is_stale, outcome
from cireg.model import Kpi
from cireg.site import content
from cireg.site.page import Site
from cireg.site.templates import Templates
from cireg.site.views.shown import Shown
from cireg.versions import rows
from tests import measured_register as made
from tests import small_register
from tests.flow_register import READINGS, TODAY, item, register, worked
from tests.running import call
from tests.small_register import text, write

UNMEASURED = {"on": "2026-08-04", "verdict": "not-measured"}


def live(day: str) -> dict[str, Any]:
    return {"action": {"live": day}}


def kpi(kind: str, cadence: str = "quarter", unit: str = "improvements", name: str = "") -> dict[str, str]:
    """The file of a derived KPI."""
    data = {
        "id": name or kind, "name": kind, "question": "How are we doing?", "category": "other", "unit": unit,
        "better": "higher", "cadence": cadence, "derived": kind, "owner": "data-analyst",
    }  # fmt: skip
    return {f"kpis/{name or kind}.yaml": text(data)}


def figures(found: Kpi) -> list[tuple[str, float | None, int | None]]:
    return [
        (str(each.period), None if each.value is None else float(each.value), each.n)
        for each in found.readings.readings
    ]


def test_implemented_is_closed_and_achieved_by_the_readings() -> None:
    """Claims without readings, the light track and what has no verdict stand beside it; quarters without any are 0."""
    found = register(
        READINGS, kpi("improvements-implemented"),
        worked("CI-0001", made.LIVE, "2026-08-03"),
        item("CI-0002", "2026-01-07 proposed", "2026-08-04 closed"),
        worked("CI-0003", made.LIVE, "2026-08-05", track="light"),
        item("CI-0004", "2026-01-07 proposed", "2026-08-04 closed", track="light"),
        item("CI-0005", "2026-01-07 proposed", "2026-08-04 closed", review=UNMEASURED),
        worked("CI-0006", made.LIVE, "2026-10-01"),
        item("CI-0007", "2026-01-07 proposed"),
        worked("CI-0008", "2026-09-01", "2026-09-20"),
    )  # fmt: skip
    readings = found.kpis["improvements-implemented"]

    assert [("2026-Q1", 0, 0), ("2026-Q2", 0, 0), ("2026-Q3", 1, 4)] == figures(readings)
    assert (
        "4 closed: by the readings 1 achieved (CI-0001); 1 claimed, not measured (CI-0002); "
        "2 without a verdict (CI-0005, CI-0008); beside them 2 on the light track (CI-0003, CI-0004), "
        "1 achieved by the readings"
    ) == readings.readings.readings[-1].note
    assert derived.implemented(found)[None].achieved == ("CI-0001", "CI-0006"), "this quarter counts altogether"


def test_time_to_implement_is_the_mean_of_raised_to_live() -> None:
    """Both days are counted; a quarter in which nothing went live is a gap; the rest stands beside it."""
    found = register(
        kpi("time-to-implement", unit="days"),
        item("CI-0001", "2026-01-05 proposed", "2026-05-04 closed", **live("2026-01-14"), review={"on": "2026-05-04"}),
        item("CI-0002", "2026-01-05 proposed", "2026-02-01 in-progress", "2026-03-01 review", **live("2026-01-19")),
        item("CI-0003", "2026-07-01 proposed", "2026-07-03 closed", track="light", **live("2026-07-02")),
        item("CI-0004", "2026-01-05 proposed", "2026-02-01 in-progress", "2026-02-09 rejected", **live("2026-02-05")),
        item("CI-0005", "2026-01-05 proposed", "2026-02-01 in-progress", **live("2026-12-01")),
        item("CI-0006", "2026-03-05 proposed", "2026-03-09 in-progress", **live("2026-03-01")),
        item("CI-0007", "2026-03-05 proposed", "2026-03-09 in-progress", action=None),
    )  # fmt: skip
    readings = found.kpis["time-to-implement"]

    assert [("2026-Q1", 12.5, 2), ("2026-Q2", None, 0), ("2026-Q3", None, 0)] == figures(readings)
    assert ["2 went live: 10 days (CI-0001), 15 days (CI-0002)", "0 went live; live to verdict: 111 days (CI-0001)",
            "0 went live; beside them 1 on the light track: 2 days (CI-0003)"] == [
        each.note for each in readings.readings.readings
    ]  # fmt: skip


def named(ids: tuple[str, ...]) -> str:
    return " " + " ".join(ids)


def test_many_times_have_a_median_and_an_85th_percentile() -> None:
    """Few are listed, five have a median, eleven the percentile too."""
    assert "1 day CI-1, 3 days CI-2" == derived.days_of({"CI-2": 3, "CI-1": 1}, named)
    five = dict(zip("abcde", range(1, 6), strict=True))
    assert "5 from 1 to 5 days, median 3 a b c d e" == derived.days_of(five, named)
    many = {f"CI-{n:04}": n for n in range(1, 15)}
    assert derived.days_of(many, named).startswith("14 from 1 to 14 days, median 7, 85th percentile 12 CI-0001 CI-0002")


def test_the_return_is_the_ledgers() -> None:
    """A ratio of sums in per cent, a gap where nothing is known."""
    costs = [{"what": "Licences", "kind": "tools", "per": "once", "from": "2026-01", "planned": 100, "actual": 100}]
    gains = [{
        "what": "Less support", "kind": "cash", "per": "once", "from": "2026-02",
        "realised": [{"period": "2026-02", "amount": 150}],
    }]  # fmt: skip
    found = register(
        kpi("roi", unit="%"),
        worked("CI-0001", "2026-01-15", "2026-02-04", money={"costs": costs, "gains": gains}),
        item("CI-0002", "2025-10-07 proposed", "2025-11-04 closed"),
    )
    readings = found.kpis["roi"].readings.readings

    assert [None, Fraction(50), Fraction(50), Fraction(50)] == [each.value for each in readings]
    assert (Fraction(50), Fraction(100), 1) == (readings[1].numerator, readings[1].denominator, readings[1].n)
    assert "1 of 2 closed have a known cost and gain (CI-0001)" == readings[1].note
    assert derived.said(found.kpis["roi"], found)[1] == (
        "By the end of 2026-Q3: gains 150 EUR, costs 100 EUR, of 1 of 2 that were closed."
    )


def test_a_derived_kpi_without_anything_to_count_has_no_readings() -> None:
    """In a register without improvements nothing is 0."""
    found = register(kpi("improvements-implemented"), kpi("time-to-implement", unit="days"), kpi("roi", unit="%"))

    assert [[], [], []] == [figures(each) for each in found.kpis.values()]


def test_an_improvement_of_the_process_is_judged_by_what_is_derived() -> None:
    """A measure may name a derived KPI; what measures itself by the number of successes is none of them."""
    measure = made.measure("done", baseline={"from": "2026-01", "to": "2026-06"}, target={"value": 1})
    closed = {f"CI-00{n}": f"2026-{7 + n % 3:02}-05" for n in range(10, 22)}
    found = register(
        READINGS, kpi("improvements-implemented", "month", name="done"),
        *(worked(id_, made.LIVE, day) for id_, day in closed.items()),
        item("CI-0001", "2026-01-05 proposed", "2026-09-30 closed", measures=[measure], action={"live": "2026-07-01"}),
    )  # fmt: skip
    said = outcome(found.improvements["CI-0001"], found)

    assert [0] * 6 + [4] * 3 == [each.value for each in found.kpis["done"].readings.readings]
    assert ("achieved", 6, 3) == (
        said.verdict,
        *((judged.n_before, judged.n_after) if (judged := said.measures[0].judgement) else ()),
    )
    assert derived.implemented(found)[None].unknown == ("CI-0001",)


def test_readings_that_nobody_delivers_never_stop_coming() -> None:
    """A quarter in which nothing went live is no fault of a feed."""
    found = register(
        kpi("time-to-implement", unit="days"),
        item("CI-0001", "2024-01-05 proposed", "2024-02-04 closed", action={"live": "2024-01-19"}),
    )

    assert not is_stale(found.kpis["time-to-implement"], TODAY)
    assert [] == [each.message for each in check(found) if each.rule == "readings-stale"]
    assert {} == rows(found.kpis["time-to-implement"]), "nobody changes them, whatever a branch does"


def test_the_command_shows_a_derived_kpi_like_any_other(tmp_path: Path) -> None:
    """With its rule and what it counts; in JSON the points and the ids behind them."""
    files = {**READINGS, **kpi("improvements-implemented"), **worked("CI-0001", made.LIVE, "2026-08-03")}
    write(tmp_path, files)
    data = json.loads(
        call(tmp_path, "kpi", "improvements-implemented", "--format", "json", "--today", "2026-10-02").out
    )
    shown = call(tmp_path, "kpi", "improvements-implemented", "--today", "2026-10-02")

    assert [("2026-Q1", 0), ("2026-Q2", 0), ("2026-Q3", 1)] == [
        (each["period"], each["value"]) for each in data["points"]
    ]
    assert ["CI-0001"] == data["derived"]["total"]["achieved"] == data["derived"]["periods"][-1]["achieved"]
    assert "1 closed: by the readings 1 achieved (CI-0001)" in " ".join(shown.out.split())
    assert "Since 5 January 2026: 1 closed: by the readings 1 achieved. " in " ".join(shown.out.split())
    assert max(map(len, shown.out.splitlines())) <= 80
    listed = json.loads(call(tmp_path, "kpi", "--format", "json", "--today", "2026-10-02").out)["items"]
    assert ["answer-hours", "improvements-implemented"] == [each["id"] for each in listed]
    assert "derived" not in listed[0]


def test_the_site_judges_by_what_is_published_alone() -> None:
    """An improvement of the process says on its page nothing of what is hidden; the command judges by everything."""
    measure = made.measure("done", baseline={"from": "2026-01", "to": "2026-06"}, target={"value": 1})
    found = register(
        READINGS, kpi("improvements-implemented", "month", name="done"),
        worked("CI-0010", made.LIVE, "2026-07-05"), worked("CI-0011", made.LIVE, "2026-08-05", publish=False),
        item("CI-0001", "2026-01-05 proposed", "2026-09-30 closed", measures=[measure], **live("2026-07-01")),
    )  # fmt: skip
    shown = Shown(found, [], Site(Templates(), draft=False, folder=""))
    whole, published = (
        outcome(each.improvements["CI-0001"], each).measures[0].mean_after for each in (found, shown.whole)
    )

    assert (Fraction(2, 3), Fraction(1, 3)) == (whole, published)


def test_the_site_counts_what_is_published_alone() -> None:
    """And has no return where money is not shown; the commands count everything."""
    costs = [{"what": "Licences", "kind": "tools", "per": "once", "from": "2026-01", "planned": 100, "actual": 100}]
    gains = [{
        "what": "Less support", "kind": "cash", "per": "once", "from": "2026-02",
        "realised": [{"period": "2026-02", "amount": 150}],
    }]  # fmt: skip
    paid = {"money": {"costs": costs, "gains": gains}}
    files = [
        READINGS, kpi("improvements-implemented"), kpi("roi", unit="%"),
        worked("CI-0001", made.LIVE, "2026-08-03", **paid),
        worked("CI-0002", made.LIVE, "2026-08-04", publish=False, **paid),
    ]  # fmt: skip
    config = {"cireg.yaml": small_register.CONFIG + "publish: {money: false}\n"}
    open_, closed = (
        Shown(register(*files, more), [], Site(Templates(), draft=False, folder="")) for more in ({}, config)
    )

    assert [2, 1, 1] == [
        found.kpis["improvements-implemented"].readings.readings[-1].value
        for found in (open_.whole, open_.register, closed.register)
    ]
    assert ["CI-0001, CI-0002", "CI-0001"] == [
        found.kpis["roi"].readings.readings[-1].note.partition("(")[2].rstrip(")")
        for found in (open_.whole, open_.register)
    ]
    assert [] == closed.register.kpis["roi"].readings.readings


def test_derived_readings_are_published_as_data() -> None:
    """With the note that names what each counts; no return where money is not shown."""
    files = [
        READINGS,
        kpi("improvements-implemented"),
        kpi("roi", unit="%"),
        worked("CI-0001", made.LIVE, "2026-08-03"),
    ]
    config = {"cireg.yaml": small_register.CONFIG + "publish: {money: false}\n"}
    found = {
        asset.url: asset.data.decode()
        for asset in content.assets(register(*files, config), [], Site(Templates(), draft=False, folder=""))
    }

    assert "kpis/roi/readings.csv" not in found
    assert (
        "2026-Q3,1,,,1,1 closed: by the readings 1 achieved (CI-0001)"
        in found["kpis/improvements-implemented/readings.csv"]
    )
