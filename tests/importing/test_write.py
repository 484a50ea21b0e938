"""The texts of an import's files."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.errors import CiregError
from cireg.importing.update import Change
from cireg.importing.write import configured, edited, new_text, nodes
from cireg.source import NODE_LIMIT, read

CONFIG = """\
version: 1     # of this kind of file
name: Test register
people:        # whoever may be named
  - {id: data-analyst, name: Data analyst}   # brings the evidence
practices: []

services: [{id: workplace, name: Workplace}]
"""
FILE = """\
# a note at the top
id: CI-0001
title: 'Answer sooner'   # agreed
status:   proposed
vision:
  # the goal
  goal: g-one
history:
- {on: 2026-01-05, status: proposed}   # raised
"""


def change(route: tuple[str | int, ...], new: Any) -> Change:
    """A change of one value."""
    return Change(".".join(map(str, route)), "", route, None, new)


def test_a_new_file_begins_with_the_way_to_its_schema() -> None:
    """And has its fields in the schema's order, whatever the order of the sheet."""
    text = new_text(
        "improvements/2026/CI-0001.yaml", {"history": [{"status": "proposed", "on": "2026-01-05"}], "id": "CI-0001"}
    )

    assert (
        "# yaml-language-server: $schema=../../schema/improvement.schema.json\n"
        "id: CI-0001\nhistory:\n  - {on: 2026-01-05, status: proposed}\n"
    ) == text


def test_a_file_that_would_be_too_large_is_refused() -> None:
    """Nobody could read it back."""
    with pytest.raises(CiregError, match="a file holds at most 256 KiB"):
        new_text("improvements/CI-0001.yaml", {"custom": {str(n): "x" * 60_000 for n in range(5)}})


def test_an_edit_keeps_every_other_byte() -> None:
    """Comments, quotes, blanks and the order of fields."""
    changes = [
        change(("title",), "Answer at once"),
        change(("status",), "assessed"),
        change(("vision", "goal"), None),
        change(("history", 1), {"on": "2026-02-01", "status": "assessed"}),
        change(("scores", "value"), 4),
    ]
    after = edited(FILE, changes, {"id": "CI-0001"})

    assert {
        "id": "CI-0001", "title": "Answer at once", "status": "assessed", "scores": {"value": 4},
        "history": [{"on": "2026-01-05", "status": "proposed"}, {"on": "2026-02-01", "status": "assessed"}],
    } == read("", after.encode()).data  # fmt: skip
    for kept in (
        "# a note at the top\n",
        "   # agreed\n",
        "status:   assessed\n",
        "- {on: 2026-01-05, status: proposed}   # raised\n",
    ):
        assert kept in after


def test_an_edit_that_would_make_a_file_too_large_is_refused() -> None:
    """With the reason, which is not the way in which the file is written."""
    changes = [change(("custom", f"c{number}"), "x" * 60_000) for number in range(5)]

    with pytest.raises(CiregError, match="a file holds at most 256 KiB"):
        edited(FILE, changes, {})


def test_a_section_goes_once_with_the_last_of_its_parts() -> None:
    """However many of its parts go."""
    text = "id: CI-0001\nvision: {goal: g-one, benefit: More}\nhistory: []\n"
    changes = [change(("vision", "goal"), None), change(("vision", "benefit"), None)]

    assert "id: CI-0001\nhistory: []\n" == edited(text, changes, {"id": "CI-0001", "history": []})


def test_the_configuration_gets_its_entries_at_the_end_of_each_list() -> None:
    """Of a list of lines, an empty one, one in brackets, and one that is not there."""
    entry = {"id": "new", "name": "@new: one"}
    after = configured(CONFIG, {"people": [entry, {"id": "b", "name": "B"}], "practices": [entry], "services": [entry]})
    data = read("cireg.yaml", after.encode()).data

    assert data is not None
    assert [["data-analyst", "new", "b"], ["new"], ["workplace", "new"]] == [
        [each["id"] for each in data[group]] for group in ("people", "practices", "services")
    ]
    assert "@new: one" == data["people"][1]["name"]
    for kept in CONFIG.splitlines()[:4]:
        assert kept in after.splitlines()
    alone = configured("version: 1\nname: x\n", {"people": [entry]})
    assert 'version: 1\nname: x\npeople:\n  - {id: new, name: "@new: one"}\n' == alone


def test_many_entries_are_added_in_one_go() -> None:
    """A sheet may name hundreds of people; the text is not read again for each."""
    entries = [{"id": f"p{number:04}", "name": f"@p{number}"} for number in range(600)]
    after = configured(CONFIG, {"people": entries})

    assert 601 == len((read("", after.encode()).data or {})["people"])
    assert after.startswith(CONFIG[: CONFIG.index("practices")])


def test_a_configuration_that_would_be_too_large_is_refused() -> None:
    """Rather than written and never read again."""
    with pytest.raises(CiregError, match=r"cireg\.yaml:3:1: 1,000 more in people cannot be added: .*256 KiB"):
        configured(CONFIG, {"people": [{"id": f"p{number}", "name": "x" * 300} for number in range(1000)]})


def people(number: int, name: str = "x") -> dict[str, list[dict[str, Any]]]:
    """So many people to add."""
    return {"people": [{"id": f"p{each}", "name": name} for each in range(number)]}


def test_as_many_people_are_added_as_a_file_can_hold_values() -> None:
    """One more is refused at the list's place, with the limit, how many fit, and what to do."""
    with pytest.raises(CiregError) as refused:
        configured(CONFIG, people(2_500))
    assert refused.value.message.startswith("cireg.yaml:3:1: 2,500 more in people would make 12,5")
    assert "a file has at most 10,000; " in refused.value.message
    assert "--update-config" in (refused.value.hint or "")
    room = int(refused.value.message.split("; ")[1].split()[0].replace(",", ""))
    assert nodes(read("cireg.yaml", configured(CONFIG, people(room)).encode()).data) <= NODE_LIMIT
    with pytest.raises(CiregError, match=f"{room + 1:,} more in people"):
        configured(CONFIG, people(room + 1))


def test_a_list_that_is_new_counts_with_its_name() -> None:
    """Where cireg.yaml has no people yet."""
    text = "version: 1\nname: x\n"
    assert 5 == nodes(read("cireg.yaml", text.encode()).data)
    assert 5 + 2 + 3 * 5 == nodes(read("cireg.yaml", configured(text, people(3)).encode()).data)
    with pytest.raises(CiregError, match=r"would make 10,002 values in the file.* 1,998 more fit"):
        configured(text, people(1_999))
