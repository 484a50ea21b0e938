"""The rules on gains beyond their own examples: every form of period, both severities, programmes of any shape."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.lint import check
from tests.money.books import came, cost, gain, item, load
from tests.small_register import TODAY

RULES = {"gain-period", "gain-twice", "own-gain", "gain-unconfirmed", "money-twice"}
SURE = {"evidence": "REP-1", "confirmed_by": "data-analyst"}


def found(*items: dict[str, Any], today: date = TODAY) -> list[tuple[str, str, str]]:
    """What is found of these rules: the improvement, the rule, how severe it is."""
    hits = check(load(*items, today=today))
    return [(each.place.path[-12:-5], each.rule, each.severity) for each in hits if each.rule in RULES]


def one(*realised: Any, costs: Any = (), **more: Any) -> dict[str, Any]:
    """An improvement to which these came in."""
    return item(1, costs=list(costs), gains=[gain(100, realised=list(realised))], **more)


@pytest.mark.parametrize(
    ("period", "early"),
    [
        ("2026-11-23", False), ("2026-11-24", False), ("2026-11-25", True), ("2026-W47", False), ("2026-W48", True),
        ("2026-10", False), ("2026-11", True), ("2026-Q3", False), ("2026-Q4", True), ("2026-H1", False),
        ("2026-H2", True), ("2026-02-30", True), ("2025-W53", True), (2025, False), (2026, True), ("9998-12", True),
        ("0001", False),
    ],
)  # fmt: skip
def test_a_period_of_any_length_must_be_over(period: Any, early: bool) -> None:
    """By the day, on which it may already be tomorrow where the writer is; and be one of the calendar."""
    assert ([("CI-0001", "gain-period", "error")] if early else []) == found(one(came(period, 1, **SURE)))


@pytest.mark.parametrize(
    ("periods", "times"),
    [
        (["2026-Q1", "2026-Q2"], 0), (["2026-Q2", "2026-Q1"], 0), (["2026-Q2", "2026-06"], 1),
        (["2026-06", "2026-Q2"], 1),
        (["2026-06", "2026-06"], 1), (["2026-06", "2026-06", "2026-06"], 2), ([2025, "2025-02", "2025-Q4"], 2),
        (["2026-W26", "2026-06"], 1), (["2026-W26", "2026-07"], 0), (["2026-W26", "2026-W25"], 0), ([], 0),
    ],
)  # fmt: skip
def test_periods_of_one_gain_do_not_overlap(periods: list[Any], times: int) -> None:
    """Each that does is named once; the order does not matter, and another gain has its own."""
    hits = found(one(*(came(each, 1, **SURE) for each in periods)))
    apart = [gain(100, realised=[came(each, 1, **SURE)], what=f"Fees {n}") for n, each in enumerate(periods)]

    assert [("CI-0001", "gain-twice", "error")] * times == hits
    assert [] == found(item(1, gains=apart))


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({"costs": [cost(9999)]}, "warning"), ({"costs": [cost(10000)]}, "error"), ({"costs": [cost()]}, "warning"),
        ({}, "warning"), ({"track": "light"}, None), ({"owner": None}, None), ({"owner": "data-analyst"}, None),
    ],
)  # fmt: skip
def test_how_severe_the_owners_own_word_is(more: dict[str, Any], severity: str | None) -> None:
    """As for the own result: an error from the cost in policy.independent_review on."""
    own = came("2026-08", 1, evidence="REP-1", confirmed_by="service-desk-lead")

    assert ([("CI-0001", "own-gain", severity)] if severity else []) == found(one(own, **more))


def test_an_owners_own_word_may_be_waived_while_it_is_a_warning() -> None:
    """As every warning."""
    own = came("2026-08", 1, evidence="REP-1", confirmed_by="service-desk-lead")
    waived = [{"rule": "own-gain", "reason": "Nobody else pays."}]

    assert [] == found(one(own, waivers=waived))
    assert [("CI-0001", "own-gain", "error")] == found(one(own, waivers=waived, costs=[cost(20000)]))


@pytest.mark.parametrize("left", [{}, {"evidence": "REP-1"}, {"confirmed_by": "data-analyst"}])
def test_evidence_and_a_confirmation_are_both_asked_for(left: dict[str, str]) -> None:
    """One finding for each entry, whatever it lacks."""
    assert [("CI-0001", "gain-unconfirmed", "warning")] == found(one(came("2026-08", 1, **left)))


def part(number: int, of: int, *, gains: Any = (), costs: Any = ()) -> dict[str, Any]:
    return item(number, gains=gains, costs=costs, links={"part_of": f"CI-{of:04}"})


def test_the_same_entry_in_a_programme_and_its_part_counts_twice() -> None:
    """However deep the part is; a cost as well as a gain; of another kind it is another one."""
    top = item(1, gains=[gain(5, what="Old licences")], costs=[cost(5, what="Work", kind="people")])
    middle = part(2, 1)

    assert [("CI-0003", "money-twice", "warning")] * 2 == found(
        top, middle, part(3, 2, gains=[gain(7, what="old  Licences")], costs=[cost(1, what="Work", kind="people")])
    )
    assert [] == found(top, middle, part(3, 2, gains=[gain(7, "capacity", what="Old licences")]))
    assert [] == found(top, item(2, gains=[gain(5, what="Old licences")]))


def test_a_circle_of_programmes_ends() -> None:
    """It is a fault of its own."""
    same = [gain(5, what="Old licences")]
    hits = found(part(1, 2, gains=same), part(2, 1, gains=same), part(3, 3, gains=same))

    assert {("CI-0001", "money-twice", "warning"), ("CI-0002", "money-twice", "warning")} == set(hits)


def test_no_finding_names_an_amount() -> None:
    """Where money is not published, a draft may show it all the same."""
    top = item(1, gains=[gain(98765, realised=[came("2026-Q4", 98765), came("2026-12", 98765)])], costs=[cost(98765)])
    hits = check(load(top, part(2, 1, gains=[gain(98765)])))

    assert RULES - {"own-gain"} == {each.rule for each in hits if each.rule in RULES}
    assert [] == [each for each in hits if each.rule in RULES and "98765" in each.message + each.help]
