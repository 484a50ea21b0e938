"""One row for each improvement."""

from __future__ import annotations

from cireg.site.views.rows import Row, as_cells, as_json, rows
from tests.site.views.showing import showing
from tests.small_register import fields


def test_a_row_holds_values_as_they_are_kept() -> None:
    """Ids, ISO days, and None for what is not known."""
    data = fields("planned", practices=["service-desk"], services=["workplace"], tags=["a", "b"], kind="incremental")
    assert (
        Row(
            id="CI-0001",
            title=data["title"],
            status="planned",
            track=None,
            kind="incremental",
            owner="service-desk-lead",
            goal="g-happier-users",
            practices=("service-desk",),
            services=("workplace",),
            tags=("a", "b"),
            light="green",
            quadrant="quick-win",
            score=73.75,
            rank=1,
            raised="2026-11-10",
            due="2027-03-01",
            verdict=None,
            page="improvements/ci-0001/",
        ),
    ) == rows(showing(data))


def test_what_is_ranked_comes_first() -> None:
    """Best first; then the others, in the order of the life cycle and of ids."""
    better = fields("assessed", id="CI-0005")
    better["scores"] |= {"value": 5}
    items = [
        fields("closed"),
        fields("on-hold", id="CI-0002"),
        fields(id="CI-0003"),
        fields("assessed", id="CI-0004"),
        better,
    ]
    assert ["CI-0005", "CI-0004", "CI-0003", "CI-0001", "CI-0002"] == [row.id for row in rows(showing(*items))]


def test_neither_unpublished_ones_nor_people_are_in_rows() -> None:
    """Where the configuration says so, an owner is unknown."""
    made = rows(showing(fields("planned"), fields(id="CI-0002", publish=False), config="publish: {people: false}\n"))
    assert [("CI-0001", None)] == [(row.id, row.owner) for row in made]


def test_a_row_is_an_object_and_a_line_of_cells() -> None:
    """Several values are a list in JSON, and stand in one cell of a sheet."""
    row = rows(showing(fields("planned", tags=["a", "b"])))[0]
    assert ("a", "b") == as_json(row)["tags"]
    assert "a; b" in list(as_cells(row))
    assert list(as_json(row)) == list(Row.__dataclass_fields__)
