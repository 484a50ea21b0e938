"""A difference in words: the same sections and rows for a terminal, for a comment at a forge, and as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cireg.difference import Difference, ItemChange, KpiChange, ReadingChange, Standing
from cireg.findings import Finding

_NAMED = 5  # of a long list, before the rest is counted
_VERDICTS = {None: "not judged", "too-early": "too early"}
_COUNTED = (("error", "error", "errors"), ("warning", "warning", "warnings"), ("info", "remark", "remarks"))


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one thing: its id, "" for none, a headline, and lines below it. All of it is raw text."""

    id: str
    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title that counts them."""

    title: str
    rows: tuple[Row, ...]


def sections(found: Difference) -> list[Section]:
    """Everything that there is to tell, what matters most first; a part with nothing to tell is left out."""
    kinds = {kind: [item for item in found.items if item.kind == kind] for kind in ("new", "changed", "removed")}
    parts = [
        Section("What this change breaks", tuple(_finding(each) for each in found.broken)),
        Section("Findings that appear", tuple(_finding(each) for each in found.appeared)),
        Section("New improvements", tuple(_item(each) for each in kinds["new"])),
        Section("Changed improvements", tuple(_item(each) for each in kinds["changed"])),
        Section("Removed improvements", tuple(_item(each) for each in kinds["removed"])),
        Section(f"No longer among the first {found.top}", tuple(
            Row(each.id, each.title, (f"rank {each.before} before, {each.after} after",)) for each in found.displaced
        )),
        Section("KPIs", tuple(_kpi(each) for each in found.kpis)),
        Section("The configuration", tuple(Row("", each.words) for each in found.config)),
        Section("Findings that are gone", tuple(_finding(each) for each in found.gone)),
    ]  # fmt: skip
    return [part for part in parts if part.rows]


def summary(found: Difference) -> str:
    """The whole in one sentence."""
    if found.is_empty:
        return "Nothing of the register changes."
    counted = [
        (sum(item.kind == kind for item in found.items), f"{kind} improvement")
        for kind in ("new", "changed", "removed")
    ]
    counted.append((len(found.kpis), "KPI"))
    parts = [f"{number:,} {name}{'s' * (number != 1)}" for number, name in counted if number]
    for severity, one, many in _COUNTED:
        number = sum(each.severity == severity for each in (*found.broken, *found.appeared))
        parts += [f"{number:,} new {one if number == 1 else many}"] if number else []
    parts += ["changes to the configuration"] if found.config else []
    return f"{'; '.join(parts)}." if parts else f"{len(found.gone):,} findings are gone."


def as_data(found: Difference, base: str, head: str | None, prefix: str) -> dict[str, Any]:
    """The same for JSON; `base` and `head` are full ids of commits, `head` None for files that lie in a work tree."""
    data = dataclasses.asdict(found)
    del data["as_of"]
    for item in data["items"]:
        item["status"] = dict(zip(("before", "after"), item["status"], strict=True))
        item["verdict"] = dict(zip(("before", "after"), item["verdict"], strict=True))
        item["alike"] = [dict(zip(("id", "title", "likeness"), each, strict=True)) for each in item["alike"]]
    for part in ("items", "kpis"):
        for each in data[part]:
            each["path"] = prefix + each["path"]
    for part in ("broken", "appeared", "gone"):
        data[part] = [{**each, **each.pop("place")} for each in data[part]]
        for each in data[part]:
            each["path"] = prefix + each["path"]
    return {**data, "base": base, "head": head}


def _finding(each: Finding) -> Row:
    lines = (each.help,) if each.help else ()
    return Row(
        "", f"{each.severity} {each.code} {each.rule}, {each.place.path}, line {each.place.line}: {each.message}", lines
    )


def _item(item: ItemChange) -> Row:
    return Row(item.id, item.title, tuple(_of_item(item)))


def _of_item(item: ItemChange) -> Iterator[str]:
    was, now = item.status
    if item.kind == "removed":
        yield f"it was {was}"
        return
    if was and was != now:
        yield f"from {was} to {now}"
    yield from item.moves
    if item.moved_from:
        yield f"the file moved from {item.moved_from} to {item.path}"
    yield from (field.words for field in item.fields)
    yield from _standing(item.before, item.after)
    if item.verdict[0] != item.verdict[1]:
        old, new = (_VERDICTS.get(each, each) for each in item.verdict)
        yield f"verdict of the readings: {old} before, {new} now" if was else f"verdict of the readings: {new}"
    for identity, title, likeness in item.alike:
        yield f"resembles {identity} {title} ({likeness:.0%} alike)"
    if item.next:
        lacking = f"lacks {_some(item.lacking)}" if item.lacking else "everything that it asks for is there"
        yield f"next gate, {item.next}: {lacking}"


def _standing(before: Standing | None, after: Standing | None) -> Iterator[str]:
    if after is None or before == after:
        return
    new = f"score {_score(after)}" + (f", rank {after.rank}" if after.rank else "")
    if before is None or before.score is None:
        if after.score is not None:
            yield new
        return
    if before.score != after.score:
        yield f"score {_score(before)} before, {_score(after)} now"
    if before.rank != after.rank:
        names = [str(each.rank) if each.rank else "not in the list" for each in (before, after)]
        yield f"rank {names[0]} before, {names[1]} now"


def _score(standing: Standing) -> str:
    return "unknown" if standing.score is None else f"{standing.score:.1f}"


def _kpi(kpi: KpiChange) -> Row:
    lines = [] if kpi.kind == "changed" else [kpi.kind]
    lines += [field.words for field in kpi.fields]
    for kind in ("added", "corrected", "removed"):
        those = [each for each in kpi.readings if each.kind == kind]
        if kind == "added" and len(those) > _NAMED:
            lines.append(f"{len(those):,} readings added, {those[0].period} to {those[-1].period}")
        else:
            lines += [_reading(each) for each in those]
    return Row(kpi.id, kpi.name, tuple(lines))


def _reading(each: ReadingChange) -> str:
    note = f" ({each.note})" if each.note else ""
    if each.kind == "added":
        return f"{each.period} added: {each.after or 'empty'}{note}"
    if each.kind == "removed":
        return f"{each.period} removed, it was {each.before or 'empty'}"
    return (
        f"{each.period} corrected from {each.before or 'empty'} to {each.after or 'empty'}{note or ', without a note'}"
    )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
