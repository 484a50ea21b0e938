"""The picture of the readings before and after: what is drawn, what is said of it, and when there is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from cireg.site.page import Site
from cireg.site.views.before_after import BeforeAfter, pictures
from cireg.site.views.chance import chance
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.steps import steps
from cireg.site.views.subject import Subject
from tests import small_register
from tests.measured_register import LOWER, STEADY, csv, files, improvement, kpi, measure
from tests.site.views.showing import DEEP, templates

TODAY = date(2026, 11, 23)
RANGE = {"better": "within", "unit": "%", "bounds": [0, 100]}


def shown_subject(given: dict[str, Any], today: date = TODAY) -> Subject:
    """CI-0001 of these files with all that its page is made with."""
    shown = Shown(small_register.register(given, today), (), Site(templates(), draft=True, folder=""))
    return Subject(shown.register.improvements["CI-0001"], shown, Links(shown, DEEP), shown.standings["CI-0001"])


def drawn(*arguments: Any, **more: Any) -> tuple[BeforeAfter, ...]:
    return pictures(shown_subject(files(*arguments, **more)))


def kinds(found: BeforeAfter) -> list[str]:
    return [line.kind for line in found.pictures[0].lines]


def test_before_after_limits_target_and_going_live_are_drawn() -> None:
    """Each as a line of its own kind, and each named at its height."""
    found = drawn(STEADY, LOWER)[0]
    assert kinds(found) == [
        "window", "grid", "limit", "limit", "target", "centre", "after", "live", "values",
    ]  # fmt: skip
    labels = [label.text for label in found.pictures[0].labels]
    assert sorted(labels) == ["after 28.5", "before 40.6", "limit 35.7", "limit 45.4", "target 30"]
    assert [label.text for label in found.pictures[0].periods[:2]] == ["before", "after"]


def test_limits_of_few_readings_are_drawn_as_trial_limits() -> None:
    """They may still move."""
    assert (
        kinds(drawn(STEADY[:6], LOWER, measure(baseline={"from": "2025-01", "to": "2025-06"}))[0]).count("trial") == 2
    )


@pytest.mark.parametrize(
    ("after", "better", "kind"),
    [(LOWER, "lower", "improvement"), ([55, 56, 54], "lower", "concern"), ([55, 56, 54], "higher", "improvement")],
)
def test_what_has_changed_is_told_by_shape(after: list[int], better: str, kind: str) -> None:
    """Readings that are signals beside the limits of before have another shape, and the key says which."""
    found = drawn(STEADY, after, kpi_fields={"better": better})[0]
    assert [mark.kind for mark in found.pictures[0].marks] == ["common-cause", kind]
    assert found.pictures[0].marks[1].path.count("M") == len(after)
    assert [key.kind for key in found.keys] == ["common-cause", kind]


def test_a_gap_after_going_live_moves_no_mark() -> None:
    """The first reading after is where it is, not where the gap was."""
    whole = drawn(STEADY, [28, 29, 28])[0].pictures[0].marks[1].path
    late = drawn(STEADY, [None, 28, 29, 28])[0].pictures[0].marks[1].path
    assert whole.count("M") == late.count("M") == 3
    assert drawn(STEADY, [None, 28, 29, 28])[0].pictures[0].marks[0].path.count("M") == 12


def test_what_it_shows_is_said_in_words() -> None:
    """For those who cannot see it."""
    assert drawn(STEADY, LOWER)[0].pictures[0].finding == (
        "12 readings before: on average 40.6 hours. Natural process limits before: 35.7 to 45.4. "
        "8 readings after: on average 28.5 hours; signals: 8. Target: 30. Verdict: achieved."
    )


def test_under_a_range_the_range_is_drawn_and_no_limits() -> None:
    """The limits are those of distances from it."""
    found = drawn([80, 82, 81] * 4, [97, 98, 97], measure(target={"min": 95, "max": 100}), kpi_fields=RANGE)[0]
    assert kinds(found).count("target") == 2
    assert "limit" not in kinds(found)
    assert [mark.kind for mark in found.pictures[0].marks] == ["common-cause", "improvement"]
    assert "outside the range" in found.source


def test_limits_end_where_figures_do() -> None:
    """No month has less than no ticket."""
    found = drawn([2, 0, 3, 0] * 3, [0, 0, 0], kpi_fields={"bounds": [0, None]})[0]
    assert "limit 0" in [label.text for label in found.pictures[0].labels]


@pytest.mark.parametrize(
    "given",
    [
        files(STEADY, [], live=None),
        files(STEADY, [], live="2027-01-01"),
        files([], LOWER),
        files(STEADY, LOWER, measure(baseline={"figure": 40})),
        files(STEADY, LOWER, measure(role="guard")),
        {"improvements/CI-0001.yaml": improvement(measures=[])},
    ],
)
def test_without_before_or_after_there_is_no_picture(given: dict[str, Any]) -> None:
    """Nothing could be compared."""
    assert pictures(shown_subject(given)) == ()


def test_a_long_series_shows_its_last_periods() -> None:
    """As many as can be told apart, and before ends at the picture's edge."""
    found = pictures(shown_subject(files(STEADY, [28, 29] * 60), date(2037, 1, 1)))[0]
    assert sum(mark.path.count("M") for mark in found.pictures[0].marks) == 108
    window = next(line.path for line in found.pictures[0].lines if line.kind == "window")
    assert window.startswith("M62 30H62V")
    assert found.source.startswith("readings of February 2027 to January 2036,")


