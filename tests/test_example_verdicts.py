"""The example register shows every verdict, reason, qualifier and icon: whoever reads it meets all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from cireg.files import WorkTree
from cireg.holding import Word, holding
from cireg.lint import check
from cireg.measure.behaviour import Assurance, Behaviour, Kind
from cireg.measure.verdict import Qualifier, Reason, Verdict
from cireg.measuring import Outcome, behaviour_of, outcome
from cireg.model import Register
from cireg.register import load
from scripts.example_readings import SERIES, TODAY

ROOT = Path(__file__).resolve().parent.parent


@cache
def register() -> Register:
    return load(WorkTree(ROOT), lambda _: TODAY)


@cache
def outcomes() -> tuple[Outcome, ...]:
    return tuple(outcome(item, register()) for item in register().improvements.values())


@cache
def charts() -> tuple[Behaviour, ...]:
    return tuple(behaviour_of(kpi) for kpi in register().kpis.values())


def shown_reasons() -> set[str]:
    return {each.reason for each in outcomes()} | {each.reason for found in outcomes() for each in found.measures}


def shown_qualifiers() -> set[str]:
    measured = {word for found in outcomes() for each in found.measures for word in each.qualifiers}
    return measured | {word for found in outcomes() for word in found.qualifiers}


def test_every_verdict_is_there_and_none() -> None:
    """An improvement achieved, partly, not achieved, worse, too early, and one that nothing measures."""
    assert {each.verdict for each in outcomes()} == (set(get_args(Verdict)) - {"held"}) | {None}


def test_guards_are_held_and_worse() -> None:
    """And one for which it is too early."""
    guards = [each for found in outcomes() for each in found.measures if each.role == "guard" and each.judgement]
    assert {each.judgement.verdict for each in guards if each.judgement} == {"held", "worse", "too-early"}


def test_every_reason_is_there() -> None:
    """Of an improvement or of one of its measures."""
    assert shown_reasons() == set(get_args(Reason))


def test_every_qualifier_is_there() -> None:
    """With what a reader must be told beside a verdict."""
    assert shown_qualifiers() == set(get_args(Qualifier))


def test_every_icon_is_there() -> None:
    """Every variation, every assurance, and a KPI without a standing target."""
    assert {each.variation for each in charts()} == set(get_args(Kind))
    assert {each.assurance for each in charts()} == set(get_args(Assurance)) | {None}


def test_every_rule_marks_a_reading() -> None:
    """Outside, trend, two of three, shift."""
    marks = {point.rule for chart in charts() for point in chart.points}
    assert marks == {None, "outside", "trend", "two-of-three", "shift"}


def test_a_success_that_was_looked_at_again_is_slipping() -> None:
    """And others wait for their day."""
    found = [holding(item, register()) for item in register().improvements.values()]
    words = {each.word for each in found if each}
    assert words >= {"slipping", None}
    assert words <= set(get_args(Word)) | {None}


def test_what_is_shown_is_no_fault() -> None:
    """The example passes its own check: warnings alone."""
    assert [] == [each for each in check(register()) if each.severity == "error"]


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.kpi)
def test_each_shift_says_why(series: object) -> None:
    """A reader of the table learns what happened."""
    assert all(shift.why for shift in getattr(series, "shifts", ()))
