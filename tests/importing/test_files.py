"""The files that a plan comes to."""

from __future__ import annotations

from cireg.files import MemoryTree
from cireg.importing.files import config_file, new_files, updated_files
from cireg.register import load
from tests.importing.maps import CONFIG, TODAY, planned

FILE = """\
id: CI-0007   # ours
title: Answer at once
status: proposed
opportunity: Three days.
history: [{on: 2026-01-05, status: proposed}]
"""
ROW = "7,Answer sooner,Idea,Three days.,,,,,,2026-01-05,,\n"


def test_new_improvements_are_new_files() -> None:
    """Which must not be there yet."""
    assert [("improvements/CI-0007-answer-sooner.yaml", None)] == [
        (each.path, each.before) for each in new_files(planned(ROW))
    ]


def test_files_that_differ_are_edited_where_they_lie() -> None:
    """Whatever they are called."""
    tree = MemoryTree({"cireg.yaml": CONFIG, "improvements/old/CI-0007-x.yaml": FILE})
    plan = planned(ROW, into=load(tree, lambda _: TODAY))
    (found,) = updated_files(plan, tree)

    assert ("improvements/old/CI-0007-x.yaml", FILE) == (found.path, found.before)
    assert FILE.replace("at once", "sooner") == found.after
    assert ["CI-0007"] == [each.item.id for each in plan.different]


def test_a_file_that_cannot_be_edited_is_told_and_left_alone() -> None:
    """Here it is gone by the time it is to be edited."""
    plan = planned(
        ROW, into=load(MemoryTree({"cireg.yaml": CONFIG, "improvements/CI-0007.yaml": FILE}), lambda _: TODAY)
    )

    assert [] == updated_files(plan, MemoryTree({}))
    assert ([], ["CI-0007"]) == (plan.different, plan.unchanged)
    assert ["title"] == [each.fault.field for each in plan.left_out]
    assert "'improvements/CI-0007.yaml' cannot be read" in plan.left_out[0].fault.reason


def test_the_configuration_is_touched_only_for_additions() -> None:
    """Nothing to add, nothing to write."""
    tree = MemoryTree({"cireg.yaml": CONFIG})
    (found,) = config_file({"people": [{"id": "new", "name": "New"}]}, tree)

    assert [] == config_file({}, tree)
    assert "{id: new, name: New}" in found.after
    assert CONFIG == found.before
