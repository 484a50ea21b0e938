"""Two versions of a file field by field: what came, what went, and what became something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cireg import wording
from cireg.layout import schema_document

# What tells the entries of a list apart, the first of these that all of them have.
_KEYS = ("kpi", "id", "do", "what", "risk", "who", "period", "pattern", "rule")
_LISTS_OF_EVENTS = ("log", "history", "approvals", "shared", "rebase")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: `field` is its way in the file with dots, `words` say what became of it."""

    field: str
    before: Any
    after: Any
    words: str


def changes(
    kind: str, before: dict[str, Any], after: dict[str, Any], leave_out: tuple[str, ...] = ()
) -> Iterator[FieldChange]:
    """The fields that differ, in the order of the schema; `leave_out` names whole sections."""
    order = {name: n for n, name in enumerate(schema_document(kind)["properties"])}
    for name in sorted(before.keys() | after.keys(), key=lambda each: (order.get(each, len(order)), each)):
        if name not in leave_out:
            yield from _between(kind, (name,), before.get(name), after.get(name), ())


def _between(kind: str, route: tuple[str, ...], old: Any, new: Any, within: tuple[str, ...]) -> Iterator[FieldChange]:
    """What differs below `route`; `within` names the entries of lists that lead there."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and not _is_one_value(route):
        for name in {**old, **new}:
            yield from _between(kind, (*route, str(name)), old.get(name), new.get(name), within)
    elif isinstance(old or [], list) and isinstance(new or [], list) and (old or new):
        yield from _lists(kind, route, old or [], new or [], within)
    elif isinstance(old or {}, dict) and isinstance(new or {}, dict) and (old or new) and not _is_one_value(route):
        for name in {**(old or {}), **(new or {})}:
            yield from _between(kind, (*route, str(name)), (old or {}).get(name), (new or {}).get(name), within)
    else:
        name = _name(kind, route, within)
        yield FieldChange(".".join(route), old, new, wording.changed(name, old, new))


def _is_one_value(route: tuple[str, ...]) -> bool:
    """Whether a group of fields reads as one value: a target, a window."""
    return len(route) > 1 and route[0] == "measures" and route[-1] in ("target", "baseline")


def _lists(
    kind: str, route: tuple[str, ...], old: list[Any], new: list[Any], within: tuple[str, ...]
) -> Iterator[FieldChange]:
    where = ".".join(route)
    name = _name(kind, route, within)
    entries = [each for each in (*old, *new) if isinstance(each, dict)]
    whole = len(entries) == len(old) + len(new) > 0
    key = next((each for each in _KEYS if whole and all(each in entry for entry in entries)), None)
    known = {str(each[key]): each for each in old} if key else {}
    now = {str(each[key]): each for each in new} if key else {}
    if key and route[-1] not in _LISTS_OF_EVENTS and len(known) == len(old) and len(now) == len(new):
        for identity in {**known, **now}:
            was, is_ = known.get(identity), now.get(identity)
            if was is not None and is_ is not None:
                yield from _between(kind, route, was, is_, (*within, identity))
            elif was != is_:
                entry = f"{name}, {identity}"
                rest = {field: each for field, each in (is_ or was or {}).items() if field != key}
                words = f"{entry} {'removed' if is_ is None else 'added'}"
                yield FieldChange(where, was, is_, f"{words}: {wording.shortened(rest)}" if rest and is_ else words)
        if list(known) != list(now) and known.keys() == now.keys():
            yield FieldChange(where, old, new, f"{name} put into another order")
        return
    for each in old:
        if each not in new:
            yield FieldChange(where, each, None, f"{name} removed: {wording.shortened(each)}")
    for each in new:
        if each not in old:
            yield FieldChange(where, None, each, f"{name} added: {wording.shortened(each)}")
    if sorted(map(str, old)) == sorted(map(str, new)):
        yield FieldChange(where, old, new, f"{name} put into another order")


def _name(kind: str, route: tuple[str, ...], within: tuple[str, ...]) -> str:
    """A field in words: what it is called, and of what it is a part."""
    own = _lower(wording.label(kind, route))
    if within:
        return f"{own} of {', '.join(within)}"
    if len(route) == 1 or route[0] in ("vision", "action", "momentum", "custom"):
        return own
    return f"{_SECTION.get(route[0], route[0])} {own}" if len(route) == 2 else f"{_lower(route[-2])} {own}"


_SECTION = {"target": "target:", "review": "review:", "scores": "score for", "links": "link:", "plan": "plan:"}


def _lower(name: str) -> str:
    """The name inside a sentence; an abbreviation stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
