"""Changes put into a file's data."""

from __future__ import annotations

from typing import Any

from cireg.importing.merge import acceptable, apply, dead_links, without_dead_links
from cireg.importing.update import Change
from cireg.model import Improvement
from cireg.source import Route
from tests.importing.maps import register

FILE = """\
id: CI-0001
title: One
status: proposed
opportunity: Why.
scores: {value: 4, why: Because.}
links: {depends_on: [CI-0002]}
history: [{on: 2026-01-05, status: proposed}]
"""


def item(text: str = FILE) -> Improvement:
    """The one improvement of a register."""
    return register({"improvements/CI-0001.yaml": text}).improvements["CI-0001"]


def change(route: Route, new: Any, old: Any = None) -> Change:
    """A change of one value."""
    return Change(".".join(map(str, route)), "Column", route, old, new)


def test_changes_are_made_in_a_copy() -> None:
    """The register in memory stays what its files are."""
    one = item()
    kept, data, wrong = acceptable(one, [change(("title",), "Two"), change(("scores", "value"), None)])

    assert (2, []) == (len(kept), wrong)
    assert ("Two", {"why": "Because."}) == (data["title"], data["scores"])
    assert "One" == one.title


def test_a_change_that_breaks_the_schema_is_told_and_the_others_stay() -> None:
    """Whatever is wrong only together with the rest of the file is found here."""
    wsjf = change(("scores", "wsjf", "job_size"), 3)
    kept, data, wrong = acceptable(item(), [change(("title",), "Two"), wsjf])

    assert [("title",)] == [each.route for each in kept]
    assert "wsjf" not in data["scores"]
    assert ["scores.wsjf.job_size"] == [fault.field for fault in wrong]
    assert "is missing" in wrong[0].reason


def test_what_was_wrong_before_is_not_held_against_a_change() -> None:
    """Check tells of it; an import does not have to mend it."""
    broken = item(FILE.replace("opportunity: Why.\n", ""))
    kept, _, wrong = acceptable(broken, [change(("title",), "Two")])

    assert (1, []) == (len(kept), wrong)


def test_a_list_is_gone_on_with() -> None:
    """A place one past the end adds an entry; None takes a value away with what is empty then."""
    data: dict[str, Any] = {"history": [{"on": "2026-01-05"}], "links": {"follows": "CI-0002"}}
    apply(data, change(("history", 1), {"on": "2026-01-06"}))
    apply(data, change(("links", "follows"), None))

    assert {"history": [{"on": "2026-01-05"}, {"on": "2026-01-06"}]} == data


def test_dead_links_are_told_from_the_end_of_a_list() -> None:
    """So that taking one out does not move the next."""
    data = {"id": "CI-0001", "links": {"part_of": "CI-0009", "depends_on": ["CI-0008", "CI-0002", "CI-0001"]}}

    assert [
        (("links", "depends_on", 2), "CI-0001", "leads to the improvement itself"),
        (("links", "depends_on", 0), "CI-0008", "there is no improvement CI-0008"),
        (("links", "part_of"), "CI-0009", "there is no improvement CI-0009"),
    ] == dead_links(data, {"CI-0001", "CI-0002"})


def test_a_change_without_its_dead_links_may_be_none() -> None:
    """What is left is what the file says already."""
    new = change(("links", "depends_on"), ["CI-0002", "CI-0404"], ["CI-0002"])
    gone = change(("links", "depends_on"), None, ["CI-0002"])

    kept, faults = without_dead_links(item(), [new], {"CI-0002"})

    assert ([], ["CI-0404"]) == (kept, [each.value for each in faults])
    assert ([gone], []) == without_dead_links(item(), [gone], {"CI-0002"})
    assert ["CI-0002", "CI-0404"] == new.new
