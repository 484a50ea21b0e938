"""Which columns of an export of tickets say what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.layout import schema_document
from cireg.spotting.ticket_map import (
    KIND,
    Column,
    TicketMap,
    column_of,
    guessed,
    missing_columns,
    read_map,
    usual_grouping,
)
from cireg.violations import violations

MAP = b"""\
version: 1
dates: [DD/MM/YYYY]
empty: [N/A]
decimal: ","
sheet: Tickets
fields:
  opened: "Reported  on"
  category: {column: Type, values: {PWD: Password reset, "?": null}}
  effort: {column: Spent, unit: hours}
  site: Location
"""


def test_a_map_is_read() -> None:
    """Names as they are compared, words without capitals, the days' forms."""
    made, found = read_map("map.yaml", MAP)
    assert made is not None
    assert [] == found
    assert {
        "opened": Column("Reported on"),
        "category": Column("Type", {"pwd": "Password reset", "?": None}),
        "effort": Column("Spent", {}, "hours"),
        "site": Column("Location"),
    } == made.fields
    assert ["DD/MM/YYYY"] == [form.name for form in made.dates]
    assert (frozenset({"n/a"}), ",", "Tickets") == (made.empty, made.decimal, made.sheet)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("version: 1\n", "missing-field", (1, 1)),
        ("version: 2\nfields: {opened: A}\n", "unknown-value", (1, 10)),
        ("version: 1\nfields: {effort: {column: A, unit: weeks}}\n", "unknown-value", (2, 36)),
        ("version: 1\nfields: {effort: {unit: days}}\n", "missing-field", (2, 10)),
        ("version: 1\nfields: {opened: A}\ndates: [DD/MM]\n", "wrong-form", (3, 9)),
        ("version: 1\nfields: {opened: &a A, category: *a}\n", "anchor", (2, 18)),
    ],
)
def test_a_map_with_a_fault_is_refused_at_its_place(text: str, rule: str, place: tuple[int, int]) -> None:
    """Rule, line and column."""
    made, found = read_map("map.yaml", text.encode())
    assert made is None
    assert (rule, *place) in {(each.rule, each.place.line, each.place.column) for each in found}


def test_a_column_that_the_file_does_not_have_is_found_at_its_place() -> None:
    """With the one that was meant."""
    made, _ = read_map("map.yaml", MAP)
    assert made is not None
    found = list(missing_columns(made, ["Reported on", "Type", "Spend", "Location"]))
    assert [("the file has no column 'Spent'", 9)] == [(each.message, each.place.line) for each in found]
    assert "did you mean Spend?" == found[0].help


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Number", "Opened", "Category", "Business service"], ["Opened", "Category", "Business service", None]),
        (
            ["created_at", "issue-type", "CI", "Time spent (min)"],
            ["created_at", "issue-type", "CI", "Time spent (min)"],
        ),
        (["Date", "Type", "Handling minutes"], ["Date", "Type", None, "Handling minutes"]),
        (["Type", "Category", "Hours"], [None, "Category", None, "Hours"]),
        (["Opened", "Opened", "Summary"], [None, None, None, None]),
        ([" Opened  at ", ""], ["Opened at", None, None, None]),
    ],
)
def test_columns_are_known_by_their_usual_names(header: list[str], fields: list[str | None]) -> None:
    """The most usual first; a name that stands twice is taken for nothing."""
    found = guessed(header).fields
    columns = [found.get(name) for name in ("opened", "category", "service", "effort")]
    assert fields == [column.name if column else None for column in columns]


@pytest.mark.parametrize(
    ("name", "unit"), [("Handling minutes", "minutes"), ("Time spent (h)", "hours"), ("Effort [days]", "days"),
                       ("Effort", None)]
)  # fmt: skip
def test_the_unit_of_effort_is_read_from_its_columns_name(name: str, unit: str | None) -> None:
    """Where it is there."""
    assert unit == guessed([name]).fields["effort"].unit


def test_tickets_are_grouped_by_a_field_or_by_any_column() -> None:
    """A field first, then a column by its name, then without capitals and blanks."""
    ticket_map = TicketMap({"site": Column("Location")})
    header = ["Location", "Assigned  team", "A b", "ab"]
    assert "Location" == column_of("site", ticket_map, header).name
    assert "Assigned team" == column_of("Assigned team", ticket_map, header).name
    assert "Assigned team" == column_of("assigned-team", ticket_map, header).name
    assert "ab" == column_of("ab", ticket_map, header).name


def test_an_unknown_or_repeated_column_is_refused() -> None:
    """With the one that was meant, where one is like it."""
    with pytest.raises(CiregError, match="no column 'catgory'") as unknown:
        column_of("catgory", TicketMap(), ["Category", "Opened"])
    assert "did you mean Category?" == unknown.value.hint
    with pytest.raises(CiregError, match="2 columns called 'Team'"):
        column_of("Team", TicketMap(), ["Team", "Team"])


def test_the_usual_grouping_is_the_category_else_the_service() -> None:
    """Where neither is there, it has to be said."""
    both = TicketMap({"service": Column("S"), "category": Column("C")})
    assert "category" == usual_grouping(both)
    assert "service" == usual_grouping(TicketMap({"service": Column("S")}))
    with pytest.raises(CiregError, match="nothing says"):
        usual_grouping(TicketMap())


def test_every_field_of_the_schema_is_explained() -> None:
    """With a title, a description and an example that the schema itself accepts."""
    document = schema_document(KIND)
    fields = document["properties"]["fields"]["properties"] | document["$defs"]["making"]["properties"]
    assert [] == [name for name, each in (document["properties"] | fields).items()
                  if {"title", "description", "examples"} - each.keys()]  # fmt: skip
    example = document["examples"][0]
    assert [] == violations(KIND, example)
    for name, each in document["properties"].items():
        for one in each["examples"]:
            assert [] == violations(KIND, {**example, name: one}), (name, one)
    for name, each in document["properties"]["fields"]["properties"].items():
        for one in each["examples"]:
            assert [] == violations(KIND, {**example, "fields": {name: one}}), (name, one)


def test_the_schema_is_written_like_the_others() -> None:
    """Two blanks of indentation, a line end at the end."""
    text = (Path(__file__).parents[2] / "schema" / "ticket-map.schema.json").read_text(encoding="utf-8")
    assert "1.0.0" == json.loads(text)["x-version"]
    assert text.startswith('{\n  "$schema"')
    assert text.endswith("}\n")
