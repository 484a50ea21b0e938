"""What an import did, or would do: every rejected row and every value left out, with row, column and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cireg.importing.configure import ADDED
from cireg.importing.plan import Different, Plan, RowFault
from cireg.schema import dotted
from cireg.sheets import Note
from cireg.text import safe_text, shorten

_SHOWN = 60  # columns of a value
_NAMES_SHOWN = 10

_GROUPS = {
    "people": ("person", "people"), "practices": ("practice", "practices"), "services": ("service", "services"),
    "goals": ("goal", "goals"), "kpis": ("KPI", "KPIs"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """An import's plan and what became of it.

    `updated` tells that files that differ were changed. `unknown` is what the rows name and the register does not
    have, with the number of improvements that name it; `added` what of it went into cireg.yaml.
    """

    plan: Plan
    notes: Sequence[Note]
    unknown: Mapping[str, Mapping[str, int]]
    added: Mapping[str, Sequence[Mapping[str, Any]]]
    updated: bool
    dry_run: bool


def content(outcome: Outcome) -> dict[str, Any]:
    """The report as plain data for JSON."""
    plan = outcome.plan
    differences = [_differences(each) for each in plan.different]
    return {
        "file": plan.name,
        "dry_run": outcome.dry_run,
        "counts": {
            "rows": plan.rows,
            "written": len(plan.new),
            "updated": len(plan.different) if outcome.updated else 0,
            "differing": 0 if outcome.updated else len(plan.different),
            "unchanged": len(plan.unchanged),
            "rejected": plan.rejected_rows,
            "left_out": len(plan.left_out),
        },
        "written": [{"id": each.id, "row": each.row, "path": each.path} for each in plan.new],
        "updated": differences if outcome.updated else [],
        "differing": [] if outcome.updated else differences,
        "rejected": [_fault(each) for each in plan.rejected],
        "left_out": [_fault(each) for each in plan.left_out],
        "undated": plan.undated,
        "unknown": {
            group: [{"id": name, "count": count} for name, count in names.items()]
            for group, names in outcome.unknown.items()
        },
        "added": {group: [entry["id"] for entry in entries] for group, entries in outcome.added.items()},
        "notes": [{"row": note.row, "message": note.message} for note in outcome.notes],
    }


def _fault(each: RowFault) -> dict[str, Any]:
    fault = each.fault
    return {
        "row": each.row, "id": each.id or None, "column": fault.column, "field": fault.field,
        "value": fault.value, "reason": fault.reason, "help": fault.help,
    }  # fmt: skip


def _differences(each: Different) -> dict[str, Any]:
    fields = [
        {"field": dotted(change.route), "column": change.column, "file": change.old, "sheet": change.new}
        for change in each.changes
    ]
    return {"id": each.item.id, "row": each.row, "path": each.item.path, "fields": fields}


def lines(outcome: Outcome) -> Iterator[str]:
    """The report for a person, the sum of it last; safe for a terminal."""
    plan = outcome.plan
    yield from _block("Rejected rows:", map(_line, plan.rejected))
    yield from _block("Values left out:", map(_line, plan.left_out))
    if not outcome.updated:
        yield from _block("Files that differ:", (line for each in plan.different for line in _differing(each)))
    yield from _block("Remarks:", _remarks(outcome))
    yield safe_text(_sum(outcome))


def _block(title: str, found: Iterable[str]) -> Iterator[str]:
    several = list(found)
    if several:
        yield title
        yield from (f"  {line}" for line in several)
        yield ""


def _line(each: RowFault) -> str:
    fault = each.fault
    row = f"row {each.row}" + (f" ({safe_text(each.id)})" if each.id else "")
    column = safe_text(fault.column or fault.field)
    value = f" '{shorten(safe_text(fault.value), _SHOWN)}'" if fault.value else ""
    return f"{row}, {column}{value}: {safe_text(fault.reason)}"


def _differing(each: Different) -> Iterator[str]:
    for change in each.changes:
        old, new = (shorten(safe_text(_as_text(value)), _SHOWN // 2) for value in (change.old, change.new))
        yield f"row {each.row} ({each.item.id}), {safe_text(dotted(change.route))}: file {old}, sheet {new}"


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_as_text(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(map(_as_text, value))
    return "nothing" if value is None else str(value).strip()


def _remarks(outcome: Outcome) -> Iterator[str]:
    for note in outcome.notes:
        yield f"row {note.row}: {safe_text(note.message)}"
    if outcome.plan.undated:
        rows = _some([str(row) for row in outcome.plan.undated])
        subject = _count(len(outcome.plan.undated), "row does", "rows do")
        yield f"{subject} not say since when the status is so: the day it was raised stands (rows {rows})"
    for group, names in outcome.unknown.items():
        if group in outcome.added:
            continue
        one, many = _GROUPS[group]
        verb = "is" if len(names) == 1 else "are"
        where = "kpis/" if group == "kpis" else "cireg.yaml"
        hint = "; --update-config adds them" if group in ADDED else ""
        yield f"{_count(len(names), one, many)} {verb} not in {where}: {safe_text(_some(list(names)))}{hint}"
    for group, entries in outcome.added.items():
        done = "would be added" if outcome.dry_run else "added"
        added = safe_text(_some([entry["id"] for entry in entries]))
        yield f"{_count(len(entries), *_GROUPS[group])} {done} to cireg.yaml: {added}"


def _sum(outcome: Outcome) -> str:
    plan = outcome.plan
    different = "changed" if outcome.updated else "different"
    parts = [f"{len(plan.new):,} written"]
    parts += [f"{len(plan.different):,} {different}"] if plan.different else []
    parts += [f"{len(plan.unchanged):,} unchanged"] if plan.unchanged else []
    parts += [f"{plan.rejected_rows:,} rejected"]
    left_out = f"; {_count(len(plan.left_out), 'value', 'values')} left out" if plan.left_out else ""
    dry = "Dry run, nothing is written. " if outcome.dry_run else ""
    return f"{dry}{plan.name}: {_count(plan.rows, 'row', 'rows')}: {', '.join(parts)}{left_out}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
