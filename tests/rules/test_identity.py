"""Which of two improvements with one id is told to take another."""

from __future__ import annotations

from tests.small_register import fields, findings, text


def raised(on: str) -> str:
    """An improvement of that day."""
    return text(fields(history=[{"on": on, "status": "proposed"}]))


def test_the_younger_one_is_to_be_renumbered_whatever_the_names_of_the_files() -> None:
    """By the day it was raised, then by its path; the help is the command, whatever the path holds."""
    first, second = "improvements/CI-0001-a b.yaml", "improvements/CI-0001-c.yaml"
    told = [
        [(each.place.path, each.help) for each in findings(files) if each.rule == "duplicate-id"]
        for files in (
            {first: raised("2026-11-20"), second: raised("2026-11-18")},
            {first: raised("2026-11-18"), second: raised("2026-11-20")},
            {first: raised("2026-11-18"), second: raised("2026-11-18")},
        )
    ]
    give = "give it the next free id, with all that means it: cireg renumber "

    assert [
        [(first, give + "'improvements/CI-0001-a b.yaml'")],
        [(second, give + second)],
        [(second, give + second)],
    ] == told
