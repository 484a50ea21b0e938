"""The page of the flow: sentences, tables and pictures of a register counted by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from cireg.lint import check
from cireg.site.page import Site
from cireg.site.views import flow, flow_charts, health
from cireg.site.views.links import Links
from cireg.site.views.sections import Section, SectionsView
from cireg.site.views.shown import Shown
from tests.flow_register import READINGS, item, register, worked
from tests.site.views.showing import templates

FILES = [
    READINGS,
    worked("CI-0001", "2026-02-01", "2026-08-03"),
    item("CI-0002", "2026-01-05 proposed", "2026-01-12 planned", "2026-01-20 in-progress", "2026-09-01 closed"),
    item("CI-0003", "2026-02-02 proposed", "2026-03-02 in-progress", "2026-04-01 on-hold", "2026-04-11 in-progress"),
    item("CI-0004", "2026-02-02 proposed", "2026-09-01 in-progress", "2026-09-20 review", "2026-09-22 in-progress"),
    item("CI-0005", "2026-02-02 proposed", "2026-02-03 planned"),
    item("CI-0006", "2026-09-02 proposed", "2026-09-03 closed", track="light"),
    item("CI-0007", "2026-09-28 proposed", owner=None),
]


def shown(*files: Mapping[str, str], today: date = date(2026, 10, 2)) -> Shown:
    found = register(*files, today=today)
    return Shown(found, check(found), Site(templates(), draft=False, folder=""))


def view(*files: Mapping[str, str]) -> SectionsView:
    made = shown(*files)
    return flow.view(made, Links(made, "flow/"))


def section(made: SectionsView, name: str) -> Section:
    (found,) = [each for each in made.sections if each.id == name]
    return found


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", str(text))


def rows(found: Section) -> list[list[str]]:
    return [[plain(cell.content) for cell in row] for row in found.tables[0].rows]


def test_the_page_says_first_what_matters_and_from_which_entries() -> None:
    """With its days, and what is counted apart."""
    made = view(*FILES)

    assert "2 improvements are in work; 2 finished so far, too few to say how long one takes." == made.summary
    assert (
        "From the dated history entries of the improvements, 5 January 2026 to 2 October 2026: "
        "6 improvements of the full track. 1 improvement of the light track is counted apart."
    ) == made.basis
    assert [
        "times", "cumulative-flow", "ageing", "stuck", "lead-times", "forecast", "throughput",
    ] == [each.id for each in made.sections]  # fmt: skip
    assert all(each.rule for each in made.sections)


def test_times_that_are_too_few_have_a_dash() -> None:
    """Their number and their mean are told all the same."""
    found = {row[0]: row[1:] for row in rows(section(view(*FILES), "times"))}

    assert ["2", "225.5", "–", "–", "240"] == found["From idea to close (lead time)"]
    assert ["2", "214.5", "–", "–", "225"] == found["From start to close (cycle time)"]
    assert ["6", "42.5", "7", "–", "211"] == found["From idea to first answer"]


def test_the_cumulative_flow_is_said_and_tabled() -> None:
    """The latest month first."""
    found = section(view(*FILES), "cumulative-flow")

    assert "Since 5 January 2026: 2 closed; 2 in work now, 2 waiting for work to begin." == found.sentences[0]
    assert ["2 October 2026", "6", "5", "5", "4", "2", "2"] == rows(found)[0]
    assert ["Proposed 1", "Assessed 0", "Planned 1", "In progress 2", "In review 0", "Closed 2"] == [
        label.text for label in found.pictures[0].labels
    ]


def test_what_is_in_work_stands_with_its_days_on_hold() -> None:
    """The oldest first; two finished ones are too few to set an age beside."""
    found = section(view(*FILES), "ageing")

    assert (
        "2 improvements are in work; the oldest, CI-0003, for 215 days. 2 finished ones are too few to set ages beside."
        == (found.sentences[0])
    )
    assert [["CI-0003", "215", "10"], ["CI-0004", "32", ""]] == [[row[0], row[4], row[5]] for row in rows(found)]


def test_what_was_closed_is_listed_from_the_latest_on() -> None:
    """With lead and cycle time."""
    found = rows(section(view(*FILES), "lead-times"))

    assert [["CI-0002", "240", "225"], ["CI-0001", "211", "204"]] == [[row[0], *row[3:]] for row in found]


def test_what_is_stuck_leads_to_its_page() -> None:
    """With how long, and how long the others took."""
    found = section(view(*FILES), "stuck")

    assert 'href="../improvements/ci-0005/"' in str(found.groups[0].mentions[0].html)
    assert "241 days in this status; 85 % had moved on within 90." == found.groups[0].mentions[0].note
    assert "1 was sent back or taken up again: CI-0004 (1)." == found.sentences[1]


def test_the_forecast_names_its_seed_and_its_chances() -> None:
    """As a table too."""
    found = section(view(*FILES), "forecast")

    assert "in which 2 were finished (seed 20260301). So few say little: take it for a hint." in found.rule
    assert ["All 2 in work", "With the 1 that is planned", "Closed by 1 January 2027"] == [
        row[0] for row in rows(found)
    ]


def test_an_empty_register_has_a_page() -> None:
    """Which says that there is nothing."""
    made = view({})

    assert "Nothing is in work; nothing has been finished yet." == made.summary
    assert "Nothing is in work." == section(made, "ageing").sentences[0]
    assert "There is nothing to foretell, or too little to foretell it from." == section(made, "forecast").sentences[0]


def test_unpublished_improvements_are_in_no_figure() -> None:
    """Neither on the page of the flow nor on that of the health."""
    hidden = item("CI-0009", "2024-02-02 proposed", "2024-03-02 in-progress", owner=None, publish=False)
    for page in (flow.page, health.page):
        assert page(shown(*FILES)).body == page(shown(*FILES, hidden)).body


def test_long_lists_are_cut_and_say_how_many_are_left() -> None:
    """Twenty are named."""
    many = [item(f"CI-{n:04}", "2026-02-02 proposed", "2026-02-03 planned") for n in range(1, 30)]
    found = section(view(*many), "stuck")

    assert (20, "9 more are not named here: cireg flow --format json has all of them.") == (
        len(found.groups[0].mentions),
        found.rest,
    )


def test_the_latest_are_drawn_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """And how many are not is told."""
    monkeypatch.setattr(flow_charts, "DOTS", 1)
    found = section(view(*FILES), "lead-times")

    assert [["CI-0002", "1 Sep 2026"]] == [[row[0], row[2]] for row in rows(found)]
    assert found.rest.startswith("1 more is not named here")
