"""Places in a file's data."""

from __future__ import annotations

from typing import Any

from cireg.importing.places import look, overlaps, put, remove


def test_a_value_is_found_by_its_route() -> None:
    """Sections by name, entries by number; what is not there is None."""
    data = {"plan": {"steps": [{"do": "Write"}, {"do": "Test"}]}}

    assert "Test" == look(data, ("plan", "steps", 1, "do"))
    assert look(data, ("plan", "steps", 2)) is None
    assert look(data, ("plan", "steps", "do")) is None
    assert look(data, ("vision", "goal")) is None


def test_a_value_is_put_with_the_sections_on_its_way() -> None:
    """None puts nothing, so that an unknown value leaves no trace."""
    data: dict[str, Any] = {"history": [{"on": "2026-01-02"}]}
    put(data, ("vision", "goal"), "g-one")
    put(data, ("history", 0, "by"), "data-analyst")
    put(data, ("target", "due"), None)

    assert {"history": [{"on": "2026-01-02", "by": "data-analyst"}], "vision": {"goal": "g-one"}} == data


def test_a_section_goes_with_its_last_part() -> None:
    """An empty section says nothing and would only look unfinished."""
    data: dict[str, Any] = {"id": "CI-0001", "scores": {"wsjf": {"job_size": 3}}, "tags": ["a", "b"]}
    remove(data, ("scores", "wsjf", "job_size"))
    remove(data, ("tags", 0))
    remove(data, ("owner",))

    assert {"id": "CI-0001", "tags": ["b"]} == data


def test_places_overlap_when_one_lies_in_the_other() -> None:
    """The order of the two makes no difference."""
    assert overlaps(("links",), ("links", "follows"))
    assert overlaps(("links", "follows"), ("links",))
    assert not overlaps(("links", "follows"), ("links", "part_of"))
