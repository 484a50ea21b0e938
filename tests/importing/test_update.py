"""What a row says otherwise than the file that the register has."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.columns import header
from cireg.exporting import sheet
from cireg.importing.exported import exported_map
from cireg.importing.plan import Plan
from cireg.importing.planner import plan
from cireg.model import Register
from cireg.sheets import Table, Value, read_table, write_csv
from tests.importing.maps import TODAY, planned, register

IMPORTED = """\
id: CI-0007
title: Answer sooner
status: planned
opportunity: Three days.
imported: {from: ideas.csv, row: 2, on: 2026-03-01, status: planned}
history:
  - {on: 2026-01-05, status: proposed, by: anonymous}
  - {on: 2026-02-01, status: planned}
"""
WHOLE = """\
id: CI-0001
title: Answer sooner
status: assessed
change_type: [tool, training]
source: feedback
owner: service-desk-lead
tags: [portal, desk]
opportunity: |
  Three days.

  - is too long
vision: {goal: g-one, benefit: "=1+1"}
baseline: {summary: 3.0 days, evidence: [REP-1, "a; b"]}
scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-02-01, by: data-analyst}
measures: [{kpi: answers, role: secondary}]
plan:
  days: 2.50
  steps:
    - {do: Write it, by: data-analyst, due: 2026-04-30}
    - {do: Test it, by: data-analyst, due: 2026-05-30}
links: {part_of: null, depends_on: [CI-0002]}
publish: false
custom: {cost_centre: "0471", ratio: 0.5, final: true, words: [a, b], nested: {a: [1, 2]}, note: "[not json]"}
history:
  - {on: 2026-01-05, status: proposed, by: anonymous}
  - {on: 2026-02-01, status: assessed, by: data-analyst}