def test_thirty_six_readings_fit_into_six_kibibytes() -> None:
    """With every line, mark and word."""
    given = files(STEADY, [28, 50] * 12)
    picture = pictures(shown_subject(given, date(2028, 2, 1)))[0].pictures[0]
    made = templates().render("chart.svg.j2", chart=picture)
    assert len(re.findall(r"M[0-9.]+ [0-9.]+m", made)) == 36
    assert len(made.encode()) <= 6 * 1024


def test_the_page_says_the_verdict_above_its_picture_and_the_figures_below() -> None:
    """Every figure can be recomputed from the readings."""
    guard = measure("other", "guard")
    others = {"kpis/other.yaml": kpi("other"), "kpis/other.csv": csv(("2025-01", STEADY), ("2026-02", STEADY[:8]))}
    step = steps(shown_subject(files(STEADY, LOWER, measure(), guard, others=others)))[5]
    assert step.said[0].content.startswith("Achieved on average: 40.6 → 28.5 hours")
    assert len(step.pictures) == 1
    rows = [[re.sub("<[^>]+>", "", cell.content) for cell in row] for row in step.tables[0].rows]
    assert rows == [
        ["Hours to the first answer (primary)", "40.6 (12 readings)", "28.5 (8 readings)", "−12 (−13 to −11)", "30",
         "achieved"],
        ["Hours to the first answer (guard)", "40.6 (12 readings)", "40.5 (8 readings)", "0 (−1 to 1)", "", "held"],
    ]  # fmt: skip


def test_what_went_live_too_is_named_unless_it_is_not_published() -> None:
    """Changed after is not changed because."""
    second = improvement(id="CI-0002", live="2026-03-01")
    hidden = improvement(id="CI-0003", live="2026-03-01", publish=False)
    given = files(STEADY, LOWER) | {"improvements/CI-0002.yaml": second, "improvements/CI-0003.yaml": hidden}
    told = [field.content for field in steps(shown_subject(given))[5].fields if field.label.startswith("Changed after")]
    assert len(told) == 1
    assert "CI-0002" in told[0]
    assert "CI-0003" not in told[0]


def test_until_it_goes_live_the_page_says_what_the_readings_could_show() -> None:
    """The chance, the first day on which it is 80 %, and what was assumed."""
    plan = {"steps": [{"do": "Start", "by": "service-desk-lead", "due": "2026-02-20"}]}
    given = files(STEADY, [], live=None, status="planned", plan=plan)
    words = chance(shown_subject(given, date(2026, 1, 15)))
    assert words.startswith("By 30 June 2026 there are 4 readings of answer-hours: the chance")
    assert "It is 80 % from 31 May 2026 on." in words
    assert words.endswith(
        "Assumed: live on 20 February 2026, a true change to the target, readings that scatter as those before. "
        "Simulated in 500 runs, seed 20260301."
    )
    labels = [field.label for field in steps(shown_subject(given, date(2026, 1, 15)))[2].fields]
    assert "Can the readings show it?" in labels


@pytest.mark.parametrize(
    "given",
    [
        files(STEADY, LOWER),
        files(STEADY, LOWER, status="closed"),
        {"improvements/CI-0001.yaml": improvement(measures=[], live=None)},
    ],
)
def test_nothing_is_foretold_of_what_is_live_or_not_measured(given: dict[str, Any]) -> None:
    """And nothing is simulated for it."""
    assert chance(shown_subject(given)) == ""
