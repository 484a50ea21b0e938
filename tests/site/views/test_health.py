"""The page of the health: bottlenecks, questions and plans, each with its figures and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from cireg.site.views import health
from cireg.site.views.links import Links
from cireg.site.views.sections import SectionsView
from tests.flow_register import item
from tests.site.views.test_flow import FILES, plain, rows, section, shown

LATE = {"statement": "Soon.", "due": "2026-09-01"}


def view(*files: Mapping[str, str]) -> SectionsView:
    made = shown(*files)
    return health.view(made, Links(made, "health/"))


def test_the_page_counts_what_calls_for_somebody() -> None:
    """In one sentence."""
    made = view(*FILES, item("CI-0008", "2026-08-02 proposed", "2026-08-03 review", target=LATE))

    assert (
        "1 without an owner, 1 overdue, 1 awaiting review; 1 of 4 questions to the process have a worrying answer."
        == made.summary
    )
    assert [
        "unassigned", "overdue", "review", "tide", "question-low-value", "question-stuck", "question-wins",
        "question-lessons", "calibration",
    ] == [each.id for each in made.sections]  # fmt: skip


def test_a_bottleneck_names_its_improvements_and_what_to_do() -> None:
    """And nothing is to be done where there is none."""
    made = view(*FILES, item("CI-0008", "2026-08-02 proposed", "2026-08-03 in-progress", target=LATE))
    late, waiting = section(made, "overdue"), section(made, "review")

    assert "1 of 5 open improvements is overdue." == late.sentences[0]
    assert ("CI-0008", "The target was due on 2026-09-01.") == (
        plain(late.groups[0].mentions[0].html).split()[0], late.groups[0].mentions[0].note,
    )  # fmt: skip
    assert late.todo.startswith("Do it")
    assert ("Nothing awaits its review.", "", ()) == (waiting.sentences[0], waiting.todo, waiting.groups)


def test_what_comes_and_goes_is_drawn_and_tabled() -> None:
    """The latest month first in the table, last in the picture."""
    found = section(view(*FILES), "tide")

    assert ["October 2026", "0", "0", "0"] == rows(found)[0]
    assert ["September 2026", "2", "2", "0"] == rows(found)[1]
    assert ("Jan 2026", "Oct") == (found.pictures[0].periods[0].text, found.pictures[0].periods[-1].text)


def test_questions_are_those_of_the_article_with_figures() -> None:
    """A worrying answer says what to do."""
    scores = {"value": 1, "effort": 2, "risk": 1, "urgency": 3}
    low = [item(f"CI-010{n}", "2026-09-20 proposed", "2026-09-21 assessed", scores=scores) for n in range(5)]
    found = section(view(*low), "question-low-value")

    assert "Are we tracking too many low-value ideas?" == found.heading
    assert "Yes: 5 of 5 open improvements with a score for value have 1 or 2." == found.sentences[0]
    assert found.todo.startswith("Say no early")
    assert 5 == len(found.groups[0].mentions)


def test_no_amount_is_told_where_money_is_not_published() -> None:
    """Neither in sentences nor in the table."""
    config = {"cireg.yaml": "version: 1\nname: R\nowner: o\ncurrency: GBP\npublish: {money: false}\n"}
    open_, hidden = section(view(*FILES), "calibration"), section(view(*FILES, config), "calibration")

    assert (5, 4) == (len(rows(open_)[0]), len(rows(hidden)[0]))
    assert ["Cost", "Gain"] == [each.split(":")[0] for each in open_.sentences[:2]]
    assert ["Effort", "Steps", "Value"] == [each.split(":")[0] for each in hidden.sentences]


def test_an_empty_register_has_a_page() -> None:
    """Nothing is late where nothing is."""
    made = view({})

    assert (
        "0 without an owner, 0 overdue, 0 awaiting review; 0 of 4 questions to the process have a worrying answer."
        == made.summary
    )
    assert () == section(made, "tide").pictures
