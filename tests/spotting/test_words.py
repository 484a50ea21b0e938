"""What was spotted, in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cireg.spotting.signals import Signal, signals
from cireg.spotting.words import band, effort, kind, line_sentences, percent, signal_sentences, target
from tests import measured_register as made
from tests import small_register
from tests.spotting.test_pareto import STEADY
from tests.spotting.test_signals import CALM, WORSE
from tests.spotting.ticket_tables import csv, tickets


def signal(values: list[Any], **fields: Any) -> Signal:
    files = {"kpis/answer-hours.yaml": made.kpi(**fields), "kpis/answer-hours.csv": made.csv(("2025-01", values))}
    (found,) = signals(small_register.register(files))
    return found


@pytest.mark.parametrize(
    ("values", "fields", "rule"),
    [
        (WORSE, {}, "outside the limits"),
        ([*CALM, *[12] * 7], {}, "7 or more in a row on one side of the mean"),
        ([*CALM, *[12] * 8], {"chart": {"rules": "wheeler"}}, "8 or more in a row on one side of the mean"),
        ([8, 12, 8, 12, 8, 12, 9, 10, 11, 12, 13, 14, 15], {}, "7 readings that move in one direction"),
        ([*[9, 11] * 9, 10, 14.6, 11, 14.6], {}, "several near the same limit"),
    ],
)
def test_a_signal_for_the_worse_is_said_with_its_rule(values: list[Any], fields: dict[str, Any], rule: str) -> None:
    """And the last reading, the mean and the limits."""
    (said,) = signal_sentences(signal(values, **fields))
    assert said.startswith("The last reading, ")
    assert f"is a signal for the worse: {rule} (mean " in said


def test_a_target_out_of_reach_is_said_with_its_limits() -> None:
    """And that a rebase may tell otherwise where the last readings got better."""
    (said,) = signal_sentences(signal(CALM, target={"max": 5}))
    assert said == (
        "As things are, its standing target of at most 5 hours is missed every time: the readings move between 6.37 "
        "and 13.6."
    )
    assert "a rebase would show" in signal_sentences(signal([*CALM, 2], target={"max": 1}))[-1]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [({"max": 300}, "at most 300 hours"), ({"min": 99.5}, "at least 99.5 hours"),
     ({"min": 85, "max": 95}, "between 85 and 95 hours")],
)  # fmt: skip
def test_a_standing_target_in_words(wanted: dict[str, float], words: str) -> None:
    """At least, at most, between."""
    assert words == target(small_register.kpi(target=wanted))


@pytest.mark.parametrize(
    ("share", "words"),
    [(Fraction(1, 3), "33.3 %"), (Fraction(1), "100.0 %"), (Fraction(1, 2000), "0.1 %"), (Fraction(1, 2001), "0.0 %")],
)
def test_a_share_has_one_decimal_halves_up(share: Fraction, words: str) -> None:
    """Always."""
    assert words == percent(share)


def test_tickets_are_said_with_their_share_work_and_trend() -> None:
    """Of one, in the singular; of few, that they are few."""
    text = csv("2025-01", {"Printing": [*STEADY[:11], 60], "rest": [3] * 12}).replace("\n", ",10\n")
    found = tickets(text.replace("Category,10", "Category,Minutes") + "2025-06-06,single,1\n")
    said = [" ".join(line_sentences(line, found)) for line in found.pareto.lines]
    assert said[0].startswith(
        "284 of 321 tickets from 1 January 2025 to 31 December 2025 have category Printing: 88.5 %, number 1 of 3. "
        "They took 2,840 minutes of work. Their number is rising: over the 12 months 2025-01 to 2025-12 mean 23.7, "
    )
    assert said[0].endswith(" a month, and the last month is a signal.")
    assert said[1].endswith(" mean 3, limits 3 to 3 a month. They are few, so that one more or less shows.")
    assert "1 of 321 tickets from 1 January 2025 to 31 December 2025 has category single: 0.3 %" in said[2]
    assert "too few" in said[2]


@pytest.mark.parametrize(
    ("name", "by", "words"),
    [("Printing", "category", "category Printing"), ("", "category", "no category"),
     ("x", "Assigned team", "assigned team x"), ("x", "CI", "CI x"), ("", "CI", "no CI")],
)  # fmt: skip
def test_a_kind_is_said_with_what_it_is_a_kind_of(name: str, by: str, words: str) -> None:
    """An abbreviation keeps its capitals."""
    (line,) = tickets(f"Kind,x\n{name},1\n", "Kind").pareto.lines
    assert words == kind(line, by)


def test_effort_and_limits_that_are_not_known_are_not_said() -> None:
    """And a unit only where there is one."""
    assert ("", "7", "7.5 hours") == (effort(None, "hours"), effort(Decimal(7), None), effort(Decimal("7.5"), "hours"))
    assert "" == band(None)
