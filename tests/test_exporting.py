"""Improvements as a sheet or as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cireg.canonical import dump
from cireg.exporting import objects, sheet
from cireg.files import MemoryTree
from cireg.importing.exported import exported_map
from cireg.importing.planner import plan
from cireg.model import Improvement, Register
from cireg.register import load
from cireg.sheets import read_table
from cireg.source import Source

TODAY = date(2026, 11, 23)
ONE: dict[str, Any] = {
    "id": "CI-0001",
    "title": "=HYPERLINK(1)",
    "status": "proposed",
    "opportunity": "-1+2\n@x\n",
    "tags": ["a", "b"],
    "scores": {"value": 4, "on": "2026-03-09"},
    "publish": False,
    "custom": {"z": "1", "a": 2},
    "history": [{"on": "2026-01-05", "status": "proposed", "by": "+x"}],
}


def register(*data: dict[str, Any]) -> Register:
    """A register with these improvements."""
    files = {f"improvements/{each['id']}.yaml": dump(each) for each in data}
    return load(MemoryTree({"cireg.yaml": "version: 1\nname: x\n", **files}), lambda _: TODAY)


def cells(raw: bytes, name: str = "x.csv") -> list[dict[str, str]]:
    """The rows of a sheet, without its empty cells."""
    table = read_table(name, raw)
    return [{column: text for column, text in zip(table.header, row.cells, strict=True) if text} for row in table.rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_has_a_row_for_each_and_a_column_for_every_field(form: Any) -> None:
    """What spreadsheets know as days and numbers is such; the rest is text."""
    items = [*register(ONE, {**ONE, "id": "CI-0002", "custom": {"b": True}}).improvements.values()]
    rows = cells(sheet(items, form), f"x.{form}")

    assert {
        "id": "CI-0001", "title": "=HYPERLINK(1)", "status": "proposed", "opportunity": "-1+2\n@x", "tags": "a; b",
        "scores.value": "4", "scores.on": "2026-03-09", "publish": "false", "custom.z": "1", "custom.a": "2",
        "history": '[{"on": "2026-01-05", "status": "proposed", "by": "+x"}]',
    } == rows[0]  # fmt: skip
    assert {"custom.b": "true"} == {name: text for name, text in rows[1].items() if name.startswith("custom")}


def test_no_cell_runs_as_a_formula() -> None:
    """What looks like one gets an apostrophe, which the import takes off again."""
    raw = sheet([*register(ONE).improvements.values()], "csv").decode()

    assert "'=HYPERLINK(1)" in raw
    assert '"\'-1+2\n@x"' in raw


def test_the_mark_of_utf_8_is_for_files() -> None:
    """Spreadsheets need it, programs stumble over it."""
    items = [*register(ONE).improvements.values()]

    assert sheet(items, "csv", bom=True).startswith(b"\xef\xbb\xbfid,title,")
    assert sheet(items, "csv").startswith(b"id,title,")


def test_the_same_register_gives_the_same_bytes() -> None:
    """In both forms."""
    for form in ("csv", "xlsx"):
        assert sheet([*register(ONE).improvements.values()], form) == sheet(
            [*register(ONE).improvements.values()], form
        )


def test_no_improvement_gives_a_header() -> None:
    """Which may be filled in."""
    assert sheet([], "csv").decode().startswith("id,title,status,")


def test_objects_hold_the_file_and_what_follows_from_it() -> None:
    """As list has them."""
    (found,) = objects([*register(ONE).improvements.values()], register(ONE))

    assert ONE.items() <= found.items()
    assert "improvements/CI-0001.yaml" == found["path"]


SEEN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"))
TEXT = st.text(SEEN | st.sampled_from("\n\t"), max_size=40).map(str.strip).filter(bool)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
LINES = st.lists(LINE, min_size=1, max_size=3)
DAY = st.dates(date(1990, 1, 1), date(2026, 11, 23)).map(date.isoformat)
NAME = st.from_regex("[a-z][a-z0-9-]{0,9}", fullmatch=True)
ENTRY = st.fixed_dictionaries({"on": DAY, "status": st.just("proposed")}, optional={"by": LINE})
NUMBER = st.floats(0.01, 1000).map(lambda number: round(number, 3)) | st.integers(1, 1000)
IMPROVEMENT = st.fixed_dictionaries(
    {
        "id": st.just("CI-0001"),
        "title": LINE,
        "status": st.just("proposed"),
        "opportunity": TEXT,
        "history": ENTRY.map(lambda entry: [entry]),
    },
    optional={
        "tags": st.lists(NAME, min_size=1, max_size=4, unique=True),
        "baseline": st.fixed_dictionaries({"evidence": LINES}),
        "target": st.fixed_dictionaries({"due": DAY, "statement": TEXT}),
        "plan": st.fixed_dictionaries({"days": NUMBER}),
        "publish": st.booleans(),
        "custom": st.dictionaries(NAME, LINE | st.booleans() | NUMBER | LINES, min_size=1, max_size=3),
    },
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=50)
@given(IMPROVEMENT)
def test_what_is_exported_comes_back_unchanged(form: Any, data: dict[str, Any]) -> None:
    """Whatever it says: an import of the sheet finds nothing to change."""
    into = register(data)
    items = [*into.improvements.values()]
    table = read_table(f"x.{form}", sheet(items, form))
    import_map = exported_map(table.header)
    assert import_map is not None
    made = plan(f"x.{form}", table, import_map, into, TODAY)

    assert (["CI-0001"], [], []) == (made.unchanged, made.left_out, made.rejected), made


@settings(max_examples=50)
@given(IMPROVEMENT)
def test_what_is_exported_makes_the_same_improvement_elsewhere(data: dict[str, Any]) -> None:
    """In an empty register: the same data, with where it came from."""
    items: list[Improvement] = [Improvement(Source("improvements/CI-0001.yaml", data))]
    table = read_table("x.csv", sheet(items, "csv"))
    import_map = exported_map(table.header)
    assert import_map is not None
    made = plan("x.csv", table, import_map, register(), TODAY)

    assert [] == made.rejected
    again = sheet([Improvement(Source("", {**made.new[0].data, "imported": None}))], "csv")
    assert cells(sheet(items, "csv")) == cells(again)
