"""Templates: columns in braces, filled without evaluating anything."""

from __future__ import annotations

import pytest

from cireg.importing.template import Template, compile_template

CELLS = {"number": "19", "First name": "Ada", "a:b": "colon", "empty": ""}


def filled(text: str) -> str | None:
    """The template filled from `CELLS`."""
    made = compile_template(text)
    assert isinstance(made, Template)
    return made.fill(lambda name: CELLS.get(name, ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KEP-{number:0>4}", "KEP-0019"),
        ("{number}", "19"),
        ("{number:x<4}|", "19xx|"),
        ("{number:>4}", "  19"),
        ("{First name} {number}", "Ada 19"),
        ("{a:b}", "colon"),
        ("{{{number}}}", "{19}"),
    ],
)
def test_a_template_is_filled(text: str, expected: str) -> None:
    """A width fills up and never cuts."""
    assert expected == filled(text)


def test_a_text_longer_than_its_width_stays_whole() -> None:
    """Cutting would make two numbers one."""
    assert "KEP-19" == filled("KEP-{number:0>1}")


def test_an_empty_column_leaves_no_value() -> None:
    """Half a value is worse than none."""
    assert filled("{number}-{empty}") is None


def test_nothing_is_evaluated() -> None:
    """What looks like Python in a template is the name of a column."""
    made = compile_template("{number.__class__}")
    assert isinstance(made, Template)
    assert ("number.__class__",) == made.names


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{number", "a brace is alone"), ("number}", "a brace is alone"), ("KEP", "no column stands in it")],
)
def test_what_is_no_template_says_why(text: str, reason: str) -> None:
    """The reason is for whoever writes the map."""
    assert str(compile_template(text)).startswith(reason)
