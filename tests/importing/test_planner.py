"""From a sheet to what is to be done with each of its rows."""

from __future__ import annotations

import pytest

from cireg.importing.plan import Plan
from tests.importing.maps import HEADER, planned, register

FILE = """\
# yaml-language-server: $schema=../schema/improvement.schema.json
id: CI-0007
title: Answer sooner
status: proposed
source: other
owner: data-analyst
opportunity: |
  Three days.
history:
  - {on: 2026-01-05, status: proposed, by: data-analyst}
"""
NEW = """\
# yaml-language-server: $schema=../schema/improvement.schema.json
id: CI-0007
title: Answer sooner
status: proposed
source: other
owner: data-analyst
opportunity: Three days.

imported:
  from: ideas.csv
  row: 3
  on: 2026-11-23
  status: proposed

history:
  - {on: 2026-01-05, status: proposed, by: data-analyst}
"""
ROW = "7,Answer sooner,Idea,Three days.,data-analyst,,,,,2026-01-05,,\n"


def sums(plan: Plan) -> dict[str, int]:
    """How many rows there are of each sort."""
    return {
        "rows": plan.rows, "new": len(plan.new), "different": len(plan.different),
        "unchanged": len(plan.unchanged), "rejected": plan.rejected_rows,
    }  # fmt: skip


def rejected(plan: Plan) -> list[tuple[int, str, str]]:
    """Row, id and reason of each rejection."""
    return [(each.row, each.id, each.fault.reason) for each in plan.rejected]


def left_out(plan: Plan) -> list[tuple[int, str, str, str]]:
    """Row, field, value and reason of each value that is left out."""
    return [(each.row, each.fault.field, each.fault.value, each.fault.reason) for each in plan.left_out]


def test_every_row_is_one_of_five_things() -> None:
    """New, different, unchanged or rejected; they add up to the rows of the sheet."""
    into = register({"improvements/CI-0007.yaml": FILE, "improvements/CI-0008.yaml": FILE.replace("0007", "0008")})
    plan = planned(
        ROW + ROW.replace("7,Ans", "8,Not ans") + ROW.replace("7,", "9,") + ROW.replace("7,", ","), into=into
    )

    assert {"rows": 4, "new": 1, "different": 1, "unchanged": 1, "rejected": 1} == sums(plan)


def test_a_new_file_says_where_it_came_from() -> None:
    """The sheet, its row as a spreadsheet counts, the day and the status; the modeline leads to the schema."""
    (new,) = planned("\n" + ROW).new

    assert "improvements/CI-0007-answer-sooner.yaml" == new.path
    assert {"from": "ideas.csv", "row": 3, "on": "2026-11-23", "status": "proposed"} == new.data["imported"]
    assert NEW == new.text


def test_an_id_used_twice_rejects_every_row_of_it() -> None:
    """Nobody here guesses which of them was meant; each names the others."""
    plan = planned(ROW + ROW + ROW.replace("7,", "9,") + ROW)

    assert ["CI-0009"] == [new.id for new in plan.new]
    assert [
        (2, "CI-0007", "is also the id of rows 3, 5"),
        (3, "CI-0007", "is also the id of rows 2, 5"),
        (5, "CI-0007", "is also the id of rows 2, 3"),
    ] == rejected(plan)


def test_many_rows_of_one_id_do_not_name_each_other_without_end() -> None:
    """The first ten; each of the others is told in a line of its own."""
    plan = planned(ROW * 13)

    assert 13 == plan.rejected_rows
    assert "is also the id of rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more" == rejected(plan)[-1][2]
    assert "is also the id of rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more" == rejected(plan)[0][2]


def test_every_fault_of_a_rejected_row_is_told_once() -> None:
    """A row counts once, however much is wrong with it; rows without an id are no duplicates of each other."""
    plan = planned(",,x,,,,,,,,,\n" * 2)

    assert 2 == plan.rejected_rows
    assert 10 == len(plan.rejected)
    assert {"id", "title", "status", "opportunity", "history.raised"} == {each.fault.field for each in plan.rejected}


def test_a_row_that_is_rejected_leaves_nothing_else_behind() -> None:
    """Neither its left-out values nor its people count."""
    plan = planned(ROW.replace("Idea", "x").replace("data-analyst,,,,", "data-analyst,Not Ok,,,"))

    assert [] == plan.left_out
    assert {} == plan.names


def test_an_id_of_a_file_that_cannot_be_read_is_left_alone() -> None:
    """A second file with the id would make things worse."""
    into = register({"improvements/CI-0007-old.yaml": "id: [CI-0007\n", "improvements/CI-00071.yaml": "x: [\n"})

    assert [(2, "CI-0007", "is the id of a file that cannot be read: improvements/CI-0007-old.yaml")] == rejected(
        planned(ROW, into=into)
    )


