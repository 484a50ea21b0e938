"""A comment at a forge: what fits, what is left out, and what is made of the texts of strangers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cireg.report.comment import comment, text
from cireg.report.difference import Row, Section

_SHARED = Path(__file__).resolve().parents[3] / "shared/hostile/names/log-and-comment-injection.json"
_OWN = [
    "@org/team",
    "fixes #1",
    "GH-1",
    "a/b#2",
    "https://forge.example/a/b/pull/1",
    "www.example.org",
    "!1",
    "%1",
    "~bug",
    "$1",
]
VECTORS = sorted({*_OWN, *(json.loads(_SHARED.read_text(encoding="utf-8")) if _SHARED.exists() else [])})


def made(*rows: Row, most: int = 65_536) -> str:
    """A comment of one section."""
    return comment("Title", "Summary.", [Section("Rows", rows)], most=most)


def test_a_row_has_its_lines_below_it() -> None:
    """An id stands out, and a row without one is its sentence."""
    expected = "## Title\n\nSummary\\.\n\n### Rows (2)\n\n- **CI-0001** One\n  - changed\n- Two\n"
    assert expected.replace("\\.", ".") == made(Row("CI-0001", "One", ("changed",)), Row("", "Two"))


@pytest.mark.parametrize("vector", VECTORS)
def test_a_text_stays_in_its_line_and_calls_nobody(vector: str) -> None:
    """Whatever it is in: an id, a head, a line, a title."""
    shown = comment(vector, "Summary.", [Section(vector, (Row(vector, vector, (vector,)),))], "Note.")
    assert 6 == len([line for line in shown.splitlines() if line])
    for line in shown.splitlines():
        assert not line.lstrip().startswith(("::", "##[", "/"))
    assert not [
        mark for mark in ("@o", "#1", "#2", "GH-1", "://", "www.", "!1", "%1", "~bug", "$1") if mark in text(vector)
    ]


def test_one_long_row_does_not_hide_the_others() -> None:
    """Whoever fills his own row leaves room for what is found in the next."""
    long = Row("CI-0001", "x" * 9000, tuple("y" * 9000 for _ in range(500)))
    shown = made(long, Row("CI-0002", "Two"), most=4_000)
    assert "CI-0002" in shown
    assert "CI-0001" not in shown
    assert "1 more rows are left out" in shown
    assert "and 470 more" in made(long)
    assert len(made(long)) < 20_000


def test_the_limit_counts_bytes_and_holds_with_everything_that_is_said() -> None:
    """For any number of rows, of any script."""
    for count in (0, 1, 10, 100, 1000):
        shown = made(*(Row(f"CI-{n:04}", "\u4e2d" * 50, ("\U0001f600" * 20,)) for n in range(count)), most=5_000)
        assert len(shown.encode()) <= 5_000
        assert ("left out" in shown) == (count > 10)
