"""From files to figures: targets in absolute figures, the order of the reasons, several measures together."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cireg.measure.behaviour import Standing
from cireg.measuring import behaviour_of, is_stale
from tests import measured_register as made
from tests import small_register
from tests.measured_register import LOWER, STEADY, files, improvement, judged, kpi, measure

OTHER = {"kpis/other.yaml": kpi("other")}


def other(before: list[Any], after: list[Any], **fields: Any) -> dict[str, str]:
    """A second KPI with its readings."""
    return {
        "kpis/other.yaml": kpi("other", **fields),
        "kpis/other.csv": made.csv(("2025-01", before), ("2026-02", after)),
    }


def test_a_register_with_a_clear_drop_is_achieved() -> None:
    """Every figure of the outcome, from the files alone."""
    found = judged(files())
    assert (found.verdict, found.reason, found.at_target) == ("achieved", "signal-and-interval", True)
    assert found.qualifiers == ("trial-limits", "on-average")
    one = found.measures[0]
    assert one.judgement is not None
    assert (one.judgement.n_before, one.n_after, one.target, one.met) == (12, 8, Fraction(30), True)
    assert one.mean_after == Fraction(57, 2)
    assert found.earliest is None


@pytest.mark.parametrize(
    ("target", "better", "expected", "met_until"),
    [
        ({"value": 30}, "lower", 30, 30),
        ({"change": "-25%"}, "lower", 30, 30),
        ({"change": "+25 %"}, "higher", 50, 50),
        ({"change": -10}, "lower", 30, 30),
        ({"value": 30, "tolerance": 2}, "lower", 30, 32),
        ({"value": 30, "tolerance": "10%"}, "lower", 30, 33),
        ({"change": "-25%", "tolerance": "10%"}, "lower", 30, 33),
        ({"value": 60, "tolerance": "10%"}, "higher", 60, 54),
        ({"value": -30, "tolerance": "10%"}, "higher", -30, -33),
    ],
)
def test_targets_are_resolved_once_against_the_mean_before(
    target: dict[str, Any], better: str, expected: int, met_until: int
) -> None:
    """A percentage is of the mean before, an amount is added to it; a tolerance is of the target's magnitude."""
    beyond = met_until - (0.001 if better == "higher" else -0.001)
    for level, met in ((met_until, True), (beyond, False)):
        found = judged(files([40, 39, 41] * 4, [level] * 8, measure(target=target), kpi_fields={"better": better}))
        one = found.measures[0]
        assert one.target == Fraction(expected)
        assert one.met is met


def test_within_a_range_the_distance_outside_it_is_judged() -> None:
    """Means and shift are distances; the target is the range."""
    entry = measure(target={"min": 20, "max": 30, "tolerance": 1})
    found = judged(files([15] * 6 + [36, 35, 37, 36, 35, 37], [24, 25, 31, 30, 26, 28, 27], entry,
                         kpi_fields={"better": "within"}))  # fmt: skip
    one = found.measures[0]
    assert one.target == Standing(Fraction(20), Fraction(30))
    assert one.judgement is not None
    assert (one.judgement.mean_before, one.mean_after, one.met) == (Fraction(66, 12), Fraction(1, 7), True)
    assert found.verdict == "achieved"


@pytest.mark.parametrize(
    ("given", "reason", "earliest"),
    [
        (files([], [], live=None, others=other([40], [])), "no-baseline-series", None),
        (files([41], LOWER, live=None), "not-live", None),
        (files([], LOWER), "no-baseline", None),
        (files([41, None, 40], LOWER), "short-baseline", None),
        (files(STEADY, LOWER[:2]), "not-enough-points", date(2026, 4, 30)),
        (files(STEADY[:4], LOWER[:2]), "not-enough-points", date(2026, 5, 31)),
        (files(STEADY, []), "not-enough-points", date(2026, 4, 30)),
        (files(STEADY, [40, 41, 39, 42]), "no-signal-yet", date(2026, 6, 30)),
        (files(STEADY, STEADY[:8], due="2026-10-20"), "no-signal-yet", date(2026, 10, 21)),
    ],
)
def test_too_early_has_one_reason_and_the_first_day_of_a_verdict(
    given: dict[str, Any], reason: str, earliest: date | None
) -> None:
    """Tested in this order: not live, no baseline, a short one, too few readings; without a day where none can be."""
    found = judged(given)
    assert (found.reason, found.earliest) == (reason, earliest)
    assert found.verdict == (None if reason == "no-baseline-series" else "too-early")


