"""The section on money of an improvement's page, and the words that money has on pages."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.site.views.money import MoneyView, section
from tests.money.books import came, cost, gain, item
from tests.site.views.showing import subject

JULY = {"from": "2026-07"}
SURE = {"evidence": "REP-1", "confirmed_by": "data-analyst"}


def made(*items: dict[str, Any], **options: Any) -> MoneyView:
    """The section of the first of these."""
    found = section(subject(*items, **options))
    assert found is not None
    return found


def part(view: MoneyView, number: int) -> dict[str, str]:
    """A part's figures by their labels."""
    return {field.label: str(field.content) for field in view.parts[number].fields}


def test_a_plan_and_what_came_of_it() -> None:
    """Every figure with what it is computed from."""
    view = made(
        item(
            costs=[cost(3000, 3100, **JULY), cost(100, 100, per="month", what="Rent", **JULY)],
            gains=[
                gain(12000, per="year", realised=[came("2026-Q3", 4500, **SURE)], **JULY),
                gain(1200, "capacity", per="year", what="Hours", **JULY),
            ],
        )
    )

    assert ["Planned, recurring amounts over 36 months", "Come about by 23 November 2026"] == [
        each.title for each in view.parts
    ]
    assert {
        "Cost": "EUR 6,600: EUR 3,000 once and EUR 3,600 over 36 months",
        "Gain that counts": "cash EUR 36,000",
        "Beside the return": "capacity EUR 3,600",
        "Return (ROI)": "+445\u00a0%: (EUR 36,000 − EUR 6,600) ÷ EUR 6,600",
        "Present value at 5\u00a0% a year": "EUR 27,202",
        "Pays back": "in month 4, after 3.3 months",
    } == part(view, 0)
    assert {
        "Cost": "EUR 3,600: EUR 3,100 once and EUR 500 recurring",
        "Gain that counts": "cash EUR 4,500",
        "Return (ROI)": "+25\u00a0%: (EUR 4,500 − EUR 3,600) ÷ EUR 3,600",
        "Against plan": "150\u00a0%: EUR 4,500 came in of EUR 3,000 planned for the same time; 3 of 8 months reported",
        "Confirmed": "EUR 4,500 of EUR 4,500 (1 of 1 entry), by somebody other than the owner",
        "Not known": "Hours",
    } == part(view, 1)
    assert view.rule.endswith("as of 23 November 2026. The kinds of gain that count: cash, avoided cost, revenue.")
    assert "../../benefits/#how" == view.benefits


@pytest.mark.parametrize(
    ("costs", "gains", "label", "expected"),
    [
        # a cost that comes once is not spread over anything
        ([cost(860)], [], "Cost", "EUR 860 once"),
        ([cost(1400, per="year")], [], "Cost", "EUR 4,200 over 36 months"),
        ([cost(12.5)], [], "Cost", "EUR 12.5 once"),
        ([cost(0)], [], "Cost", "EUR 0 once"),
        ([cost()], [], "Cost", "not known"),
        ([], [gain(5)], "Cost", "none stated"),
        ([cost(5)], [], "Gain that counts", "not known"),
        ([cost(5)], [gain(5, "quality")], "Gain that counts", "none"),
        ([cost(5)], [gain(5), gain(6, "avoided"), gain(7)], "Gain that counts",
         "EUR 18: cash EUR 12, avoided cost EUR 6"),
        ([cost(5)], [gain(5), gain(-20)], "Return (ROI)", "−400\u00a0%: (EUR −15 − EUR 5) ÷ EUR 5"),
        ([cost(5)], [], "Return (ROI)", "not known: no gain that counts has a figure"),
        ([cost(), cost(5)], [gain(5)], "Return (ROI)", "not known: a cost has no figure"),
        ([], [gain(5)], "Return (ROI)", "not known: no cost is stated"),
        ([cost(0)], [gain(5)], "Return (ROI)", "none: nothing is spent"),
        ([cost(1000)], [gain(100, per="year", **JULY)], "Pays back",
         "in month 120, after 120 months: beyond the horizon of 36"),
        ([cost(1000)], [gain(100)], "Pays back", "never, as it is planned"),
        ([cost(5), cost(what="Work & more")], [], "Not known", "Work & more"),
    ],
)  # fmt: skip
def test_the_words_of_a_plan(costs: Any, gains: Any, label: str, expected: str) -> None:
    """Whatever is known of it."""
    assert expected == part(made(item(status="planned", costs=costs, gains=gains)), 0)[label]