"""
OTHER = (
    "id: CI-0002\ntitle: Other\nstatus: proposed\nopportunity: Why.\nhistory: [{on: 2026-01-05, status: proposed}]\n"
)
PROPOSED = '[{"on": "2026-01-05", "status": "proposed"}]'
BACKWARDS = '[{"on": "2026-03-05", "status": "proposed"}, {"on": "2026-01-05", "status": "assessed"}]'


def the_register() -> Register:
    """A register with nearly everything in one file."""
    return register({"improvements/CI-0001.yaml": WHOLE, "improvements/CI-0002.yaml": OTHER})


def edited(column: str, text: str, *more: tuple[str, str]) -> Plan:
    """The plan for the exported sheet after these cells of CI-0001 were edited."""
    into = the_register()
    table = read_table("sheet.csv", sheet(list(into.improvements.values()), "csv"))
    cells = list(table.rows[0].cells)
    for name, value in ((column, text), *more):
        cells[table.header.index(name)] = value
    changed = Table(table.header, (type(table.rows[0])(2, 2, tuple(cells)), *table.rows[1:]), ())
    import_map = exported_map(changed.header)
    assert import_map is not None
    return plan("sheet.csv", changed, import_map, into, TODAY)


def changes(made: Plan) -> list[tuple[Any, Any]]:
    """Route and new value of every change."""
    return [(change.route, change.new) for each in made.different for change in each.changes]


def left_out(made: Plan) -> list[tuple[str, str]]:
    """Field and reason of every value that is left out."""
    return [(each.fault.field, each.fault.reason) for each in made.left_out]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_sheet_changes_nothing(form: Any) -> None:
    """However its values look: numbers with zeros, formulas, texts that look like JSON."""
    into = the_register()
    table = read_table(f"sheet.{form}", sheet(list(into.improvements.values()), form))
    import_map = exported_map(table.header)
    assert import_map is not None
    made = plan(f"sheet.{form}", table, import_map, into, TODAY)

    assert ["CI-0001", "CI-0002"] == made.unchanged
    assert ([], []) == (made.different, made.left_out)


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("title", "Answer at once", [(("title",), "Answer at once")]),
        ("owner", "", [(("owner",), None)]),
        ("owner", "data-analyst", [(("owner",), "data-analyst")]),
        ("sponsor", "data-analyst", [(("sponsor",), "data-analyst")]),
        ("tags", "portal;desk", []),
        ("tags", "portal; new", [(("tags",), ["portal", "new"])]),
        ("change_type", "tool", [(("change_type",), ["tool"])]),
        ("opportunity", "One day.\n\nOr two.", [(("opportunity",), "One day.\n\nOr two.\n")]),
        ("opportunity", "One day.", [(("opportunity",), "One day.\n")]),
        ("opportunity", "Three days.  \r\n\r\n- is too long\r\n", []),
        ("scores.value", "5", [(("scores", "value"), 5)]),
        ("scores.on", "2026-02-02", [(("scores", "on"), "2026-02-02")]),
        ("plan.days", "2.500", []),
        ("plan.days", "3", [(("plan", "days"), 3)]),
        ("baseline.evidence", "REP-1", [(("baseline", "evidence"), ["REP-1"])]),
        ("publish", "FALSE", []),
        ("publish", "TRUE", [(("publish",), True)]),
        ("custom.cost_centre", "0472", [(("custom", "cost_centre"), "0472")]),
        ("custom.ratio", "0.75", [(("custom", "ratio"), 0.75)]),
        ("custom.ratio", "half", [(("custom", "ratio"), "half")]),
        ("custom.words", "a; c", [(("custom", "words"), ["a", "c"])]),
        ("custom.words", '["a; b"]', [(("custom", "words"), ["a; b"])]),
        ("custom.final", "FALSE", [(("custom", "final"), False)]),
        ("custom.nested", '{"a": [1]}', [(("custom", "nested"), {"a": [1]})]),
        ("custom.note", "[still not]", [(("custom", "note"), "[still not]")]),
        ("vision.benefit", "'tis", [(("vision", "benefit"), "'tis")]),
        ("links.depends_on", "", [(("links", "depends_on"), None)]),
        ("target.statement", "Within a day.", [(("target", "statement"), "Within a day.")]),
    ],
)  # fmt: skip
def test_an_edited_cell_changes_its_field(column: str, text: str, expected: list[Any]) -> None:
    """And nothing else; what was written otherwise and says the same changes nothing."""
    made = edited(column, text)

    assert expected == changes(made)
    assert [] == left_out(made)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("title", "", "empty, and title is needed"),
        ("title", "x" * 301, "must have at most 300 characters"),
        ("status", "started", "cannot be 'started'"),
        ("scores.on", "10/03/2026", "is no day of the form YYYY-MM-DD"),
        ("scores.value", "9", "must be at most 5"),
        ("owner", "Data Analyst", "must be a small letter"),
        ("imported.from", "else.csv", "says where the file came from"),
        ("links.depends_on", "CI-0404", "there is no improvement CI-0404"),
        ("links.part_of", "CI-0001", "leads to the improvement itself"),
        ("measures", "[{]", "is no JSON"),
        ("history", PROPOSED, "its last entry says proposed, and the status is assessed"),
        ("history", BACKWARDS, "the history would not run from the oldest entry to the newest"),
        ("status", "closed", "there is no move from assessed to closed"),
        ("status", "proposed", "the move from assessed to proposed needs note"),
    ],
)  # fmt: skip
def test_an_edit_that_cannot_be_taken_is_told_and_changes_nothing(column: str, text: str, reason: str) -> None:
    """The row is not rejected: the rest of it is as good as before."""
    made = edited(column, text)

    assert [] == changes(made)
    assert [True] == [said.startswith(reason) for _, said in left_out(made)], left_out(made)
    assert 0 == made.rejected_rows


def test_one_bad_edit_does_not_hide_a_good_one() -> None:
    """Each cell is for itself."""
    made = edited("title", "Answer at once", ("scores.value", "9"))

    assert [(("title",), "Answer at once")] == changes(made)
    assert ["scores.value"] == [field for field, _ in left_out(made)]


def test_a_link_beside_a_dead_one_is_taken() -> None:
    """The dead one is left out of the list."""
    made = edited("links.relates_to", "CI-0404; CI-0002")

    assert [(("links", "relates_to"), ["CI-0002"])] == changes(made)
    assert [("links.relates_to", "there is no improvement CI-0404")] == left_out(made)


def test_an_edited_status_adds_an_entry() -> None:
    """A move that the life cycle allows, dated to the day of the import."""
    assert [
        (("status",), "planned"),
        (("history", 2), {"on": "2026-11-23", "status": "planned"}),
    ] == changes(edited("status", "planned"))


def test_status_and_history_may_be_edited_together() -> None:
    """Then the history says when and by whom."""
    history = (
        '[{"on": "2026-01-05", "status": "proposed", "by": "anonymous"}, {"on": "2026-02-01", "status": "assessed", '
        '"by": "data-analyst"}, {"on": "2026-03-01", "status": "on-hold", "note": "Later.", "until": "2027-01-01"}]'
    )
    made = edited("status", "on-hold", ("history", history))

    assert {("status",), ("history",)} == {route for route, _ in changes(made)}
    assert [] == left_out(made)


def test_a_new_row_of_an_exported_sheet_becomes_a_file() -> None:
    """With its history as JSON; without one it cannot be dated."""
    into = the_register()
    import_map = exported_map(("id", "title", "status", "opportunity", "history", "custom.x"))
    assert import_map is not None
    rows: list[list[Value]] = [
        ["CI-0003", "A", "proposed", "Why", PROPOSED, 1],
        ["CI-0004", "B", "proposed", "Why", None, None],
    ]
    raw = write_csv(["id", "title", "status", "opportunity", "history", "custom.x"], rows)
    made = plan("sheet.csv", read_table("sheet.csv", raw), import_map, into, TODAY)

    assert ["CI-0003"] == [new.id for new in made.new]
    assert {"x": "1"} == made.new[0].data["custom"]
    assert [("CI-0004", "empty, and history is needed")] == [(each.id, each.fault.reason) for each in made.rejected]


def test_only_a_sheet_of_fields_is_understood_without_a_map() -> None:
    """In any order, and without the columns that somebody took out; the id has to be there."""
    assert exported_map(header(())) is not None
    assert exported_map(("title", "id")) is not None
    assert exported_map(("title", "status")) is None
    assert exported_map(("id", "Title")) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Answer sooner", "Answer at once", [(("title",), "Answer sooner")]),
        ("on: 2026-02-01, status: planned", "on: 2026-02-02, status: planned", [(("history", 1, "on"), "2026-02-01")]),
        ("by: anonymous", "by: data-analyst", []),
        ("status: planned}\n", "status: planned, by: data-analyst}\n", []),
    ],
)
def test_a_mapped_row_is_compared_with_the_file(old: str, new: str, expected: list[Any]) -> None:
    """What the sheet does not say, and what only the map says, is not compared."""
    into = register({"improvements/CI-0007.yaml": IMPORTED.replace(old, new)})
    row = "7,Answer sooner,Planned,Three days.,,,,,,2026-01-05,2026-02-01,\n"

    assert expected == changes(planned(row, into=into))


def test_a_mapped_status_moves_by_the_rules() -> None:
    """One step is taken, with the sheet's day and reason; several at once, or one back, are told and left out."""
    into = register({"improvements/CI-0007.yaml": IMPORTED})
    row = "7,Answer sooner,STATE,Three days.,,,,,,2026-01-05,2026-04-01,Too dear.\n"

    parked = planned(row.replace("STATE", "Parked"), into=into)
    done = planned(row.replace("STATE", "Done"), into=into)
    idea = planned(row.replace("STATE", "Idea"), into=into)

    assert ([], [("status", "the move from planned to on-hold needs until")]) == (changes(parked), left_out(parked))
    assert [True] == ["there is no move from planned to closed" in reason for _, reason in left_out(done)]
    assert [True] == ["there is no move from planned to proposed" in reason for _, reason in left_out(idea)]


