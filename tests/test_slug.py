"""Slugs: what becomes of a text's words when they are to be an id or a part of a file name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.slug import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cut password-reset tickets by 25 %", "cut-password-reset-tickets-by-25"),
        ("@d-nishi", "d-nishi"),
        ("Users' first day, the portal’s way", "users-first-day-the-portals-way"),
        ("Büro für Änderungen, Straße 5", "buro-fur-anderungen-strasse-5"),
        ("  --  ", ""),
        ("改善", ""),
        ("Wi-Fi 改善 at Northgate", "wi-fi-at-northgate"),
    ],
)
def test_words_become_small_letters_digits_and_hyphens(text: str, expected: str) -> None:
    """Accents are taken off, apostrophes join, everything else separates."""
    assert expected == slug(text, 63)


def test_what_is_too_long_is_cut_between_words() -> None:
    """A word that would be cut in the middle is left out."""
    assert "answer-portal" == slug("Answer portal requests", 16)
    assert "answer-portal" == slug("Answer portal requests", 13)


def test_a_first_word_that_is_too_long_is_cut() -> None:
    """Half a word is better than nothing."""
    assert "donau" == slug("Donaudampfschifffahrt", 5)


@given(st.text(max_size=200), st.integers(1, 80))
def test_a_slug_is_a_slug_and_fits(text: str, longest: int) -> None:
    """No text leads to anything else, and a slug is its own slug."""
    found = slug(text, longest)

    assert len(found) <= longest
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", found)
    assert found == slug(found, longest)
