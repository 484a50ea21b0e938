"""One row as an improvement's data."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.importing.draft import Draft, draft, same
from cireg.violations import violations
from tests.importing.maps import TODAY, the_map

ROW = {"No": "7", "Name": "Answer sooner", "State": "Planned", "Why": "Three days.", "Raised": "2026-01-05"}


def drafted(**cells: str) -> Draft:
    """The draft of `ROW` with these cells."""
    return draft(5, {**ROW, **cells}, the_map(), TODAY)


def faults(made: Draft) -> list[tuple[str, str, str]]:
    """Column, value and reason of what the row is rejected for."""
    return [(each.column, each.value, each.reason) for each in made.lacking]


def left_out(made: Draft) -> list[tuple[str, str, str]]:
    """Column, value and reason of what is left out."""
    return [(each.column, each.value, each.reason) for each in made.left_out]


def test_a_row_becomes_what_a_file_holds() -> None:
    """Complete by the schema, in its order."""
    made = drafted(Owner="Data Analyst", Due="31/12/2026", Value="4", Changed="2026-02-01")

    assert [] == violations("improvement", made.data)
    assert {
        "id": "CI-0007", "title": "Answer sooner", "status": "planned", "source": "other", "owner": "data-analyst",
        "opportunity": "Three days.", "scores": {"value": 4}, "target": {"due": "2026-12-31"},
        "history": [
            {"on": "2026-01-05", "status": "proposed", "by": "Data Analyst"},
            {"on": "2026-02-01", "status": "planned"},
        ],
    } == made.data  # fmt: skip
    assert (5, "CI-0007", False) == (made.row, made.id, made.undated)
    assert {"people": {"data-analyst": "Data Analyst"}} == made.names


def test_a_proposal_has_one_entry() -> None:
    """When it was raised is since when it is proposed."""
    made = drafted(State="Idea", Changed="2026-02-01")

    assert [{"on": "2026-01-05", "status": "proposed", "by": "anonymous"}] == made.data["history"]


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ("", []),
        ("v1.27", [("Changed", "v1.27", "is no day of the form YYYY-MM-DD")]),
        ("2025-12-31", [("Changed", "2025-12-31", "lies before the day it was raised, 2026-01-05")]),
        ("2027-01-01", [("Changed", "2027-01-01", "lies in the future")]),
    ],
)
def test_a_status_of_unknown_day_is_dated_to_the_day_it_was_raised(changed: str, left: list[Any]) -> None:
    """Nothing is invented; the draft says that the day is not known."""
    made = drafted(Changed=changed)

    assert ["2026-01-05", "2026-01-05"] == [entry["on"] for entry in made.data["history"]]
    assert made.undated
    assert left == left_out(made)
    assert [] == made.lacking


def test_the_entry_of_a_status_has_what_the_sheet_says_of_it() -> None:
    """A reason where there is one; what is missing is for check to tell."""
    made = drafted(State="No", Reason="Too early.", Changed="2026-01-08")

    assert {"on": "2026-01-08", "status": "rejected", "note": "Too early."} == made.data["history"][1]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"No": ""}, ("No", "", "empty, and id is needed")),
        ({"No": "12345678"}, ("No", "CI-12345678", "must be two to five capital letters")),
        ({"Name": "  "}, ("Name", "", "empty, and title is needed")),
        ({"Name": "two\nlines"}, ("Name", "two\nlines", "must be one line of text")),
        ({"State": "imlpemented"}, ("State", "imlpemented", "is not one of the map's values")),
        ({"Why": "n/a"}, ("Why", "", "empty, and opportunity is needed")),
        ({"Why": "un\u202eseen"}, ("Why", "un\u202eseen", "holds the character U+202E (right-to-left override)")),
        ({"Raised": ""}, ("Raised", "", "empty, and history.raised is needed")),
        ({"Raised": "2023-14-05"}, ("Raised", "2023-14-05", "is no day of the form YYYY-MM-DD")),
        ({"Raised": "2027-01-01"}, ("Raised", "2027-01-01", "lies in the future")),
    ],
)
def test_a_row_is_rejected_for_what_every_improvement_has(
    cells: dict[str, str], expected: tuple[str, str, str]
) -> None:
    """The id, title, status, opportunity and the day it was raised; one fault for each."""
    (column, value, reason), *more = faults(drafted(**cells))

    assert expected == (column, value, reason[: len(expected[2])])
    assert [] == more


def test_every_reason_for_a_rejection_is_told() -> None:
    """Whoever mends the sheet mends all of it."""
    assert ["No", "Name", "State"] == [column for column, _, _ in faults(drafted(No="", Name="", State="x"))]


def test_any_other_bad_value_is_left_out() -> None:
    """The rest of the row is as good as before."""
    made = drafted(Owner="改善", Due="2026-31-12", Value="7", Tags="ok; Not Ok")

    assert [] == made.lacking
    assert {"Owner", "Due", "Value", "Tags"} == {column for column, _, _ in left_out(made)}
    assert ["ok"] == made.data["tags"]
    assert [] == violations("improvement", made.data)


def test_what_is_wrong_only_beside_the_rest_is_left_out() -> None:
    """A section that lacks a part goes as a whole, and is named."""
    text = "version: 1\nid: No\nfields: {title: Name, status: State, opportunity: Why, scores.wsjf.job_size: Size}\n"
    row = {**ROW, "No": "CI-0007", "State": "planned", "Size": "3"}
    made = draft(2, row, the_map(text + "history: {raised: Raised}\n"), TODAY)

    assert "scores" not in made.data
    assert {"scores.wsjf"} == {each.field for each in made.left_out}
    assert [] == made.lacking


def test_the_draft_knows_which_places_the_sheet_fills() -> None:
    """Those that a constant fills are none of them, nor those that were left out."""
    made = drafted(Due="soon", Owner="data-analyst")

    assert "Owner" == made.given["owner",]
    assert ("source",) not in made.given
    assert ("target", "due") not in made.given


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text\n", "text"),
        ("a \nb\n", "a\nb"),
        (1, 1.0),
        (["a", "b"], ["a", "b"]),
        ({"none": "x\n"}, {"none": "x"}),
        (None, None),
    ],
)
def test_values_that_say_the_same_are_the_same(one: Any, other: Any) -> None:
    """How a text ends, and whether a number has decimals, says nothing."""
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("1", 1),
        (1, True),
        (0, False),
        (["a"], ["a", "b"]),
        ({"a": 1}, {"b": 1}),
        (None, ""),
        ("a\n\nb", "a\nb"),
    ],
)
def test_values_that_do_not_say_the_same_differ(one: Any, other: Any) -> None:
    """A text is no number, and true is not 1."""
    assert not same(one, other)
    assert not same(other, one)
