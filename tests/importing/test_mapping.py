"""The import map: what is wrong with one is found at its line and column, before the sheet is looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cireg.columns import fixed
from cireg.importing.mapping import missing_columns, plain_name, read_map
from cireg.layout import schema_document
from cireg.violations import violations
from tests.importing.maps import HEADER, MAP, making, the_map


def faults(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of everything that is wrong with a map."""
    made, found = read_map("map.yaml", text.encode())
    assert made is None
    return [(each.place.line, each.place.column, each.message) for each in found]


def test_a_map_is_read_with_its_defaults() -> None:
    """What it does not say is what the schema gives."""
    made = the_map()

    assert (";", ".", None, False) == (made.separator, made.decimal, made.sheet, made.exported)
    assert frozenset({"n/a", "?"}) == made.empty
    assert ["id", "title", "status"] == [each.name for each in made.makings][:3]


def test_a_name_alone_is_the_name_of_a_column() -> None:
    """The short form is the most common one."""
    assert ("First name",) == making("owner", "'First  name '").columns


@pytest.mark.parametrize(
    ("name", "stated", "columns"),
    [
        ("owner", "{columns: [A, B]}", ("A", "B")),
        ("title", "{template: '{A} by {B}'}", ("A", "B")),
        ("opportunity", "{sections: [{heading: What, column: A}, {heading: Why, column: B}]}", ("A", "B")),
        ("source", "{constant: other}", ()),
    ],
)
def test_a_value_names_the_columns_that_it_reads(name: str, stated: str, columns: tuple[str, ...]) -> None:
    """So that every missing column can be told."""
    assert columns == making(name, stated).names


@pytest.mark.parametrize(
    ("line", "replacement", "expected"),
    [
        ("  title: Name", "  titel: Name", (5, 3, "there is no field 'titel' here")),
        ("  tags: Tags", "  tags: [Tags]", (9, 9, "fields.tags must be a column's name")),
        ("  title: Name", "  title: {take: first}", (5, 10, "nothing says where title comes from")),
        ("  title: Name", "  title: {column: A, constant: B}", (5, 10, "title names column and constant")),
        ("  title: Name", "  title: {column: A, tak: first}", (5, 22, "there is no field 'tak' here")),
        ("  title: Name", "  title: {template: '{A'}", (5, 21, "'{A' is no template: a brace is alone")),
        ("  title: Name", "  title: {column: A, each: 'X {A}'}", (5, 28, "only {value} can stand in it, not A")),
        (
            "  title: Name",
            "  title: {column: A, match: '(a+)+'}",
            (5, 29, "'(a+)+' cannot be used: it repeats a group"),
        ),
        ("  title: Name", "  title: {column: A, dates: [dd.mm.yy]}", (5, 30, "'dd.mm.yy' is no date format")),
        ("  source: {constant: other}", "  source: {constant: others}", (13, 22, "source cannot be 'others'")),
        ("  source: {constant: other}", "  source: {column: A, otherwise: x}", (13, 34, "source cannot be 'x'")),
        ("  source: {constant: other}", "  source: {column: A, values: {B: x}}", (13, 35, "source cannot be 'x'")),
        ("version: 1", "version: 2", (1, 10, "version cannot be 2")),
        ("  tags: Tags", "  tags: {column: T, any_case: true, values: {A: a, a: b}}", (9, 45, "two of these words")),
        ("  raised: Raised", "  raised_on: Raised", (15, 3, "there is no field 'raised_on' here")),
        ("  since: Changed", "  since: &x Changed", (17, 10, "&x marks a part of the file")),
    ],
)
def test_what_is_wrong_is_told_at_its_place(line: str, replacement: str, expected: tuple[int, int, str]) -> None:
    """Line and column are those of the value, or of the name that nobody knows."""
    assert line in MAP
    row, column, message = expected

    found = [(at, where) for at, where, said in faults(MAP.replace(line, replacement)) if said.startswith(message)]

    assert [(row, column)] == found


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Nobody mends a map one fault at a time."""
    text = MAP.replace("other}", "others}").replace("dates: [DD/MM/YYYY]", "dates: [D/D/D]")

    assert 2 == len(faults(text))


def test_a_map_needs_what_every_improvement_has() -> None:
    """Title, status, opportunity, the id and the day it was raised."""
    messages = [message for _, _, message in faults("version: 1\nfields: {}\n")]
    fields = [f"fields.{name} is missing" for name in ("title", "status", "opportunity")]

    assert ["id is missing", "history is missing", *fields] == messages


def test_columns_that_the_sheet_does_not_have_are_told_with_the_nearest() -> None:
    """Most often a letter is wrong; each use is told at its own place."""
    made = the_map()
    found = missing_columns(made, HEADER.replace("Name", "Nome").split(","))

    assert [(5, 10, "the sheet has no column 'Name'", "did you mean Nome?")] == [
        (each.place.line, each.place.column, each.message, each.help) for each in found
    ]


def test_names_of_columns_are_compared_without_stray_blanks() -> None:
    """A line break in a header cell is not seen in the sheet."""
    assert "Date raised" == plain_name(" Date\nraised ")


def test_a_file_that_is_no_map_is_refused_with_its_place() -> None:
    """As every other YAML file is."""
    assert [(1, 1, "the file must be fields with values, as in 'title: …'")] == faults("- a\n")


def test_the_schema_offers_every_field_of_an_improvement() -> None:
    """Editors complete their names; the two schemas know the same ones."""
    stated = set(schema_document("import-map")["properties"]["fields"]["properties"])
    own = {name for name in fixed() if name not in ("id", "history") and not name.startswith("imported.")}

    assert own == stated


def test_every_field_of_the_schema_is_explained() -> None:
    """With a title, a description and an example that the schema itself accepts."""
    document = schema_document("import-map")
    fields = document["properties"] | document["properties"]["history"]["properties"]
    fields |= document["$defs"]["making"]["properties"]
    wanted = {"title", "description", "examples"}
    example = document["examples"][0]

    assert [] == [name for name, each in fields.items() if wanted - each.keys()]
    assert [] == violations("import-map", example)
    for name, each in document["properties"].items():
        for one in each["examples"]:
            assert [] == violations("import-map", {**example, name: one}), (name, one)
    for name, each in document["$defs"]["making"]["properties"].items():
        for one in each["examples"]:
            made = {**example, "fields": {**example["fields"], "owner": {name: one}}}
            assert [] == violations("import-map", made), (name, one)


def test_the_schema_is_written_like_the_others() -> None:
    """Two blanks of indentation, ASCII or UTF-8 as it is, a line end at the end."""
    text = (Path(__file__).parents[2] / "schema" / "import-map.schema.json").read_text(encoding="utf-8")

    assert json.loads(text)["x-version"] == "1.0.0"
    assert text.endswith("}\n")
