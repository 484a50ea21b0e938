"""A decision on an improvement's plan: whose it is, what it covers, and the file after it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cireg import approvals, lifecycle, lint
from cireg.changes import FileChange, improvement_order, text_at
from cireg.edit import append_item
from cireg.errors import CiregError
from cireg.files import Tree
from cireg.model import Improvement, Register
from cireg.register import improvement_of
from cireg.rules import by_name
from cireg.suggest import did_you_mean

APPROVED, DECLINED, CONDITIONAL = "approved", "declined", "conditional"
WORDS = {
    "target": "the target",
    "due": "its day",
    "measures": "the measures",
    "costs": "the planned costs",
    "gains": "the planned gains",
    "scores": "the scores",
}
"""What an approval may cover, in words, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: `by` is a person of cireg.yaml, `role` a role or that same person's id."""

    by: str
    role: str
    decision: str
    on: date
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A decision in its file: what it covers in words, and the approvals that its next status still waits for."""

    change: FileChange
    covers: tuple[str, ...]
    waits_for: tuple[str, ...]


def approve(tree: Tree, register: Register, item: Improvement, made: Decision) -> Written:
    """The decision in the file of an improvement of the register that `tree` holds; nothing is written yet.

    Raises `CiregError` for a decision that is not this person's to make, or that has been made.
    """
    _allowed(register, item, made)
    before = text_at(tree, item.path)
    now, _ = improvement_of(item.path, before.encode())
    if now is None or now.id != item.id:
        raise CiregError(f"'{item.path}' has changed since it was read", "call it again")
    entry = {"by": made.by, "as": made.role, "decision": made.decision, "on": made.on.isoformat()}
    entry |= {"covers": approvals.fingerprint(now)} | ({"note": made.note} if made.note else {})
    known = [each for _, each in approvals.latest(now) if (each.get("by"), each.get("as")) == (made.by, made.role)]
    if known and {**entry, "on": None} == {**known[-1], "on": None}:
        raise CiregError(f"{made.by} decided exactly this on {known[-1].get('on')}, and nothing has changed since")
    after = append_item(before, ("plan", "approvals"), entry, order=improvement_order)
    then, found = improvement_of(item.path, after.encode())
    if then is None:
        raise CiregError(f"'{item.path}' could not be read after the decision", "write it by hand")
    faults = [each for each in lint.of_improvement(then, register, found) if by_name(each.rule).scope == "file"]
    if faults and not improvement_of(item.path, before.encode())[1]:
        raise CiregError(faults[0].message, faults[0].help)
    status = lifecycle.next_status(then)
    waits = [] if status is None else approvals.wanted(then, register.config, status)
    covered = approvals.covered(then)
    return Written(
        FileChange(item.path, before, after),
        tuple(words for name, words in WORDS.items() if name in covered),
        tuple(each.by for each in waits if not each.given),
    )


def _allowed(register: Register, item: Improvement, made: Decision) -> None:
    """Raises `CiregError` unless the person may decide on this in that role."""
    people = register.config.people
    if made.by not in people:
        raise CiregError(f"there is no person {made.by} in cireg.yaml", did_you_mean(made.by, people) or None)
    if not lifecycle.is_open(item.status):
        raise CiregError(f"{item.id} is {item.status}: there is nothing left to decide")
    if made.role != made.by and made.role not in approvals.roles_for(made.by, item, register.config):
        able = approvals.deciders(made.role, item, register.config)
        hint = f"this is for {' or '.join(able)}" if able else "nobody in cireg.yaml has it"
        raise CiregError(f"{made.by} does not have the role {made.role}", hint)
    if made.decision == CONDITIONAL and not made.note:
        raise CiregError("a condition has to be said", "say it with --note")
