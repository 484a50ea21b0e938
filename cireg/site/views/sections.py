"""Sections of pages that tell figures: sentences, a picture, what to do, which improvements, and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cireg.model import Improvement
from cireg.site.page import Heading
from cireg.site.views.blocks import Group, Table
from cireg.site.views.links import Links
from cireg.site.views.mentions import mention
from cireg.site.views.plot import Picture
from cireg.site.views.shown import Shown

LISTED = 20  # improvements that a section names


@dataclass(frozen=True, slots=True)
class Section:
    """One section. With `more`, the tables are folded away under these words; `rule` says how it was computed.

    `todo` is what to do about it; `groups` are the improvements that it speaks of, `rest` says how many are not named.
    """

    id: str
    heading: str
    sentences: tuple[str, ...]
    rule: str
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    more: str = ""
    todo: str = ""
    groups: tuple[Group, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class SectionsView:
    """A page of sections: what it says first, from which entries, and the sections."""

    summary: str
    basis: str
    sections: tuple[Section, ...]


def headings(sections: Iterable[Section]) -> tuple[Heading, ...]:
    """The headings of a page of sections."""
    return tuple(Heading(each.id, each.heading) for each in sections)


def named(
    items: Sequence[tuple[str, str]], shown: Shown, links: Links, most: int = LISTED
) -> tuple[tuple[Group, ...], str]:
    """The first improvements of a list of ids and notes, and how many more there are in words."""
    known: list[tuple[Improvement, str]] = [
        (shown.register.improvements[id_], note) for id_, note in items if id_ in shown.register.improvements
    ]
    if not known:
        return (), ""
    rest = len(known) - most
    group = Group("", tuple(mention(item, links, note) for item, note in known[:most]))
    return (group,), shown.say("flow.more", n=rest) if rest > 0 else ""
