"""Improvements as other pages mention them: in lists of parts, followers, open and closed ones."""

from __future__ import annotations

from collections.abc import Iterable

from cireg.model import Improvement
from cireg.site.views.blocks import Mention
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice


def verdict(item: Improvement, shown: Shown) -> tuple[Choice, ...]:
    """The verdict of the review of a closed improvement, as one choice or none."""
    value = item.get("review", "verdict")
    return (shown.words.choice("verdict", value),) if item.status == "closed" and value else ()


def mention(item: Improvement, shown: Shown, links: Links, note: str = "") -> Mention:
    """One improvement."""
    status = shown.words.choice("status", item.status)
    return Mention(links.improvement(item.id), item.title, status, note, verdict(item, shown))


def mentions(items: Iterable[Improvement], shown: Shown, links: Links) -> tuple[Mention, ...]:
    """Several improvements, in the order given."""
    return tuple(mention(item, shown, links) for item in items)
