"""Decisions in words for those who had the idea."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt

from cireg.issues.decisions import decisions, issue_of
from tests.hostile import strings
from tests.small_register import fields, files, item, register

ISSUES = "https://forge.example/it/register/issues/"
ENTRIES: list[dict[str, Any]] = [
    {"on": "2026-11-10", "status": "proposed", "by": "octocat"},
    {"on": "2026-11-16", "status": "rejected", "by": "improvement-manager", "note": "The portal is replaced."},
]


def told(history: list[dict[str, Any]], *, known: int = 1, **more: Any) -> list[tuple[int, str, str]]:
    """What is told of an improvement with this history, of which so many entries were there before."""
    given = {"source_ref": f"{ISSUES}12", **more}
    after = fields("proposed", **given) | {"history": history, "status": history[-1]["status"]}
    before = after | {"history": history[:known], "status": history[max(known, 1) - 1]["status"]}
    found = decisions(register(files(before) if known else {}), register(files(after)), ISSUES)
    return [(each.issue, each.id, each.text) for each in found]


def test_a_decision_is_told_with_its_reason() -> None:
    """What the status means, in the schema's words, and the note."""
    assert [
        (
            12,
            "CI-0001",
            "CI-0001 is **rejected** since 2026-11-16. Answered with no, and why.\n\n    The portal is replaced.\n",
        )
    ] == told(ENTRIES)


def test_what_is_parked_is_told_with_its_day() -> None:
    """So that nobody asks before."""
    parked = {"on": "2026-11-16", "status": "on-hold", "note": "No budget.", "until": "2027-03-01"}
    ((_, _, text),) = told([ENTRIES[0], parked])

    assert text.startswith("CI-0001 is **on-hold** since 2026-11-16, until 2027-03-01. ")


def test_several_decisions_are_one_text_and_none_is_none() -> None:
    """A file that is new tells all of its history."""
    ((_, _, text),) = told(ENTRIES, known=0)

    assert 2 == text.count("CI-0001 is **")
    assert [] == told(ENTRIES, known=2)


@pytest.mark.parametrize(
    ("reference", "opportunity", "expected"),
    [
        (f"{ISSUES}12", "x", 12),
        ("REP-88", f"Text.\n\n{ISSUES}7\n", 7),
        ("REP-88", "Text.", None),
        ("https://elsewhere.example/issues/12", "x", None),
        (f"{ISSUES}0", "x", None),
        (f"{ISSUES}12x", "x", None),
        (f"{ISSUES}1234567890123", "x", None),
        (f"{ISSUES}", "x", None),
        (f"{ISSUES}../pulls/1", "x", None),
    ],
)
def test_only_issues_of_this_register_are_told(reference: str, opportunity: str, expected: int | None) -> None:
    """By their whole addresses."""
    assert expected == issue_of(item(fields(source_ref=reference, opportunity=opportunity)), ISSUES)


@pytest.mark.parametrize("note", [*strings(), "a\n```\n@everyone\n\n# x", "fixes #1\n\n\tand\n"], ids=repr)
def test_nothing_in_a_note_leaves_its_block_of_code(note: str) -> None:
    """Nobody is mentioned, nothing is closed."""
    entry = {"on": "2026-11-16", "status": "withdrawn", "by": "x", "note": note}
    for _, _, text in told([ENTRIES[0], entry]):
        kinds = [token.type for token in MarkdownIt().parse(text)]
        assert ["paragraph_open", "inline", "paragraph_close"] == kinds[:3]
        assert set(kinds[3:]) <= {"code_block"}