def test_a_day_in_the_future_is_not_live_yet() -> None:
    """The first readings after it are known, and so is the earliest verdict."""
    found = judged(files(STEADY, [], live="2026-11-01"))
    assert (found.verdict, found.reason, found.earliest) == ("too-early", "not-live", date(2027, 1, 31))


def test_the_end_of_the_calendar_is_no_fault_of_ours() -> None:
    """A day that no period follows is not live."""
    found = judged(files(live="9999-12-31"))
    assert (found.verdict, found.reason, found.earliest) == ("too-early", "not-live", None)


def test_a_figure_before_never_shows_a_change() -> None:
    """Where it stands can still be said, a change against the figure too."""
    entry = measure(baseline={"figure": 40, "evidence": "REP-88"}, target={"change": "-25%"})
    found = judged(files([], LOWER, entry))
    assert (found.verdict, found.reason, found.at_target) == (None, "no-baseline-series", True)
    one = found.measures[0]
    assert one.target == Fraction(30)
    assert (one.n_after, one.met) == (8, True)
    assert judged(files([], [31] * 8, entry)).at_target is False
    assert judged(files([], [], entry)).at_target is None


def test_without_measures_nothing_is_measured() -> None:
    """Guards and secondaries alone decide nothing."""
    assert judged({"improvements/CI-0001.yaml": improvement(measures=[])}).reason == "no-measures"
    found = judged(files(STEADY, LOWER, measure(role="secondary")))
    assert (found.verdict, found.reason, found.at_target) == (None, "no-measures", None)
    assert found.measures[0].judgement is not None
    assert found.measures[0].judgement.verdict == "achieved"


def test_a_primary_without_a_target_is_never_more_than_partly() -> None:
    """It has moved, and where it was to go nobody has said."""
    found = judged(files(STEADY, LOWER, measure(target=None)))
    assert (found.verdict, found.at_target) == ("partly", None)


ACHIEVED, MOVED, SAME, WORSE, SHORT = (
    LOWER,
    [34, 33, 35, 34, 34, 33, 35],
    STEADY[:8],
    [50, 51, 52, 50, 51, 52, 50],
    [40],
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (ACHIEVED, ACHIEVED, "achieved"),
        (ACHIEVED, SAME, "partly"),
        (SAME, MOVED, "partly"),
        (SAME, SAME, "not-achieved"),
        (MOVED, MOVED, "partly"),
        (ACHIEVED, SHORT, "too-early"),
        (WORSE, SHORT, "worse"),
        (ACHIEVED, WORSE, "worse"),
        (ACHIEVED, None, "partly"),
        (SAME, None, "not-achieved"),
    ],
)
def test_several_primaries_together(first: list[int], second: list[int] | None, expected: str) -> None:
    """Worse stands over too early, that over the rest; one that can never show a change keeps all from success."""
    two = measure("other") if second else measure("other", baseline={"figure": 40})
    found = judged(files(STEADY, first, measure(), two, others=other(STEADY, second or [])))
    assert found.verdict == expected
    deciding = found.deciding
    assert deciding is not None
    assert deciding.reason == found.reason
    if expected in ("worse", "too-early"):
        assert deciding.judgement is not None
        assert deciding.judgement.verdict == expected


