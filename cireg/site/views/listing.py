"""The list of what to do next as pages show it: rank, score, and the points that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from cireg.figures import tenths
from cireg.ranking import Row as Ranked
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.points import Segment, in_words, segments
from cireg.site.views.shown import Shown


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list. `parts` says in words what `segments` draw."""

    rank: str
    link: str
    title: str
    status: str
    owner: str
    score: str
    light: str
    segments: tuple[Segment, ...]
    parts: str


def places(shown: Shown, links: Links, most: int) -> tuple[Place, ...]:
    """The first places of the list; a tie at the end is not cut."""
    return tuple(_place(row, shown, links) for row in shown.ranking.rows if row.rank <= most)


def _place(row: Ranked, shown: Shown, links: Links) -> Place:
    item = row.item
    standing = shown.standings[item.id]
    return Place(
        rank=rank_text(row.rank, row.tied),
        link=links.improvement(item.id),
        title=item.title,
        status=shown.status(item),
        owner=comma(links.person(item.owner)),
        score=tenths(row.score),
        light=shown.fragments.light(row.light),
        segments=segments(standing),
        parts=in_words(standing, shown),
    )


def rank_text(rank: int, tied: bool) -> str:
    """A rank; the sign says that it is shared."""
    return f"{rank}=" if tied else str(rank)
