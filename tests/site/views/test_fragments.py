"""Small pieces that come again and again."""

from __future__ import annotations

from tests.site.views.showing import showing


def test_a_badge_has_a_shape_and_a_word() -> None:
    """Colour is never all that tells one from another; the shape is hidden from those who hear the word."""
    badge = showing().fragments.badge("status", "in-progress")
    assert '<use href="#cireg-i-in-progress"/>' in badge
    assert badge.rstrip().endswith("In progress</span>")
    assert 'aria-hidden="true"' in badge


def test_a_verdict_stands_beside_the_status() -> None:
    """Where there is one."""
    fragments = showing().fragments
    assert "Got worse" in fragments.status("closed", "worse")
    assert fragments.badge("status", "closed") == fragments.status("closed", None)


def test_there_is_no_light_for_what_has_none() -> None:
    """Nothing is shown, not an empty lamp."""
    assert "" == showing().fragments.light(None)
    assert "Amber" in showing().fragments.light("amber")


def test_what_is_said_of_a_state_is_escaped() -> None:
    """It may hold a contributed word."""
    assert "&lt;b&gt;" in showing().fragments.state("<b>", "done")


def test_each_piece_is_made_once() -> None:
    """The same object is given again; other values make another piece."""
    fragments = showing().fragments
    assert fragments.badge("status", "closed") is fragments.badge("status", "closed")
    assert fragments.head("a", (("b", ""),)) is fragments.head("a", (("b", ""),))
    assert fragments.head("a", (("b", ""),)) != fragments.head("a", (("b", "number"),))
    assert fragments.state("a", "done") != fragments.state("a", "late")
