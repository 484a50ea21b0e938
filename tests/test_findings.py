"""Findings and places: plain data that sorts and does not change."""

from dataclasses import FrozenInstanceError

import pytest

from cireg.findings import Finding, Place


def _finding(path: str, line: int, column: int, code: str) -> Finding:
    return Finding(Place(path, line, column), code, "rule", "error", "message", "help")


def test_findings_sort_by_path_line_column_and_code() -> None:
    """The order that every format shares."""
    expected = [
        _finding("a.yaml", 2, 1, "X900"),
        _finding("a.yaml", 10, 1, "X100"),
        _finding("a.yaml", 10, 3, "X100"),
        _finding("a.yaml", 10, 3, "X200"),
        _finding("b.yaml", 1, 1, "X100"),
    ]
    shuffled = [expected[place] for place in (3, 0, 4, 2, 1)]
    assert expected == sorted(shuffled, key=lambda finding: finding.sort_key)


def test_a_place_is_the_start_of_its_file_unless_told_otherwise() -> None:
    """A finding about a whole file stands at 1:1."""
    assert Place("a.yaml", 1, 1) == Place("a.yaml")


def test_places_sort_by_path_then_position() -> None:
    """Numbers sort as numbers."""
    expected = [Place("a", 2, 5), Place("a", 10, 1), Place("b")]
    assert expected == sorted([Place("b"), Place("a", 10, 1), Place("a", 2, 5)])


def test_a_finding_cannot_be_changed() -> None:
    """What was found is passed on as it is."""
    with pytest.raises(FrozenInstanceError):
        _finding("a.yaml", 1, 1, "X100").code = "X200"  # type: ignore[misc]  # that it is refused is the test
