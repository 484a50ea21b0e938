"""The pictures of the flow: what stands where, and that words do not cover each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from cireg.flow import forecast
from cireg.flow.forecast import Past
from cireg.flow.spread import spread
from cireg.measure.periods import holding
from cireg.site.views import flow_charts as charts
from cireg.site.views.flow_charts import HEIGHT, LEFT, RIGHT, WIDTH, Bar, Said
from cireg.site.views.plot import Picture
from tests.site.views.showing import templates

TODAY = date(2026, 11, 23)
SAID = Said("A title", "What it shows.")
NAMES = {share: f"{share} %" for share in (50, 70, 85, 95)}


def path(picture: Picture, kind: str) -> str:
    (found,) = [line.path for line in picture.lines if line.kind == kind]
    return found


def points(path_: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path_)]


def told(picture: Picture) -> list[str]:
    """Its title and its description, as the template draws them."""
    return re.findall(r"<(?:title|desc) id=[^>]*>([^<]*)<", str(templates().render("chart.svg.j2", chart=picture)))


def some() -> list[Picture]:
    """One of each."""
    weeks = Past(holding(date(2026, 1, 5), "week"), holding(date(2026, 3, 1), "week"), (0, 1, 2, 0, 1, 0, 1, 0))
    found = forecast.when(weeks, 3, TODAY)
    assert found is not None
    days = charts.drawn_days(date(2026, 3, 2), TODAY)
    counts = [(n, n // 2, n // 3) for n in range(len(days))]
    return [
        charts.cumulative(days, counts, ["Proposed 1", "Assessed 2", "Closed 3"], SAID, str),
        charts.ageing([Bar("CI-0001", 30, 4, "red", "30 days")], spread(range(1, 20)), SAID, NAMES),
        charts.scatter([(TODAY, 7), (date(2026, 5, 4), 20)], spread(range(1, 20)), SAID, NAMES, str),
        charts.chances([("All 3", found)], TODAY, SAID, str),
        charts.tides([("Jan", 3, 1), ("Feb", 0, 0)], SAID, ("Submitted", "Completed")),
    ]


def test_each_picture_has_a_title_and_says_its_finding() -> None:
    """For whoever does not see it; every id is its own, everything stands inside."""
    pictures = some()
    texts = [told(picture) for picture in pictures]

    assert [["A title", "What it shows."]] * 5 == texts
    assert 5 == len({picture.id for picture in pictures})
    for picture in pictures:
        for label in (*picture.labels, *picture.ticks, *picture.periods):
            assert 0 <= float(label.x) <= WIDTH
            assert 0 <= float(label.y) <= picture.height
        for line in picture.lines:
            assert all(0 <= x <= WIDTH and 0 <= y <= picture.height for x, y in points(line.path))


def test_areas_go_from_the_first_day_to_the_last_down_to_the_ground() -> None:
    """At the height of what was at or beyond the status."""
    days = [date(2026, 3, 2), date(2026, 3, 9)]
    picture = charts.cumulative(days, [(0, 0), (10, 5)], ["Open 5", "Closed 5"], SAID, str)
    ground = HEIGHT - charts.BOTTOM

    assert [(LEFT, ground), (WIDTH - RIGHT, charts.TOP)] == points(path(picture, "area-0"))
    assert [(LEFT, ground), (WIDTH - RIGHT, (charts.TOP + ground) / 2)] == points(path(picture, "area-1"))
    assert path(picture, "area-0").endswith(f"V{ground}H{LEFT}z")
    assert ["Open 5", "Closed 5"] == [label.text for label in picture.labels]
    assert float(picture.labels[0].y) < float(picture.labels[1].y), "what came first is on top"


def test_names_beside_thin_areas_stand_apart() -> None:
    """Six statuses with nothing in most of them."""
    picture = charts.cumulative([date(2026, 3, 2), date(2026, 3, 9)], [(1,) * 6, (1,) * 6], list("abcdef"), SAID, str)
    heights = [float(label.y) for label in picture.labels]

    assert all(other - one >= 12.9 for one, other in pairwise(heights))
    assert 0 < min(heights)
    assert max(heights) <= HEIGHT - charts.BOTTOM + 4


@pytest.mark.parametrize(("length", "most"), [(1, 3), (30, 6), (600, charts.POINTS + 2), (20_000, charts.POINTS + 2)])
def test_a_long_history_is_drawn_in_few_points(length: int, most: int) -> None:
    """In whole weeks back from today, to the first day at least."""
    days = charts.drawn_days(TODAY - timedelta(days=length), TODAY)

    assert len(days) <= most
    assert (TODAY, True) == (days[-1], days[0] <= TODAY - timedelta(days=length))
    assert {0} == {(TODAY - day).days % 7 for day in days}


def test_ages_are_bars_with_a_shape_at_their_end() -> None:
    """Told apart by shape as well as colour; days on hold stand in the bar."""
    bars = [
        Bar("CI-0001", 40, 10, "red", "40 days"),
        Bar("CI-0002", 20, 0, "amber", "20 days"),
        Bar("CI-0003", 5, 0, None, "5 days"),
    ]
    picture = charts.ageing(bars, spread(range(1, 21)), SAID, NAMES)

    assert ["age-fresh", "age-amber", "age-red"] == [mark.kind for mark in picture.marks]
    assert 3 == len({re.sub(r"^M[\d.]+ [\d.]+", "", mark.path) for mark in picture.marks})
    lengths = {kind: float(path(picture, kind).split("H")[1]) - (LEFT + 6) for kind in ("bar-red", "bar-amber", "held")}
    assert (2, 4) == (lengths["bar-red"] / lengths["bar-amber"], lengths["bar-red"] / lengths["held"])
    assert ["50 %", "85 %"] == [label.text for label in picture.periods[:2]]
    assert ["CI-0001", "CI-0002", "CI-0003"] == [label.text for label in picture.ticks]


def test_long_ids_have_room() -> None:
    """Five letters and six digits."""
    picture = charts.ageing([Bar("ABCDE-123456", 4, 0, None, "4 days")], spread(range(4)), SAID, {})

    assert 12 * 7 < float(picture.ticks[0].x) < points(path(picture, "bar-fresh"))[0][0]


def test_few_finished_ones_give_no_percentile_line() -> None:
    """Four have none."""
    picture = charts.ageing([Bar("CI-0001", 4, 0, None, "4 days")], spread(range(4)), SAID, {})

    assert [] == [line for line in picture.lines if line.kind == "percentile"]


def test_a_forecast_rises_to_its_end() -> None:
    """The share of runs that are finished by then."""
    picture = some()[3]
    heights = [y for _, y in points(path(picture, "chance-0"))]

    assert heights == sorted(heights, reverse=True)
    assert heights[0] == HEIGHT - charts.BOTTOM
    assert heights[-1] <= charts.TOP + 3


def test_pictures_stay_small() -> None:
    """A page of them weighs less than a photograph of one."""
    days = charts.drawn_days(date(2016, 1, 4), TODAY)
    counts = [tuple((n * 7) // k for k in range(1, 7)) for n in range(len(days))]
    whole = charts.cumulative(days, counts, list("abcdef"), SAID, str)
    dots = charts.scatter(
        [(TODAY - timedelta(days=n), n % 97) for n in range(charts.DOTS)], spread(range(99)), SAID, NAMES, str
    )

    assert len(str(templates().render("chart.svg.j2", chart=whole))) < 12_000
    assert len(str(templates().render("chart.svg.j2", chart=dots))) < 12_000
