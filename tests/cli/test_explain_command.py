"""`cireg explain`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cireg.rules import RULES
from cireg.rules.declare import Rule
from cireg.text import width
from tests.running import call


def test_a_rule_is_explained_with_its_examples(tmp_path: Path) -> None:
    """Sentence, reason, remedy, a bad and a good example; the whole of it, once."""
    done = call(tmp_path, "explain", "overdue")

    assert (
        """\
CI301 overdue (warning)

What is due has been done.

The target's day, a step's day, a review, the day on which a parked
improvement comes back and the day on which a success is looked at again: each
was a promise to somebody.

What to do: do it, or agree on a new day and write it down.

Bad:
  history: [{on: 2026-11-12, status: proposed, by: service-desk-lead}]
  target: {due: 2026-11-16}

Good:
  history: [{on: 2026-11-12, status: proposed, by: service-desk-lead}]
  target: {due: 2027-03-01}
"""
        == done.out
    )
    assert (0, "") == (done.code, done.err)


@pytest.mark.parametrize("name", ["CI301", "ci301", "Overdue"])
def test_a_code_will_do_in_any_case(tmp_path: Path, name: str) -> None:
    """As a person types it."""
    assert call(tmp_path, "explain", "overdue") == call(tmp_path, "explain", name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_can_be_explained(tmp_path: Path, rule: Rule) -> None:
    """With both examples, in lines that a terminal can hold, and nothing that acts on it."""
    done = call(tmp_path, "explain", rule.name)
    bad, good = done.out.index("\nBad:\n  "), done.out.index("\nGood:\n  ")

    assert 0 < bad < good
    assert done.out.startswith(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.title.split(' ')[0]}")
    assert max(width(line) for line in done.out[:bad].splitlines()) <= 80
    assert max(width(line) for line in done.out[bad:].splitlines()) <= 110
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ufeff\ufffd]", done.out)


def test_a_file_of_an_example_is_named_where_there_are_several(tmp_path: Path) -> None:
    """The reader sees which lines stand where."""
    text = call(tmp_path, "explain", "circular-link").out

    assert (
        "Bad:\n  # improvements/CI-0001.yaml\n  links: {depends_on: [CI-0002]}\n  # improvements/CI-0002.yaml\n" in text
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("overdu", "cireg: there is no rule overdu\n  did you mean overdue?\n"),
        ("xyzzy", "cireg: there is no rule xyzzy\n  cireg rules lists them\n"),
        ("\x1b[31mx", "cireg: there is no rule \\x1b[31mx\n  cireg rules lists them\n"),
    ],
)
def test_an_unknown_rule_is_a_mistake_of_the_caller(tmp_path: Path, name: str, message: str) -> None:
    """Exit code 2, and the nearest name."""
    done = call(tmp_path, "explain", name)

    assert (2, "", message) == (done.code, done.out, done.err)
