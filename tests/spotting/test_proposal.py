"""From a line of the list to the answers of a proposal that passes the check."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.create import draft
from cireg.files import MemoryTree
from cireg.register import load
from cireg.rules.examples import TODAY
from cireg.site.markup import render
from cireg.spotting.proposal import answers, plain
from cireg.spotting.spots import spots
from tests import measured_register as made
from tests import small_register
from tests.spotting.test_pareto import STEADY
from tests.spotting.test_signals import CALM, WORSE
from tests.spotting.ticket_tables import csv, tickets


def proposed(number: int, text: str | None = None, by: str | None = None, **fields: Any) -> dict[str, Any]:
    """The answers of a line, after a file has been made of them that nothing is wrong with."""
    files = {
        "cireg.yaml": small_register.CONFIG,
        "kpis/answer-hours.yaml": made.kpi(**fields),
        "kpis/answer-hours.csv": made.csv(("2024-06", [10] * 6), ("2025-01", WORSE)),
    }
    tree = MemoryTree(files)
    register = load(tree, lambda _: TODAY)
    counted = tickets(text, by) if text else None
    found = answers(spots(register, counted).at(number), counted, register)
    made_of_it = draft(tree, register, [], {**found, "by": "data-analyst"}, TODAY)
    assert not [each for each in made_of_it.warnings if each.rule != "pet-project"]
    return found


def test_a_kpi_brings_its_figures_its_goal_and_itself_as_the_measure() -> None:
    """Its latest twelve readings are the baseline; what the configuration does not know is left out."""
    found = proposed(
        1, goal="g-happier-users", services=["workplace", "gone"], practices=["service-desk"],
        source={"system": "service desk", "report": "REP-7"},
    )  # fmt: skip
    assert "Hours to the first answer: back to where it was" == found["title"]
    assert found["opportunity"].startswith(
        "The KPI Hours to the first answer calls for an improvement. The last reading, 40 hours in 2026-01, is a "
    )
    assert ("performance-metrics", "REP-7", ("REP-7",)) == (
        found["source"], found["source_ref"], found["baseline.evidence"],
    )  # fmt: skip
    assert [{"kpi": "answer-hours", "role": "primary", "baseline": {"from": "2025-02", "to": "2026-01"}}] == found[
        "measures"
    ]
    assert ("g-happier-users", ("workplace",), ("service-desk",)) == (
        found["vision.goal"], found["services"], found["practices"],
    )  # fmt: skip
    assert "the last one is 40" in found["baseline.summary"]


def test_a_target_out_of_reach_is_the_title() -> None:
    """With its figure and unit."""
    files = {"kpis/answer-hours.yaml": made.kpi(target={"max": 5}),
             "kpis/answer-hours.csv": made.csv(("2025-01", CALM))}  # fmt: skip
    register = small_register.register(files)
    found = answers(spots(register, None).at(1), None, register)
    assert "Hours to the first answer: meet the target of at most 5 hours" == found["title"]


def test_tickets_bring_their_figures_their_file_and_their_kpi() -> None:
    """The file by its name alone; the source is the service desk's data."""
    found = proposed(2, csv("2025-01", {"answer hours": STEADY, "x": [1]}))
    assert "Answer hours: fewer tickets" == found["title"]
    assert "Seen by `cireg spot` on" in found["opportunity"]
    assert ("service-desk-data", "tickets.csv, by category", ("tickets.csv",)) == (
        found["source"], found["source_ref"], found["baseline.evidence"],
    )  # fmt: skip
    assert found["baseline.summary"].startswith("20.3 tickets a month over the 12 months 2025-01 to 2025-12 (limits ")
    assert "answer-hours" == found["measures"][0]["kpi"]


def test_tickets_of_a_service_name_it() -> None:
    """Where the configuration knows it."""
    found = proposed(2, "Service,x\nWorkplace,1\n", "service")
    assert (("workplace",), "Workplace: fewer tickets") == (found["services"], found["title"])
    assert "Site Leeds: fewer tickets" == proposed(2, "Site,x\nLeeds,1\n", "Site")["title"]
    assert "No category: fewer tickets" == proposed(2, "Category,x\n,1\n")["title"]


HOSTILE = [
    "=cmd|' /C calc'!A0", "\x1b]0;title\x07", "a\u202eb\u2066", "<img src=x onerror=alert(1)>",
    "`c` *b* [l](javascript:1)", "::error::x", "@everyone #1", "![p](https://a.example/x.png)", "x" * 60_000,
    "'; rm -rf /", "- not a list", "# not a heading", "key: value", "\ufeff", "\u2028line", "```",
    "~~gone~~", "<!-- gone -->",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_kind_makes_a_harmless_proposal(name: str) -> None:
    """It passes the check, and the page shows it as the text that it is."""
    cell = '"' + name.replace('"', '""') + '"'
    found = proposed(2, f"Category,x\n{cell},1\n")
    html = str(render(found["opportunity"]))
    assert len(found["title"]) <= 120
    assert not any(tag in html for tag in ("<img", "<a ", "<em", "<strong", "<del", "<s>", "<h1", "<ul", "<pre"))


def test_plain_text_is_one_short_line() -> None:
    """Never nothing."""
    assert ("a b", "-", 80) == (plain(" a\n\x1b b "), plain("\u202e"), len(plain("x" * 100)))
