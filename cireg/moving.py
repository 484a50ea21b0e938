"""A move to another status: whether the life cycle allows it, the history entry that says so, and the file after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cireg import lifecycle, lint
from cireg.changes import FileChange, improvement_order, text_at
from cireg.edit import append_item, set_value
from cireg.errors import CiregError
from cireg.files import Tree
from cireg.findings import Finding
from cireg.model import Improvement, Register
from cireg.register import improvement_of
from cireg.rules import by_name, days, history
from cireg.suggest import did_you_mean

# What these find would be the move's own fault, and not something that is still to come.
_OWN = frozenset(rule.name for family in (history, days) for rule in family.RULES)


@dataclass(frozen=True, slots=True)
class NoMove:
    """Why there is no such move; `missing` are the parts of the history entry that it would take."""

    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The move that is wanted, with what its history entry says; `today` is its day."""

    status: str
    today: date
    by: str | None = None
    note: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One improvement's move: before and after, the change to its file, and the errors that check will then find."""

    before: Improvement
    after: Improvement
    change: FileChange
    errors: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one improvement cannot be moved, and what to do."""

    message: str
    help: str = ""


class Refused(Exception):
    """Not all of the moves can be made; `reasons` has them all."""

    def __init__(self, reasons: list[Refusal]) -> None:
        super().__init__("; ".join(each.message for each in reasons))
        self.reasons = reasons


def entry_for(item: Improvement, status: str, known: dict[str, Any], today: date) -> dict[str, Any] | NoMove:
    """The history entry that takes `item` to `status`, or why there is none.

    `known` is what is said of the entry: on, by, note, until. Where it has no day that fits, `today` stands.
    """
    if not item.history_is_whole:
        return NoMove("its history has faults, which have to be mended first")
    last = item.history[-1]
    moves = lifecycle.allowed("light" if item.light else "full", item.history)
    move = moves.get(status)
    if move is None:
        ways = ", ".join(moves) or "nothing: it is the end"
        return NoMove(f"there is no move from {last.status} to {status}; from {last.status} it goes to: {ways}")
    needed = {*lifecycle.statuses()[status].entry, *(("note",) if move.note else ())}
    missing = tuple(name for name in ("note", "until", "by") if name in needed and not known.get(name))
    if missing:
        return NoMove(f"the move from {last.status} to {status} needs {' and '.join(missing)}", missing)
    on = known.get("on")
    if on is None or on < last.on.isoformat():
        on = today.isoformat()
    if on < last.on.isoformat():
        return NoMove(f"its last move lies in the future, on {last.on}")
    entry = {"on": on, "status": status}
    return entry | {name: known[name] for name in ("by", "note", "until") if known.get(name)}


def move(tree: Tree, register: Register, items: Sequence[Improvement], asked: Asked) -> list[Moved]:
    """The moves of these improvements of the register that `tree` holds; raises `Refused` where one cannot be made.

    Nothing is written. What a gate lacks does not hinder a move: whoever moves is told.
    """
    reasons = list(_about(register, asked))
    prepared: list[tuple[Improvement, FileChange]] = []
    for item in items:
        made = _prepare(tree, register, item, asked)
        if isinstance(made, Refusal):
            reasons.append(made)
        else:
            prepared.append((item, made))
    if reasons:
        raise Refused(reasons)
    return _judged(register, prepared)


def _about(register: Register, asked: Asked) -> Iterable[Refusal]:
    """What is wrong with the move whichever improvement makes it."""
    people = register.config.listed("people")
    if asked.by is not None and people is not None and asked.by not in people:
        help_ = did_you_mean(asked.by, people) or "add the person to people in cireg.yaml first"
        yield Refusal(f"there is no person {asked.by} in cireg.yaml", help_)
    if asked.until is not None and asked.until <= asked.today:
        yield Refusal(f"until {asked.until} is over: it has to be a day after {asked.today}")


def _prepare(tree: Tree, register: Register, item: Improvement, asked: Asked) -> FileChange | Refusal:
    """The change to one file, made from the file as it is now."""
    paths = [each.path for each in register.files if each.id == item.id]
    if len(paths) > 1:
        return Refusal(f"{item.id} is the id of {' and '.join(paths)}", "cireg check says which of them gets a new one")
    if item.status == asked.status and "until" not in lifecycle.statuses()[asked.status].entry:
        return Refusal(f"{item.id}: it is {asked.status} already")
    known = {"by": asked.by, "note": asked.note, "until": asked.until and asked.until.isoformat()}
    entry = entry_for(item, asked.status, known, asked.today)
    if isinstance(entry, NoMove):
        options = " and ".join(f"--{name}" for name in entry.missing)
        return Refusal(f"{item.id}: {entry.reason}", f"say it with {options}" if options else "")
    if item.history[-1].status != item.status:
        last = item.history[-1].status
        return Refusal(f"{item.id}: its status is {item.status}, and its last history entry says {last}")
    try:
        before = text_at(tree, item.path)
        after = set_value(before, ("status",), asked.status)
        after = append_item(after, ("history",), entry, order=improvement_order)
    except CiregError as error:
        return Refusal(f"{item.id}: {error.message}", error.hint or "")
    return FileChange(item.path, before, after)


def _judged(register: Register, prepared: Sequence[tuple[Improvement, FileChange]]) -> list[Moved]:
    """The moves with what check will say; a fault of the new entry itself refuses them."""
    read = {item.id: improvement_of(change.path, change.after.encode()) for item, change in prepared}
    moved = {identity: after for identity, (after, _) in read.items() if after is not None}
    then = replace(
        register,
        improvements={**register.improvements, **moved},
        files=tuple(moved.get(item.id, item) for item in register.files),
    )
    made, reasons = [], []
    for item, change in prepared:
        after, found = read[item.id]
        if after is None or change.before is None:
            reasons.append(Refusal(f"{item.id}: its file could not be read after the move"))
            continue
        _, found_before = improvement_of(change.path, change.before.encode())
        known = {(each.rule, each.message) for each in lint.of_improvement(item, register, found_before)}
        errors = [each for each in lint.of_improvement(after, then, found) if each.severity == "error"]
        reasons += [
            Refusal(f"{item.id}: {each.message}", each.help)
            for each in errors if _is_own(each) and (each.rule, each.message) not in known
        ]  # fmt: skip
        made.append(Moved(item, after, change, tuple(each for each in errors if not _is_own(each))))
    if reasons:
        raise Refused(reasons)
    return made


def _is_own(finding: Finding) -> bool:
    return finding.rule in _OWN or by_name(finding.rule).scope == "file"