def test_a_mapped_move_brings_its_entry() -> None:
    """Dated and explained by the sheet."""
    into = register({"improvements/CI-0007.yaml": IMPORTED})
    text = (
        "version: 1\nid: {template: 'CI-{No:0>4}'}\nfields: {title: Name, status: State, opportunity: Why}\n"
        "history: {raised: Raised, since: Changed, by: By, note: Reason}\n"
    )
    row = "7,Answer sooner,rejected,Three days.,2026-01-05,2026-04-01,data-analyst,Too dear.\n"
    made = planned(row, text, into, header="No,Name,State,Why,Raised,Changed,By,Reason")

    entry = {"on": "2026-04-01", "status": "rejected", "by": "data-analyst", "note": "Too dear."}
    assert [(("status",), "rejected"), (("history", 2), entry)] == changes(made)


def test_what_moved_on_since_the_import_keeps_its_history() -> None:
    """The sheet knows less by then; only the day it was raised is still compared."""
    text = IMPORTED.replace("status: planned\nopp", "status: in-progress\nopp")
    text += "  - {on: 2026-05-01, status: in-progress}\n"
    into = register({"improvements/CI-0007.yaml": text})
    row = "7,Answer sooner,Planned,Three days.,,,,,,2026-01-04,2026-02-09,\n"
    made = planned(row, into=into)

    assert [(("history", 0, "on"), "2026-01-04")] == changes(made)
    assert [("status", "the move from in-progress to planned needs note")] == left_out(made)
