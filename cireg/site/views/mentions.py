"""Improvements as other pages mention them: in lists of parts, followers, open and closed ones."""

from __future__ import annotations

from collections.abc import Iterable

from cireg.model import Improvement
from cireg.site.views.blocks import Group, Mention
from cireg.site.views.links import Links


def mention(item: Improvement, links: Links, note: str = "") -> Mention:
    """One improvement."""
    return Mention(links.mention(item), note)


def listed(items: Iterable[Improvement], links: Links) -> tuple[Group, ...]:
    """Several improvements in the order given, as one group without a label; none for none."""
    mentions = tuple(mention(item, links) for item in items)
    return (Group("", mentions),) if mentions else ()