def test_of_several_too_early_the_last_one_is_waited_for() -> None:
    """And where one can never tell, no day is named."""
    two = measure("other")
    later = judged(files(STEADY, LOWER[:2], measure(), two, others=other(STEADY[:4], LOWER[:2])))
    assert later.earliest == date(2026, 5, 31)
    never = judged(files(STEADY, LOWER[:2], measure(), two, others=other([40], LOWER[:2])))
    assert never.earliest is None


def test_secondaries_never_count() -> None:
    """One that got worse changes no verdict."""
    found = judged(files(STEADY, LOWER, measure(), measure("other", "secondary"), others=other(STEADY, WORSE)))
    assert found.verdict == "achieved"
    assert found.measures[1].judgement is not None
    assert found.measures[1].judgement.verdict == "worse"


@pytest.mark.parametrize(
    ("after", "verdict", "words"),
    [
        (STEADY[:8], "held", ()),
        (LOWER, "held", ()),
        (WORSE, "worse", ("guard-signal", "guard-worse")),
        ([60, 61], "too-early", ("guard-signal",)),
        ([40], "too-early", ()),
        ([40, 60, 40, 41, 40, 60, 40, 41], "held", ("guard-signal",)),
    ],
)
def test_a_guard_is_held_or_worse_and_shows_a_signal_at_once(
    after: list[int], verdict: str, words: tuple[str, ...]
) -> None:
    """Its words are the improvement's too, whatever its primaries say."""
    found = judged(files(STEADY, LOWER, measure(), measure("other", "guard"), others=other(STEADY, after)))
    guard = found.measures[-1]
    assert guard.judgement is not None
    assert (guard.role, guard.judgement.verdict) == ("guard", verdict)
    assert tuple(word for word in found.qualifiers if word.startswith("guard")) == words
    assert (guard.target, guard.met) == (None, None)
    assert found.verdict == "achieved"


def test_a_guard_within_a_range_is_held_to_the_standing_target() -> None:
    """It names no range of its own; without one there is nothing to hold it to."""
    out = [60, 61, 62, 60, 61, 62, 60]
    ranged = other([50, 51, 49] * 4, out, better="within", target={"min": 40, "max": 55})
    found = judged(files(STEADY, LOWER, measure(), measure("other", "guard"), others=ranged))
    assert "guard-worse" in found.qualifiers
    free = other([50, 51, 49] * 4, out, better="within")
    assert judged(files(STEADY, LOWER, measure(), measure("other", "guard"), others=free)).measures[1].judgement is None


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (STEADY[:5], LOWER, "provisional"),
        (STEADY, LOWER, "trial-limits"),
        (STEADY, [20, 21, 22] * 2, "reliably"),
        (STEADY, [28, 31, 29, 30, 28, 31, 29, 30], "on-average"),
        (STEADY, [34, 30, 33, 29, 35, 31, 30, 34], "hit-or-miss"),
        (STEADY, MOVED, "not-capable"),
        (STEADY, [20, 21, 20, 21, 20, 21, 20, 30], "slipping"),
        (STEADY, LOWER[:3], "stale"),
        ([28, 29, 27] * 4, [20, 21, 20, 21, 20, 21, 20], "target-already-met"),
        ([36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47], LOWER, "neighbours-alike"),
    ],
)
def test_each_qualifier_has_its_case(before: list[int], after: list[int], word: str) -> None:
    """And a clear success of two full years has none of the warnings."""
    assert word in judged(files(before, after)).qualifiers
    calm = judged(files(STEADY, [20, 21, 22] * 4), date(2027, 2, 2))
    assert calm.qualifiers == ("reliably",)


def test_a_target_met_before_is_said_before_anything_is_decided() -> None:
    """That is when it can still be changed."""
    assert judged(files([28, 29, 27] * 4, [], live=None)).qualifiers == ("target-already-met", "stale")


