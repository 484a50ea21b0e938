"""What an improvement waits for, as plain facts: reminders out of check's findings, and approvals that are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cireg import approvals, gates, lifecycle
from cireg.approvals import Wanted
from cireg.findings import Finding, Place
from cireg.model import Improvement, Register

_GROUP_OF_RULE = {"no-answer": "answer", "no-movement": "movement", "stale-scores": "scores"}
REMINDED = frozenset({*_GROUP_OF_RULE, "overdue"})
"""The rules whose findings are reminders."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Why an improvement needs somebody, and since which day.

    `group` is answer, review, overdue, parked, again, movement or scores; `kind` is the same but for a step that is
    overdue, which is called `step` and has its words.
    """

    group: str
    kind: str
    since: date
    item: Improvement
    step: str = ""


def reminders(findings: Iterable[Finding], items: Iterable[Improvement]) -> Iterator[Reminder]:
    """What findings remind of, for these improvements, in the order of the findings."""
    by_path = {item.path: item for item in items}
    for finding in findings:
        item = by_path.get(finding.place.path)
        found = _reminder(finding, item) if item is not None else None
        if found is not None:
            yield found


def _reminder(finding: Finding, item: Improvement) -> Reminder | None:
    if finding.rule == "overdue":
        return next((reminder for reminder, place in _overdue(item) if place == finding.place), None)
    group = _GROUP_OF_RULE.get(finding.rule)
    if group is None:
        return None
    since = {
        "answer": item.in_status_since,
        "movement": last_movement(item),
        "scores": item.date("scores", "on"),
    }[group]
    return Reminder(group, group, since, item) if since else None


def _overdue(item: Improvement) -> Iterator[tuple[Reminder, Place]]:
    """What of an improvement may be overdue, with its place in the file."""
    due, again = item.date("target", "due"), item.date("momentum", "check_again")
    if due:
        group = "review" if item.status == "review" else "overdue"
        yield Reminder(group, group, due, item), item.at("target", "due")
    for n, step in item.entries("plan", "steps"):
        day = item.date("plan", "steps", n, "due")
        if day:
            words = str(step.get("do", ""))
            yield Reminder("overdue", "step", day, item, words), item.at("plan", "steps", n, "due")
    for entry in item.history:
        if entry.until:
            yield Reminder("parked", "parked", entry.until, item), item.at("history", entry.index, "until")
    if again:
        yield Reminder("again", "again", again, item), item.at("momentum", "check_again")


def last_movement(item: Improvement) -> date | None:
    """The day of the last move, log entry or finished step."""
    days = [entry.on for entry in item.history]
    days += [day for n, _ in item.entries("log") if (day := item.date("log", n, "on"))]
    days += [day for n, _ in item.entries("plan", "steps") if (day := item.date("plan", "steps", n, "done"))]
    return max(days, default=None)


def approvals_wanted(item: Improvement, register: Register) -> list[Wanted]:
    """The approvals that the policy wants before the next status and that nobody has decided on as it is now.

    What is parked waits for its day first.
    """
    status = lifecycle.next_status(item)
    if status is None or item.light or item.status == "on-hold":
        return []
    return [each for each in approvals.wanted(item, register.config, status) if each.state in {"missing", "stale"}]


def only_approvals_wanted(item: Improvement, register: Register) -> list[Wanted]:
    """The approvals that are all that the next status waits for; none where something else is missing too."""
    found = approvals_wanted(item, register)
    status = lifecycle.next_status(item)
    if not found or status is None:
        return []
    lacks = (*gates.lacking_by_now(item, register), *gates.lacking(item, register, status))
    return found if all(lack.rule in gates.APPROVALS for lack in lacks) else []
