"""The files that a plan comes to: all of them are known, and can be read back, before the first is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cireg.changes import FileChange, text_at
from cireg.errors import CiregError
from cireg.files import Tree
from cireg.importing.make import Fault
from cireg.importing.plan import Plan, RowFault
from cireg.importing.write import configured, edited
from cireg.layout import CONFIG


def new_files(plan: Plan) -> list[FileChange]:
    """The files of the improvements that the register does not have yet."""
    return [FileChange(new.path, None, new.text) for new in plan.new]


def updated_files(plan: Plan, tree: Tree) -> list[FileChange]:
    """The files that differ, with the sheet's values; one that cannot be edited is noted in the plan as left out."""
    return list(_updated(plan, tree))


def _updated(plan: Plan, tree: Tree) -> Iterator[FileChange]:
    for different in list(plan.different):
        item = different.item
        try:
            before = text_at(tree, item.path)
            yield FileChange(item.path, before, edited(before, different.changes, different.data))
        except CiregError as error:
            plan.different.remove(different)
            plan.unchanged.append(item.id)
            for change in different.changes:
                fault = Fault(change.column, change.field, "", error.message, error.hint or "")
                plan.left_out.append(RowFault(different.row, item.id, fault))
    plan.left_out.sort(key=lambda each: each.row)


def config_file(additions: Mapping[str, Sequence[Mapping[str, Any]]], tree: Tree) -> list[FileChange]:
    """cireg.yaml with the additions, where there are any; raises `CiregError` where it cannot be edited."""
    if not additions:
        return []
    before = text_at(tree, CONFIG)
    return [FileChange(CONFIG, before, configured(before, additions))]
