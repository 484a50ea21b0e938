"""What fields take, and texts as their values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.importing.dates import ISO_ONLY
from cireg.importing.kinds import (
    DIRECTORIES,
    HISTORY,
    Kind,
    Unusable,
    fold,
    forbidden,
    kind_of,
    read_json,
    read_text,
    unfit,
)


def read(name: str, text: str, *, decimal: str = ".", any_case: bool = False) -> Any:
    """A text as the value of a field."""
    return read_text(kind_of(name), text, dates=ISO_ONLY, decimal=decimal, any_case=any_case)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", Kind("text")),
        ("target.due", Kind("date")),
        ("scores.value", Kind("number")),
        ("plan.days", Kind("number")),
        ("publish", Kind("truth")),
        ("team", Kind("text", many=True)),
        ("momentum.standardised", Kind("text", many=True)),
        ("measures", Kind("nested")),
        ("history", Kind("nested")),
        ("links.part_of", Kind("text")),
        ("custom.anything", Kind("text")),
        ("history.raised", Kind("date")),
        ("history.note", Kind("text")),
    ],
)
def test_a_field_takes_what_its_schema_says(name: str, expected: Kind) -> None:
    """Nothing about kinds is said a second time in code."""
    assert expected == kind_of(name)


def test_fixed_sets_come_with_their_values() -> None:
    """For one value and for a list of them."""
    assert "in-progress" in kind_of("status").choices
    assert kind_of("change_type").many
    assert "tool" in kind_of("change_type").choices


def test_the_fields_with_people_are_those_that_check_looks_up() -> None:
    """Every directory of the table is one of the configuration's lists, every field one that exists."""
    assert {"people", "practices", "services", "goals"} == set(DIRECTORIES.values())
    assert {"text"} == {kind_of(name).name for name in (*DIRECTORIES, *HISTORY) if "since" not in name} - {"date"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("scores.value", "4", 4),
        ("plan.days", "2.5", 2.5),
        ("plan.days", "-0.5", -0.5),
        ("publish", "FALSE", False),
        ("target.due", "2026-03-09", "2026-03-09"),
        ("title", "4", "4"),
    ],
)
def test_a_text_becomes_a_value_of_its_kind(name: str, text: str, expected: Any) -> None:
    """A number is a number only where the field takes one."""
    found = read(name, text)

    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("scores.value", "four", "is no plain number"),
        ("scores.value", "1e3", "is no plain number"),
        ("scores.value", "1,000", "is no plain number"),
        ("scores.value", "٤", "is no plain number"),
        ("scores.value", "1" * 19, "is no plain number"),
        ("publish", "yes", "is neither true nor false"),
        ("target.due", "9/3/2026", "is no day of the form YYYY-MM-DD"),
    ],
)
def test_a_text_that_is_no_such_value_says_why(name: str, text: str, reason: str) -> None:
    """The reason goes into the report as it is."""
    with pytest.raises(Unusable) as raised:
        read(name, text)

    assert reason == raised.value.reason


@pytest.mark.parametrize(("text", "expected"), [("2,5", 2.5), ("2.5", 2.5), ("12", 12), ("0,125", 0.125)])
def test_a_decimal_comma_is_understood_where_the_map_says_so(text: str, expected: float) -> None:
    """A typed number of XLSX has a point, whatever the sheet shows."""
    assert expected == read("plan.days", text, decimal=",")


@pytest.mark.parametrize("text", ["1.250", "1.250,50"])
def test_a_point_that_may_divide_thousands_is_refused(text: str) -> None:
    """1.250 is a thousand times more in one country than in another."""
    with pytest.raises(Unusable):
        read("plan.days", text, decimal=",")


def test_capitals_and_spaces_make_no_difference_where_the_map_says_so() -> None:
    """Only then; a word that is none of the set stays as it is, and the schema refuses it."""
    assert "in-progress" == read("status", "In Progress", any_case=True)
    assert "In Progress" == read("status", "In Progress")
    assert "Started" == read("status", "Started", any_case=True)
    assert fold("On_Hold") == fold("on-hold")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[" * 60_000,
        '{"a": 1, "a": 2}',
        "NaN",
        "[Infinity]",
        "[1e5]",
        '{"a": 1234567890123456789}',
        "[" + "9" * 5000 + "]",
    ],
)
def test_json_that_yaml_could_not_hold_is_refused(text: str) -> None:
    """However deep, however long: it is a reason in the report, never a crash."""
    with pytest.raises(Unusable):
        read_json(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    """Numbers keep their type, fields their order."""
    assert json.dumps(value) == json.dumps(read_json(json.dumps(value)))


def test_forbidden_characters_are_found_however_deep() -> None:
    """In texts, in lists, in names of fields; a tab and a line feed are none."""
    assert forbidden({"a": ["x", {"b\u200b": 1}]}) == "the character U+200B (zero width space)"
    assert forbidden(["\x1b[31m"]) == "the control character U+001B"
    assert forbidden({"a": "one\n\ttwo", "b": 3}) is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("owner", "Service Desk", "small letter"),
        ("id", "ci-1", "two to five capital letters"),
        ("title", "one\ntwo", "one line"),
        ("title", "x" * 301, "at most 300 characters"),
        ("status", "started", "cannot be"),
        ("scores.value", 7, "at most 5"),
        ("tags", "Not An Id", "small letter"),
        ("history.until", "soon", "history[2].until must be a da"),
        ("measures", [{"kpi": "x"}], "role is missing"),
    ],
)
def test_what_the_schema_refuses_is_unfit(name: str, value: Any, words: str) -> None:
    """Each value is judged in its own place, as if the rest of the file were right."""
    assert any(words in each.message for each in unfit(name, value)), unfit(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("owner", "data-analyst"),
        ("tags", "portal"),
        ("tags", ["portal"]),
        ("history.note", "Why."),
        ("custom.x", "any"),
        ("momentum.standardised", {"none": "Gone."}),
    ],
)
def test_what_the_schema_lets_stand_is_fit(name: str, value: Any) -> None:
    """An entry of a list may be judged by itself."""
    assert [] == unfit(name, value)
