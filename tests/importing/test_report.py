"""What an import did, for people and for machines."""

from __future__ import annotations

import json
from typing import Any

from cireg.importing.configure import additions, unknown
from cireg.importing.report import Outcome, content, lines
from cireg.report.json import dumps
from cireg.sheets import Note
from tests.importing.maps import planned, register

FILE = """\
id: CI-0008
title: Old
status: proposed
opportunity: Why
history: [{on: 2026-01-05, status: proposed}]
"""
ROWS = (
    "7,New,Done,Why,Ada L,Not Ok,,,,2026-01-05,,\n"
    "8,Changed,Idea,Why,,,,,,2026-01-05,,\n"
    "9,\x1b[31mred,x,Why,,,,,,2026-01-05,,\n"
    ",,Idea,Why,,,,,,2026-01-05,,\n"
)


NO_ID = "must be a small letter, then small letters, digits and hyphens, 63 characters at most, not 'Not Ok'"


def outcome(**changed: Any) -> Outcome:
    """An import in which everything happens once."""
    into = register({"improvements/CI-0008.yaml": FILE})
    plan = planned(ROWS, into=into)
    missing = unknown(plan, into)
    given = {"notes": [Note(3, "1 cell left out")], "added": {}, "updated": False, "dry_run": False, **changed}
    if given["added"]:
        given["added"] = additions(plan, missing)
    return Outcome(plan=plan, unknown=missing, **given)


def test_the_report_names_every_row_and_value() -> None:
    """With row number, id, column, value and reason; the sum stands last."""
    assert [
        "Rejected rows:",
        r"  row 4 (CI-0009), Name '\x1b[31mred': holds the control character U+001B, which no file may hold",
        "  row 4 (CI-0009), State 'x': is not one of the map's values; one of: Idea, Planned, Done, Parked, No",
        "  row 5, No: empty, and id is needed",
        "  row 5, Name: empty, and title is needed",
        "",
        "Values left out:",
        f"  row 2 (CI-0007), Tags 'Not Ok': {NO_ID}",
        "",
        "Files that differ:",
        "  row 3 (CI-0008), title: file Old, sheet Changed",
        "",
        "Remarks:",
        "  row 3: 1 cell left out",
        "  1 row does not say since when the status is so: the day it was raised stands (rows 2)",
        "  1 person is not in cireg.yaml: ada-l; --update-config adds them",
        "",
        "ideas.csv: 4 rows: 1 written, 1 different, 2 rejected; 1 value left out",
    ] == list(lines(outcome()))


def test_a_dry_run_says_that_nothing_is_written() -> None:
    """In its last line, which is the one that is read."""
    assert "Dry run, nothing is written. ideas.csv: 4 rows: 1 written" in [*lines(outcome(dry_run=True))][-1]
    assert "  1 person would be added to cireg.yaml: ada-l" in [*lines(outcome(dry_run=True, added=True))]
    assert "  1 person added to cireg.yaml: ada-l" in [*lines(outcome(added=True))]
    assert not [line for line in lines(outcome(added=True)) if "is not in cireg.yaml" in line]


def test_files_that_were_changed_are_not_told_twice() -> None:
    """Their diff has been shown."""
    found = [*lines(outcome(updated=True))]

    assert "Files that differ:" not in found
    assert "1 changed" in found[-1]


def test_the_report_is_data_too() -> None:
    """The same, whole: nothing is shortened."""
    found = json.loads(dumps(content(outcome())))

    assert {
        "rows": 4, "written": 1, "updated": 0, "differing": 1, "unchanged": 0, "rejected": 2, "left_out": 1,
    } == found["counts"]  # fmt: skip
    assert [{"id": "CI-0007", "row": 2, "path": "improvements/CI-0007-new.yaml"}] == found["written"]
    fault = {"row": 5, "id": None, "column": "No", "field": "id", "value": ""}
    assert {**fault, "reason": "empty, and id is needed", "help": ""} == found["rejected"][2]
    assert [{"field": "title", "column": "Name", "file": "Old", "sheet": "Changed"}] == found["differing"][0]["fields"]
    assert {"people": [{"id": "ada-l", "count": 1}]} == found["unknown"]
    assert [2] == found["undated"]
    assert ([], {}, False) == (found["updated"], found["added"], found["dry_run"])
    assert {"people": ["ada-l"]} == content(outcome(added=True))["added"]


def test_long_lists_are_cut_only_for_people() -> None:
    """The first ten, and how many more."""
    rows = "".join(f"{number},A{number},Done,Why,,,,,,2026-01-05,,\n" for number in range(1, 14))
    plan = planned(rows)
    found = Outcome(plan, [], {}, {}, updated=False, dry_run=False)

    assert "(rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more)" in [*lines(found)][1]
    assert [*range(2, 15)] == content(found)["undated"]