@pytest.mark.parametrize("name", ["missing", "answer-hours"])
def test_a_kpi_that_is_missing_or_neutral_decides_nothing(name: str) -> None:
    """Neither way is better, or there is nothing at all."""
    found = judged(files(STEADY, LOWER, measure(name), kpi_fields={"better": "neutral"}))
    assert (found.verdict, found.reason) == (None, "no-baseline-series")


def test_a_rebase_never_touches_a_verdict() -> None:
    """Nor do the chart's own rules."""
    plain = judged(files())
    moved = judged(files(kpi_fields={"rebase": [{"from": "2026-02", "why": "A new desk"}],
                                     "chart": {"centre": "median", "rules": "wheeler", "screen": False}}))  # fmt: skip
    assert plain.measures[0].judgement == moved.measures[0].judgement


def test_what_else_went_live_on_the_same_kpi_is_named() -> None:
    """Changed after is not changed because; what was there before the baseline began is not named."""
    more = {
        f"improvements/CI-000{n}.yaml": improvement(id=f"CI-000{n}", live=live)
        for n, live in ((2, "2026-03-01"), (3, "2024-06-01"), (4, "2027-01-01"), (5, "2025-06-01"))
    }
    assert judged(files(others=more)).others == ("CI-0002", "CI-0005")


def test_readings_are_stale_after_as_many_periods_as_the_file_allows() -> None:
    """So many without a reading, the last whole one included."""
    given = files()
    for today, periods, expected in (
        (date(2026, 10, 30), 2, False),
        (date(2026, 11, 30), 2, True),
        (date(2026, 11, 30), 3, False),
    ):
        given["kpis/answer-hours.yaml"] = kpi(stale_after=periods)
        assert is_stale(small_register.register(given, today).kpis["answer-hours"], today) is expected


def test_a_chart_follows_its_kpis_file() -> None:
    """Rules, centre, screening, fixing points, rebases and the standing target are read from it."""
    chart = {"rules": "wheeler", "centre": "median", "screen": False, "baseline": 6}
    fields = {"chart": chart, "rebase": [{"from": "2026-02", "why": "A new desk"}], "target": {"max": 35}}
    register = small_register.register(files(kpi_fields=fields), made.TODAY)
    found = behaviour_of(register.kpis["answer-hours"])
    assert [str(each.first) for each in found.segments] == ["2025-01", "2026-02"]
    first = found.segments[0]
    assert first.limits is not None
    assert (first.n, first.limits.n, first.limits.centre) == (12, 6, Fraction(81, 2))
    assert (found.assurance, found.provisional) == ("consistent-pass", True)


@pytest.mark.parametrize(
    ("after", "word"),
    [([97, 98, 96, 97, 98, 96], "reliably"), ([95, 100, 95, 100, 95, 100], "reliably"),
     ([97, 98, 94.5, 97, 98, 96], "on-average"), ([90, 91, 90, 91, 90, 91], "not-capable")],
)  # fmt: skip
def test_readings_wholly_inside_their_range_are_inside_reliably(after: list[float], word: str) -> None:
    """No distance is better than none, and the borders belong to the range."""
    wanted = measure(target={"min": 95, "max": 100, "tolerance": 0.5})
    found = judged(files([80, 82, 81] * 4, after, wanted, kpi_fields={"better": "within"}))
    assert word in found.qualifiers


def test_readings_that_all_lie_on_a_target_reach_it_on_average() -> None:
    """Equal to a limit is hit or miss, where something better could exist."""
    assert "on-average" in judged(files(STEADY, [30] * 8)).qualifiers


def test_a_target_that_only_its_tolerance_reaches_is_known() -> None:
    """28.5 is within 1 of 28, and within 30 without any."""
    for value, expected in ((28, True), (30, False), (20, False)):
        found = judged(files(STEADY, LOWER, measure(target={"value": value, "tolerance": 1})))
        assert found.measures[0].by_tolerance == expected