def test_an_id_of_two_files_is_left_alone() -> None:
    """Check tells of them; an import does not choose one."""
    into = register({"improvements/CI-0007-a.yaml": FILE, "improvements/CI-0007-b.yaml": FILE})

    (found,) = rejected(planned(ROW, into=into))
    assert "is the id of several files: improvements/CI-0007-a.yaml, improvements/CI-0007-b.yaml" == found[2]


def test_links_that_lead_nowhere_are_left_out() -> None:
    """To an improvement that is neither there nor in the sheet, to one that is rejected, to itself."""
    into = register({"improvements/CI-0001.yaml": FILE.replace("CI-0007", "CI-0001")})
    rows = (
        "7,A,Idea,Why,,,CI-0001; CI-0008; CI-0404; CI-0009; CI-0007,,,2026-01-05,,\n"
        "8,B,Idea,Why,,,,,,2026-01-05,,\n9,C,x,Why,,,,,,2026-01-05,,\n"
    )
    plan = planned(rows, into=into)

    assert {"depends_on": ["CI-0001", "CI-0008"]} == plan.new[0].data["links"]
    assert "depends_on: [CI-0001, CI-0008]" in plan.new[0].text
    assert [
        (2, "links.depends_on", "CI-0007", "leads to the improvement itself"),
        (2, "links.depends_on", "CI-0009", "there is no improvement CI-0009"),
        (2, "links.depends_on", "CI-0404", "there is no improvement CI-0404"),
    ] == sorted(left_out(plan))


def test_rows_of_unknown_day_are_counted() -> None:
    """Only those whose status is not dated by the day they were raised."""
    plan = planned(ROW + "8,B,Done,Why,,,,,,2026-01-05,,\n9,C,Done,Why,,,,,,2026-01-05,2026-02-01,\n")

    assert [3] == plan.undated


def test_a_text_that_no_file_can_hold_rejects_its_row() -> None:
    """A file has at most 256 KiB; fields of the organisation's own have no limit of their own."""
    columns = "".join(f"  custom.c{number}: C{number}\n" for number in range(5))
    text = (
        "version: 1\nid: No\nfields:\n  title: Name\n  status: State\n  opportunity: Why\n"
        + columns
        + "history: {raised: Raised}\n"
    )
    header = "No,Name,State,Why,Raised," + ",".join(f"C{number}" for number in range(5))
    plan = planned("CI-0007,A,proposed,Why,2026-01-05" + f",{'x' * 60_000}" * 5 + "\n", text, header=header)

    assert ["a file holds at most 256 KiB"] == [reason for _, _, reason in rejected(plan)]
    assert [] == plan.new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Answer sooner", "title: Answer at once", [("title", "Answer at once", "Answer sooner")]),
        ("source: other", "source: feedback", []),
        ("owner: data-analyst\n", "", [("owner", None, "data-analyst")]),
        ("source: other\n", "", []),
        ("id: CI-0007", "id: CI-0007\ntags: [own]", []),
        ("by: data-analyst}", "by: somebody}", [("history.by", "somebody", "data-analyst")]),
        ("on: 2026-01-05", "on: 2026-01-06", [("history.on", "2026-01-06", "2026-01-05")]),
    ],
)
def test_a_file_differs_where_the_sheet_says_something_else(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    """What only the file says stays unmentioned, and so does what only the map says."""
    assert old in FILE
    plan = planned(ROW, into=register({"improvements/CI-0007.yaml": FILE.replace(old, new)}))

    changes = [change for each in plan.different for change in each.changes]
    assert expected == [(change.field, change.old, change.new) for change in changes]


def test_the_second_import_changes_nothing() -> None:
    """Whatever the first one wrote, the sheet says the same."""
    rows = (
        '7,"Título: ""=1+1""",Idea,"Line one\n\n- a list\n",Data Analyst,a; b; Bad One,CI-0008,'
        "31/12/2026,3,2026-01-05,,\n"
        "8,no,No,'quoted',?,,CI-0007,,9,2026-01-05,2026-02-01,yes\n9,C,Parked,0x10,,x,,,,2026-01-05,2025-01-01,on\n"
    )
    first = planned(rows)
    second = planned(rows, into=register({new.path: new.text for new in first.new}))

    assert {"rows": 3, "new": 3, "different": 0, "unchanged": 0, "rejected": 0} == sums(first)
    assert {"rows": 3, "new": 0, "different": 0, "unchanged": 3, "rejected": 0} == sums(second)


def test_the_same_sheet_gives_the_same_files() -> None:
    """Order of columns does not matter, nor does anything outside the sheet, its map and the day."""
    turned = ",".join(reversed(HEADER.split(",")))
    row = "7,A,Idea,Why,data-analyst,,,,,2026-01-05,,"

    one = planned(row + "\n")
    other = planned(",".join(reversed(row.split(","))) + "\n", header=turned)

    assert [new.text for new in one.new] == [new.text for new in other.new]