def test_nothing_that_has_come_about_is_said_of_what_has_not_begun() -> None:
    """Only the plan."""
    assert ["Planned, recurring amounts over 36 months"] == [
        each.title for each in made(item(status="planned", costs=[cost(5)], gains=[gain(5)])).parts
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "nothing has been reported yet: 0 of 4 months reported"),
        (
            {"realised": [came("2026-07", 50)]},
            "50\u00a0%: EUR 50 came in of EUR 100 planned for the same time; 1 of 4 months reported",
        ),
    ],
)  # fmt: skip
def test_how_much_is_reported(more: dict[str, Any], expected: str) -> None:
    """Of the months that are over."""
    view = made(item(costs=[cost(5, 5)], gains=[gain(100, per="month", **JULY, **more)]))

    assert expected == part(view, 1)["Against plan"]
    if not more:
        assert "not known: no gain that counts has been reported" == part(view, 1)["Return (ROI)"]
        assert "none reported" == part(view, 1)["Gain that counts"]


def test_a_programme_shows_its_own_figures_and_those_with_its_parts() -> None:
    """Each entry once."""
    parts = [
        item(n, costs=[cost(100, 100)], gains=[gain(300, realised=[came("2026-07", 150, **SURE)])],
             links={"part_of": "CI-0001"}) for n in (2, 3)
    ]  # fmt: skip
    view = made(item(1, costs=[cost(100)]), *parts)

    assert "With all its parts" == view.parts[-1].title
    assert {
        "Improvements": '<a href="../../improvements/ci-0001/">CI-0001</a>, '
        '<a href="../../improvements/ci-0002/">CI-0002</a>, <a href="../../improvements/ci-0003/">CI-0003</a>',
        "Planned return": "+100\u00a0%: (EUR 600 − EUR 300) ÷ EUR 300; 3 of 3 improvements with a known cost, "
        "100\u00a0% of that cost",
        "Pays back": "in month 1, after 0.5 months",
        "Return to date": "+50\u00a0%: (EUR 300 − EUR 200) ÷ EUR 200; 2 of 2 improvements with a known cost, "
        "100\u00a0% of that cost",
        "Left out, cost not known": '<a href="../../improvements/ci-0001/">CI-0001</a>',
    } == part(view, -1)
    assert view.rule.startswith("Computed from the entries under money in this file and in those of its parts, as of ")
    assert 2 == len(made(*parts).parts)


def test_a_programme_without_money_of_its_own_shows_that_of_its_parts() -> None:
    """And nothing else."""
    view = made(item(1), item(2, costs=[cost(100)], gains=[gain(300)], links={"part_of": "CI-0001"}))

    assert ["With all its parts"] == [each.title for each in view.parts]


def test_a_hidden_part_is_in_no_sum() -> None:
    """As if it were not there."""
    part_ = item(2, costs=[cost(100)], gains=[gain(300)], links={"part_of": "CI-0001"}, publish=False)
    shown = section(subject(item(1, costs=[cost(7)], gains=[gain(70)]), part_))

    assert shown is not None
    assert ["Planned, recurring amounts over 36 months", "Come about by 23 November 2026"] == [
        each.title for each in shown.parts
    ]


def test_there_is_no_section_without_money_or_where_it_is_not_published() -> None:
    """Nor a planned cost among the fields of the plan."""
    assert section(subject(item())) is None
    assert section(subject(item(costs=[cost(5)]), config="publish: {money: false}\n")) is None
