"""A success that is looked at again: does it still hold?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.holding import Holding, holding, sentence
from tests import small_register
from tests.measured_register import LOWER, STEADY, csv, files, kpi, measure

REVIEW = {"on": "2026-06-30", "by": "data-analyst", "verdict": "achieved"}
FIRST = LOWER[:5]  # February to June
TODAY = date(2026, 10, 2)


def held(after: list[Any], *measures: dict[str, Any], today: date = TODAY, **more: Any) -> Holding | None:
    """CI-0001 with these readings from February 2026 on, reviewed at the end of June, looked at again in October."""
    given = files(STEADY, after, *measures, **{"review": REVIEW, "momentum": {"check_again": "2026-10-01"}, **more})
    register = small_register.register(given, today)
    return holding(register.improvements["CI-0001"], register)


@pytest.mark.parametrize(
    ("since", "word"),
    [
        ([28, 29, 28], "holding"),
        ([28, 45, 28], "holding"),  # one outlier is no signal
        ([38, 39, 40], "slipping"),
        ([20, 19, 18], "holding"),  # better still
        ([45, 28, 45], "slipping"),  # two outside
        ([28, 29], "too-early"),
        ([], "too-early"),
    ],
)
def test_readings_since_the_review_say_whether_it_holds(since: list[int], word: str) -> None:
    """Against limits frozen on those from going live to the review."""
    found = held([*FIRST, *since])
    assert found is not None
    assert found.word == word
    assert [each.readings for each in found.measures] == [len(since)]


def test_before_its_day_nothing_is_said_of_it() -> None:
    """The day alone."""
    found = held([*FIRST, 38, 39, 40], today=date(2026, 9, 30))
    assert found == Holding(date(2026, 10, 1), None, ())
    assert sentence(found) == "To be looked at again on 1 October 2026."
    on_the_day = held([*FIRST, 38, 39, 40], today=date(2026, 10, 1))
    assert on_the_day is not None
    assert on_the_day.word == "slipping"


@pytest.mark.parametrize(
    "more",
    [
        {"momentum": {}},
        {"review": {"by": "data-analyst", "verdict": "achieved"}},
        {"review": {**REVIEW, "verdict": "not-achieved"}},
        {"review": {**REVIEW, "verdict": "not-measured"}},
        {"live": None},
    ],
)
def test_without_a_day_a_success_or_readings_there_is_nothing_to_look_at(more: dict[str, Any]) -> None:
    """Nothing was claimed that could be lost."""
    assert held([*FIRST, 38, 39, 40], **more) is None


def test_a_figure_as_baseline_can_never_tell() -> None:
    """There is no verdict either."""
    assert held([*FIRST, 38, 39, 40], measure(baseline={"figure": 40})) is None


def test_the_period_of_the_review_counts_as_new_until_it_is_over() -> None:
    """Its reading did not exist on the day of the review."""
    found = held([*FIRST[:4], 38, 39, 40], review={**REVIEW, "on": "2026-06-15"})
    assert found is not None
    assert (found.word, found.measures[0].readings) == ("slipping", 3)


def test_too_few_readings_until_the_review_cannot_be_compared_with() -> None:
    """Two readings have no limits worth the name."""
    found = held([28, 29, 38, 39, 40], review={**REVIEW, "on": "2026-03-31"})
    assert found is not None
    assert found.word == "too-early"


def test_of_several_measures_one_that_slips_is_enough() -> None:
    """And it is the one that is named."""
    others = {
        "kpis/other.yaml": kpi("other"),
        "kpis/other.csv": csv(("2025-01", STEADY), ("2026-02", [*FIRST, 38, 39, 40])),
    }
    found = held([*FIRST, 28, 29, 28], measure(), measure("other"), others=others)
    assert found is not None
    assert [each.word for each in found.measures] == ["holding", "slipping"]
    assert sentence(found) == (
        "Looked at again, it is slipping: since the review a signal for the worse in 3 readings of other "
        "(mean 39 hours)."
    )


def test_more_is_better_where_it_is() -> None:
    """The worse side follows the KPI."""
    found = held([*FIRST, 20, 19, 18], kpi_fields={"better": "higher"})
    assert found is not None
    assert found.word == "slipping"


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ([28, 29, 28],
         ("Looked at again, it is holding: since the review no signal for the worse in 3 readings of answer-hours "
          "(mean 28.3 hours).")),
        ([28],
         ("Looked at again, it is too early to say whether it holds: 1 reading of answer-hours (mean 28 hours); "
          "3 are needed.")),
        ([], "Looked at again, it is too early to say whether it holds: 0 readings of answer-hours; 3 are needed."),
    ],
)  # fmt: skip
def test_it_is_said_in_a_sentence(since: list[int], expected: str) -> None:
    """With the readings that it rests on."""
    found = held([*FIRST, *since])
    assert found is not None
    assert sentence(found) == expected
