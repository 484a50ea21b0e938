"""One row for each improvement: the register's table, register.json and register.csv are made of the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from cireg import lifecycle
from cireg.model import Improvement
from cireg.site.views.links import page_url
from cireg.site.views.shown import Shown

_PLACES = 6  # decimals of a number in JSON


@dataclass(frozen=True, slots=True)
class Row:
    """An improvement in one line, with the values as they are kept: ids, days in ISO form, None for the unknown.

    `page` is the address of its page from the site's root.
    """

    id: str
    title: str
    status: str
    track: str | None
    kind: str | None
    owner: str | None
    goal: str | None
    practices: tuple[str, ...]
    services: tuple[str, ...]
    tags: tuple[str, ...]
    light: str | None
    quadrant: str | None
    score: float | None
    rank: int | None
    raised: str | None
    due: str | None
    verdict: str | None
    page: str


COLUMNS = tuple(field.name for field in fields(Row))
"""What a row holds, in its order."""


def rows(shown: Shown) -> tuple[Row, ...]:
    """The published improvements: what is ranked first, best first, then the others by status and id."""
    order = list(lifecycle.statuses())
    found = [_row(item, shown) for item in shown.items]
    place = {row.item.id: n for n, row in enumerate(shown.ranking.rows)}
    return tuple(sorted(found, key=lambda row: (place.get(row.id, len(place)), order.index(row.status), row.id)))


def _row(item: Improvement, shown: Shown) -> Row:
    standing = shown.standings[item.id]
    due = item.date("target", "due")
    return Row(
        id=item.id,
        title=item.title,
        status=item.status,
        track=item.get("track"),
        kind=item.get("kind"),
        owner=item.owner if shown.people else None,
        goal=item.get("vision", "goal"),
        practices=tuple(item.texts("practices")),
        services=tuple(item.texts("services")),
        tags=tuple(item.texts("tags")),
        light=standing.light,
        quadrant=standing.quadrant,
        score=None if standing.score is None else round(standing.score, _PLACES),
        rank=standing.rank,
        raised=item.raised.isoformat() if item.raised else None,
        due=due.isoformat() if due else None,
        verdict=item.get("review", "verdict") if item.status == "closed" else None,
        page=page_url("improvement", item.id),
    )


def as_json(row: Row) -> dict[str, Any]:
    """The row as an object of JSON."""
    return {name: getattr(row, name) for name in COLUMNS}


def as_cells(row: Row) -> Iterator[str | float | int | None]:
    """The row as cells of a sheet; several values stand in one cell with "; " between them."""
    for name in COLUMNS:
        value = getattr(row, name)
        yield "; ".join(value) if isinstance(value, tuple) else value
