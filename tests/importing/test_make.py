"""One value from the cells of one row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cireg.importing.make import Made, make
from tests.importing.maps import making, the_map

ROW = {
    "A": "alpha", "B": "beta", "Empty": "", "Nothing": "N/A", "List": "one; two ;; three", "Twice": "one; two; one",
    "People": "@d-nishi; TBD; @2fast; with help of many", "Date": "09/03/2026", "Text": " first\r\nsecond \n",
    "Zero\u200b": "x", "Unseen": "al\u200bpha", "Number": "19", "Long": "x" * 301,
}  # fmt: skip


def made(name: str, stated: str, **changed: Any) -> Made:
    """What is made of `ROW`."""
    return make(making(name, stated), ROW, replace(the_map(), empty=frozenset({"n/a", "tbd"}), **changed))


def value(name: str, stated: str) -> Any:
    """The value that is made of `ROW`, about which nothing may be wrong."""
    found = made(name, stated)
    assert [] == found.faults
    return found.value


def reasons(found: Made) -> list[tuple[str, str, str]]:
    """Column, value and reason of each fault."""
    return [(each.column, each.value, each.reason) for each in found.faults]


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("title", "A", "alpha"),
        ("title", "Empty", None),
        ("title", "Nothing", None),
        ("title", "Not there", None),
        ("title", "{columns: [Empty, Nothing, B, A]}", "beta"),
        ("title", "{template: '{A} and {B}'}", "alpha and beta"),
        ("title", "{template: '{A} and {Empty}'}", None),
        ("title", "{template: '{A} and {Nothing}'}", None),
        ("title", "{constant: fixed}", "fixed"),
        ("title", "{column: A, otherwise: x}", "alpha"),
        ("title", "{column: Nothing, otherwise: x}", "x"),
        ("opportunity", "Text", "first\nsecond\n"),
        ("opportunity", "A", "alpha"),
        ("opportunity", "{sections: [{heading: H, column: A}, {heading: I, column: Nothing}]}", "## H\n\nalpha\n"),
        ("opportunity", "{sections: [{heading: What, column: Empty}]}", None),
        ("tags", "List", ["one", "two", "three"]),
        ("tags", "{column: List, take: first}", ["one"]),
        ("tags", "{column: List, take: last}", ["three"]),
        ("tags", "{column: List, take: rest}", ["two", "three"]),
        ("tags", "{column: A, take: rest}", None),
        ("tags", "{column: Date, separator: /, each: 't{value}'}", ["t09", "t03", "t2026"]),
        ("tags", "{constant: portal}", ["portal"]),
        ("title", "{column: List, separator: ';', take: last}", "three"),
        ("title", "{column: A, separator: ';'}", "alpha"),
        ("target.due", "{column: Date, dates: [DD/MM/YYYY]}", "2026-03-09"),
        ("title", "{column: A, match: '(a)l.*'}", "a"),
        ("title", "{column: A, match: '[a-z]+'}", "alpha"),
        ("title", "{column: A, strip_prefix: al}", "pha"),
        ("title", "{column: A, strip_prefix: be}", "alpha"),
        ("links.part_of", "{column: Number, each: 'CI-{value:0>4}'}", "CI-0019"),
        ("status", "{column: A, values: {alpha: planned}}", "planned"),
        ("status", "{column: A, values: {ALPHA : planned}, any_case: true}", "planned"),
        ("owner", "{column: A, values: {alpha: someone}}", "someone"),
        ("owner", "{column: B, values: {alpha: someone}}", "beta"),
        ("owner", "{column: A, values: {alpha: null}}", None),
        ("publish", "{column: A, values: {alpha: false}}", False),
        ("momentum.standardised", "List", ["one", "two", "three"]),
    ],
)  # fmt: skip
def test_a_value_is_made(name: str, stated: str, expected: Any) -> None:
    """By each way that a map knows, and by several of them in their order."""
    assert expected == value(name, stated)


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("status", "{column: A, values: {alpho: planned}}", "is not one of the map's values; did you mean alpho?"),
        ("status", "{column: A, values: {x: planned}}", "is not one of the map's values; one of: x"),
        ("owner", "{column: Long, slug: false}", "must be a small letter"),
        ("title", "{column: A, match: beta}", "does not match beta"),
        ("opportunity", "{column: Long, match: 'x+'}", "does not match x+"),
        ("title", "{column: A, strip_prefix: alpha}", "leaves nothing once the map has been applied"),
        ("title", "Long", "must have at most 300 characters, not 301"),
        ("title", "Text", "must be one line of text"),
        ("title", "Unseen", "holds the character U+200B (zero width space), which no file may hold"),
        ("title", "{template: '{B} {Unseen}'}", "holds the character U+200B"),
        ("title", "{column: List, separator: ';'}", "has 3 entries, and the field takes one"),
        ("target.due", "Date", "is no day of the form YYYY-MM-DD"),
        ("measures", "A", "is no JSON"),
    ],
)
def test_what_cannot_be_used_is_told(name: str, stated: str, expected: str) -> None:
    """And there is no value then, not even that of `otherwise`."""
    found = made(name, stated)

    assert found.value is None
    assert [True] == [each.reason.startswith(expected) for each in found.faults], reasons(found)


def test_what_the_sheet_has_and_cannot_be_used_is_not_replaced() -> None:
    """`otherwise` is for what the sheet does not say, not for what it says wrongly."""
    found = made("target.due", "{column: Date, otherwise: 2026-01-01}")

    assert found.value is None
    assert 1 == len(found.faults)


def test_a_further_column_stands_in_for_a_value_that_cannot_be_used() -> None:
    """Because the map names it; the first one is still told."""
    found = made("target.due", "{columns: [A, Date], dates: [DD/MM/YYYY]}")

    assert ("2026-03-09", "Date", True) == (found.value, found.column, found.given)
    assert [("A", "alpha", "is no day of the form DD/MM/YYYY")] == reasons(found)


def test_entries_of_a_list_are_judged_one_by_one() -> None:
    """The others stay; what is named twice stays once."""
    found = made("team", "{column: People, match: '@([a-z0-9-]+)'}")

    assert ["d-nishi"] == found.value
    assert ["@2fast", "with help of many"] == [each.value for each in found.faults]
    assert ["one", "two"] == made("tags", "Twice").value
    assert [("Twice", "one", "is named twice")] == reasons(made("tags", "Twice"))


def test_a_slug_keeps_the_sheets_own_spelling() -> None:
    """It becomes the name of a person that the register does not know yet."""
    found = make(making("owner", "{column: Who, slug: true}"), {"Who": "Müller, Ada"}, the_map())

    assert ("muller-ada", {"muller-ada": "Müller, Ada"}) == (found.value, found.names)


def test_what_the_map_gives_is_not_given_by_the_sheet() -> None:
    """A constant is never held against a file that says otherwise."""
    assert not made("title", "{constant: fixed}").given
    assert not made("title", "{column: Empty, otherwise: fixed}").given
    assert made("title", "A").given


def test_nested_values_come_as_json() -> None:
    """What is wrong inside is told; an escape hides no character."""
    steps = '[{"do": "Write", "by": "data-analyst"}]'
    name, how = "plan.steps", making("plan.steps", "Steps")

    assert [{"do": "Write", "by": "data-analyst"}] == make(how, {"Steps": steps}, the_map()).value
    assert ["plan.steps[1].do is missing"] == [each.reason for each in make(how, {"Steps": "[{}]"}, the_map()).faults]
    hidden = make(how, {"Steps": r'[{"do": "a\u202eb"}]'}, the_map())
    assert (None, True) == (hidden.value, "U+202E" in hidden.faults[0].reason)
    assert name == hidden.faults[0].field


def test_a_list_may_come_as_json_where_its_entries_hold_the_separator() -> None:
    """As an exported sheet has it."""
    assert ["a; b", "c"] == make(making("baseline.evidence", "E"), {"E": '["a; b", "c"]'}, the_map()).value
    assert {"none": "Gone."} == make(making("momentum.standardised", "E"), {"E": '{"none": "Gone."}'}, the_map()).value
